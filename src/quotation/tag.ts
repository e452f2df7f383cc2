/** Tags and beats: what the narration beside a quotation says about who speaks. */
import { Form } from '../layers.js'
import { Pos, type Reading, Role } from './subject.js'

/** How surely a clause names the speaker, weakest first. */
export const TagStrength = { none: 0, beat: 1, placed: 2, report: 3 } as const

/** What the narration before or after a quotation gives away. */
export interface Tag {
  /** Mention of who speaks or acts, -1 when the tag names nobody ("came the reply"). */
  readonly mention: number
  /** `report`: a verb of reporting; `placed`: any verb where a tag stands; `beat`: an action beside the quotation. */
  readonly strength: number
  /** The one spoken to: "said to [Tom]", "told [her]"; -1 without one. */
  readonly addressee: number
}

const noTag: Tag = { mention: -1, strength: TagStrength.none, addressee: -1 }

const conjunctions = new Set(['and', 'but', 'then', 'so', 'as', 'when', 'while', 'for', 'or', 'here', 'thus', 'now'])
const auxiliaries = new Set('had has was is were been would could did does do having'.split(' '))
/** Verbs of reporting that take the one spoken to as their object: "told her", "asked the doctor". */
const toSomeone = new Set(
  'told tells tell telling asked asks ask asking answered answers answer answering reminded reminds remind reassured reassures assured assures informed informs interrupted interrupts warned warns begged begs implored urged urges corrected corrects soothed teased ordered commanded prompted pressed greeted addressed'.split(
    ' ',
  ),
)
const prepositions = new Set(['to', 'at', 'with'])

/** How many tokens a subject may be from its verb: "Mr. Harry Dent, the lawyer, who had come in, said". */
const verbReach = 12

/** The tag or beat after a quotation: tokens `[from, to)` up to the next quotation or the paragraph's end. */
export function tagAfter(reading: Reading, from: number, to: number, lastInside: string): Tag {
  const { text, mentions, mentionAt, speaks, word } = reading
  const { form } = text.tokens
  let i = from
  while (i < to && isSkippable(reading, i)) i++
  if (i >= to) return noTag
  const attached = /[,?!…—–\-;:]/.test(lastInside) || /[\p{L}\p{N}]/u.test(lastInside)
  const sentenceEnd = endOfSentence(reading, i, to)
  const lower = form[i] === Form.lower
  // said Anna; replied the old man; was Anna's reply; came his answer
  const verb = verbFirst(reading, i, sentenceEnd)
  const strength = verb >= 0 && speaks[text.tokens.word[verb]!] === 2 ? TagStrength.report : TagStrength.placed
  // “It is late.” said Anna: a slip of the pen, but no new sentence. A noun after it may be one spoken of.
  if (verb >= 0 && (attached || (lower && strength === TagStrength.report))) {
    const at = subjectAfter(reading, verb + 1, sentenceEnd)
    if (at >= 0 && (attached || mentions[at]!.mentionType !== 'NOM') && (strength === TagStrength.report || lower)) {
      const { last } = mentions[at]!
      const copula = auxiliaries.has(word(verb)) || word(verb) === 'came'
      if (!copula || reading.role[at] === Role.possessor || saysSomething(reading, at, sentenceEnd))
        return {
          mention: at,
          strength: copula ? TagStrength.report : strength,
          addressee: addresseeOf(reading, last + 1, sentenceEnd, verb),
        }
    }
    if (auxiliaries.has(word(verb)) || strength === TagStrength.report) {
      const reply = findVoice(reading, verb + 1, Math.min(sentenceEnd, verb + 6), 2)
      if (reply >= 0) return noTag
    }
  }
  // Anna said; the tall man quietly asked; his voice cracked
  let subject = mentionAt[i]!
  if (subject < 0) subject = firstSubject(reading, i, Math.min(sentenceEnd, i + 6))
  if (subject < 0) return noTag
  const { first, last } = mentions[subject]!
  const isVoice =
    reading.role[subject] === Role.possessor && findVoice(reading, last + 1, Math.min(sentenceEnd, last + 4), 1) >= 0
  if (reading.role[subject] === Role.possessor && !isVoice) return beatOf(reading, i, sentenceEnd, to)
  const said = reportAfter(reading, last + 1, Math.min(sentenceEnd, last + 1 + verbReach))
  const near = first <= i + 1
  if (said >= 0 && near && (attached || said <= last + 3))
    return { mention: subject, strength: TagStrength.report, addressee: addresseeOf(reading, said + 1, sentenceEnd, said) }
  if (attached && near && lastInside === ',' && sentenceHasVerb(reading, last + 1, sentenceEnd))
    return { mention: subject, strength: TagStrength.placed, addressee: addresseeOf(reading, last + 1, sentenceEnd, -1) }
  return beatOf(reading, i, sentenceEnd, to)
}

