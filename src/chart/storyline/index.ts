/** The storyline (narrative chart): one line per character, lines side by side where they share a scene. */
import type { CharacterId, Story, Viewpoint } from '../../types.js'
import { chapterMarks, chapterMarksHeight, counted, storyAxis, type WordScale, wordTicks } from '../axis.js'
import { leadingPlayers, type Player } from '../cast.js'
import { type Chart, type ChartOptions, defaultWidth, headerHeight, makeChart } from '../chart.js'
import { groupsIn, type Step, stepLabel, stepsOf } from '../steps.js'
import { clipText, coordinate, element, escapeMarkup, LabelSpace, labelSize, textElement, textWidth } from '../svg.js'
import { type Layer, orderLines } from './order.js'
import { type Gaps, straightenLines } from './straighten.js'

/** Default number of lines: more are hard to follow by eye. */
const defaultCharacters = 12
/** Narrowest column on average, in pixels: a curve between two columns needs about that. */
const columnWidth = 9
/** Pixels of a track: a label's height, so that names at the margin never touch; with few lines more, so that a name fits between two. */
const trackHeights = { narrow: 14, wide: 20, mostWide: 14 } as const
const gaps: Gaps = { inner: 1, outer: 2 }
const strokes = { away: 1.2, present: 3, focal: 6 } as const
const longestName = 130
/** Columns from a line's beginning in which its name may stand. */
const labelReach = 3

type State = keyof typeof strokes

/** One character's line: where it begins and ends, and what it is doing in each column between. */
interface Line {
  readonly player: Player
  readonly from: number
  readonly to: number
  readonly states: ReadonlyMap<number, State>
}

/**
 * Draws the story as lines through its scenes. Across: the story's length in words. A grey box holds those who are present
 * together; a line is thick where its character is the one through whom the scene is seen, thin while it is away. Crossings are
 * kept few. Stories of more scenes than fit are drawn with neighbouring scenes joined.
 */
export function storylineChart(story: Story, options: ChartOptions = {}): Chart {
  const width = options.width ?? defaultWidth
  const candidates = leadingPlayers(story, options.characters ?? defaultCharacters)
  const rightMost = width - 20
  const provisional = storyAxis(story.text, 20, rightMost)
  const steps = stepsOf(story, provisional.words, (width - 160) / columnWidth)
  const lines = linesOf(story, steps, candidates, provisional.words)
  const named = story.metadata.title
  const title = options.title ?? (named === null ? 'Storyline' : `Storyline of ${named}`)
  const others = story.characters.length - lines.length
  const joined = steps.length < story.scenes.length
  const description =
    `${counted(lines.length, 'character')} through ${counted(story.scenes.length, 'scene')}` +
    `${story.chapters.length > 1 ? ` in ${counted(story.chapters.length, 'chapter')}` : ''}; lines meet where characters share a scene.` +
    ` Shown: ${lines.length === 0 ? 'nobody' : lines.map(({ player }) => player.name).join(', ')}` +
    `${others > 0 ? `; ${counted(others, 'other')} left out` : ''}.`
  const subtitle =
    'Boxed: together in a scene. Thick: whose viewpoint it is. Thin: away.' +
    `${joined ? ` Short neighbouring scenes are joined.` : ''}${others > 0 ? ` Not shown: ${counted(others, 'other')}.` : ''}`

  return makeChart({ title, description, subtitle, spec: null, width, linked: options.sceneLink !== undefined, draw })

  function draw(): { markup: string; height: number } {
    if (lines.length === 0 || steps.length === 0)
      return { markup: textElement(16, headerHeight + 20, 'No characters to draw.'), height: headerHeight + 40 }
    const names = lines.map(({ player }) => clipText(player.name, longestName))
    const room = (at: (line: Line) => boolean): number =>
      Math.max(0, ...lines.map((line, k) => (at(line) ? textWidth(names[k]!) + 12 : 0)))
    const axis = storyAxis(
      story.text,
      16 + room(({ from }) => from === 0),
      width - 16 - room(({ to, from }) => to === steps.length - 1 && from < to),
    )
    const top = headerHeight + (story.chapters.length > 1 ? chapterMarksHeight : 0) + 12
    const indexOf = new Map(lines.map(({ player }, index) => [player.id, index]))
    const grouped = steps.map((step) => groupsIn(step, axis.words, indexOf))
    const layers = orderLines(grouped.map((groups, t) => layerOf(groups, lines, t)))
    const heights = straightenLines(layers, gaps)
    const trackHeight = lines.length <= trackHeights.mostWide ? trackHeights.wide : trackHeights.narrow
    const y = (t: number, line: number): number => top + trackHeight * heights[t]!.get(line)!
    const bottom = top + trackHeight * Math.max(0, ...heights.flatMap((column) => [...column.values()])) + 16
    const bounds = steps.map(({ start, end }) => ({ x0: axis.x(start), x1: axis.x(end) }))

    const boxes = grouped.flatMap((groups, t) =>
      groups
        .filter((group) => group.length > 1)
        .map((group) =>
          groupBox(
            group.map((line) => y(t, line)),
            bounds[t]!,
          ),
        ),
    )
    const paths = lines.map((line, index) => linePaths(line, bounds, (t) => y(t, index)))
    const sceneNumbers = new Map(story.scenes.map(({ id }, index) => [id, index]))
    const hits = steps.map((step, t) => {
      const label = stepLabel(
        step,
        sceneNumbers,
        grouped[t]!.flat().map((index) => lines[index]!.player.name),
      )
      const { x0, x1 } = bounds[t]!
      const hit = element(
        'rect',
        {
          class: 'hit',
          x: x0,
          y: top - 12,
          width: Math.max(0.5, x1 - x0),
          height: bottom - top + 12,
          fill: '#000000',
          'fill-opacity': '0',
        },
        element('title', {}, escapeMarkup(label)),
      )
      return options.sceneLink === undefined
        ? hit
        : element('a', { href: options.sceneLink(step.scenes[0]!), 'aria-label': label, tabindex: '-1' }, hit)
    })
    const markup =
      chapterMarks(story, axis, top - 12, bottom) +
      boxes.join('') +
      paths.join('') +
      lineLabels(lines, names, steps.length, bounds, y) +
      hits.join('') +
      wordTicks(axis, bottom)
    return { markup, height: bottom + 34 }
  }
}

