/** Plain text: paragraphs however they are set, hard wraps undone, Project Gutenberg's licence left out. */
import { splitBlocks } from '../text/paragraph.js'
import type { Draft } from './draft.js'
import { readFanFicFareText } from './fanficfare.js'
import type { Line } from './line.js'
import { fromLabels, isoDate, type Labelled } from './metadata.js'

export function readPlainText(source: string): Draft {
  const { start, end, header } = storyRange(source)
  const lines = plainLines(source, start, end)
  const exported = readFanFicFareText(lines, source)
  if (exported !== null) return exported
  const metadata = header === null ? {} : gutenbergMetadata(header)
  return { format: 'txt', metadata, parts: [{ heading: null, lines, path: null, source: start }], notes: [], structured: false }
}

/** One line per paragraph; verse keeps its line ends. Where each came from is kept, since joining and trimming move it. */
function plainLines(source: string, from: number, to: number): Line[] {
  const body = source.slice(from, to)
  const { blocks, style } = splitBlocks(body)
  const join = style === 'hard-wrapped' ? ' ' : '\n'
  return blocks.map((block): Line => {
    const pieces: [number, number][] = []
    let text = ''
    for (const { 0: line, index } of body.slice(block.start, block.end).matchAll(/[^\r\n\v\f\u0085\u2028\u2029]+/g)) {
      const trimmed = line.trim()
      if (trimmed === '') continue
      if (text !== '') text += join
      pieces.push([text.length, from + block.start + index + line.indexOf(trimmed)])
      text += trimmed
    }
    const blanks = Math.max(0, block.gap - 1)
    return { text, kind: 'text', blanks, source: from + block.start, ids: [], level: 0, pieces }
  })
}

const gutenbergStart = /\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG[^\n]*\n|\*END\*? ?THE SMALL PRINT[^\n]*\n/i
const gutenbergEnd = /\n[^\n]{0,5}\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG|\nEnd of (?:the |this )?Project Gutenberg/i
/** The licence header is a few thousand characters long. */
const headerReach = 40_000

function storyRange(source: string): { start: number; end: number; header: string | null } {
  const opening = gutenbergStart.exec(source.slice(0, headerReach))
  if (opening === null) return { start: 0, end: source.length, header: null }
  const start = opening.index + opening[0].length
  const closing = gutenbergEnd.exec(source.slice(start))
  return { start, end: closing === null ? source.length : start + closing.index, header: source.slice(0, opening.index) }
}

function gutenbergMetadata(header: string): Draft['metadata'] {
  const values = [...header.matchAll(/^(Title|Author|Language):[ \t]*(.*)$/gm)].map(
    ([, label, text]): Labelled => ({ label: label!, text: text!.trim(), links: [] }),
  )
  const released = /^Release date:[ \t]*(.*)$/im.exec(header)?.[1]
  const author = values.find(({ label }) => label === 'Author')?.text
  return {
    ...fromLabels(values),
    source: 'gutenberg',
    ...(author === undefined ? {} : { author }),
    ...(released === undefined ? {} : { published: isoDate(released) }),
  }
}
