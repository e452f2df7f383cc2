/** Precision and recall as sums, so that documents can be added up. */

/** What a layer's comparison counts. For most measures `right` equals `found`; coreference measures weigh the two sides apart. */
export interface Counts {
  /** Of the prediction, how much is right. */
  readonly right: number
  readonly predicted: number
  /** Of the gold, how much was found. */
  readonly found: number
  readonly gold: number
}

/** Precision, recall and their harmonic mean, each in [0, 1]; 0 where nothing was predicted or nothing is gold. */
export interface Score {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

export const noCounts: Counts = { right: 0, predicted: 0, found: 0, gold: 0 }

/** Counts of a measure in which every right prediction finds one gold item. */
export const countsOf = (hits: number, predicted: number, gold: number): Counts => ({ right: hits, predicted, found: hits, gold })

/** The sum over documents: micro-averaged scores come from sums, not from means. */
export function sumCounts(list: readonly Counts[]): Counts {
  return list.reduce(
    (sum, counts) => ({
      right: sum.right + counts.right,
      predicted: sum.predicted + counts.predicted,
      found: sum.found + counts.found,
      gold: sum.gold + counts.gold,
    }),
    noCounts,
  )
}

export function scoreOf({ right, predicted, found, gold }: Counts): Score {
  const precision = predicted ? right / predicted : 0
  const recall = gold ? found / gold : 0
  return { precision, recall, f1: precision + recall ? (2 * precision * recall) / (precision + recall) : 0 }
}

/** A share of right answers: `right` out of `of`. */
export interface Tally {
  readonly right: number
  readonly of: number
}

export const sumTallies = (list: readonly Tally[]): Tally =>
  list.reduce((sum, { right, of }) => ({ right: sum.right + right, of: sum.of + of }), { right: 0, of: 0 })

/** In [0, 1]; `null` when there was nothing to answer. */
export const accuracyOf = ({ right, of }: Tally): number | null => (of ? right / of : null)

export const meanOf = (values: readonly number[]): number | null =>
  values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null

/** Adds `amount` to the entry of `key`. */
export function addTo<K>(map: Map<K, number>, key: K, amount = 1): void {
  map.set(key, (map.get(key) ?? 0) + amount)
}

/** Groups items by key, keeping their order. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

/** Counts by gold label, then by predicted label. */
export type Confusion = Readonly<Record<string, Readonly<Record<string, number>>>>

/** A confusion table from pairs of labels with their counts. */
export function confusionOf(entries: Iterable<readonly [gold: string, predicted: string, count: number]>): Confusion {
  const table: Record<string, Record<string, number>> = {}
  for (const [gold, predicted, count] of entries) {
    const row = table[gold] ?? {}
    row[predicted] = (row[predicted] ?? 0) + count
    table[gold] = row
  }
  return table
}
