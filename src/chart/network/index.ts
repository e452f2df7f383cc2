/** The network of characters: who shares scenes, or talk, with whom. */
import type { Story } from '../../types.js'
import { counted, formatCount } from '../axis.js'
import { leadingPlayers } from '../cast.js'
import { type Chart, type ChartOptions, defaultWidth, headerHeight, type Json, makeChart, vegaLite } from '../chart.js'
import { clipText, element, escapeMarkup, LabelSpace, textElement, textWidth } from '../svg.js'
import { layout, longestName, type Node } from './layout.js'
import { strongest, type Tie, tiesOf } from './tie.js'

const defaultCharacters = 24

export interface NetworkOptions extends ChartOptions {
  /** What ties two characters: scenes where both are present, or quotations from one to the other. Default "presence". */
  readonly tie?: 'presence' | 'conversation'
}

/**
 * Draws characters as discs (area: mentions) and what ties them as lines (width: shared scenes or quotations). The layout starts from fixed places and takes a
 * fixed number of steps: the same story gives the same picture.
 */
export function networkChart(story: Story, options: NetworkOptions = {}): Chart {
  const width = options.width ?? defaultWidth
  const tie = options.tie ?? 'presence'
  const players = leadingPlayers(story, options.characters ?? defaultCharacters)
  const all = tiesOf(story, players, tie)
  const ties = strongest(all)
  const unit = tie === 'presence' ? 'scene' : 'quotation'
  const named = story.metadata.title
  const title = options.title ?? (named === null ? 'Network' : `Network of ${named}`)
  const top = [...ties].sort((a, b) => b.weight - a.weight).slice(0, 3)
  const others = story.characters.length - players.length
  const described = top.map(
    ({ source, target, weight }) => `${players[source]!.name} and ${players[target]!.name} (${counted(weight, unit)})`,
  )
  const description =
    `${counted(players.length, 'character')} tied by ${tie === 'presence' ? 'the scenes they share' : 'what they say to each other'}.` +
    `${described.length > 0 ? ` Strongest: ${described.join('; ')}.` : ''}${others > 0 ? ` ${counted(others, 'other')} left out.` : ''}`
  const height = Math.round(Math.min(width * 0.68, 220 + players.length * 24))
  const nodes = layout(story, players, ties, width, height)
  const most = Math.max(1, ...ties.map(({ weight }) => weight))
  const points = nodes.map(
    ({ player, mentions, x, y }): Json => ({ character: player.name, mentions, x: Math.round(x), y: Math.round(height - y) }),
  )
  const position: Json = { type: 'quantitative', axis: null, scale: { domain: [0, width] } }
  const level: Json = { type: 'quantitative', axis: null, scale: { domain: [0, height] } }
  const spec = vegaLite(title, description, {
    width,
    height,
    layer: [
      {
        data: {
          values: ties.map(
            ({ source, target, weight }): Json => ({
              from: players[source]!.name,
              to: players[target]!.name,
              weight,
              x: Math.round(nodes[source]!.x),
              y: Math.round(height - nodes[source]!.y),
              x2: Math.round(nodes[target]!.x),
              y2: Math.round(height - nodes[target]!.y),
            }),
          ),
        },
        mark: { type: 'rule', color: '#9a9a97', opacity: 0.6, tooltip: true },
        encoding: {
          x: { field: 'x', ...(position as object) },
          y: { field: 'y', ...(level as object) },
          x2: { field: 'x2' },
          y2: { field: 'y2' },
          strokeWidth: { field: 'weight', type: 'quantitative', title: `${unit}s` },
        },
      },
      {
        data: { values: points },
        mark: { type: 'circle', opacity: 1, tooltip: true },
        encoding: {
          x: { field: 'x', ...(position as object) },
          y: { field: 'y', ...(level as object) },
          size: { field: 'mentions', type: 'quantitative' },
          color: {
            field: 'character',
            type: 'nominal',
            legend: null,
            scale: { domain: players.map(({ name }) => name), range: players.map(({ colour }) => colour) },
          },
        },
      },
      {
        data: { values: points },
        mark: { type: 'text', dy: -14 },
        encoding: {
          x: { field: 'x', ...(position as object) },
          y: { field: 'y', ...(level as object) },
          text: { field: 'character', type: 'nominal' },
        },
      },
    ],
  })
  const dropped = all.length - ties.length
  const subtitle =
    `Disc: mentions. Line: ${tie === 'presence' ? 'scenes shared' : 'quotations either way'} (widest: ${formatCount(most)}).` +
    `${dropped > 0 ? ` Not drawn: ${counted(dropped, 'weaker tie')}.` : ''}${others > 0 ? ` Not shown: ${counted(others, 'other character')}.` : ''}`
  return makeChart({ title, description, subtitle, spec, width, draw })

  function draw(): { markup: string; height: number } {
    const down = (y: number): number => headerHeight + y
    const lines = [...ties]
      .sort((a, b) => a.weight - b.weight)
      .map(({ source, target, weight }) => {
        const [a, b] = [nodes[source]!, nodes[target]!]
        const label = `${a.player.name} and ${b.player.name}: ${counted(weight, unit)}`
        return element(
          'line',
          {
            class: 'tie',
            x1: a.x,
            y1: down(a.y),
            x2: b.x,
            y2: down(b.y),
            stroke: '#80807d',
            'stroke-opacity': String(Math.round((0.25 + (0.5 * weight) / most) * 100) / 100),
            'stroke-width': 0.8 + 7 * (weight / most),
          },
          element('title', {}, escapeMarkup(label)),
        )
      })
    const discs = nodes.map(({ player, mentions, radius, x, y }) =>
      element(
        'circle',
        {
          class: `f${player.slot} disc`,
          cx: x,
          cy: down(y),
          r: radius,
          fill: player.colour,
          stroke: '#ffffff',
          'stroke-width': '1.5',
        },
        element('title', {}, escapeMarkup(`${player.name}: ${counted(mentions, 'mention')}`)),
      ),
    )
    return {
      markup: lines.join('') + discs.join('') + nodeLabels(nodes, ties, width, height, down),
      height: headerHeight + height,
    }
  }
}

