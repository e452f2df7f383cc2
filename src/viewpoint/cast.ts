/** Who is named in a unit: units of one narrator speak of the same people. */
import type { MentionSpan, TextLayer } from '../layers.js'
import type { NameIndex } from './naming.js'

/** A unit's names with their weights, of length 1. */
export type CastVector = ReadonlyMap<number, number>

/** The cast of each row: names weighted by the logarithm of how often they come and of how few rows know them. */
export function readCasts(
  { tokens }: TextLayer,
  mentions: readonly MentionSpan[],
  names: NameIndex,
  rowOfParagraph: (paragraph: number) => number,
  rows: number,
): CastVector[] {
  const counts = Array.from({ length: rows }, () => new Map<number, number>())
  for (let m = 0; m < mentions.length; m++) {
    const family = names.calledOf(m)
    if (family < 0) continue
    const row = rowOfParagraph(tokens.paragraph[mentions[m]!.head]!)
    if (row >= 0) counts[row]!.set(family, (counts[row]!.get(family) ?? 0) + 1)
  }
  const spread = new Map<number, number>()
  for (const row of counts) for (const family of row.keys()) spread.set(family, (spread.get(family) ?? 0) + 1)
  return counts.map((row) => {
    const vector = new Map<number, number>()
    let square = 0
    for (const [family, count] of row) {
      const weight = (1 + Math.log(count)) * Math.log(1 + rows / spread.get(family)!)
      vector.set(family, weight)
      square += weight * weight
    }
    const length = Math.sqrt(square)
    for (const [family, weight] of vector) vector.set(family, weight / length)
    return vector
  })
}

/** The direction of a weighted sum of casts. */
export function sumCasts(parts: Iterable<readonly [CastVector, number]>): Map<number, number> {
  const sum = new Map<number, number>()
  for (const [vector, factor] of parts)
    for (const [family, weight] of vector) sum.set(family, (sum.get(family) ?? 0) + weight * factor)
  let square = 0
  for (const weight of sum.values()) square += weight * weight
  const length = Math.sqrt(square) || 1
  for (const [family, weight] of sum) sum.set(family, weight / length)
  return sum
}

/** Cosine of two casts of length 1: 0 for strangers, 1 for the same people. */
export function similarity(a: CastVector, b: CastVector): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  let sum = 0
  for (const [family, weight] of small) sum += weight * (large.get(family) ?? 0)
  return sum
}
