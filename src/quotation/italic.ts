/** Speech set in italics, as old books and some young writers have it who use no marks: one of them cried aloud, _Come back_. */
import { speechVerbs } from '../lexicon/speech.js'
import type { Span } from '../types.js'
import { startsTag } from './words.js'

const emphasis = /([*_])(?=\S)([^*_\n]{1,600}?\S)\1(?![\p{L}\p{N}])/gu
/** Words of the sentence before it in which a verb of speech stands. */
const reach = 10
/** They name what they stand before: what they call _a burglum_. */
const naming = new Set(['call', 'calls', 'called', 'calling', 'pronounced', 'pronounce'])

/** Emphasised stretches of a paragraph with a verb of speech before or a tag after them. For documents without quotation marks. */
export function findItalicSpeech(text: string, paragraph: Span): Span[] {
  const found: Span[] = []
  const stretch = text.slice(paragraph.start, paragraph.end)
  for (const { index, 0: whole } of stretch.matchAll(emphasis)) {
    const before = stretch.slice(0, index)
    const start = paragraph.start + index
    const end = start + whole.length
    if (/[\p{L}\p{N}]$/u.test(before)) continue
    const opens = /(?:^|[.!?…]\s+)$/.test(before)
    // *What now?* Nobody answered: only a comma or a small letter goes on with the sentence.
    const goesOn = /,[*_]$/.test(whole) || /^\s\p{Ll}/u.test(text.slice(end, end + 2))
    if (isLedTo(before) || (opens && goesOn && startsTag(text, end, paragraph.end))) found.push({ start, end })
  }
  return found
}

/** A verb of speech and a comma, the verb alone, or a cry "of" something. */
function isLedTo(before: string): boolean {
  if (/\b(?:cry|shout|voices?|whisper|roar) of $/.test(before)) return true
  const direct = /(\p{L}+)(?: (?:out|aloud|back|again))? $/u.exec(before)?.[1]
  if (direct !== undefined) return speechVerbs().has(direct) && (!naming.has(direct) || / (?:out|aloud) $/.test(before))
  if (!/[,:]\s$/.test(before)) return false
  const sentence = before.slice(Math.max(...['.', '!', '?', ';'].map((sign) => before.lastIndexOf(sign))) + 1)
  return (sentence.match(/\p{L}+/gu) ?? []).slice(-reach).some((word) => speechVerbs().has(word) && !naming.has(word))
}
