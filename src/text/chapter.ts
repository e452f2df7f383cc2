/** Chapters: from heading to heading. */
import type { Chapter } from '../types.js'
import type { HeadingKind } from './heading.js'
import { bareLine } from './heading.js'
import type { Marked } from './marker.js'

/** Characters per number or title, on average, from which these divide a text into chapters rather than sections. */
const chapterLength = 6000

/**
 * Divides the text at the headings of its highest level: keywords ("Chapter 7", "Prologue", markdown) if it has any, else
 * numbers, else titles. A part opens the chapter under it. What stands before the first heading belongs to the first
 * chapter when it is only title page and notes, and is an opening without title otherwise.
 */
export function splitChapters(text: string, paragraphs: readonly Marked[]): Chapter[] {
  const level = chapterLevel(paragraphs)
  const starts: number[] = []
  for (let p = 0; p < paragraphs.length; p++) {
    if (!level.has(paragraphs[p]!.heading)) continue
    const head = headOf(paragraphs, p)
    const previous = starts.at(-1)
    const proseBetween = paragraphs.slice(previous ?? 0, head).some(({ kind }) => kind === 'prose')
    if (previous === undefined || proseBetween) starts.push(head)
  }
  const first = starts[0]
  if (first === undefined) return [{ start: 0, end: text.length, title: null }]
  const opening = paragraphs.slice(0, first).some(({ kind }) => kind === 'prose')
  const bounds = opening ? [0, ...starts] : [0, ...starts.slice(1)]
  return bounds.map((p, i) => {
    const next = bounds[i + 1]
    const title = opening && i === 0 ? null : titleAt(text, paragraphs, opening ? p : starts[i]!)
    return { start: i === 0 ? 0 : paragraphs[p]!.start, end: next === undefined ? text.length : paragraphs[next]!.start, title }
  })
}

/** The kinds of heading that open chapters in this text. */
function chapterLevel(paragraphs: readonly Marked[]): Set<HeadingKind | null> {
  const count = (kind: HeadingKind): number => paragraphs.filter(({ heading }) => heading === kind).length
  const length = paragraphs.at(-1)?.end ?? 0
  const level = new Set<HeadingKind | null>(['part', 'chapter', 'markdown'])
  const explicit = count('chapter') + count('markdown')
  // A prologue and an epilogue beside forty numbers leave the numbers the chapters.
  const numbers = count('number')
  if (numbers > 1 && numbers > explicit * 2 && length / numbers >= chapterLength) level.add('number')
  if (explicit > 0 || level.has('number')) return level
  const titles = count('title')
  if (count('part') === 0 && titles > 1 && length / titles >= chapterLength) level.add('title')
  return level
}

/** The first of the headings stacked above a chapter's: "PART TWO", then "Chapter 9". */
function headOf(paragraphs: readonly Marked[], p: number): number {
  let head = p
  while (head > 0 && paragraphs[head - 1]!.kind === 'heading' && paragraphs[head - 1]!.heading !== 'pov') head--
  return head
}

/** "Chapter 7" and the title under it are one title. */
function titleAt(text: string, paragraphs: readonly Marked[], p: number): string {
  const titles: string[] = []
  for (let q = p; q < paragraphs.length && paragraphs[q]!.kind === 'heading' && titles.length < 3; q++) {
    const { start, end, heading } = paragraphs[q]!
    if (heading === 'pov' && titles.length > 0) break
    titles.push(
      bareLine(text.slice(start, end))
        .replace(/^#+\s*/, '')
        .replace(/\s+/g, ' '),
    )
  }
  return titles.join(': ')
}
