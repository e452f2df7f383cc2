/** Who says "I": the narrator of every first-person unit. */
import {
  type CoreferenceLayer,
  type MentionSpan,
  posTags,
  type QuotationLayer,
  type SpeakerLayer,
  type TextLayer,
} from '../layers.js'
import { type CastVector, readCasts, similarity, sumCasts } from './cast.js'
import type { Embedded } from './line.js'
import { linkByCast, linkByForm } from './link.js'
import type { NameIndex } from './naming.js'
import { admitStates, bestPath, type PathProblem } from './path.js'
import { Person } from './person.js'
import type { Mark } from './section.js'
import { isTold, type Unit } from './unit.js'

/**
 * What each sign is worth, in nats. Set on the 58 novels of gold/pov; a plateau: half or double of one moves names by a point.
 */
const worth = {
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
  /** A lone name over a section, in a story where such lines are the rule; elsewhere. */
  bare: 12,
  bareAlone: 1,
} as const
/** Names in the narration cost no more than this per unit: a narrator may tell what others call them. */
const mostAgainst = 60
/** A teller whom a header names may speak of themselves by name. */
const mostAgainstHeaded = 10
/**
 * What a new name must bring: little in a short story, where it is called once or twice; more in a long one, where more words are
 * mistaken for names.
 */
const priceOfName = { least: 1, base: 4, baseFrom: 48_000, perWord: 1 / 20_000, most: 10 } as const
const price: Readonly<Record<Mark, number>> = {
  start: 0,
  chapter: 6,
  restart: 2,
  heading: 6,
  break: 2,
  entry: 5,
  apart: 6,
  aloud: 6,
  person: 8,
}
/** Before a unit whose header names someone, and before an entry dated no later than the last one. */
const headedPrice = 0
const datedBackPrice = 1

/** What `findNarrators` says of one unit. */
export interface Narration {
  /** Cluster, -1 for a narrator without one. */
  readonly cluster: number
  /** The name that gave the narrator away, `null` without one. */
  readonly name: string | null
  readonly cue: 'header' | 'signature' | 'introduction' | 'vocative' | null
  readonly confidence: number
}

/** Nobody by name. */
const unnamed = 0

export function findNarrators({
  text,
  quotations,
  mentions,
  coreference,
  speakers,
  units,
  unitOf,
  embedded,
  names,
}: {
  text: TextLayer
  quotations: QuotationLayer
  mentions: readonly MentionSpan[]
  coreference: CoreferenceLayer
  speakers: SpeakerLayer
  units: readonly Unit[]
  unitOf: Int32Array
  embedded: Embedded
  names: NameIndex
}): (Narration | null)[] {
  const told = units.flatMap((unit, u) => (isTold(unit) && unit.person === Person.first ? [u] : []))
  const rowOf = new Int32Array(units.length).fill(-1)
  told.forEach((u, row) => {
    rowOf[u] = row
  })
  if (told.length === 0) return units.map(() => null)
  const evidence = new Evidence()
  readMentions(evidence, { text, quotations, mentions, coreference, speakers, unitOf, rowOf, embedded, names })
  readNames(evidence, { units, told, names })
  const casts = readCasts(text, mentions, names, (paragraph) => rowOf[unitOf[paragraph]!]!, told.length)

  const states = evidence.states.length + 1
  const gain = new Float64Array(told.length * states)
  for (const [s, { rows }] of evidence.states.entries())
    for (const [row, signs] of rows) gain[row * states + s + 1] = gainOf(signs, signs.vocative)
  const bareRule = bareNamesAreTheRule(units, names)
  const switchPrice = Float64Array.from(told, (u, row) => priceBefore(units, u, row === 0 ? -1 : told[row - 1]!, bareRule))
  const circles = linkByForm(told.map((u) => units[u]!.form === 'narration')) ?? linkByCast(casts)
  if (circles !== null)
    for (let row = 1; row < told.length; row++)
      switchPrice[row] = circles[row] === circles[row - 1] ? switchPrice[row]! : circlePrice
  const problem = { units: told.length, states, gain, price: switchPrice }
  const words = told.reduce((sum, u) => sum + units[u]!.words, 0)
  const basePrice = Math.min(
    priceOfName.base,
    priceOfName.least + ((priceOfName.base - priceOfName.least) * words) / priceOfName.baseFrom,
  )
  const namePrice = Math.min(priceOfName.most, basePrice + words * priceOfName.perWord)
  const candidates = evidence.states.flatMap(({ hope }, s) =>
    hope >= (circles === null ? basePrice : circlesPrice) ? [s + 1] : [],
  )
  const { path } = admitNames(
    problem,
    mostHopeful(candidates, evidence),
    evidence,
    namePrice,
    casts,
    blocksOf(units, told),
    circles,
  )

  const totals = new Float64Array(states)
  for (let row = 0; row < told.length; row++) totals[path[row]!]! += gain[row * states + path[row]!]!
  return units.map((_, u) => {
    const row = rowOf[u]!
    if (row < 0) return null
    const state = path[row]!
    if (state === unnamed) return { cluster: -1, name: null, cue: null, confidence: 0.5 }
    const { cluster, name, rows, cue } = evidence.states[state - 1]!
    const signs = rows.get(row)
    const own = signs === undefined ? 0 : gain[row * states + state]!
    const strength = Math.max(own, Math.min(8, totals[state]! / 4))
    return {
      cluster,
      name,
      cue: signs !== undefined && signs.header > 2 ? 'header' : signs !== undefined && signs.signature > 0 ? 'signature' : cue(),
      confidence: 1 - 0.5 * Math.exp(-strength / 4),
    }
  })
}

