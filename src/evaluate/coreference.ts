/**
 * Coreference measures over two partitions of mentions. A partition is a list of clusters, a cluster a list of mention keys; a mention
 * found by both sides has the same key. Definitions as in Pradhan et al. (2014): spurious and missing mentions count as they are.
 */
import { bestAssignment } from './assignment.js'
import { addTo, type Counts } from './counts.js'

export type Partition = readonly (readonly string[])[]

/** Index of the cluster that holds each mention. */
const clusterIndex = (partition: Partition): Map<string, number> =>
  new Map(partition.flatMap((cluster, index) => cluster.map((mention) => [mention, index] as const)))

/** How many mentions of `cluster` lie in each cluster of the other side; mentions the other side lacks are left out. */
function overlapWith(cluster: readonly string[], index: ReadonlyMap<string, number>): Map<number, number> {
  const shared = new Map<number, number>()
  for (const mention of cluster) {
    const other = index.get(mention)
    if (other !== undefined) addTo(shared, other)
  }
  return shared
}

/** A measure that looks from each side at the other: `side` gives [right, all] for one cluster. */
function twoSided(
  gold: Partition,
  predicted: Partition,
  side: (cluster: readonly string[], shared: ReadonlyMap<number, number>, other: Partition) => readonly [number, number],
): Counts {
  const sum = (from: Partition, to: Partition) => {
    const index = clusterIndex(to)
    let right = 0
    let all = 0
    for (const cluster of from) {
      const [r, a] = side(cluster, overlapWith(cluster, index), to)
      right += r
      all += a
    }
    return [right, all] as const
  }
  const [found, goldAll] = sum(gold, predicted)
  const [right, predictedAll] = sum(predicted, gold)
  return { right, predicted: predictedAll, found, gold: goldAll }
}

/** MUC: links kept of those that hold each cluster together (Vilain et al. 1995). Blind to singletons. */
export function muc(gold: Partition, predicted: Partition): Counts {
  return twoSided(gold, predicted, (cluster, shared) => {
    let inOther = 0
    for (const count of shared.values()) inOther += count
    const pieces = shared.size + (cluster.length - inOther)
    return [cluster.length - pieces, cluster.length - 1]
  })
}

/** B³: for every mention, the share of its cluster that the other side has with it (Bagga and Baldwin 1998). */
export function bCubed(gold: Partition, predicted: Partition): Counts {
  return twoSided(gold, predicted, (cluster, shared) => {
    let right = 0
    for (const count of shared.values()) right += (count * count) / cluster.length
    return [right, cluster.length]
  })
}

/** CEAF with φ₄: the best one-to-one alignment of clusters by Dice overlap (Luo 2005), exact. */
export function ceaf(gold: Partition, predicted: Partition): Counts {
  const index = clusterIndex(predicted)
  const weights = new Map(
    gold.map((cluster, i) => {
      const row = new Map<number, number>()
      for (const [j, count] of overlapWith(cluster, index)) row.set(j, (2 * count) / (cluster.length + predicted[j]!.length))
      return [i, row] as const
    }),
  )
  const { total } = bestAssignment(weights)
  return { right: total, predicted: predicted.length, found: total, gold: gold.length }
}

/** LEA: links found, each cluster weighed by its size; a singleton's one self-link is found only by a singleton (Moosavi and Strube 2016). */
export function lea(gold: Partition, predicted: Partition): Counts {
  const links = (size: number) => (size * (size - 1)) / 2
  return twoSided(gold, predicted, (cluster, shared, other) => {
    if (cluster.length === 1) {
      const [match] = shared.keys()
      return [match !== undefined && other[match]!.length === 1 ? 1 : 0, 1]
    }
    let common = 0
    for (const count of shared.values()) common += links(count)
    return [(cluster.length * common) / links(cluster.length), cluster.length]
  })
}

/** The four measures. CoNLL F1 is the mean of the F1 of the first three. */
export interface CoreferenceCounts {
  readonly muc: Counts
  readonly b3: Counts
  readonly ceaf: Counts
  readonly lea: Counts
}

export function coreferenceCounts(gold: Partition, predicted: Partition): CoreferenceCounts {
  return { muc: muc(gold, predicted), b3: bCubed(gold, predicted), ceaf: ceaf(gold, predicted), lea: lea(gold, predicted) }
}

/** The partition without its clusters of one mention. */
export const withoutSingletons = (partition: Partition): Partition => partition.filter((cluster) => cluster.length > 1)
