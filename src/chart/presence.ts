/** The presence heat map: characters by scenes. */
import type { CharacterId, Scene, Story } from '../types.js'
import { chapterMarks, chapterMarksHeight, counted, formatCount, storyAxis, wordScale, wordTicks } from './axis.js'
import { leadingPlayers, type Player } from './cast.js'
import { type Chart, type ChartOptions, defaultWidth, headerHeight, type Json, makeChart, vegaLite } from './chart.js'
import { type Step, stepLabel, stepsOf } from './steps.js'
import { clipText, element, escapeMarkup, textElement, textWidth } from './svg.js'

const defaultCharacters = 20
const rowHeight = 18
/** Narrowest column on average, in pixels. */
const columnWidth = 5

export interface PresenceOptions extends ChartOptions {
  /** What a cell counts: mentions of the character in the scene, or the words it speaks there. Default "mentions". */
  readonly measure?: 'mentions' | 'words'
}

interface Cell {
  readonly step: Step
  readonly player: Player
  readonly value: number
  readonly present: boolean
}

/**
 * Draws who is in which scene: a row per character, a column per scene as wide as its words, darker the more the character is
 * mentioned (or speaks). A cell without frame: mentioned there, not present. Neighbouring scenes are joined where they are too narrow to see.
 */
export function presenceChart(story: Story, options: PresenceOptions = {}): Chart {
  const width = options.width ?? defaultWidth
  const measure = options.measure ?? 'mentions'
  const players = leadingPlayers(story, options.characters ?? defaultCharacters)
  const words = wordScale(story.text)
  const steps = stepsOf(story, words, (width - 200) / columnWidth)
  const cells = cellsOf(steps, players, measure)
  const most = Math.max(0, ...cells.map(({ value }) => value))
  const unit = measure === 'mentions' ? 'mentions' : 'words spoken'
  const named = story.metadata.title
  const title = options.title ?? (named === null ? 'Presence' : `Presence in ${named}`)
  const others = story.characters.length - players.length
  const description =
    `${unit[0]!.toUpperCase()}${unit.slice(1)} of ${counted(players.length, 'character')} in ${counted(story.scenes.length, 'scene')}; ` +
    `the darkest cell stands for ${formatCount(most)}.${others > 0 ? ` ${counted(others, 'other character')} left out.` : ''}`
  const scale = (value: number): number => (most === 0 ? 0 : 0.15 + 0.85 * Math.sqrt(value / most))
  const spec = vegaLite(title, description, {
    width: width - 200,
    height: { step: rowHeight },
    data: {
      values: cells.map(
        ({ step, player, value, present }): Json => ({
          character: player.name,
          scene: story.scenes.indexOf(step.scenes[0]!) + 1,
          start: words.at(step.start),
          end: words.at(step.end),
          value,
          present,
        }),
      ),
    },
    mark: { type: 'rect', tooltip: true },
    encoding: {
      x: { field: 'start', type: 'quantitative', title: 'words' },
      x2: { field: 'end' },
      y: { field: 'character', type: 'nominal', sort: players.map(({ name }) => name), title: null },
      color: {
        field: 'character',
        type: 'nominal',
        legend: null,
        scale: { domain: players.map(({ name }) => name), range: players.map(({ colour }) => colour) },
      },
      opacity: { field: 'value', type: 'quantitative', title: unit, scale: { type: 'sqrt', range: [0.15, 1] } },
    },
  })
  const subtitle = `Darker: more ${unit} (at most ${formatCount(most)}). Underlined: present. Right: total.${others > 0 ? ` Not shown: ${counted(others, 'other')}.` : ''}`
  return makeChart({ title, description, subtitle, spec, width, linked: options.sceneLink !== undefined, draw })

  function draw(): { markup: string; height: number } {
    const left = 24 + Math.min(150, Math.max(0, ...players.map(({ name }) => textWidth(name))))
    const totals = new Map<CharacterId, number>()
    for (const { player, value } of cells) totals.set(player.id, (totals.get(player.id) ?? 0) + value)
    const axis = storyAxis(story.text, left, width - 30 - textWidth(formatCount(Math.max(0, ...totals.values()))))
    const top = headerHeight + (story.chapters.length > 1 ? chapterMarksHeight : 6)
    const row = new Map(players.map(({ id }, index) => [id, top + index * rowHeight]))
    const bottom = top + players.length * rowHeight + 2
    const sceneNumbers = new Map<string, number>(story.scenes.map(({ id }, index) => [id, index]))
    let markup = ''
    for (const player of players) {
      const y = row.get(player.id)!
      markup += textElement(left - 8, y + 12, clipText(player.name, 150), {
        'text-anchor': 'end',
        fill: player.ink,
        class: `t${player.slot}`,
      })
      markup += element('rect', {
        class: 'lane',
        x: left,
        y: y + 1,
        width: axis.right - left,
        height: rowHeight - 2,
        fill: '#f6f6f4',
      })
      markup += textElement(axis.right + 6, y + 12, formatCount(totals.get(player.id) ?? 0), { class: 'quiet', fill: '#5f5f5c' })
    }
    for (const { step, player, value, present } of cells) {
      const x = axis.x(step.start)
      const w = axis.x(step.end) - x
      const inset = w > 4 ? 0.5 : 0
      const label = `${player.name}, ${stepLabel(step, sceneNumbers, [])}: ${formatCount(value)} ${unit}${present ? '' : ', not present'}`
      const y = row.get(player.id)!
      const cell =
        element('rect', {
          class: `f${player.slot}`,
          x: x + inset,
          y: y + 1,
          width: Math.max(0.6, w - 2 * inset),
          height: rowHeight - 4,
          fill: player.colour,
          'fill-opacity': String(Math.round(scale(value) * 100) / 100),
        }) +
        (present
          ? element('rect', {
              class: `f${player.slot}`,
              x: x + inset,
              y: y + rowHeight - 3,
              width: Math.max(0.6, w - 2 * inset),
              height: 2,
              fill: player.colour,
            })
          : '')
      const tipped = element('g', {}, element('title', {}, escapeMarkup(label)) + cell)
      markup +=
        options.sceneLink === undefined
          ? tipped
          : element('a', { href: options.sceneLink(step.scenes[0]!), 'aria-label': label, tabindex: '-1' }, tipped)
    }
    return { markup: chapterMarks(story, axis, top, bottom) + markup + wordTicks(axis, bottom + 2), height: bottom + 36 }
  }
}

function cellsOf(steps: readonly Step[], players: readonly Player[], measure: 'mentions' | 'words'): Cell[] {
  const byId = new Map(players.map((player) => [player.id, player]))
  return steps.flatMap((step) => {
    const sums = new Map<CharacterId, { value: number; present: boolean }>()
    for (const member of step.scenes.flatMap(({ cast }: Scene) => cast)) {
      const own = sums.get(member.character) ?? { value: 0, present: false }
      sums.set(member.character, { value: own.value + member[measure], present: own.present || member.present })
    }
    return [...sums].flatMap(([id, { value, present }]) => {
      const player = byId.get(id)
      return player === undefined || (value === 0 && !present) ? [] : [{ step, player, value, present }]
    })
  })
}