/** The tag or beat before a quotation: tokens `[from, to)`, the quotation's first token being `to`. */
export function tagBefore(reading: Reading, from: number, to: number): Tag {
  const { text, mentions, speaks, word } = reading
  let end = to
  while (end > from && text.tokens.pos[end - 1] === Pos.PUNCT && !/[,:.!?]/.test(word(end - 1))) end--
  if (end <= from) return noTag
  const closing = word(end - 1)
  const leadsIn = closing === ',' || closing === ':' || text.tokens.pos[end - 1] !== Pos.PUNCT
  let start = end - 1
  while (start > from && text.tokens.sentence[start - 1] === text.tokens.sentence[end - 1]) start--
  // Anna turned and said, "…"
  if (leadsIn) {
    for (let i = end - 1; i >= start; i--) {
      if (speaks[text.tokens.word[i]!] !== 2 || text.tokens.pos[i] === Pos.NOUN) continue
      const subject = subjectBefore(reading, start, i)
      if (subject >= 0) return { mention: subject, strength: TagStrength.report, addressee: addresseeOf(reading, i + 1, end, i) }
      const after = subjectAfter(reading, i + 1, end)
      if (after >= 0) return { mention: after, strength: TagStrength.report, addressee: -1 }
    }
    const voice = findVoice(reading, start, end, 2) >= 0 || closing === ':'
    const nearest = subjectBefore(reading, start, end - 1)
    const subject = nearest >= 0 ? nearest : firstSubject(reading, start, end)
    if (subject >= 0)
      return {
        mention: subject,
        strength: voice ? TagStrength.placed : TagStrength.beat,
        addressee: addresseeOf(reading, mentions[subject]!.last + 1, end, -1),
      }
  }
  for (let at = start; ; ) {
    const subject = firstSubject(reading, at, end)
    if (subject >= 0)
      return {
        mention: subject,
        strength: TagStrength.beat,
        addressee: addresseeOf(reading, mentions[subject]!.last + 1, end, -1),
      }
    if (at <= from) return noTag
    end = at
    at--
    while (at > from && text.tokens.sentence[at - 1] === text.tokens.sentence[end - 1]) at--
  }
}

function beatOf(reading: Reading, from: number, sentenceEnd: number, to: number): Tag {
  const subject = firstSubject(reading, from, sentenceEnd)
  if (subject >= 0)
    return {
      mention: subject,
      strength: TagStrength.beat,
      addressee: addresseeOf(reading, reading.mentions[subject]!.last + 1, sentenceEnd, -1),
    }
  const next = sentenceEnd < to ? firstSubject(reading, sentenceEnd, endOfSentence(reading, sentenceEnd, to)) : -1
  return next >= 0 ? { mention: next, strength: TagStrength.beat, addressee: -1 } : noTag
}

const isSkippable = ({ text: { tokens }, word, mentionAt }: Reading, i: number): boolean =>
  mentionAt[i]! < 0 &&
  ((tokens.pos[i] === Pos.PUNCT && !/[.!?]/.test(word(i))) || tokens.pos[i] === Pos.ADV || conjunctions.has(word(i)))

function endOfSentence({ text: { tokens } }: Reading, from: number, to: number): number {
  let i = from
  while (i + 1 < to && tokens.sentence[i + 1] === tokens.sentence[from]) i++
  return Math.min(i + 1, to)
}

/** The verb that opens an inverted tag, its auxiliaries passed: "said", "had whispered"; -1 when something else opens it. */
function verbFirst({ text: { tokens }, speaks, word, mentionAt }: Reading, i: number, to: number): number {
  if (mentionAt[i]! >= 0) return -1
  for (let at = i; at < Math.min(to, i + 3); at++) {
    const isVerb = tokens.pos[at] === Pos.VERB || tokens.pos[at] === Pos.AUX || speaks[tokens.word[at]!] === 2
    if (!isVerb) return -1
    if (mentionAt[at + 1]! >= 0 || !auxiliaries.has(word(at))) return at
  }
  return -1
}

/**
 * The subject that follows its verb: "said [Anna]", "said quietly [the old man]", "broke in [Tom]", "said the voice of [Tom]".
 * An object pronoun is none: "told him".
 */
function subjectAfter({ text: { tokens }, mentionAt, role, voices, word }: Reading, from: number, to: number): number {
  let end = Math.min(to, from + 3)
  for (let i = from; i < end; i++) {
    const m = mentionAt[i]!
    if (m >= 0) return role[m] === Role.object && objectPronouns.has(word(i)) ? -1 : m
    if (voices[tokens.word[i]!] === 1 && word(i + 1) === 'of') {
      i++
      end = Math.min(to, i + 2)
    } else if (tokens.pos[i] === Pos.DET || tokens.pos[i] === Pos.ADJ) end = Math.min(to, end + 1)
    else if (tokens.pos[i] !== Pos.ADV && tokens.pos[i] !== Pos.PART && !(i === from && particles.has(word(i)))) return -1
  }
  return -1
}