/** Names beside, below or above their discs: where they cover no disc, no other name and, if possible, no line. */
function nodeLabels(
  nodes: readonly Node[],
  ties: readonly Tie[],
  width: number,
  height: number,
  down: (y: number) => number,
): string {
  const space = new LabelSpace()
  for (const { x, y, radius } of nodes) space.reserve({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius })
  const lines = new LabelSpace()
  for (const { source, target } of ties) {
    const [a, b] = [nodes[source]!, nodes[target]!]
    const pieces = Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / 8)
    for (let k = 0; k <= pieces; k++)
      lines.reserve({ x: a.x + ((b.x - a.x) * k) / pieces - 1, y: a.y + ((b.y - a.y) * k) / pieces - 1, width: 2, height: 2 })
  }
  return nodes
    .map(({ player, x, y, radius }) => {
      const name = clipText(player.name, longestName)
      const w = textWidth(name)
      const gap = radius + 4
      const places = [
        { x: x + gap, y: y + 4 },
        { x: x - gap - w, y: y + 4 },
        { x: x - w / 2, y: y + gap + 9 },
        { x: x - w / 2, y: y - gap - 1 },
        { x: x + gap - 4, y: y + gap + 5 },
        { x: x + gap - 4, y: y - gap + 3 },
        { x: x - gap - w + 4, y: y + gap + 5 },
        { x: x - gap - w + 4, y: y - gap + 3 },
        { x: x - w / 2, y: y + gap + 22 },
        { x: x - w / 2, y: y - gap - 14 },
      ]
      const boxAt = (place: { x: number; y: number }) => ({ x: place.x - 1, y: place.y - 10, width: w + 2, height: 13 })
      const inside = places.filter((place) => place.x > 4 && place.x + w < width - 4 && place.y > 10 && place.y < height - 3)
      const clear = inside.find((place) => lines.isFree(boxAt(place)) && space.place(boxAt(place)))
      const found = clear ?? inside.find((place) => space.place(boxAt(place))) ?? places[0]!
      return textElement(found.x, down(found.y), name, {
        class: `t${player.slot} halo`,
        fill: player.ink,
        stroke: '#ffffff',
        'stroke-width': 3,
        'stroke-linejoin': 'round',
        'paint-order': 'stroke',
      })
    })
    .join('')
}
