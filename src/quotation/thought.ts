/** Thought set off by emphasis: *What am I doing here?* or /Not again./, whole sentences and not stressed words. */
import type { Span } from '../types.js'
import { startsTag } from './words.js'

const emphasis = /([*_/])(?=\S)([^*_/\n]{6,600}?\S)\1(?![\p{L}\p{N}])/gu
const thoughtVerbs = new Set(
  'thought think thinks thinking wondered wonders mused muses reflected realised realized told reminded'.split(' '),
)
/** Signs of a mind at work: first and second person, a question, a cry. */
const inner =
  /\b(?:I|I'm|I’m|I'll|I’ll|I've|I’ve|me|my|mine|we|you|your|you're|you’re|let's|let’s)\b|[?!]$|^(?:oh|no|yes|well|god|damn|shit|fuck|please|why|what|how)\b/iu
/** Fewest words of a thought without a tag. */
const shortestThought = 3

/** Emphasised sentences of a paragraph that read as thought, in order. `taken` holds the quotations, which win. */
export function findThoughts(text: string, paragraph: Span, taken: readonly Span[]): Span[] {
  const thoughts: Span[] = []
  if (!hasEmphasis(text, paragraph)) return thoughts
  const stretch = text.slice(paragraph.start, paragraph.end)
  emphasis.lastIndex = 0
  for (let found = emphasis.exec(stretch); found !== null; found = emphasis.exec(stretch)) {
    const start = paragraph.start + found.index
    const end = start + found[0].length
    if (taken.some((span) => span.start < end && start < span.end)) continue
    const words = found[2]!.trim()
    const before = stretch.slice(0, found.index).trimEnd()
    if (/[\p{L}\p{N}*_/]$/u.test(stretch.slice(0, found.index))) continue
    const opensSentence = before === '' || /[.!?…:—"”’*_]$/.test(before) || /,$/.test(before)
    if (!opensSentence) continue
    if (startsTag(text, end, paragraph.end, thoughtVerbs)) {
      thoughts.push({ start, end })
      continue
    }
    const closed = /[.!?…,—-]$/.test(words) || found.index + found[0].length >= stretch.length
    if (closed && words.split(/\s+/).length >= shortestThought && inner.test(words)) thoughts.push({ start, end })
  }
  return thoughts
}

const asterisk = 0x2a
const slash = 0x2f
const underscore = 0x5f
function hasEmphasis(text: string, { start, end }: Span): boolean {
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code === asterisk || code === slash || code === underscore) return true
  }
  return false
}