/** Words that belong to a verb: "put in", "called out", "went on". */
const particles = new Set('in out on up off back forth away over down again'.split(' '))

const objectPronouns = new Set(['me', 'him', 'us', 'them', 'himself', 'herself', 'myself'])

/** Words that open a clause within the sentence, whose subject need not be the sentence's. */
const subordinators = new Set(
  'what who whom which that when as if because while where how why though although before after since until till than whether'.split(
    ' ',
  ),
)

/**
 * The subject of a verb in the sentence before it: the one beside it ("[she] quietly said", "heard [Harriet] say"), the one that a
 * comma parts from it ("[Mary], who had come in, said"), else the nearest that no inner clause has for its own ("[Anna] saw what he
 * was doing and said").
 */
function subjectBefore({ text: { tokens }, mentionAt, role, mentions, word }: Reading, start: number, verb: number): number {
  const { pos } = tokens
  let beside = verb - 1
  while (beside >= start && (pos[beside] === Pos.ADV || pos[beside] === Pos.AUX || pos[beside] === Pos.PART)) beside--
  const parted = beside >= start && (word(beside) === ',' || word(beside) === 'and')
  let inner = -1
  let fallback = -1
  for (let i = verb - 1; i >= start; i--) {
    const m = mentionAt[i]!
    if (m < 0 || mentions[m]!.last >= verb || role[m] === Role.possessor) continue
    const { last } = mentions[m]!
    if (last === beside) return m
    if (role[m] === Role.object) continue
    if (parted && word(last + 1) === ',' && last + 1 < beside) return m
    if (role[m] !== Role.subject) {
      if (fallback < 0) fallback = m
    } else if (i > start && subordinators.has(word(i - 1))) {
      if (inner < 0) inner = m
    } else return m
  }
  return inner >= 0 ? inner : fallback
}

/** First subject of a stretch; a mention whose role is unclear will do when nothing better follows. */
function firstSubject({ mentionAt, role }: Reading, from: number, to: number): number {
  let fallback = -1
  for (let i = from; i < to; i++) {
    const m = mentionAt[i]!
    if (m < 0) continue
    if (role[m] === Role.subject) return m
    if (fallback < 0 && role[m] !== Role.object) fallback = m
  }
  return fallback
}

function reportAfter({ text: { tokens }, speaks, mentionAt, mentions }: Reading, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    if (speaks[tokens.word[i]!] === 2 && tokens.pos[i] !== Pos.NOUN) return i
    if (tokens.pos[i] === Pos.CCONJ && i > from + 6) return -1
    const m = mentionAt[i]!
    if (m >= 0 && i > from) i = mentions[m]!.last
  }
  return -1
}

const sentenceHasVerb = ({ text: { tokens } }: Reading, from: number, to: number): boolean => {
  for (let i = from; i < Math.min(to, from + 4); i++) if (tokens.pos[i] === Pos.VERB || tokens.pos[i] === Pos.AUX) return true
  return false
}

/** First word of a kind (1 voices, 2 replies) in a stretch. */
function findVoice({ text: { tokens }, voices }: Reading, from: number, to: number, kind: number): number {
  for (let i = from; i < to; i++) if (voices[tokens.word[i]!] === kind) return i
  return -1
}

/** "was [Anna]'s reply", "came [his] answer". */
function saysSomething(reading: Reading, m: number, to: number): boolean {
  const { last } = reading.mentions[m]!
  return (
    findVoice(reading, last + 1, Math.min(to, last + 5), 2) >= 0 ||
    findVoice(reading, reading.mentions[m]!.first, last + 1, 2) >= 0
  )
}

/** Whom a tag names as the one spoken to: "said to [Tom]", "told [her]". */
function addresseeOf({ text: { tokens }, mentionAt, word, role }: Reading, from: number, to: number, verb: number): number {
  if (verb >= 0 && toSomeone.has(word(verb))) {
    const m = mentionAt[verb + 1] ?? -1
    if (m >= 0 && from === verb + 1 && role[m] !== Role.subject) return m
  }
  for (let i = from; i < to; i++) {
    const m = mentionAt[i + 1] ?? -1
    if (m >= 0 && i + 1 < to && prepositions.has(word(i)) && role[m] !== Role.possessor) return m
    if (tokens.pos[i] === Pos.PUNCT && i > from + 8) return -1
  }
  return -1
}
