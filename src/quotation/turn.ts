/** Turns: what one person says at a stretch, and what the narration beside it tells. A paragraph holds one turn as a rule. */
import type { Cast } from './cast.js'
import { Sex } from './sex.js'
import type { Reading } from './subject.js'
import { type Tag, TagStrength, tagAfter, tagBefore } from './tag.js'

export interface Turn {
  /** Quotations of the turn, in text order: speeches, and thoughts that share the paragraph with them. */
  readonly quotations: number[]
  readonly firstParagraph: number
  lastParagraph: number
  /** The best evidence beside the quotations. */
  tag: Tag
  /** Weaker evidence beside it: actions in the same paragraph. */
  readonly beats: (Tag & { readonly after: boolean })[]
  /** Paragraphs of narration since the turn before. */
  readonly gap: number
  /** 1 when narration leads up to the words in their own paragraph. */
  readonly lead: number
  /** True when a typed break, a heading or a long stretch of narration lies between it and the turn before. */
  readonly opens: boolean
  /** Script or chat: first token of the paragraph, -1 elsewhere. */
  readonly label: number
}

/** Narration paragraphs after which a conversation is over. */
const longestGap = 8

/** A quotation and what the narration beside it says, whoever that is. */
interface Part {
  readonly quotation: number
  readonly own: Tag
  readonly before: Tag
  readonly after: Tag
  /** True when nothing stands between it and the quotation before: "Why?" "Because.", two speakers. */
  readonly abuts: boolean
  readonly label: number
}

/** A paragraph's speech, or its thoughts, before anyone knows who is who. */
export interface Passage {
  readonly paragraph: number
  readonly parts: readonly Part[]
  readonly gap: number
  readonly lead: number
  readonly opens: boolean
  /** True when it goes on with the speech of the paragraph before. */
  readonly continues: boolean
}

/** The paragraphs that hold speech, or thought, with their tags: all of a turn that does not depend on who is who. */
export function readPassages(reading: Reading, kind: 'speech' | 'thought'): Passage[] {
  const { quotations } = reading.quotations
  const { paragraphs, firstToken } = reading.text
  const passages: Passage[] = []
  let q = 0
  let lastSpoken = -1
  let broken = true
  let checked = 0
  let last = -1
  while (q < quotations.length) {
    const p = quotations[q]!.paragraph
    let to = q
    const spoken: number[] = []
    for (; to < quotations.length && quotations[to]!.paragraph === p; to++) if (quotations[to]!.kind === kind) spoken.push(to)
    q = to
    if (spoken.length === 0) continue
    for (; checked < p; checked++) if (paragraphs[checked]!.kind !== 'prose') broken = true
    const narration = lastSpoken < 0 ? longestGap : p - lastSpoken - 1
    const opens = broken || narration >= longestGap || kind === 'thought'
    broken = false
    lastSpoken = p
    const lead = reading.quotationStart[spoken[0]!]! > firstToken[p]! + 1 ? 1 : 0
    const continues = passages.at(-1)?.paragraph === p - 1 && quotations[last]!.continues
    passages.push({ paragraph: p, parts: partsOf(reading, p, spoken), gap: narration, lead, opens, continues })
    last = spoken.at(-1)!
  }
  return passages
}

/** Each quotation of a paragraph with the tags on both sides. */
function partsOf(reading: Reading, p: number, spoken: readonly number[]): Part[] {
  const { text, quotationStart, quotationEnd } = reading
  const start = text.firstToken[p]!
  const end = text.firstToken[p + 1]!
  const label = reading.quotations.quotations[spoken[0]!]!.label
  const parts: Part[] = []
  for (let i = 0; i < spoken.length; i++) {
    const q = spoken[i]!
    const from = i === 0 ? start : quotationEnd[spoken[i - 1]!]!
    const to = i + 1 < spoken.length ? quotationStart[spoken[i + 1]!]! : end
    const after = tagAfter(reading, quotationEnd[q]!, to, lastCharacter(reading, q))
    const before = from < quotationStart[q]! ? tagBefore(reading, from, quotationStart[q]!) : i === 0 ? leadIn(reading, p) : none
    // `"Yes," said Anna. "No."` gives the second part no tag of its own: what stands between tagged the first.
    const fresh = i === 0 || before.strength === TagStrength.report ? before : none
    // When he said, "Your health!" she answered, "Thank you.": what leads up to the next words does not tag these.
    const leadsOn =
      fresh.strength === TagStrength.report &&
      i + 1 < spoken.length &&
      to > quotationEnd[q]! &&
      /^[,:]$/.test(reading.word(to - 1))
    const labelled = label === null ? -1 : labelMention(reading, label.start, start)
    const own =
      label !== null
        ? { mention: labelled, strength: TagStrength.report, addressee: -1 }
        : !leadsOn && after.strength >= fresh.strength && after.strength >= TagStrength.placed
          ? after
          : fresh.strength >= TagStrength.placed
            ? fresh
            : none
    parts.push({
      quotation: q,
      own,
      before,
      after,
      abuts: i > 0 && from === quotationStart[q]!,
      label: label === null ? -1 : start,
    })
  }
  return parts
}

