/** Verses in marks: a quotation that runs on from line to line, where prose would run on from paragraph to paragraph. */
import type { QuotedSpan } from '../layers.js'
import type { Span } from '../types.js'

/** Fewest and longest lines, in lines and characters, that verses are known by. */
const fewestLines = 3
const longestLine = 64
const mark = /["“”„«»‘’']/

/**
 * Indexes of the quotations that are verses by their lines, or of which several paragraphs make one: the first, whose mark is still open when the line ends and the next follows without
 * a blank one, and the last, where it closes. A lost mark looks the same only where no blank line parts the paragraphs.
 */
export function findVerses(text: string, paragraphs: readonly Span[], quotations: readonly QuotedSpan[]): number[] {
  const found: number[] = []
  for (let q = 0; q < quotations.length; q++) {
    const { start, end, paragraph, continues, label } = quotations[q]!
    if (hasVerseLines(text, start, end)) {
      found.push(q)
      continue
    }
    const { end: lineEnd } = paragraphs[paragraph]!
    if (end !== lineEnd || continues || label !== null || mark.test(text[end - 1]!) || !mark.test(text[start]!)) continue
    if (!isNextLine(text, paragraphs, paragraph) || isNextLine(text, paragraphs, paragraph - 1)) continue
    found.push(q)
    const next = quotations[q + 1]
    if (next === undefined) continue
    let last = paragraph
    while (last < next.paragraph && isNextLine(text, paragraphs, last)) last++
    if (last === next.paragraph && next.start === paragraphs[last]!.start && !mark.test(text[next.start]!)) found.push(++q)
  }
  return found
}

/** Short lines that all begin with a capital. */
function hasVerseLines(text: string, start: number, end: number): boolean {
  if (text.indexOf('\n', start) < 0 || text.indexOf('\n', start) >= end) return false
  const lines = text.slice(start, end).split(/\s*\n\s*/)
  return lines.length >= fewestLines && lines.every((line) => line.length < longestLine && /^["“‘'_]*\p{Lu}/u.test(line))
}

/** True when paragraph `p + 1` follows paragraph `p` without a blank line. */
function isNextLine(text: string, paragraphs: readonly Span[], p: number): boolean {
  const next = paragraphs[p + 1]
  if (p < 0 || next === undefined) return false
  const from = text.indexOf('\n', paragraphs[p]!.end)
  return text.indexOf('\n', from + 1) === -1 || text.indexOf('\n', from + 1) >= next.start
}