/** Between sections of two circles that take turns. */
const circlePrice = 0
/** Against a narrator in the circle that is not theirs. */
const strangerPrice = 2
/** What a name must bring in a story of two circles, where each needs one. */
const circlesPrice = 1

/** What speaks for a name in one section of a circle speaks for it in all of them, and against it in the other circle. */
function shareWithin(circles: Uint8Array, width: number, gain: Float64Array): void {
  const rows = [0, 1].map((circle) => [...circles.keys()].filter((row) => circles[row] === circle))
  for (let state = unnamed + 1; state < width; state++) {
    const sums = rows.map((own) => own.reduce((total, row) => total + gain[row * width + state]!, 0))
    rows.forEach((own, circle) => {
      const total = sums[circle]! > sums[1 - circle]! ? sums[circle]! : Math.min(0, sums[circle]!) - strangerPrice
      for (const row of own) gain[row * width + state] = total / own.length
    })
  }
}

/** What the signs of one unit say, with as much of its calls as count. */
function gainOf({ header, signature, introduction, narrated }: Signs, calls: number): number {
  const least = header >= worth.bare ? -mostAgainstHeaded : -mostAgainst
  return header + signature + introduction + Math.max(least, calls + narrated * worth.narrated)
}

/** Rows between which a new part, teller or form begins belong to different blocks. */
function blocksOf(units: readonly Unit[], told: readonly number[]): Int32Array {
  let block = 0
  return Int32Array.from(told, (u, row) => {
    const { mark, headers, form } = units[u]!
    const before = row === 0 ? -1 : told[row - 1]!
    const isNew =
      before < u - 1 ||
      mark === 'restart' ||
      headers.some(({ kind }) => kind === 'pov' || kind === 'teller') ||
      (form === 'narration') !== (units[before]?.form === 'narration')
    return isNew ? ++block : block
  })
}

/** Calls that a block needs for a name of its own, and the share of them that the first name may still have there. */
const fewestCalls = 4
const ownBlock = 0.25

/** Casts less alike than this belong to different tellers; set on gold/pov, where one narrator’s chapters seldom fall below it. */
const strangers = 0.15

/**
 * The first name is the one whose calls explain the story best. Any other must stand out against it: names called out in other
 * chapters ("Davy", "Copperfield", "Mas’r Davy") are the same narrator’s, unless the narration there speaks of the first by name
 * or knows none of the first’s people.
 */
