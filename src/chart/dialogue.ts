/** Dialogue: who speaks how much in each chapter, and to whom. */
import type { CharacterId, Story } from '../types.js'
import { counted, formatCount, type WordScale, wordScale } from './axis.js'
import { leadingPlayers, type Player, playersOf } from './cast.js'
import { type Chart, type ChartOptions, defaultWidth, headerHeight, type Json, makeChart, vegaLite } from './chart.js'
import { neutral } from './palette.js'
import { clipText, element, escapeMarkup, textElement, textWidth } from './svg.js'

const defaultCharacters = 10
/** Bars at most; more chapters are joined to even portions. */
const maximumBars = 30
const barHeight = 15
const barGap = 4
const cellSize = 30
const unknownColour = '#e2e2df'

/** Words spoken in one portion of the story, by place in the order of speakers; then others, then unknown. */
interface Portion {
  readonly label: string
  readonly words: readonly number[]
}

interface Speech {
  readonly speakers: readonly Player[]
  readonly portions: readonly Portion[]
  /** Words from a speaker (row) to an addressee (column). */
  readonly exchange: readonly (readonly number[])[]
  readonly total: number
}

/**
 * Draws how the talk is shared: above, one bar per chapter, as long as the words spoken in it and cut by speaker; below, a table of who
 * speaks to whom, in words. Characters beyond the leading ones are summed as "others"; speech without a known speaker is light grey.
 */
