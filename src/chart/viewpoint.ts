/** The viewpoint ribbon: person, tense and focal character along the story, with every shift. */
import type { CharacterId, Shift, Story, Viewpoint } from '../types.js'
import {
  chapterMarks,
  chapterMarksHeight,
  counted,
  formatCount,
  storyAxis,
  type WordScale,
  wordScale,
  wordTicks,
} from './axis.js'
import { type Player, playersOf } from './cast.js'
import {
  type Chart,
  type ChartOptions,
  defaultWidth,
  headerHeight,
  type Json,
  makeChart,
  type VegaLiteSpec,
  vegaLite,
} from './chart.js'
import { neutral } from './palette.js'
import { clipText, element, escapeMarkup, textElement, textWidth } from './svg.js'

/** Lanes at most; further viewpoint holders share one lane. */
const defaultCharacters = 10
const laneHeight = 18
const shiftHeight = 16
const nobody = 'nobody in particular'

/** Greys for person and tense: told apart by lightness, and each stretch that has room is named. */
const personColours = { first: '#3d4654', second: '#67717e', third: '#c4ccd6' } as const
const tenseColours = { past: '#c9c1ae', present: '#6d614a' } as const
const unknownColour = '#eeeeec'

/** Who holds a viewpoint: the focal character or, where the text names none, the narrator. */
export const holderOf = ({ focal, narrator }: Viewpoint): CharacterId | null => focal ?? narrator

/** A lane of the ribbon. */
interface Lane {
  readonly name: string
  readonly player: Player | null
  readonly holders: ReadonlySet<CharacterId | null>
}

/**
 * Draws how the story is told along its length: grammatical person, tense, and in one lane per character whose viewpoint it is.
 * Marks above show where the viewpoint shifts; a red triangle flags a shift in the middle of a scene (a head-hop).
 */
