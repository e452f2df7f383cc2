/**
 * Reported speech set in marks: "She should be happy to see him; he must come on Monday." Older novels give the sense of a speech in
 * the narrator's person and tense and keep the marks. Nobody said these words.
 */
import { reportVerbs } from '../lexicon/speech.js'
import type { Span } from '../types.js'
import { startsTag } from './words.js'

const own =
  /\b(?:I|me|my|mine|we|us|our|ours|you|your|yours|thee|thou|myself|yourself|ourselves)\b|['’](?:m|ll|ve|re|d)\b|n['’]t\b/i
const present = /\b(?:is|are|am|has|do|does|will|shall|can|let)\b|\b(?:it|that|there|he|she|what|who|here)['’]s\b/i
const others = /\b(?:he|she|they|his|her|their|him|them)\b/i
const past = /\b(?:was|were|had|would|could|should|did|might)\b/i
const words = /[\p{L}'’]+/gu

/** Fewest words by which person and tense are told. */
const shortest = 4
/** Longest stretch before the marks, in characters, that is a mere gesture before a speech: Anna looked up. "He had left by then." */
const longestBeat = 70
/** Words before the marks in which the verb of a tag stands. */
const tagReach = 12

/** Whether a marked stretch inside a paragraph, the first there and without a tag, tells in the narrator's own voice. */
export function isReported(text: string, { start, end }: Span, paragraph: Span): boolean {
  if (start === paragraph.start) return false
  const inner = text.slice(start, end)
  if (!others.test(inner) || !past.test(inner) || own.test(inner) || present.test(inner)) return false
  if ((inner.match(words)?.length ?? 0) < shortest) return false
  const closes = paragraph.end - end < 2
  if (closes && start - paragraph.start < longestBeat) return false
  return !startsTag(text, end, paragraph.end) && !tagged(text.slice(paragraph.start, start))
}

/** A verb of speech before a colon or comma: he said hurriedly, "…". */
function tagged(before: string): boolean {
  if (!/[,:]\s*(?:--|[—–])?\s*$/.test(before)) return false
  const sentence = before.slice(Math.max(before.lastIndexOf('. '), before.lastIndexOf('! '), before.lastIndexOf('? ')) + 1)
  return (sentence.match(words) ?? []).slice(-tagReach).some((word) => reportVerbs().has(word.toLowerCase()))
}
