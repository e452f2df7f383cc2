/** What speaks for and against every possible narrator: headers, signatures, self-introductions, calls, names in the narration. */
import {
  type CoreferenceLayer,
  Form,
  type MentionSpan,
  posTags,
  type QuotationLayer,
  type SpeakerLayer,
  type TextLayer,
} from '../layers.js'
import { bareNamesAreTheRule } from './bare.js'
import type { Embedded } from './line.js'
import type { NameIndex } from './naming.js'
import type { Unit } from './unit.js'

/**
 * What each sign is worth, in nats. Set on the 58 novels of gold/pov; a plateau: half or double of one moves names by a point.
 */
export const worth = {
  header: 20,
  /** "Dr. Lanyon’s Narrative" is told by him, "Olaf’s Story" and "The Story of Jonathan Small" often are about him. */
  weakHeader: 8,
  signature: 7,
  introduction: 4,
  /** A name used to address someone whom nobody named speaks to. */
  vocative: 0.7,
  /** More when the narrator speaks just before or after. */
  besideNarrator: 0.6,
  /** The narrator calls someone so. */
  ownVocative: -1.5,
  /** A name in the narration: narrators say "I". */
  narrated: -2,
  /** A lone name over a section, in a story where such lines are the rule: one that comes back, one that does not; elsewhere. */
  bareVoice: 20,
  bare: 12,
  bareAlone: 1,
} as const
/** Names in the narration cost no more than this per unit: a narrator may tell what others call them. */
const mostAgainst = 60
/** A teller whom a header names may speak of themselves by name. */
const mostAgainstHeaded = 10

/** What gave a narrator’s name away. */
export type NameCue = 'header' | 'signature' | 'introduction' | 'vocative'

/** What one unit says for and against a name. */
export interface Signs {
  header: number
  signature: number
  introduction: number
  vocative: number
  narrated: number
}

export interface NarratorState {
  readonly cluster: number
  readonly name: string
  readonly rows: Map<number, Signs>
  /** The sum of all that speaks for it. */
  hope: number
  readonly cue: () => NameCue | null
}

/** What speaks for and against every possible narrator, per first-person unit. */
export class Evidence {
  readonly states: NarratorState[] = []
  private readonly ofFamily = new Map<number, NarratorState>()
  private readonly ofName = new Map<string, NarratorState>()

  /** The state of a family of names. */
  family(family: number, names: NameIndex): NarratorState {
    let state = this.ofFamily.get(family)
    if (state === undefined) {
      const { cluster, name } = names.families[family]!
      state = this.add(cluster, name)
      this.ofFamily.set(family, state)
    }
    return state
  }

  /** The state of a name in a header: that of its family, or one of its own. */
  header(name: string, names: NameIndex): NarratorState {
    const family = names.familyNamed(name)
    if (family >= 0) return this.family(family, names)
    let found = this.ofName.get(name.toLowerCase())
    if (found === undefined) {
      found = this.add(names.find(name), name)
      this.ofName.set(name.toLowerCase(), found)
    }
    return found
  }

  /** Forgives each name so many mentions in the narration. */
  forgive(mentions: number): void {
    for (const { rows } of this.states) {
      let total = 0
      for (const { narrated } of rows.values()) total += narrated
      const kept = Math.max(0, 1 - mentions / total)
      if (total > 0) for (const signs of rows.values()) signs.narrated *= kept
    }
  }

  private add(cluster: number, name: string): NarratorState {
    const rows = new Map<number, Signs>()
    const state: NarratorState = { cluster, name, rows, hope: 0, cue: () => strongest(rows) }
    this.states.push(state)
    return state
  }
}

function signsOf({ rows }: NarratorState, row: number): Signs {
  let signs = rows.get(row)
  if (signs === undefined) {
    signs = { header: 0, signature: 0, introduction: 0, vocative: 0, narrated: 0 }
    rows.set(row, signs)
  }
  return signs
}

function strongest(rows: ReadonlyMap<number, Signs>): NameCue | null {
  const sums = { header: 0, signature: 0, introduction: 0, vocative: 0 }
  for (const signs of rows.values()) for (const cue of Object.keys(sums) as (keyof typeof sums)[]) sums[cue] += signs[cue]
  const [[cue, most]] = Object.entries(sums).sort((a, b) => b[1] - a[1]) as [[keyof typeof sums, number]]
  return most > 0 ? cue : null
}

/** What the signs of one unit say, with as much of its calls as count. */
export function gainOf({ header, signature, introduction, narrated }: Signs, calls: number): number {
  const least = header > worth.bare ? -mostAgainstHeaded : -mostAgainst
  return header + signature + introduction + Math.max(least, calls + narrated * worth.narrated)
}

/** Headers and signatures. */
export function readNames(
  evidence: Evidence,
  { units, told, names }: { units: readonly Unit[]; told: readonly number[]; names: NameIndex },
): void {
  const isRule = bareNamesAreTheRule(units, names)
  told.forEach((u, row) => {
    const { headers, signature, voice } = units[u]!
    for (const { kind, name } of headers) {
      if (name === null || kind === 'end') continue
      const cluster = names.find(name)
      if (cluster < 0 && (kind === 'subject' || (kind === 'bare' && !isRule) || (kind === 'teller' && /^the\s/i.test(name))))
        continue
      const amount =
        kind === 'bare'
          ? !isRule
            ? worth.bareAlone
            : name === voice
              ? worth.bareVoice
              : worth.bare
          : kind === 'subject'
            ? worth.weakHeader
            : worth.header
      const state = evidence.header(name, names)
      signsOf(state, row).header += amount
      state.hope += amount
    }
    if (signature === null) return
    const cluster = names.find(signature)
    if (cluster < 0) return
    const state = evidence.header(signature, names)
    signsOf(state, row).signature += worth.signature
    state.hope += worth.signature
  })
}

