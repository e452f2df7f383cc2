/** Which sections belong to one narrator where nothing names them: tellers of their own circles speak of other people. */
import { type CastVector, similarity } from './cast.js'

/** Stories of more units than this are not split by cast: chapters of novels drift, and the comparison is quadratic. */
const mostRows = 120
const fewestRows = 4
/** Groups take turns at this share of the boundaries, at least: in novels told by one the two halves of a cast do at a quarter. */
const turnShare = 0.4
/** Sections of two groups are on average so much less alike than those within them, and no more alike than this. */
const apart = { ratio: 0.3, most: 0.1 } as const

/**
 * Splits units into two groups of like casts by average linkage. Returns the group of each row, or `null` when the story is not
 * two circles that take turns: one narrator’s cast changes too, but it drifts and does not come back.
 */
export function linkByCast(casts: readonly CastVector[]): Uint8Array | null {
  const count = casts.length
  if (count < fewestRows || count > mostRows) return null
  const alike = new Float64Array(count * count)
  for (let a = 0; a < count; a++)
    for (let b = a + 1; b < count; b++) alike[a * count + b] = alike[b * count + a] = similarity(casts[a]!, casts[b]!)
  const groups = casts.map((_, row) => [row])
  /** Sums of the likenesses between two groups, each under its first row: a group that grows adds the other's. */
  const sums = alike.slice()
  const mean = (a: readonly number[], b: readonly number[]): number => sums[a[0]! * count + b[0]!]! / (a.length * b.length)
  while (groups.length > 2) {
    let best = -1
    let first = 0
    let second = 1
    for (let a = 0; a < groups.length; a++)
      for (let b = a + 1; b < groups.length; b++) {
        const value = mean(groups[a]!, groups[b]!)
        if (value <= best) continue
        best = value
        first = a
        second = b
      }
    const into = groups[first]![0]!
    const from = groups[second]![0]!
    for (const [row] of groups as [number][]) {
      sums[into * count + row]! += sums[from * count + row]!
      sums[row * count + into] = sums[into * count + row]!
    }
    groups[first]!.push(...groups[second]!)
    groups.splice(second, 1)
  }
  const [a, b] = groups as [number[], number[]]
  if (a.length < 2 || b.length < 2) return null
  const groupOf = new Uint8Array(count)
  for (const row of b) groupOf[row] = 1
  let turns = 0
  for (let row = 1; row < count; row++) if (groupOf[row] !== groupOf[row - 1]) turns++
  const within = Math.min(meanWithin(a, alike, count), meanWithin(b, alike, count))
  const between = mean(a, b)
  return turns >= (count - 1) * turnShare && between <= apart.most && between <= within * apart.ratio ? groupOf : null
}

/**
 * Where dated entries and plain narration take turns, two tell: the group of each row, or `null` where they do not. `isNarration`
 * has one entry per row.
 */
export function linkByForm(isNarration: readonly boolean[]): Uint8Array | null {
  const count = isNarration.length
  const narrated = isNarration.filter(Boolean).length
  if (count < fewestRows || narrated < 2 || count - narrated < 2) return null
  let turns = 0
  for (let row = 1; row < count; row++) if (isNarration[row] !== isNarration[row - 1]) turns++
  return turns >= (count - 1) * turnShare ? Uint8Array.from(isNarration, Number) : null
}

function meanWithin(group: readonly number[], alike: Float64Array, count: number): number {
  let sum = 0
  for (const i of group) for (const j of group) if (i !== j) sum += alike[i * count + j]!
  return sum / (group.length * (group.length - 1))
}
