/** Boundaries compared by paragraph: exact, near, and ranked. */
import { firstEndingAfter } from '../span.js'
import type { Span } from '../types.js'

/** Pieces of text between blank lines. */
export function paragraphsOf(text: string): Span[] {
  const out: Span[] = []
  const push = (from: number, to: number) => {
    const words = text.slice(from, to)
    const start = from + (words.length - words.trimStart().length)
    const end = to - (words.length - words.trimEnd().length)
    if (end > start) out.push({ start, end })
  }
  let from = 0
  for (const { index } of text.matchAll(/\n[ \t]*\n/gu)) {
    if (index < from) continue
    push(from, index)
    from = index
  }
  push(from, text.length)
  return out
}

/** Index of the paragraph that holds the offset, or follows it; -1 past the end. */
export function paragraphAt(paragraphs: readonly Span[], offset: number): number {
  const index = firstEndingAfter(paragraphs, offset)
  return index < paragraphs.length ? index : -1
}

/** Size of the largest one-to-one matching of two increasing lists whose members differ by `tolerance` at most. */
export function matchWithin(gold: readonly number[], predicted: readonly number[], tolerance: number): number {
  let hits = 0
  let g = 0
  for (const p of predicted) {
    while (g < gold.length && gold[g]! < p - tolerance) g++
    if (g === gold.length) break
    if (gold[g]! <= p + tolerance) {
      hits++
      g++
    }
  }
  return hits
}

/** Window measures (lower is better): share of windows of `k` paragraphs in which the two sides disagree. */
export interface WindowMeasures {
  /** Whether there is a boundary at all (Beeferman et al. 1999). */
  readonly pk: number
  /** How many there are (Pevzner and Hearst 2002). */
  readonly windowDiff: number
}

/** `k` is half the mean length of a gold segment, at least 2. Boundaries are indices of the first paragraph after them. */
export function windowMeasures(paragraphs: number, gold: readonly number[], predicted: readonly number[]): WindowMeasures {
  const k = Math.max(2, Math.round(paragraphs / (gold.length + 1) / 2))
  const running = (boundaries: readonly number[]) => {
    const upTo = new Int32Array(paragraphs + 1)
    for (const boundary of boundaries) upTo[boundary + 1]!++
    for (let i = 1; i <= paragraphs; i++) upTo[i]! += upTo[i - 1]!
    return upTo
  }
  const goldUpTo = running(gold)
  const predictedUpTo = running(predicted)
  let pk = 0
  let windowDiff = 0
  const windows = paragraphs - k
  if (windows <= 0) return { pk: 0, windowDiff: 0 }
  for (let i = 0; i < windows; i++) {
    const inGold = goldUpTo[i + k + 1]! - goldUpTo[i + 1]!
    const inPredicted = predictedUpTo[i + k + 1]! - predictedUpTo[i + 1]!
    if (inGold > 0 !== inPredicted > 0) pk++
    if (inGold !== inPredicted) windowDiff++
  }
  return { pk: pk / windows, windowDiff: windowDiff / windows }
}

export interface Ranking {
  /** Sum of precision times recall gained, down the ranking. */
  readonly averagePrecision: number
  /** Share of the gold boundaries among the K best, K being their number; on a tie the expected share. */
  readonly recallAtK: number
}

/** Ranking measures; paragraphs with equal scores are taken together. `null` without gold boundaries. */
export function rankingOf(
  gold: readonly number[],
  ranked: readonly { index: number; score: number }[],
  tolerance: number,
): Ranking | null {
  if (!gold.length) return null
  const scores = new Map<number, number>()
  for (const { index, score } of ranked) scores.set(index, Math.max(score, scores.get(index) ?? Number.NEGATIVE_INFINITY))
  const order = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  const open = new Set(gold)
  let seen = 0
  let hits = 0
  let averagePrecision = 0
  let atK: number | null = null
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to < order.length && order[to]![1] === order[from]![1]) to++
    const tied = new Set(order.slice(from, to).map(([index]) => index))
    const size = tied.size
    let gained = 0
    for (let distance = 0; distance <= tolerance; distance++)
      for (const index of [...tied]) {
        const match = [index - distance, index + distance].find((at) => open.has(at))
        if (match === undefined) continue
        open.delete(match)
        tied.delete(index)
        gained++
      }
    if (atK === null && seen + size >= gold.length) atK = (hits + (gained * (gold.length - seen)) / size) / gold.length
    seen += size
    hits += gained
    averagePrecision += (hits / seen) * (gained / gold.length)
    from = to
  }
  return { averagePrecision, recallAtK: atK ?? hits / gold.length }
}