/** The lines of those candidates that are present somewhere. */
function linesOf(story: Story, steps: readonly Step[], candidates: readonly Player[], words: WordScale): Line[] {
  const indexOf = new Map(candidates.map(({ id }, index) => [id, index]))
  const present = candidates.map((): number[] => [])
  steps.forEach((step, t) => {
    for (const index of groupsIn(step, words, indexOf).flat()) present[index]!.push(t)
  })
  const focal = steps.map((step) => focalOf(step, story.viewpoints))
  return candidates.flatMap((player, index) => {
    const columns = present[index]!
    if (columns.length === 0) return []
    const states = new Map(columns.map((t): [number, State] => [t, focal[t] === player.id ? 'focal' : 'present']))
    return [{ player, from: columns[0]!, to: columns.at(-1)!, states }]
  })
}

/** Through whom most of a column is seen: the focal character or, in the first person, the narrator. */
function focalOf(step: Step, viewpoints: readonly Viewpoint[]): CharacterId | null {
  const shares = new Map<CharacterId | null, number>()
  for (const { start, end, focal, narrator } of viewpoints) {
    const shared = Math.min(end, step.end) - Math.max(start, step.start)
    if (shared > 0) shares.set(focal ?? narrator, (shares.get(focal ?? narrator) ?? 0) + shared)
  }
  return [...shares].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
}

/** A column before ordering: its groups, and alone everyone whose line passes through. */
function layerOf(groups: readonly (readonly number[])[], lines: readonly Line[], t: number): Layer {
  const placed = new Set(groups.flat())
  const alone = lines.flatMap(({ from, to }, index) => (from <= t && t <= to && !placed.has(index) ? [[index]] : []))
  return [...groups, ...alone]
}

function groupBox(ys: readonly number[], { x0, x1 }: { x0: number; x1: number }): string {
  const inset = Math.min(2, (x1 - x0) / 5)
  const top = Math.min(...ys) - 6
  return element('rect', {
    class: 'box',
    x: x0 + inset,
    y: top,
    width: x1 - x0 - 2 * inset,
    height: Math.max(...ys) + 6 - top,
    rx: Math.min(6, (x1 - x0) / 3),
    fill: '#ececea',
    stroke: '#c9c9c5',
    'stroke-width': '0.7',
  })
}

