/** Where the discs of a network stand. */
/*! Bundles d3-force 3.0.0, ISC licence, Copyright 2010-2021 Mike Bostock */
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force'
import type { Story } from '../../types.js'
import type { Player } from '../cast.js'
import { textWidth } from '../svg.js'
import type { Tie } from './tie.js'

export const longestName = 120
/** Steps of the simulation: it rests well before (alpha < 0.001 after 300 by d3's decay). */
const simulationSteps = 300
const radii = { least: 5, most: 20 } as const

export interface Node {
  readonly player: Player
  readonly mentions: number
  readonly radius: number
  x: number
  y: number
}

/** Places for the nodes: d3's force simulation from a fixed spiral, then moved and stretched into the frame. */
export function layout(story: Story, players: readonly Player[], ties: readonly Tie[], width: number, height: number): Node[] {
  const counts = new Map(story.characters.map(({ id, mentionCount }) => [id, mentionCount]))
  const largest = Math.max(1, ...players.map(({ id }) => counts.get(id) ?? 0))
  const nodes = players.map(({ id }, k) => {
    const mentions = counts.get(id) ?? 0
    const angle = k * 2.399963 // the golden angle: neighbours in rank start far apart
    return {
      player: players[k]!,
      mentions,
      radius: Math.max(radii.least, radii.most * Math.sqrt(mentions / largest)),
      x: 26 * Math.sqrt(k + 0.5) * Math.cos(angle),
      y: 26 * Math.sqrt(k + 0.5) * Math.sin(angle),
    }
  })
  const strongestTie = Math.max(1, ...ties.map(({ weight }) => weight))
  const links = ties.map(({ source, target, weight }) => ({ source, target, weight }))
  const tied = new Set(ties.flatMap(({ source, target }) => [nodes[source], nodes[target]]))
  const pull = (node: Node): number => (tied.has(node) ? 0.05 : 0.16)
  forceSimulation(nodes)
    .force(
      'link',
      forceLink<Node, (typeof links)[number] & { index?: number }>(links)
        .distance(({ weight }) => 150 - 80 * Math.sqrt(weight / strongestTie))
        .strength(({ weight }) => 0.08 + 0.35 * (weight / strongestTie)),
    )
    .force('charge', forceManyBody<Node>().strength(-420))
    .force('x', forceX<Node>(0).strength(pull))
    .force(
      'y',
      forceY<Node>(0).strength((node) => pull(node) * (width / height)),
    )
    .force(
      'collide',
      forceCollide<Node>(({ radius, player }) => Math.max(radius + 12, Math.min(textWidth(player.name), longestName) * 0.55)),
    )
    .stop()
    .tick(simulationSteps)
  const frame = (values: readonly number[], size: number, margin: number): ((value: number) => number) => {
    const least = Math.min(...values)
    const extent = Math.max(...values) - least
    const scale = extent === 0 ? 1 : Math.min(2.2, (size - 2 * margin) / extent)
    return (value) => (extent === 0 ? size / 2 : size / 2 + (value - least - extent / 2) * scale)
  }
  if (nodes.length === 0) return []
  const xs = frame(
    nodes.map(({ x }) => x),
    width,
    90,
  )
  const ys = frame(
    nodes.map(({ y }) => y),
    height,
    34,
  )
  for (const node of nodes) {
    node.x = xs(node.x)
    node.y = ys(node.y)
  }
  return nodes
}
