/** From a file's chapters and lines to one text with its layers. */

import { emptyMetadata } from '../metadata.js'
import { readUnits } from '../text/layer.js'
import type { AnalyzeOptions, CastEntry, Chapter, Metadata, Paragraph, Span } from '../types.js'
import { castOfTags } from './cast.js'
import type { Draft, Note } from './draft.js'
import { ReadError } from './error.js'
import { breakText } from './line.js'

/** A stretch of the text and where it stands in the file. */
export interface Origin extends Span {
  /** The file inside a ZIP or EPUB; `null` when the file itself is meant. */
  readonly path: string | null
  /** Offset there, in UTF-16 code units of the decoded file. */
  readonly offset: number
  /** True: the stretch is copied unchanged, offset by offset (text formats). False: `offset` is where the chapter's element begins. */
  readonly exact: boolean
}

/**
 * A story read from a file, ready for `analyze`: chapters, paragraphs and metadata mean what they mean in `Story`.
 * Paragraphs are parted by a blank line; italics stand as `*…*`; a break without words of its own is a line `* * *`.
 */
export interface StoryFile {
  /** What the file was: "txt", "md", "html", "ao3-html", "ffn-html", "fanficfare-html", "fanficfare-txt", "epub", "jsonl", "docx". */
  readonly format: string
  readonly text: string
  readonly metadata: Metadata
  readonly chapters: readonly Chapter[]
  readonly paragraphs: readonly Paragraph[]
  /** The typed breaks: paragraphs of kind "break". */
  readonly breaks: readonly Span[]
  /** Summaries and author's notes that the file keeps apart from the story; they are not in `text`. */
  readonly notes: readonly Note[]
  /** Characters that the file's tags name; pass it as `cast` if you trust the tags. */
  readonly cast: readonly CastEntry[]
  /** Where the text stands in the file, in text order; headings and breaks that the reader wrote itself have no origin. */
  readonly origins: readonly Origin[]
}

/** Puts the chapters' lines together. Throws `ReadError` when no letter is among them. */
export function assembleStory({ format, metadata, parts, notes, structured }: Draft): StoryFile {
  const pieces: string[] = []
  let length = 0
  const chapters: { start: number; title: string | null }[] = []
  const known: Paragraph[] = []
  const origins: Origin[] = []
  const add = (text: string, gap: number): number => {
    const separator = length === 0 ? '' : '\n'.repeat(2 + gap)
    pieces.push(separator, text)
    length += separator.length + text.length
    return length - text.length
  }
  parts.forEach((part, index) => {
    const title = chapterTitle(part.heading, index, parts.length)
    const opened = { start: 0, title }
    let isFirst = true
    let bodyStart = -1
    const first = part.lines.find((line) => line.kind !== 'break')
    if (title !== null) {
      opened.start = add(title, 0)
      known.push({ start: opened.start, end: length, kind: 'heading' })
      isFirst = false
    }
    for (const line of part.lines) {
      const start = add(line.kind === 'break' ? breakText : line.text, structured ? 0 : line.blanks)
      if (isFirst) opened.start = start
      if (bodyStart < 0) bodyStart = start
      isFirst = false
      // Some chapters repeat their heading as their first line.
      if (line.kind !== 'text' || (line === first && repeatsHeading(line.text, part.heading))) {
        known.push({ start, end: length, kind: line.kind === 'break' ? 'break' : 'heading' })
      }
      line.pieces?.forEach(([at, source], i, all) => {
        origins.push({
          start: start + at,
          end: start + (all[i + 1]?.[0] ?? line.text.length),
          path: part.path,
          offset: source,
          exact: true,
        })
      })
    }
    if (bodyStart >= 0 && part.lines.every((line) => line.pieces === undefined)) {
      origins.push({ start: bodyStart, end: length, path: part.path, offset: part.source, exact: false })
    }
    if (title !== null || part.lines.length > 0) chapters.push(opened)
  })
  const text = pieces.join('')
  if (!/[\p{L}\p{N}]/u.test(text)) throw new ReadError('no-story', 'The file holds no story text.')
  const shown = readUnits(text, structured ? { chapters: covering(chapters, text.length) } : {})
  const kinds = new Map(known.map((paragraph) => [paragraph.start, paragraph.kind]))
  const paragraphs = shown.paragraphs.map((paragraph) => ({ ...paragraph, kind: kinds.get(paragraph.start) ?? paragraph.kind }))
  const complete: Metadata = { ...emptyMetadata, ...metadata }
  return {
    format,
    text,
    metadata: complete,
    chapters: shown.chapters,
    paragraphs,
    breaks: paragraphs.filter(({ kind }) => kind === 'break').map(({ start, end }) => ({ start, end })),
    notes: notes.filter((note) => note.text !== ''),
    cast: castOfTags(complete),
    origins,
  }
}

/** Files of 2026 on read "Chapter 3: The Well", older ones "The Well": the author's words are the title, the number stands where there are none. */
function chapterTitle(heading: string | null, index: number, count: number): string | null {
  if (heading === null) return count > 1 && index > 0 ? `Chapter ${index + 1}` : null
  const title = heading.replace(/^Chapter \d+(?:\s*[:.–—-]\s+|\s*$)/i, '').trim()
  return title === '' ? heading : title
}

/** Longer lines are prose; and the pattern below would be slow on a long run of spaces. */
const longestHeading = 200

const repeatsHeading = (line: string, heading: string | null): boolean => {
  if (heading === null || line.length > longestHeading) return false
  const bare = line.replace(/^[\s*_#]+|[\s*_#:.]+$/g, '').toLowerCase()
  return bare !== '' && heading.toLowerCase().replace(/[.:]$/, '').endsWith(bare) && (/chapter/.test(bare) || bare.length > 2)
}

/** Chapters from their starts: they cover the text without gap. */
const covering = (starts: readonly { start: number; title: string | null }[], length: number): Chapter[] =>
  starts.map(({ start, title }, i) => ({ start: i === 0 ? 0 : start, end: starts[i + 1]?.start ?? length, title }))

/**
 * The options with which `analyze` takes over what the file knows: `analyze(file.text, toOptions(file))`. With `useCast`, the
 * characters of the file's tags too; off by default, since tags may name people who never appear.
 */
export function toOptions({ metadata, chapters, paragraphs, cast }: StoryFile, { useCast = false } = {}): AnalyzeOptions {
  return { metadata, given: { chapters, paragraphs }, ...(useCast && cast.length > 0 ? { cast } : {}) }
}

/**
 * Where an offset of the text stands in the file: exactly for text formats, the chapter's element for markup, `null` for what
 * the reader wrote itself (a heading put in, a break without words). Logarithmic.
 */
export function sourceOf({ origins }: Pick<StoryFile, 'origins'>, offset: number): Omit<Origin, 'start' | 'end'> | null {
  let low = 0
  let high = origins.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (origins[middle]!.end > offset) high = middle
    else low = middle + 1
  }
  const origin = origins[low]
  if (origin === undefined || origin.start > offset) return null
  return { path: origin.path, offset: origin.exact ? origin.offset + offset - origin.start : origin.offset, exact: origin.exact }
}