function admitNames(
  problem: PathProblem,
  candidates: readonly number[],
  { states }: Evidence,
  namePrice: number,
  casts: readonly CastVector[],
  blockOf: Int32Array,
  circles: Uint8Array | null,
): { path: Int32Array } {
  const { states: width, gain } = problem
  const isHeaded = (state: number) =>
    [...states[state - 1]!.rows.values()].some(({ header, signature }) => header > worth.bareAlone || signature > 0)
  const priceOf = (state: number): number => (circles !== null ? circlesPrice : isHeaded(state) ? priceOfName.base : namePrice)
  const called = new Float64Array(gain.length)
  for (const state of candidates)
    for (const [row, { vocative, introduction, narrated }] of states[state - 1]!.rows)
      called[row * width + state] = introduction + vocative + narrated * worth.narrated
  let first = -1
  let best = 0
  for (const state of candidates) {
    const gained = bestPath({ ...problem, gain: called }, [unnamed, state]).total - namePrice
    if (gained <= best) continue
    best = gained
    first = state
  }
  if (first < 0) return admitStates(problem, [unnamed], candidates.filter(isHeaded), priceOf)
  const circle = sumCasts(
    [...states[first - 1]!.rows].flatMap(([row, { vocative }]) => (vocative > 0 ? [[casts[row]!, vocative] as const] : [])),
  )
  const callsByBlock: Map<number, number>[] = []
  for (const state of candidates)
    for (const [row, { vocative }] of states[state - 1]!.rows) {
      const block = circles === null ? blockOf[row]! : circles[row]!
      const calls = callsByBlock[block] ?? new Map<number, number>()
      callsByBlock[block] = calls
      calls.set(state, (calls.get(state) ?? 0) + vocative)
    }
  const contrasted = gain.slice()
  for (const state of candidates) {
    if (state === first) continue
    for (const [row, signs] of states[state - 1]!.rows) {
      const speaksOfFirst = (states[first - 1]!.rows.get(row)?.narrated ?? 0) * -worth.narrated
      const strange = signs.vocative > 0 && similarity(casts[row]!, circle) < strangers ? signs.vocative : 0
      const calls = callsByBlock[circles === null ? blockOf[row]! : circles[row]!]!
      const apart =
        calls.get(state)! >= (circles === null ? fewestCalls : worth.vocative) &&
        (calls.get(first) ?? 0) < calls.get(state)! * ownBlock
          ? signs.vocative
          : 0
      contrasted[row * width + state] = gainOf(signs, Math.min(signs.vocative, speaksOfFirst + Math.max(strange, apart)))
    }
  }
  if (circles !== null) shareWithin(circles, width, contrasted)
  return admitStates(
    { ...problem, gain: contrasted },
    [unnamed, first],
    candidates.filter((state) => state !== first),
    priceOf,
  )
}

/** A story has few narrators: of many names that are called out, the most hopeful are tried. */
const mostCandidates = 16
const mostHopeful = (candidates: number[], { states }: Evidence): number[] =>
  candidates.sort((a, b) => states[b - 1]!.hope - states[a - 1]!.hope || a - b).slice(0, mostCandidates)

function priceBefore(units: readonly Unit[], u: number, before: number, bareRule: boolean): number {
  if (before < 0) return 0
  const unit = units[u]!
  if (unit.headers.some(({ kind, name }) => (kind !== 'bare' || bareRule) && name !== null)) return headedPrice
  const last = units[before]!
  if (unit.mark === 'entry' && unit.opening?.day != null && last.opening?.day != null && unit.opening.day <= last.opening.day)
    return datedBackPrice
  if (unit.form === 'letter' && unit.mark === 'entry') return datedBackPrice
  // Third-person narration in between: the telling starts anew.
  return before < u - 1 ? Math.min(price[unit.mark], price.heading) : price[unit.mark]
}

interface Signs {
  header: number
  signature: number
  introduction: number
  vocative: number
  narrated: number
}

interface NarratorState {
  readonly cluster: number
  readonly name: string
  readonly rows: Map<number, Signs>
  /** The sum of all that speaks for it. */
  hope: number
  readonly cue: () => Narration['cue']
}

