/** Speech that a dash opens: — Yes, said he, come. No mark closes it; the tag stands inside the paragraph. */
import type { Span } from '../types.js'
import { clauseWords, startsTag } from './words.js'

const clauseBreak = /[,.!?…]["'’”]?\s+(?=\p{L})|\s[—–-]{1,2}\s?(?=\p{L})/gu
const narrative = /^(?:He|She|They|It|His|Her|Their|The|A|An|Then|When|As)$/
const spoken = /\b(?:I|I'm|I’m|me|my|you|your|we|our|us|don['’]t|isn['’]t|can['’]t)\b/

/** The spoken stretches of a paragraph that a dash opens. The dash belongs to the first. */
export function splitDashSpeech(text: string, { start, end }: Span): Span[] {
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
    from = next
  }
  return spans.filter((span) => span.end > span.start)
}

/** The next clause that is a tag: where it starts and where its punctuation is. */
function nextTag(text: string, from: number, end: number): Span | null {
  clauseBreak.lastIndex = from
  for (let found = clauseBreak.exec(text); found !== null && found.index < end; found = clauseBreak.exec(text)) {
    const start = found.index + found[0].length
    if (!startsTag(text, start, end)) continue
    const words = clauseWords(text, start, end, 30)
    const last = words.at(-1)!
    let at = start
    for (const word of words) at = text.indexOf(word, at) + word.length
    if (last === '' || at > end) return null
    return { start, end: at }
  }
  return null
}

/** A sentence after the tag belongs to the speech unless it tells: "He went out." */
function soundsSpoken(text: string, from: number, end: number): boolean {
  const sentence = text.slice(from, end).split(/(?<=[.!?])\s/, 1)[0]!
  if (spoken.test(sentence)) return true
  return !narrative.test(/^[\p{L}'’]+/u.exec(sentence)?.[0] ?? 'The')
}

/** Without white space and dashes at its end. */
function trimmed(text: string, { start, end }: Span): Span {
  let last = end
  while (last > start && /[\s—–]/.test(text[last - 1]!)) last--
  let first = start
  while (first < last && /\s/.test(text[first]!)) first++
  return { start: first, end: last }
}