const noun = posTags.indexOf('NOUN')

/** Vocatives, self-introductions and names in the narration. */
export function readMentions(
  evidence: Evidence,
  {
    text: { tokens, paragraphs, firstToken },
    quotations: { quotationOf, quotations },
    mentions,
    coreference: { clusters },
    speakers: { speakers },
    unitOf,
    rowOf,
    embedded,
    names,
  }: {
    text: TextLayer
    quotations: QuotationLayer
    mentions: readonly MentionSpan[]
    coreference: CoreferenceLayer
    speakers: SpeakerLayer
    unitOf: Int32Array
    rowOf: Int32Array
    embedded: Embedded
    names: NameIndex
  },
): void {
  const i = tokens.wordId('i')
  const the = tokens.wordId('the')
  const signed = tokens.wordId('signed')
  const commaWord = tokens.wordId(',')
  const isOwn = (q: number): boolean => {
    const tag = speakers[q]?.tagMention ?? -1
    return tag >= 0 && tokens.word[mentions[tag]!.head] === i
  }
  /** "(Signed) Anna Grey", "Anna Grey": a name with a paragraph of its own signs something that the narrator quotes. */
  const isSigned = ({ first, last }: MentionSpan, paragraph: number): boolean => {
    for (let t = firstToken[paragraph]!; t < firstToken[paragraph + 1]!; t++)
      if ((t < first || t > last) && tokens.form[t] !== Form.punctuation && tokens.word[t] !== signed) return false
    return true
  }
  /** "13, Mill Lane, Thornby" is an address, "Anna, Bess, Carrie" a list: nobody is called. */
  const isListed = (m: number): boolean => {
    const isNameAt = (other: number, comma: number): boolean =>
      mentions[other]?.mentionType === 'PROP' && tokens.word[comma] === commaWord
    const { first, last } = mentions[m]!
    return (
      (isNameAt(m - 1, first - 1) && mentions[m - 1]!.last === first - 2) ||
      (isNameAt(m + 1, last + 1) && mentions[m + 1]!.first === last + 2)
    )
  }
  const word = (t: number): string => (t >= 0 ? tokens.vocabulary[tokens.word[t]!]! : '')
  for (let m = 0; m < mentions.length; m++) {
    const { mentionType, first, head, last, vocative, plural, score } = mentions[m]!
    if (mentionType !== 'PROP' || plural || score < 0.5) continue
    const family = names.familyOf(m)
    if (family < 0) continue
    const { cluster } = names.families[family]!
    if (clusters[cluster]!.kind === 'group') continue
    const paragraph = tokens.paragraph[head]!
    const row = rowOf[unitOf[paragraph]!]!
    if (row < 0 || embedded[paragraph] === 1) continue
    const q = quotationOf[head]!
    if (paragraphs[paragraph]!.kind !== 'prose') continue
    if (q < 0) {
      const state = evidence.family(family, names)
      const signs = signsOf(state, row)
      if (introduces(word, first, last)) {
        signs.introduction += worth.introduction
        state.hope += worth.introduction
      } else if (isSigned(mentions[m]!, paragraph)) continue
      else if (tokens.pos[last + 1] !== noun || tokens.paragraph[last + 1] !== paragraph) signs.narrated++
      else signs.narrated += 0.5
    } else if (isOwn(q) && introduces(word, first, last)) {
      const state = evidence.family(family, names)
      signsOf(state, row).introduction += worth.introduction
      state.hope += worth.introduction
    } else if (vocative && tokens.word[first] !== the && !isListed(m)) {
      // “His minister, the Boss” calls nobody.
      const state = evidence.family(family, names)
      const signs = signsOf(state, row)
      if (isOwn(q)) signs.vocative += worth.ownVocative
      else {
        const near = (other: number): boolean =>
          quotations[other] !== undefined &&
          Math.abs(quotations[other].paragraph - paragraph) <= 1 &&
          (isOwn(other) || clusters[speakers[other]!.speaker]?.narrator === true)
        const amount = worth.vocative + (near(q - 1) || near(q + 1) ? worth.besideNarrator : 0)
        signs.vocative += amount
        state.hope += amount
      }
    }
  }
}

/** "my name is Anna", "I, Anna,", "call me Anna", "I am Anna" */
function introduces(word: (t: number) => string, first: number, last: number): boolean {
  const before = word(first - 1)
  const two = word(first - 2)
  if ((before === 'is' || before === 'was' || before === "'s" || before === 'being') && two === 'name')
    return word(first - 3) === 'my'
  if ((before === 'am' || before === 'was' || before === "'m") && two === 'i') return word(last + 1) !== "'s"
  if (before === 'me' && (two === 'call' || two === 'called' || two === 'calls' || two === 'named' || two === 'christened'))
    return true
  return before === ',' && two === 'i' && /^[,—–]$/.test(word(last + 1))
}
