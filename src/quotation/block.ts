/** Block quotations: verses, letters and signs that the typist set in from the margin, line by line. They are read, not said. */
import type { Paragraph } from '../types.js'

/** Fewest blanks that set a line in; one is a slip of the typist. */
const leastIndent = 2
/** Share of paragraphs that open with blanks up to which blanks mean a block; beyond it they only open paragraphs. */
const mostIndented = 0.2

/** Numbers of the paragraphs that are block quotations. Empty where the whole document is set in. */
export function findBlocks(text: string, paragraphs: readonly Paragraph[]): Set<number> {
  const found = new Set<number>()
  let prose = 0
  let indented = 0
  for (let p = 0; p < paragraphs.length; p++) {
    const { start, end, kind } = paragraphs[p]!
    if (kind !== 'prose') continue
    prose++
    if (!isIndented(text, start)) continue
    indented++
    if (isBlock(text, start, end)) found.add(p)
  }
  return indented > prose * mostIndented ? new Set() : found
}

/** Looks back from the first character of a line. */
function isIndented(text: string, at: number): boolean {
  let blanks = 0
  while (isBlank(text.charCodeAt(at - 1 - blanks))) blanks++
  const before = at - 1 - blanks
  return (blanks >= leastIndent || (blanks > 0 && text[at - 1] === '\t')) && (before < 0 || text.charCodeAt(before) === newline)
}

function isBlock(text: string, start: number, end: number): boolean {
  for (let line = text.indexOf('\n', start); line >= 0 && line < end; line = text.indexOf('\n', line + 1)) {
    let first = line + 1
    while (isBlank(text.charCodeAt(first))) first++
    if (first < end && first - line - 1 < leastIndent && text.charCodeAt(first) !== newline && text[line + 1] !== '\t')
      return false
  }
  return true
}

const newline = 0x0a
/** False past the ends of the text, where the code is NaN. */
const isBlank = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0xa0 || code === 0x3000