/** Level stretches in the columns, S-curves between them; one path for each run of equal state, thinner where two states meet. */
function linePaths(
  { player, from, to, states }: Line,
  bounds: readonly { x0: number; x1: number }[],
  y: (t: number) => number,
): string {
  const state = (t: number): State => states.get(t) ?? 'away'
  const bend = (t: number): number => Math.min(16, 0.42 * (bounds[t]!.x1 - bounds[t]!.x0))
  const thinner = (a: State, b: State): State => (strokes[a] <= strokes[b] ? a : b)
  const runs: { state: State; path: string }[] = []
  const add = (of: State, x: number, height: number, piece: string): void => {
    const last = runs.at(-1)
    if (last?.state === of) last.path += piece
    else runs.push({ state: of, path: `M${coordinate(x)} ${coordinate(height)}${piece}` })
  }
  for (let t = from; t <= to; t++) {
    const { x0, x1 } = bounds[t]!
    const start = t === from ? x0 + Math.min(2, (x1 - x0) / 4) : x0 + bend(t)
    const end = t === to ? x1 - Math.min(2, (x1 - x0) / 4) : x1 - bend(t)
    add(state(t), start, y(t), `H${coordinate(end)}`)
    if (t === to) continue
    const next = x1 + bend(t + 1)
    const middle = coordinate((end + next) / 2)
    const [here, there] = [coordinate(y(t)), coordinate(y(t + 1))]
    const curve = here === there ? `H${coordinate(next)}` : `C${middle} ${here} ${middle} ${there} ${coordinate(next)} ${there}`
    add(thinner(state(t), state(t + 1)), end, y(t), curve)
  }
  return runs
    .map(({ state: of, path }) =>
      element('path', {
        class: `s${player.slot}`,
        d: path,
        fill: 'none',
        stroke: player.colour,
        'stroke-width': strokes[of],
        'stroke-linecap': 'round',
        'stroke-dasharray': player.dash,
        'stroke-opacity': of === 'away' ? '0.6' : null,
      }),
    )
    .join('')
}

/**
 * Names at the lines' ends: in the margins where a line begins or ends the story, else beside, above or below its first point,
 * wherever no other name is.
 */
function lineLabels(
  lines: readonly Line[],
  names: readonly string[],
  columns: number,
  bounds: readonly { x0: number; x1: number }[],
  y: (t: number, line: number) => number,
): string {
  const space = new LabelSpace()
  let markup = ''
  const write = (index: number, x: number, baseline: number, end: boolean): void => {
    const focal = [...lines[index]!.states.values()].includes('focal')
    markup += textElement(x, baseline, names[index]!, {
      'text-anchor': end ? 'end' : null,
      'font-weight': focal ? 'bold' : null,
      class: `t${lines[index]!.player.slot} halo`,
      fill: lines[index]!.player.ink,
      stroke: '#ffffff',
      'stroke-width': 3,
      'stroke-linejoin': 'round',
      'paint-order': 'stroke',
    })
  }
  lines.forEach(({ from, to }, index) => {
    if (from === 0) {
      write(index, bounds[0]!.x0 - 6, y(0, index) + 4, true)
      space.reserve({ x: 0, y: y(0, index) - 6, width: bounds[0]!.x0, height: 12 })
    }
    if (to === columns - 1 && from < to) {
      write(index, bounds[to]!.x1 + 6, y(to, index) + 4, false)
      space.reserve({ x: bounds[to]!.x1, y: y(to, index) - 6, width: 200, height: 12 })
    }
  })
  // Lines are taken obstacles where a name could hide them: the level stretch of every column.
  const obstacles = new LabelSpace()
  lines.forEach(({ from, to }, index) => {
    for (let t = from; t <= to; t++)
      obstacles.reserve({ x: bounds[t]!.x0, y: y(t, index) - 2.5, width: bounds[t]!.x1 - bounds[t]!.x0, height: 5 })
  })
  lines.forEach(({ from, to }, index) => {
    if (from === 0) return
    const width = textWidth(names[index]!, labelSize) + 4
    const places: { x: number; baseline: number; end: boolean }[] = []
    for (let t = from; t <= Math.min(to, from + labelReach); t++) {
      const { x0, x1 } = bounds[t]!
      const height = y(t, index)
      if (t === from) places.push({ x: x0 - 5, baseline: height + 4, end: true })
      places.push({ x: x0 + 4, baseline: height - 5, end: false }, { x: x0 + 4, baseline: height + 13, end: false })
      if (t === to) places.push({ x: x1 + 5, baseline: height + 4, end: false })
    }
    const boxAt = ({ x, baseline, end }: (typeof places)[number]) => ({
      x: end ? x - width : x,
      y: baseline - 9,
      width,
      height: 11,
    })
    const inside = places.filter((place) => {
      const box = boxAt(place)
      return box.x > 2 && box.x + box.width < bounds.at(-1)!.x1 + 4
    })
    const free = inside.find((place) => obstacles.isFree(boxAt(place)) && space.place(boxAt(place)))
    const found = free ?? inside.find((place) => space.place(boxAt(place)))
    if (found !== undefined) write(index, found.x, found.baseline, found.end)
  })
  return markup
}