export function dialogueChart(story: Story, options: ChartOptions = {}): Chart {
  const width = options.width ?? defaultWidth
  const words = wordScale(story.text)
  const { speakers, portions, exchange, total } = speechOf(story, words, options.characters ?? defaultCharacters)
  const sums = speakers.map((_, k) => portions.reduce((sum, portion) => sum + portion.words[k]!, 0))
  const named = story.metadata.title
  const title = options.title ?? (named === null ? 'Dialogue' : `Dialogue in ${named}`)
  const description =
    total === 0
      ? 'Nobody speaks.'
      : `${formatCount(total)} words are spoken: ${speakers.map(({ name }, k) => `${name} ${Math.round((100 * sums[k]!) / total)} %`).join(', ')}.`
  const slices = [
    ...speakers.map(({ name, fill, slot, ink }) => ({ name, fill, ink, textClass: `t${slot}` })),
    { name: 'others', fill: { class: 'neutral', fill: neutral, stroke: null }, ink: '#5f5f5c', textClass: 'quiet' },
    { name: 'unknown', fill: { class: 'unknown', fill: unknownColour, stroke: null }, ink: '#5f5f5c', textClass: 'quiet' },
  ]
  const scale: Json = { domain: slices.map(({ name }) => name), range: slices.map(({ fill }) => fill.fill) }
  const spec = vegaLite(title, description, {
    vconcat: [
      {
        width: width - 200,
        data: {
          values: portions.flatMap(({ label, words: spoken }, order) =>
            spoken.flatMap((value, k): Json[] =>
              value > 0 ? [{ portion: label, order, speaker: slices[k]!.name, rank: k, words: value }] : [],
            ),
          ),
        },
        mark: { type: 'bar', tooltip: true },
        encoding: {
          y: { field: 'portion', type: 'nominal', sort: { field: 'order' }, title: null },
          x: { field: 'words', type: 'quantitative', title: 'words spoken' },
          color: { field: 'speaker', type: 'nominal', scale, sort: slices.map(({ name }) => name) },
          order: { field: 'rank', type: 'quantitative' },
        },
      },
      {
        data: {
          values: exchange.flatMap((row, from) =>
            row.map((value, to): Json => ({ speaker: speakers[from]!.name, addressee: speakers[to]!.name, words: value })),
          ),
        },
        mark: { type: 'rect', tooltip: true },
        encoding: {
          y: { field: 'speaker', type: 'nominal', sort: speakers.map(({ name }) => name), title: 'from' },
          x: { field: 'addressee', type: 'nominal', sort: speakers.map(({ name }) => name), title: 'to' },
          color: { field: 'words', type: 'quantitative', scale: { scheme: 'greys' } },
        },
      },
    ],
    resolve: { scale: { color: 'independent' } },
  })
  const joined = story.chapters.length > maximumBars ? ` Chapters are joined to ${maximumBars} portions.` : ''
  const subtitle =
    total === 0
      ? 'No words are spoken.'
      : `${formatCount(total)} words spoken, by ${counted(speakers.length, 'character')}${portions.some(({ words: spoken }) => spoken[speakers.length]! > 0) ? ' and others' : ''}.${joined}`
  return makeChart({ title, description, subtitle, spec, width, draw })

  function draw(): { markup: string; height: number } {
    if (total === 0) return { markup: '', height: headerHeight + 10 }
    const named = [...speakers.map(({ name }) => name), ...portions.map(({ label }) => label)]
    const left = 24 + Math.min(170, Math.max(...named.map((name) => textWidth(name))))
    let markup = ''
    let y = headerHeight + 8
    let x = 16
    slices.forEach(({ name, fill, textClass, ink }, k) => {
      if (portions.every(({ words: spoken }) => spoken[k] === 0)) return
      const shown = clipText(name, 150)
      const advance = 16 + textWidth(shown) + 14
      if (x > 16 && x + advance > width - 8) {
        x = 16
        y += 18
      }
      markup += element('rect', { ...fill, x, y: y - 1, width: 11, height: 11 })
      markup += textElement(x + 16, y + 9, shown, { fill: ink, class: textClass })
      x += advance
    })
    y += 22
    const largest = Math.max(1, ...portions.map(({ words: spoken }) => sum(spoken)))
    const right = width - 30 - textWidth(formatCount(largest))
    portions.forEach(({ label, words: spoken }) => {
      markup += textElement(left - 8, y + 11, clipText(label, 170), { 'text-anchor': 'end' })
      let start = left
      spoken.forEach((value, k) => {
        if (value === 0) return
        const length = ((right - left) * value) / largest
        const { fill, name } = slices[k]!
        const tip = `${label}, ${name}: ${formatCount(value)} words (${Math.round((100 * value) / sum(spoken))} %)`
        markup += element(
          'rect',
          { ...fill, x: start, y, width: Math.max(0.4, length - 0.7), height: barHeight },
          element('title', {}, escapeMarkup(tip)),
        )
        start += length
      })
      markup += textElement(start + 5, y + 11, formatCount(sum(spoken)), { class: 'quiet', fill: '#5f5f5c' })
      y += barHeight + barGap
    })
    if (exchange.some((row) => row.some((value) => value > 0))) {
      const table = exchangeTable(speakers, exchange, left, y + 22, width)
      markup += table.markup
      y = table.bottom
    }
    return { markup, height: y + 14 }
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** The table of who speaks to whom: squares in the speaker's colour, their area the words. */
function exchangeTable(
  speakers: readonly Player[],
  exchange: readonly (readonly number[])[],
  left: number,
  top: number,
  width: number,
) {
  const largest = Math.max(1, ...exchange.flat())
  const cell = Math.min(cellSize, (width - left - 60) / Math.max(1, speakers.length))
  const longest = Math.min(110, Math.max(...speakers.map(({ name }) => textWidth(name))))
  const head = top + 18 + longest * Math.SQRT1_2
  let markup = textElement(16, top, 'Who speaks to whom (rows speak, columns are spoken to; area: words)', {
    'font-weight': 'bold',
  })
  speakers.forEach(({ name, ink, slot }, k) => {
    const x = left + (k + 0.5) * cell
    markup += textElement(x, head - 4, clipText(name, 110), {
      class: `t${slot}`,
      fill: ink,
      transform: `rotate(-45 ${Math.round(x)} ${Math.round(head - 4)})`,
    })
    markup += textElement(left - 8, head + (k + 0.5) * cell + 4, clipText(name, 170), {
      'text-anchor': 'end',
      class: `t${slot}`,
      fill: ink,
    })
  })
  const size = speakers.length * cell
  for (let k = 0; k <= speakers.length; k++) {
    markup += element('line', {
      class: 'grid',
      x1: left,
      x2: left + size,
      y1: head + k * cell,
      y2: head + k * cell,
      stroke: '#e6e6e3',
    })
    markup += element('line', {
      class: 'grid',
      x1: left + k * cell,
      x2: left + k * cell,
      y1: head,
      y2: head + size,
      stroke: '#e6e6e3',
    })
  }
  exchange.forEach((row, from) => {
    row.forEach((value, to) => {
      if (value === 0) return
      const side = Math.max(1.5, (cell - 3) * Math.sqrt(value / largest))
      const { fill, name } = speakers[from]!
      const label = element('title', {}, escapeMarkup(`${name} to ${speakers[to]!.name}: ${formatCount(value)} words`))
      markup += element(
        'rect',
        {
          ...fill,
          x: left + (to + 0.5) * cell - side / 2,
          y: head + (from + 0.5) * cell - side / 2,
          width: side,
          height: side,
        },
        label,
      )
    })
  })
  return { markup, bottom: head + size }
}

function speechOf(story: Story, words: WordScale, limit: number): Speech {
  const spoken = story.quotations.filter(({ kind }) => kind === 'speech')
  const byWords = new Map<CharacterId, number>()
  const lengths = spoken.map((quotation) => words.within(quotation))
  spoken.forEach(({ speaker }, k) => {
    if (speaker !== null) byWords.set(speaker, (byWords.get(speaker) ?? 0) + lengths[k]!)
  })
  const players = playersOf(story)
  const leading = new Set(leadingPlayers(story, story.characters.length).map(({ id }) => id))
  const speakers = [...byWords]
    .sort((a, b) => Number(leading.has(b[0])) - Number(leading.has(a[0])) || b[1] - a[1])
    .slice(0, limit)
    .sort((a, b) => b[1] - a[1])
    .flatMap(([id]) => players.get(id) ?? [])
  const rank = new Map(speakers.map(({ id }, k) => [id, k]))
  const count = Math.min(maximumBars, Math.max(1, story.chapters.length))
  const portionOf = (chapter: number): number => Math.floor((chapter * count) / Math.max(1, story.chapters.length))
  const tallies = Array.from({ length: count }, () => new Array<number>(speakers.length + 2).fill(0))
  const exchange = speakers.map(() => new Array<number>(speakers.length).fill(0))
  let chapter = 0
  spoken.forEach(({ start, speaker, addressee }, k) => {
    while (chapter + 1 < story.chapters.length && story.chapters[chapter]!.end <= start) chapter++
    const from = speaker === null ? speakers.length + 1 : (rank.get(speaker) ?? speakers.length)
    tallies[portionOf(chapter)]![from]! += lengths[k]!
    const to = addressee === null ? undefined : rank.get(addressee)
    if (to !== undefined && from < speakers.length) exchange[from]![to]! += lengths[k]!
  })
  const portions = tallies.map((tally, portion): Portion => {
    const inside = story.chapters.map((_, k) => k).filter((k) => portionOf(k) === portion)
    return { label: portionLabel(story, inside), words: tally }
  })
  return { speakers, portions, exchange, total: sum(lengths) }
}

function portionLabel({ chapters }: Story, inside: readonly number[]): string {
  if (chapters.length < 2) return 'Whole story'
  const first = inside[0]! + 1
  const last = inside.at(-1)! + 1
  if (first !== last) return `Chapters ${first}–${last}`
  const title = chapters[first - 1]!.title?.replace(/\s+/g, ' ').trim() ?? ''
  if (title !== '') return title
  // Before the first heading of a story with headings: a note, a motto.
  return first === 1 && chapters.some((chapter) => chapter.title !== null) ? 'Opening' : `Chapter ${first}`
}
