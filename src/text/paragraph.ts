/** Blocks: the lines of a text put together into paragraphs, whatever convention the file follows. */
import type { Span } from '../types.js'

/** A block of text before its kind is known. */
export interface Block extends Span {
  /** Blank lines before it. */
  readonly gap: number
}

interface Line extends Span {
  /** Blank lines before it. */
  readonly gap: number
  /** White space before its first character, in code units. */
  readonly indent: number
}

/** How a file sets its paragraphs; recognised, never asked for. */
export type ParagraphStyle = 'blank-lines' | 'hard-wrapped' | 'one-per-line'

/** Column at which typists and Gutenberg wrap: lines of a wrapped file end between these. */
const wrapColumns = { shortest: 45, longest: 90 }
/** Share of a wrapped file's inner line ends that fall there. */
const wrappedShare = 0.75

/**
 * Splits a text into blocks. Three conventions exist: a blank line between paragraphs (books, AO3 text), one paragraph per
 * line (word processors, scraped pages), and lines wrapped at a fixed column (Project Gutenberg, old newsgroup posts).
 * In a wrapped file a line end is a space; a block of few lines in a blank-line file is verse or a letter head and stays
 * together, unless each of its lines is a sentence of its own. Linear.
 */
export function splitBlocks(text: string): { blocks: Block[]; style: ParagraphStyle } {
  const lines = splitLines(text)
  const style = paragraphStyle(text, lines)
  const blocks: Block[] = []
  for (let from = 0; from < lines.length; ) {
    let to = from + 1
    while (to < lines.length && lines[to]!.gap === 0) to++
    for (const [first, last] of cut(text, lines, from, to, style)) {
      const { start, gap } = lines[first]!
      blocks.push({ start, end: lines[last]!.end, gap: first === from ? gap : 0 })
    }
    from = to
  }
  return { blocks, style }
}

/** Non-blank lines without the white space around them. */
function splitLines(text: string): Line[] {
  const lines: Line[] = []
  let blank = 0
  for (let at = 0; at < text.length; ) {
    let end = at
    while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++
    let start = at
    while (start < end && isBlank(text.charCodeAt(start))) start++
    if (start === end) blank++
    else {
      let last = end
      while (isBlank(text.charCodeAt(last - 1))) last--
      lines.push({ start, end: last, gap: lines.length === 0 ? 0 : blank, indent: start - at })
      blank = 0
    }
    at = text.startsWith('\r\n', end) ? end + 2 : end + 1
  }
  return lines
}

const isLineEnd = (code: number): boolean =>
  code === 10 || code === 13 || code === 12 || code === 11 || code === 0x85 || code === 0x2028 || code === 0x2029
const isBlank = (code: number): boolean =>
  code === 32 || code === 9 || code === 0xa0 || code === 0x3000 || code === 0xfeff || code === 0x200b || code < 32

function paragraphStyle(text: string, lines: readonly Line[]): ParagraphStyle {
  let inner = 0
  let wrapped = 0
  let blocks = 0
  for (let i = 0; i < lines.length; i++) {
    const next = lines[i + 1]
    if (next === undefined || next.gap > 0) blocks++
    else {
      inner++
      // What the line would have measured with the next line's first word still on it tells a wrap from a short verse line.
      const length = lines[i]!.end - lines[i]!.start + lines[i]!.indent
      if (length >= wrapColumns.shortest && length <= wrapColumns.longest && !endsParagraph(text, lines[i]!, next)) wrapped++
    }
  }
  if (inner <= blocks * 0.5) return 'blank-lines'
  if (wrapped >= inner * wrappedShare) return 'hard-wrapped'
  return inner > blocks * 1.5 ? 'one-per-line' : 'blank-lines'
}

/** A wrapped line seldom ends a sentence just where the next line opens one at an indent. */
const endsParagraph = (text: string, line: Line, next: Line): boolean =>
  next.indent > line.indent && /[.!?"”’…]/.test(text[line.end - 1]!)

/** Cuts one run of lines without blank line between them into blocks, as pairs of first and last line. */
function* cut(
  text: string,
  lines: readonly Line[],
  from: number,
  to: number,
  style: ParagraphStyle,
): Generator<[number, number]> {
  let first = from
  const perLine = style === 'one-per-line' || (style === 'blank-lines' && everyLineIsProse(text, lines, from, to))
  for (let i = from + 1; i <= to; i++) {
    const indented = style === 'hard-wrapped' && i < to && lines[i]!.indent >= 2 && lines[i]!.indent > lines[i - 1]!.indent
    if (i === to || perLine || indented) {
      yield [first, i - 1]
      first = i
    }
  }
}

/** Mean length from which lines are prose rather than verse. */
const proseLine = 40

/** Paragraphs parted by single line ends inside a blank-line file (`<br>` in the source): each ends as a sentence does. */
function everyLineIsProse(text: string, lines: readonly Line[], from: number, to: number): boolean {
  if (to - from < 2) return false
  let ended = 0
  let length = 0
  for (let i = from; i < to; i++) {
    const { start, end } = lines[i]!
    length += end - start
    if (/[.!?"”’…*_\-–—)\]]/.test(text[end - 1]!)) ended++
  }
  return ended >= (to - from) * 0.9 && length >= (to - from) * proseLine
}