/** What speaks for and against every possible narrator, per first-person unit. */
class Evidence {
  readonly states: NarratorState[] = []
  private readonly ofFamily = new Map<number, NarratorState>()
  private readonly ofName = new Map<string, NarratorState>()

  /** The state of a family of names. */
  family(family: number, names: NameIndex): NarratorState {
    const { cluster, name } = names.families[family]!
    let state = this.ofFamily.get(family)
    if (state === undefined) {
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

function strongest(rows: ReadonlyMap<number, Signs>): Narration['cue'] {
  const sums = { header: 0, signature: 0, introduction: 0, vocative: 0 }
  for (const signs of rows.values()) for (const cue of Object.keys(sums) as (keyof typeof sums)[]) sums[cue] += signs[cue]
  const [[cue, most]] = Object.entries(sums).sort((a, b) => b[1] - a[1]) as [[keyof typeof sums, number]]
  return most > 0 ? cue : null
}

/** Headers and signatures. */
function readNames(
  evidence: Evidence,
  { units, told, names }: { units: readonly Unit[]; told: readonly number[]; names: NameIndex },
): void {
  const isRule = bareNamesAreTheRule(units, names)
  told.forEach((u, row) => {
    const { headers, signature } = units[u]!
    for (const { kind, name } of headers) {
      if (name === null || kind === 'end') continue
      const cluster = names.find(name)
      if (cluster < 0 && (kind === 'subject' || (kind === 'bare' && !isRule) || (kind === 'teller' && /^the\s/i.test(name))))
        continue
      const amount =
        kind === 'bare' ? (isRule ? worth.bare : worth.bareAlone) : kind === 'subject' ? worth.weakHeader : worth.header
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

/** Lone names head at least so many units, and this share of those that have a heading; and they come back, or name people of the story. */
const bareShares = { units: 3, share: 0.6, repeated: 0.4, allShare: 0.9, people: 0.6 } as const

/** True when sections of the story are headed by names. */
export function bareNamesAreTheRule(units: readonly Unit[], names: NameIndex): boolean {
  const counts = new Map<string, number>()
  let headed = 0
  for (const { headers, mark } of units) {
    if (mark === 'chapter' || mark === 'heading' || mark === 'restart' || mark === 'start' || headers.length > 0) headed++
    const bare = headers.find(({ kind }) => kind === 'bare')
    if (bare?.name != null) counts.set(bare.name, (counts.get(bare.name) ?? 0) + 1)
  }
  let total = 0
  let repeated = 0
  let people = 0
  for (const [name, count] of counts) {
    total += count
    if (count > 1) repeated += count
    if (names.find(name) >= 0) people += count
  }
  if (total < bareShares.units || total < headed * bareShares.share) return false
  return repeated >= total * bareShares.repeated || (total >= headed * bareShares.allShare && people >= total * bareShares.people)
}

const noun = posTags.indexOf('NOUN')

/** Vocatives, self-introductions and names in the narration. */
function readMentions(
  evidence: Evidence,
  {
    text: { tokens },
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
  const isOwn = (q: number): boolean => {
    const tag = speakers[q]?.tagMention ?? -1
    return tag >= 0 && tokens.word[mentions[tag]!.head] === i
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
    if (q < 0) {
      const state = evidence.family(family, names)
      const signs = signsOf(state, row)
      if (introduces(word, first, last)) {
        signs.introduction += worth.introduction
        state.hope += worth.introduction
      } else if (tokens.pos[last + 1] !== noun || tokens.paragraph[last + 1] !== paragraph) signs.narrated++
      else signs.narrated += 0.5
    } else if (vocative) {
      const state = evidence.family(family, names)
      const signs = signsOf(state, row)
      if (isOwn(q)) signs.vocative += worth.ownVocative
      else {
        const near = (other: number): boolean =>
          quotations[other] !== undefined && Math.abs(quotations[other].paragraph - paragraph) <= 1 && isOwn(other)
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
  if (before === 'me' && (two === 'call' || two === 'called' || two === 'calls' || two === 'named' || two === 'christened'))
    return true
  return before === ',' && two === 'i' && /^[,—–]$/.test(word(last + 1))
}
