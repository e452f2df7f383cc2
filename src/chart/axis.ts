/** The story's length as an axis: words counted once, ticks, chapter marks. */
import type { Span, Story } from '../types.js'
import { clipText, element, labelSize, textElement, textWidth } from './svg.js'

/** A scale from offsets of the text to words before them. Offsets must be asked in any order; counting is one pass. */
export interface WordScale {
  /** Words of the whole text. */
  readonly total: number
  /** Words that begin before an offset. Logarithmic. */
  at(offset: number): number
  /** Words that begin in a span. */
  within(span: Span): number
}

/** Offsets between two kept counts, in code units: small enough that a look-up rescans little. */
const stride = 512

const isSpace = (code: number): boolean =>
  code === 32 ||
  (code >= 9 && code <= 13) ||
  code === 0xa0 ||
  (code >= 0x2000 && code <= 0x200a) ||
  code === 0x2028 ||
  code === 0x3000

/** Counts words (runs without white space) once. Linear in the text. */
export function wordScale(text: string): WordScale {
  const kept = new Uint32Array(Math.floor(text.length / stride) + 1)
  const scan = (from: number, to: number, count: number): number => {
    let inWord = from > 0 && !isSpace(text.charCodeAt(from - 1))
    for (let i = from; i < to; i++) {
      const space = isSpace(text.charCodeAt(i))
      if (!space && !inWord) count++
      inWord = !space
    }
    return count
  }
  for (let k = 1; k < kept.length; k++) kept[k] = scan((k - 1) * stride, k * stride, kept[k - 1]!)
  const at = (offset: number): number => {
    const bounded = Math.min(Math.max(0, offset), text.length)
    const k = Math.floor(bounded / stride)
    return scan(k * stride, bounded, kept[k]!)
  }
  return { total: at(text.length), at, within: ({ start, end }) => at(end) - at(start) }
}

/** 12345 as "12,345". */
export const formatCount = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',')

/** "1 scene", "2 scenes". */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${formatCount(count)} ${count === 1 ? noun : plural}`

/** Round values from 0 to `max`, about `count` of them. */
export function roundTicks(max: number, count: number): number[] {
  if (!(max > 0)) return [0]
  const rough = max / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough)!
  const ticks: number[] = []
  for (let k = 0; k * step <= max * 1.0001; k++) ticks.push(k * step)
  return ticks
}

/** Where the story's axis lies in the picture. */
export interface StoryAxis {
  readonly words: WordScale
  readonly left: number
  readonly right: number
  /** Pixel of an offset. */
  x(offset: number): number
}

export function storyAxis(text: string, left: number, right: number): StoryAxis {
  const words = wordScale(text)
  return { words, left, right, x: (offset) => left + ((right - left) * words.at(offset)) / Math.max(1, words.total) }
}

/** Ticks and counts of words under the drawing; takes 30 pixels of height. */
export function wordTicks({ words, left, right }: StoryAxis, y: number): string {
  const ticks = roundTicks(words.total, Math.max(2, Math.floor((right - left) / 120)))
  let markup = element('line', { class: 'rule', x1: left, x2: right, y1: y, y2: y, stroke: '#8a8a86' })
  let free = Number.NEGATIVE_INFINITY
  ticks.forEach((tick, k) => {
    const x = left + ((right - left) * tick) / Math.max(1, words.total)
    markup += element('line', { class: 'rule', x1: x, x2: x, y1: y, y2: y + 4, stroke: '#8a8a86' })
    const label = k === ticks.length - 1 && k > 0 ? `${formatCount(tick)} words` : formatCount(tick)
    const width = textWidth(label)
    const start = Math.min(x - width / 2, right + 12 - width)
    if (start < free) return
    markup += textElement(start, y + 16, label, { class: 'quiet', fill: '#5f5f5c' })
    free = start + width + 8
  })
  return markup
}

/** Height that {@link chapterMarks} needs above the drawing, in pixels. */
export const chapterMarksHeight = 18

/**
 * A hairline at each chapter's start from `top` to `bottom`, named above where there is room: the heading when it fits, else the
 * number in it or its place among the headed chapters, else nothing. Stories of one chapter get none.
 */
export function chapterMarks({ chapters }: Pick<Story, 'chapters'>, axis: StoryAxis, top: number, bottom: number): string {
  if (chapters.length < 2) return ''
  const titles = chapters.map(({ title }) => (title ?? '').replace(/\s+/g, ' ').trim())
  const headed = titles.some((title) => title !== '')
  let place = 0
  const crowded = chapters.length > (axis.right - axis.left) / 4
  let markup = ''
  let free = axis.left
  chapters.forEach((chapter, k) => {
    const x = axis.x(chapter.start)
    const room = axis.x(chapter.end) - x
    if (!crowded && k > 0) markup += element('line', { class: 'rule', x1: x, x2: x, y1: top, y2: bottom, stroke: '#d2d2ce' })
    const title = titles[k]!
    if (title !== '' || !headed) place++
    if (title === '' && headed) return
    const clipped = clipText(title, room - 6)
    const number = title.match(/\d+/)?.[0] ?? String(place)
    const label = clipped !== '' && (clipped === title || clipped.length > 7) ? clipped : number
    const width = textWidth(label)
    if (x + 2 < free || (label === number && width > Math.max(room - 3, 0) && x + 2 < free + 14)) return
    if (x + 2 + width > axis.right + 4) return
    markup += textElement(x + 2, top - 5, label, { class: 'quiet', fill: '#5f5f5c', 'font-size': labelSize - 1 })
    free = x + width + 6
  })
  return markup
}
