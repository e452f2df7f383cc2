/** Windows of units before and after a start: means, changes, runs, valleys. */

/** Running sums: the sum over [a, b) is `s[b] - s[a]`. */
export type Sums = Float64Array

export function sumsOf(column: Float32Array): Sums {
  const sums = new Float64Array(column.length + 1)
  for (let u = 0; u < column.length; u++) sums[u + 1] = sums[u]! + column[u]!
  return sums
}

/** Mean over the units of [from, to) that there are; 0 for none. */
export function meanOf(sums: Sums, from: number, to: number): number {
  const a = Math.max(0, from)
  const b = to < sums.length ? to : sums.length - 1
  return b > a ? (sums[b]! - sums[a]!) / (b - a) : 0
}

/** For each unit the mean of the `reach` units before it. */
export function meansBefore(sums: Sums, reach: number): Float32Array {
  const means = new Float32Array(sums.length - 1)
  for (let u = 0; u < means.length; u++) means[u] = meanOf(sums, u - reach, u)
  return means
}

/** For each unit the mean of the `reach` units from it on. */
export function meansAfter(sums: Sums, reach: number): Float32Array {
  const means = new Float32Array(sums.length - 1)
  for (let u = 0; u < means.length; u++) means[u] = meanOf(sums, u, u + reach)
  return means
}

/** For each unit how much a mean rises from the `reach` units before it to those from it on. */
export function rise(sums: Sums, reach: number): Float32Array {
  const rises = new Float32Array(sums.length - 1)
  for (let u = 0; u < rises.length; u++) rises[u] = meanOf(sums, u, u + reach) - meanOf(sums, u - reach, u)
  return rises
}

/** The same for a share of the words; the sum keeps the share of a short window small. */
export function riseOfShare(sums: Sums, words: Sums, reach: number): Float32Array {
  const rises = new Float32Array(sums.length - 1)
  const share = (from: number, to: number): number => meanOf(sums, from, to) / (meanOf(words, from, to) + 5)
  for (let u = 0; u < rises.length; u++) rises[u] = share(u, u + reach) - share(u - reach, u)
  return rises
}

/** For each unit how long the run of units before it is that have some of a thing, or, below 0, that have none. */
export function runsBefore(column: Float32Array): Float32Array {
  const runs = new Float32Array(column.length)
  for (let u = 1; u < runs.length; u++)
    runs[u] = column[u - 1]! > 0 ? Math.max(0, runs[u - 1]!) + 1 : Math.min(0, runs[u - 1]!) - 1
  return runs
}

/** The same for the run that begins with the unit. */
export function runsFrom(column: Float32Array): Float32Array {
  const runs = new Float32Array(column.length)
  for (let u = runs.length - 1; u >= 0; u--) {
    const next = u + 1 < runs.length ? runs[u + 1]! : 0
    runs[u] = column[u]! > 0 ? Math.max(0, next) + 1 : Math.min(0, next) - 1
  }
  return runs
}

/** How deep the valley is in which each unit lies: the climb to the nearest top within reach, on both sides (Hearst's depth). */
export function depth(column: Float32Array, reach: number): Float32Array {
  const depths = new Float32Array(column.length)
  for (let u = 0; u < depths.length; u++) {
    const floor = column[u]!
    let before = floor
    for (let v = u - 1; v >= Math.max(0, u - reach) && column[v]! >= before; v--) before = column[v]!
    let after = floor
    for (let v = u + 1; v < Math.min(column.length, u + reach + 1) && column[v]! >= after; v++) after = column[v]!
    depths[u] = before + after - 2 * floor
  }
  return depths
}