/** Gathers the turns of a story, or its thoughts, each of which stands alone. */
export function gatherTurns(reading: Reading, cast: Cast, passages: readonly Passage[]): Turn[] {
  const turns: Turn[] = []
  for (const passage of passages) {
    const previous = turns.at(-1)
    turnsOf(reading, cast, passage).forEach((turn, i) => {
      if (i === 0 && passage.continues && previous !== undefined) {
        previous.quotations.push(...turn.quotations)
        previous.lastParagraph = passage.paragraph
        if (turn.tag.strength > previous.tag.strength) previous.tag = turn.tag
        previous.beats.push(...turn.beats)
      } else turns.push(turn)
    })
  }
  return turns
}

/** The turns of one paragraph: one, unless two tags name two people. */
function turnsOf(reading: Reading, cast: Cast, { paragraph, parts, gap, lead, opens }: Passage): Turn[] {
  const turns: Turn[] = []
  let turn: Turn | null = null
  parts.forEach(({ quotation, own, before, after, abuts, label }, i) => {
    if (
      turn === null ||
      abuts ||
      (own.strength === TagStrength.report && turn.tag.strength === TagStrength.report && differ(reading, cast, own, turn.tag))
    ) {
      turn = {
        quotations: [quotation],
        firstParagraph: paragraph,
        lastParagraph: paragraph,
        tag: own,
        beats: [],
        gap: i === 0 ? gap : 0,
        lead: i === 0 ? lead : 0,
        opens: i === 0 && opens,
        label,
      }
      turns.push(turn)
    } else {
      turn.quotations.push(quotation)
      if (own.strength > turn.tag.strength) turn.tag = own
    }
    if (before.strength > 0 && before !== own) turn.beats.push(beatOf(before, false))
    if (after.strength > 0 && after !== own) turn.beats.push(beatOf(after, i + 1 === parts.length))
  })
  return turns
}

/** The mention a script's label is, -1 when the mention layer has none there. The label opens the paragraph or the one before. */
function labelMention({ text: { tokens }, mentionAt }: Reading, label: number, start: number): number {
  let i = start
  while (i > 0 && tokens.start[i - 1]! >= label) i--
  while (i < tokens.length && tokens.start[i]! < label) i++
  return mentionAt[i] ?? -1
}

const beatOf = ({ mention, strength, addressee }: Tag, after: boolean): Turn['beats'][number] => ({
  mention,
  strength,
  addressee,
  after,
})

const none: Tag = { mention: -1, strength: TagStrength.none, addressee: -1 }

/** "He turned to her and said:" in the paragraph before. */
function leadIn(reading: Reading, p: number): Tag {
  if (p === 0 || reading.text.paragraphs[p - 1]!.kind !== 'prose') return none
  const { start, end } = reading.text.paragraphs[p - 1]!
  const last = reading.text.text[end - 1]
  if (end === start || !/[:,—–-]/.test(last!)) return none
  const from = reading.text.firstToken[p - 1]!
  const to = reading.text.firstToken[p]!
  if (to === from || reading.quotations.quotationOf[to - 1]! >= 0) return none
  let first = to
  while (first > from && reading.quotations.quotationOf[first - 1]! < 0) first--
  return tagBefore(reading, first, to)
}

/** The last character inside a quotation that is neither mark nor space. */
function lastCharacter({ text: { text }, quotations }: Reading, q: number): string {
  const { start, end } = quotations.quotations[q]!
  for (let i = end - 1; i > start; i--) if (!/[\s"“”„‟«»‹›‘’'*_`]/.test(text[i]!)) return text[i]!
  return ''
}

/** Two tags name two people: two names of different clusters, a he and a she, or whoever tells and another. */
function differ(
  { mentions, pronounSex, isFirstPerson, text }: Reading,
  { figureOf, clusterOf, sex }: Cast,
  a: Tag,
  b: Tag,
): boolean {
  const one = mentions[a.mention]!
  const other = mentions[b.mention]!
  if (a.mention === b.mention || clusterOf[a.mention] === clusterOf[b.mention]) return false
  const sexOf = (m: number): number => (mentions[m]!.mentionType === 'PRON' ? pronounSex[m]! : (sex[figureOf[m]!] ?? Sex.unknown))
  const [x, y] = [sexOf(a.mention), sexOf(b.mention)]
  if (one.mentionType === 'PROP' && other.mentionType === 'PROP') return true
  const tells = (m: number): number => isFirstPerson[text.tokens.word[mentions[m]!.head]!]!
  if (tells(a.mention) !== tells(b.mention)) return true
  if (x !== Sex.unknown && y !== Sex.unknown) return x !== y
  return one.mentionType !== 'PRON' && other.mentionType !== 'PRON'
}
