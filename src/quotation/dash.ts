/** Speech that a dash opens: — Yes, said he, come. No mark closes it; the tag stands inside the paragraph. */
import { reportVerbs } from '../lexicon/speech.js'
import type { Span } from '../types.js'
import { clauseWords, startsTag } from './words.js'

const clauseBreak = /[,.!?…]["'’”]?\s+(?=\p{L})|\s[—–-]{1,2}\s?(?=\p{L})/gu
/** — II — */
const number = /^[—–-]{1,2}\s?[\p{L}\d]+\s?[—–-]{1,2}$/u
const longestNumber = 12
const closingDash = /[\s.!?…][—–]$|[\s.!?…]--?$/
const narrative = /^(?:He|She|They|It|His|Her|Their|The|A|An|Then|When|As)$/
/** Verbs of the tenses that stories are told in, and of the one that people talk in. */
const told =
  /\b(?:\p{L}{2,}ed|was|were|had|did|went|came|took|gave|got|made|saw|sat|stood|felt|fell|held|kept|left|let|put|ran|rose|shook|broke|began|bent|threw|drew|struck|set|turned)\b/u
const talked = /\b(?:is|are|am|has|have|does|do|will|shall|can|may|must|thinks|wants|says|knows)\b|['’](?:s|re|ve|ll)\b/u
const spoken = /\b(?:I|I'm|I’m|me|my|you|your|we|our|us|don['’]t|isn['’]t|can['’]t)\b/
/** A dash that takes the speech up again: — Back. He folded the bag. —Since Sunday. */
const resumption = /(?<=[.!?…,]\s)[—–―](?=\p{L})/gu
/** ", and she took one of his" tells; ", and come back" is said. */
const tells = /^(?:and (?:he|she|they|it|then|his|her|the)|to|with|in|at|from|by|without|as|while|when|who|which|\p{L}+ing)\b/u

/** The spoken stretches of a paragraph that a dash opens. The dash belongs to the first. */
export function splitDashSpeech(text: string, { start, end }: Span): Span[] {
  if (end - start < longestNumber && number.test(text.slice(start, end))) return []
  const spans: Span[] = []
  resumption.lastIndex = start + 1
  let from = start
  for (let found = resumption.exec(text); found !== null && found.index < end; found = resumption.exec(text)) {
    // What stands before the new dash ends with telling: without a tag, at the first sentence that tells.
    const before = splitStretch(text, from, found.index)
    const last = before.at(-1)!
    if (before.length === 1 && found.index - last.end < 3) before[0] = { start: last.start, end: firstTelling(text, last) }
    spans.push(...before)
    from = found.index
  }
  spans.push(...splitStretch(text, from, end))
  return spans.filter((span) => span.end > span.start)
}

function splitStretch(text: string, start: number, end: number): Span[] {
  const spans: Span[] = []
  let from = start
  while (from < end) {
    const tag = nextTag(text, from, end)
    if (tag === null) {
      spans.push(trimmed(text, { start: from, end }))
      break
    }
    spans.push(trimmed(text, { start: from, end: tag.start }))
    // ", said he, come." and "— said he — come" go on; after a full stop only what sounds spoken does.
    const closing = text.slice(tag.end, tag.end + 2)
    const next = tag.end + (/^[,.!?…;:]+\s*(?:[—–-]+\s*)?|^\s*[—–-]+\s*/.exec(text.slice(tag.end, tag.end + 8))?.[0].length ?? 0)
    if (next >= end) break
    if (/^\s?[.!?…]/.test(closing) && !soundsSpoken(text, next, end)) break
    if (closing.startsWith(',') && tells.test(text.slice(next, Math.min(end, next + 40)))) break
    from = next
  }
  return spans
}

/** The next clause that is a tag: where it starts and where its punctuation is. */
function nextTag(text: string, from: number, end: number): Span | null {
  clauseBreak.lastIndex = from
  for (let found = clauseBreak.exec(text); found !== null && found.index < end; found = clauseBreak.exec(text)) {
    const start = found.index + found[0].length
    if (!startsTag(text, start, end)) continue
    const words = clauseWords(text, start, end, 30)
    if (reportsInside(words) || commands(words)) continue
    const last = words.at(-1)!
    let at = start
    for (const word of words) at = text.indexOf(word, at) + word.length
    if (last === '' || at > end) return null
    return { start, end: at }
  }
  return null
}

/** "I'd say", "Father Duffy says there's a German": the speaker reports within the speech. */
const reportsInside = (words: readonly string[]): boolean =>
  /['’](?:d|ll|ve|re|m)$/.test(words[0]!) ||
  words.some(
    (word, i) =>
      i > 0 &&
      i < 4 &&
      /^(?:say|says|think)$/.test(word) &&
      i + 1 < words.length &&
      /^(?:there|that|he|she|it|you|the|we|they)/.test(words[i + 1]!),
  )

/** "Tell that to him!", "You must say so": said, not a tag. */
const commands = ([first, second]: readonly string[]): boolean =>
  (/^\p{Lu}/u.test(first!) && reportVerbs().has(first!.toLowerCase())) ||
  /^(?:must|can|will|should|may|could|shall)$/.test(second ?? '')

/** Where the first sentence that tells begins, the span's end when none does. */
function firstTelling(text: string, { start, end }: Span): number {
  for (const { index } of text.slice(start, end).matchAll(/(?<=[.!?…])\s+(?=\p{Lu})/gu))
    if (!soundsSpoken(text, start + index + 1, end)) return start + index
  return end
}

/** A sentence after the tag belongs to the speech unless it tells: "He went out." */
function soundsSpoken(text: string, from: number, end: number): boolean {
  const sentence = text.slice(from, end).split(/(?<=[.!?])\s/, 1)[0]!
  if (spoken.test(sentence)) return true
  if (!narrative.test(/^[\p{L}'’]+/u.exec(sentence)?.[0] ?? 'The')) return true
  return !told.test(sentence) || talked.test(sentence)
}

/** Without white space and dashes at its end; a dash that cuts a word off stays: there's a German who— */
function trimmed(text: string, { start, end }: Span): Span {
  let last = end
  while (last > start && (/\s/.test(text[last - 1]!) || closingDash.test(text.slice(Math.max(start, last - 3), last)))) last--
  let first = start
  while (first < last && /\s/.test(text[first]!)) first++
  return { start: first, end: last }
}
