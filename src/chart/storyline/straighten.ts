/** Heights for ordered lines: as straight as the order allows. */
import type { Layer } from './order.js'

/** Distances between neighbouring lines, in tracks: heights are whole numbers of tracks, so that level lines are quite level. */
export interface Gaps {
  /** Within a group that is together. */
  readonly inner: number
  /** Between groups. */
  readonly outer: number
}

/** Sweeps that pull each line towards the mean of its neighbours, before those that make it level. */
const smoothingSweeps = 16
const levellingSweeps = 12
/** Pull towards the middle against one neighbour's pull: keeps a line that meets nobody from drifting off. */
const gravity = 0.08

/** A unit of a column: its lines keep fixed distances, so one number places them all. */
interface Block {
  readonly lines: readonly number[]
  /** Where the unit's first line lies. */
  y: number
}

/**
 * Heights of every line in every column, the least being 0: `heights[t].get(line)`. Each column is fitted to its neighbours
 * under the order and the gaps by pooling adjacent violators, first to means (short ways), then to medians (level lines).
 */
export function straightenLines(layers: readonly Layer[], gaps: Gaps): Map<number, number>[] {
  const columns = layers.map((layer) => {
    let y = 0
    return layer.map((lines): Block => {
      const block = { lines, y }
      y += (lines.length - 1) * gaps.inner + gaps.outer
      return block
    })
  })
  const heights = columns.map((blocks) => heightsOf(blocks, gaps))
  const tallest = Math.max(0, ...heights.map((column) => Math.max(0, ...column.values())))
  columns.forEach((blocks, t) => {
    const shift = (tallest - Math.max(0, ...heights[t]!.values())) / 2
    for (const block of blocks) block.y += shift
    heights[t] = heightsOf(blocks, gaps)
  })

  const middle = tallest / 2
  const mean: Centre = (targets, current, offset) =>
    (targets.reduce((a, b) => a + b, 0) + gravity * (middle - offset) + (targets.length === 0 ? current : 0)) /
    (targets.length + gravity + (targets.length === 0 ? 1 : 0))
  const settle = (t: number, beside: readonly number[], centre: Centre): void => {
    const targets = columns[t]!.map(({ lines }) =>
      lines.flatMap((line, k) =>
        beside.flatMap((other) => {
          const height = heights[other]?.get(line)
          return height === undefined ? [] : [height - k * gaps.inner]
        }),
      ),
    )
    poolViolators(columns[t]!, targets, gaps, centre)
    heights[t] = heightsOf(columns[t]!, gaps)
  }
  const sweep = (forth: boolean, reach: (t: number) => readonly number[], centre: Centre): void => {
    for (let k = 0; k < columns.length; k++) {
      const t = forth ? k : columns.length - 1 - k
      settle(t, reach(t), centre)
    }
  }
  for (let k = 0; k < smoothingSweeps; k++) sweep(k % 2 === 0, (t) => [t - 1, t + 1], mean)
  columns.forEach((blocks, t) => {
    for (const block of blocks) block.y = Math.round(block.y)
    heights[t] = heightsOf(blocks, gaps)
  })
  for (let k = 0; k < levellingSweeps; k++) sweep(k % 2 === 0, (t) => (k % 2 === 0 ? [t - 1] : [t + 1]), median)
  for (let k = 0; k < levellingSweeps; k++) sweep(k % 2 === 0, (t) => [t - 1, t + 1], median)

  return withoutEmptyTracks(heights, gaps.outer)
}

/** The heights with the least brought to 0 and every stretch that no column uses narrowed to the gap between groups. */
function withoutEmptyTracks(heights: readonly Map<number, number>[], outer: number): Map<number, number>[] {
  const used = [...new Set(heights.flatMap((column) => [...column.values()]))].sort((a, b) => a - b)
  const moved = new Map<number, number>()
  let y = 0
  used.forEach((height, k) => {
    if (k > 0) y += Math.min(outer, height - used[k - 1]!)
    moved.set(height, y)
  })
  return heights.map((column) => new Map([...column].map(([line, height]) => [line, moved.get(height)!])))
}

const heightsOf = (blocks: readonly Block[], { inner }: Gaps): Map<number, number> =>
  new Map(blocks.flatMap(({ lines, y }) => lines.map((line, k): [number, number] => [line, y + k * inner])))

/** The value that represents several targets; `current` decides where nothing else does. `offset`: of the pool's units, on average. */
type Centre = (targets: readonly number[], current: number, offset: number) => number

/** A median; of two middle values the one nearer to `current`, so that a line becomes level with one neighbour at least. */
const median: Centre = (targets, current) => {
  if (targets.length === 0) return Math.round(current)
  const sorted = [...targets].sort((a, b) => a - b)
  const low = sorted[(sorted.length - 1) >> 1]!
  const high = sorted[sorted.length >> 1]!
  return Math.abs(low - current) <= Math.abs(high - current) ? low : high
}

/** Moves the blocks of a column to the centre of their targets; those that would collide move as one. */
function poolViolators(
  blocks: readonly Block[],
  targets: readonly (readonly number[])[],
  { inner, outer }: Gaps,
  centre: Centre,
): void {
  const pools: { from: number; size: number; targets: readonly number[]; current: number; offset: number; y: number }[] = []
  const offsets: number[] = []
  let offset = 0
  blocks.forEach((block, k) => {
    const from = offset
    offsets.push(from)
    const own = targets[k]!.map((target) => target - from)
    let pool = { from: k, size: 1, targets: own, current: block.y - from, offset: from, y: centre(own, block.y - from, from) }
    while (pools.length > 0 && pools.at(-1)!.y > pool.y) {
      const above = pools.pop()!
      const size = above.size + pool.size
      const share = (a: number, b: number): number => (a * above.size + b * pool.size) / size
      const together = [...above.targets, ...pool.targets]
      const current = share(above.current, pool.current)
      const centred = share(above.offset, pool.offset)
      pool = { from: above.from, size, targets: together, current, offset: centred, y: centre(together, current, centred) }
    }
    pools.push(pool)
    offset += (block.lines.length - 1) * inner + outer
  })
  for (const pool of pools) for (let k = pool.from; k < pool.from + pool.size; k++) blocks[k]!.y = pool.y + offsets[k]!
}