export function viewpointChart(story: Story, options: ChartOptions = {}): Chart {
  const width = options.width ?? defaultWidth
  const words = wordScale(story.text)
  const lanes = lanesOf(story, words, options.characters ?? defaultCharacters)
  const hops = story.shifts.filter(({ placement }) => placement === 'inside')
  const named = story.metadata.title
  const title = options.title ?? (named === null ? 'Viewpoints' : `Viewpoints of ${named}`)
  const summary = `${counted(story.viewpoints.length, 'viewpoint')}, ${counted(story.shifts.length, 'shift')}, ${counted(hops.length, 'head-hop')}`
  const shares = lanes
    .map((lane) => ({ lane, share: shareOf(lane, story, words) }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 5)
    .map(({ lane, share }) => `${lane.name} ${Math.round(share * 100)} %`)
  const description = `${summary}. Share of the text by viewpoint: ${shares.join(', ')}.`
  return makeChart({
    title,
    description,
    subtitle: `${summary}. Short marks: shifts between chapters or scenes. Triangles: inside a scene (head-hops). Outlined: told in the first person.`,
    spec: specOf(title, description, story, words, lanes, width),
    width,
    linked: options.sceneLink !== undefined,
    draw,
  })

  function draw(): { markup: string; height: number } {
    const left = 24 + Math.min(150, Math.max(...['Person', ...lanes.map(({ name }) => name)].map((name) => textWidth(name))))
    const axis = storyAxis(story.text, left, width - 20)
    const marksTop = headerHeight + (story.chapters.length > 1 ? chapterMarksHeight : 4)
    const first = marksTop + shiftHeight
    let y = first
    let markup = ''
    const stretch = (viewpoint: Viewpoint, fill: string, label: string, ink: string): string => {
      const x = axis.x(viewpoint.start)
      const w = axis.x(viewpoint.end) - x
      const shown = textWidth(label) <= w - 6 ? label : ''
      return (
        element('rect', { class: 'fixed', x, y, width: Math.max(0.4, w), height: laneHeight - 4, fill }) +
        (shown === '' ? '' : textElement(x + 4, y + 11, shown, { fill: ink, class: 'fixed' }))
      )
    }
    const row = (
      name: string,
      part: 'person' | 'tense',
      colours: Readonly<Record<string, string>>,
      dark: ReadonlySet<string>,
    ): void => {
      markup += textElement(left - 8, y + 11, name, { 'text-anchor': 'end' })
      for (const { run } of mergedRuns(story.viewpoints, (viewpoint) => String(viewpoint[part]))) {
        const value = run[part] ?? ''
        markup += stretch(run, colours[value] ?? unknownColour, value, dark.has(value) ? '#ffffff' : '#222222')
      }
      y += laneHeight
    }
    row('Person', 'person', personColours, new Set(['first', 'second']))
    row('Tense', 'tense', tenseColours, new Set(['present']))
    y += 6
    for (const lane of lanes) {
      const paint = lane.player
      markup += textElement(left - 8, y + 11, clipText(lane.name, 150), {
        'text-anchor': 'end',
        ...(paint === null ? {} : { fill: paint.ink, class: `t${paint.slot}` }),
      })
      markup += element('rect', { class: 'lane', x: left, y, width: axis.right - left, height: laneHeight - 4, fill: '#f4f4f2' })
      for (const { run } of mergedRuns(story.viewpoints, (viewpoint) => `${viewpoint.person} ${holderOf(viewpoint)}`)) {
        if (!lane.holders.has(holderOf(run))) continue
        const x = axis.x(run.start)
        const w = Math.max(0.8, axis.x(run.end) - x)
        const teller = run.narrator !== null && w > 3
        markup += element(
          'rect',
          {
            class: paint === null ? 'neutral' : `f${paint.slot}`,
            x: teller ? x + 0.75 : x,
            y: teller ? y + 0.75 : y,
            width: teller ? w - 1.5 : w,
            height: laneHeight - 4 - (teller ? 1.5 : 0),
            fill: paint?.colour ?? neutral,
            'fill-opacity': teller ? '0.55' : null,
            stroke: teller ? (paint?.ink ?? '#5f5f5c') : null,
            'stroke-width': teller ? '1.5' : null,
          },
          element('title', {}, escapeMarkup(viewpointLabel(run, lane.name, words))),
        )
      }
      y += laneHeight
    }
    const shifts = story.shifts.map((shift) => shiftMark(shift, axis.x(shift.offset), first)).join('')
    const bottom = y + 4
    const links =
      options.sceneLink === undefined
        ? ''
        : story.scenes
            .map((scene, k) => {
              const x = axis.x(scene.start)
              const hit = element('rect', {
                class: 'hit',
                x,
                y: first,
                width: Math.max(0.5, axis.x(scene.end) - x),
                height: bottom - first,
                fill: '#000000',
                'fill-opacity': '0',
              })
              return element('a', { href: options.sceneLink!(scene), 'aria-label': `Scene ${k + 1}`, tabindex: '-1' }, hit)
            })
            .join('')
    return {
      markup: chapterMarks(story, axis, marksTop, bottom) + markup + shifts + links + wordTicks(axis, bottom),
      height: bottom + 34,
    }
  }
}

/** Viewpoints in a row that are alike in one respect, as one stretch. */
function mergedRuns(viewpoints: readonly Viewpoint[], key: (viewpoint: Viewpoint) => string): { run: Viewpoint; key: string }[] {
  const runs: { run: Viewpoint; key: string }[] = []
  for (const viewpoint of viewpoints) {
    const own = key(viewpoint)
    const last = runs.at(-1)
    if (last?.key === own) last.run = { ...last.run, end: viewpoint.end }
    else runs.push({ run: viewpoint, key: own })
  }
  return runs
}

function shiftMark({ placement, changes }: Shift, x: number, base: number): string {
  const label = element(
    'title',
    {},
    escapeMarkup(`Shift of ${changes.join(', ')} (${placement === 'inside' ? 'inside a scene' : `new ${placement}`})`),
  )
  if (placement === 'inside')
    return element(
      'polygon',
      {
        class: 'flag',
        points: `${Math.round(x * 10) / 10 - 4},${base - 12} ${Math.round(x * 10) / 10 + 4},${base - 12} ${Math.round(x * 10) / 10},${base - 3}`,
        fill: '#c1121f',
      },
      label,
    )
  return element(
    'line',
    {
      class: 'ruleInk',
      x1: x,
      x2: x,
      y1: base - (placement === 'chapter' ? 11 : 7),
      y2: base - 2,
      stroke: '#4a4a48',
      'stroke-width': '1.2',
    },
    label,
  )
}

const viewpointLabel = (viewpoint: Viewpoint, holder: string, words: WordScale): string =>
  `${holder}: ${viewpoint.person ?? 'unknown'} person, ${viewpoint.tense ?? 'unknown'} tense, ${viewpoint.form}, ${formatCount(words.within(viewpoint))} words`

/** One lane for each holder, longest first among those that are shown; one for further holders; one for no one. */
function lanesOf(story: Story, words: WordScale, limit: number): Lane[] {
  const held = new Map<CharacterId | null, number>()
  for (const viewpoint of story.viewpoints)
    held.set(holderOf(viewpoint), (held.get(holderOf(viewpoint)) ?? 0) + words.within(viewpoint))
  const players = playersOf(story)
  const holders = [...held.entries()]
    .filter((entry): entry is [CharacterId, number] => entry[0] !== null)
    .sort((a, b) => b[1] - a[1])
    .map(([id]) => id)
  const lanes: Lane[] = holders
    .slice(0, limit)
    .map((id) => ({ name: players.get(id)?.name ?? id, player: players.get(id) ?? null, holders: new Set([id]) }))
  const rest = holders.slice(limit)
  if (rest.length > 0) lanes.push({ name: counted(rest.length, 'other'), player: null, holders: new Set(rest) })
  if (held.has(null)) lanes.push({ name: nobody, player: null, holders: new Set([null]) })
  return lanes
}

const shareOf = ({ holders }: Lane, { viewpoints }: Story, words: WordScale): number =>
  viewpoints.reduce((sum, viewpoint) => sum + (holders.has(holderOf(viewpoint)) ? words.within(viewpoint) : 0), 0) /
  Math.max(1, words.total)

function specOf(
  title: string,
  description: string,
  story: Story,
  words: WordScale,
  lanes: readonly Lane[],
  width: number,
): VegaLiteSpec {
  const values = story.viewpoints.map(
    (viewpoint): Json => ({
      start: words.at(viewpoint.start),
      end: words.at(viewpoint.end),
      person: viewpoint.person,
      tense: viewpoint.tense,
      form: viewpoint.form,
      holder: lanes.find(({ holders }) => holders.has(holderOf(viewpoint)))?.name ?? nobody,
      confidence: viewpoint.confidence,
    }),
  )
  const shifts = story.shifts.map(
    (shift): Json => ({
      word: words.at(shift.offset),
      placement: shift.placement,
      changes: shift.changes.join(', '),
    }),
  )
  const x: Json = { field: 'start', type: 'quantitative', title: 'words' }
  return vegaLite(title, description, {
    width: width - 200,
    data: { values },
    layer: [
      {
        mark: { type: 'bar', tooltip: true },
        encoding: {
          x,
          x2: { field: 'end' },
          y: { field: 'holder', type: 'nominal', sort: lanes.map(({ name }) => name), title: null },
          color: {
            field: 'holder',
            type: 'nominal',
            legend: null,
            scale: { domain: lanes.map(({ name }) => name), range: lanes.map(({ player }) => player?.colour ?? neutral) },
          },
          opacity: { field: 'person', type: 'ordinal', scale: { domain: ['first', 'second', 'third'], range: [0.55, 0.75, 1] } },
        },
      },
      {
        data: { values: shifts },
        mark: { type: 'rule', tooltip: true },
        encoding: {
          x: { field: 'word', type: 'quantitative' },
          color: { condition: { test: "datum.placement === 'inside'", value: '#c1121f' }, value: '#9a9a97' },
        },
      },
    ],
  })
}
