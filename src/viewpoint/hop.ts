/** Head-hops: a story that goes from mind to mind within its sections does so all the time, one that keeps to a mind seldom slips. */
import type { Perception } from './perception.js'

/** A stretch of paragraphs seen by one cluster. */
export interface Run {
  readonly first: number
  readonly last: number
  readonly cluster: number
  readonly confidence: number
}

/** What a hop costs, in signs of perception. Set, as all of these, on the novels of gold/pov with the alternating texts beside them. */
const priceOfHop = 1.4
/** One paragraph speaks with so many signs at most. */
const mostPerParagraph = 4
/** A stretch has so many characters in view, at most, who might see. */
const mostSeers = 12
/**
 * A story hops when hopping explains so many signs more, after its price, per token: more in a long one, since novels seldom hop. Those
 * with one focal character stay below. So many in all, since in a short story a few signs are chance; and as many for their length in
 * stretches that make this share of it.
 */
const habit = {
  short: { tokens: 20_000, gain: 18 / 10_000 },
  long: { tokens: 60_000, gain: 28 / 10_000 },
  least: 2,
  throughout: 0.6,
} as const
/** Less than this share of a story in the third person is what its narrator passes on. */
const leastThird = 0.5

/**
 * Divides stretches of paragraphs into runs of one seer each, where the story is one that hops; else `null`. `expected` is whom each
 * stretch as a whole belongs to, -1 for nobody.
 */
export function findHops(
  stretches: readonly { readonly first: number; readonly last: number; readonly expected: number }[],
  perception: Perception,
  isLeftOut: (paragraph: number) => boolean,
  firstToken: Int32Array,
): Run[][] | null {
  let gained = 0
  let tokens = 0
  const read = stretches.map(({ first, last, expected }) => {
    const { runs, gain } = hopsWithin(first, last, expected, perception, isLeftOut)
    const length = firstToken[last + 1]! - firstToken[first]!
    gained += gain
    tokens += length
    return { runs, gain, length }
  })
  const { short, long, least, throughout } = habit
  const longer = Math.min(1, Math.max(0, (tokens - short.tokens) / (long.tokens - short.tokens)))
  const perToken = short.gain + (long.gain - short.gain) * longer
  let hopping = 0
  for (const { gain, length } of read) if (gain >= length * perToken) hopping += length
  const hops = gained >= least && gained >= tokens * perToken && hopping >= tokens * throughout
  return hops && tokens >= firstToken.at(-1)! * leastThird ? read.map(({ runs }) => runs) : null
}

/** The cheapest path over the paragraphs of a stretch, and what it gains over staying with one seer. */
function hopsWithin(
  first: number,
  last: number,
  expected: number,
  perception: Perception,
  isLeftOut: (paragraph: number) => boolean,
): { runs: Run[]; gain: number } {
  const totals = new Map<number, number>()
  for (let p = first; p <= last; p++) {
    if (isLeftOut(p)) continue
    for (let i = perception.first[p]!; i < perception.first[p + 1]!; i++) {
      const c = perception.cluster[i]!
      totals.set(c, (totals.get(c) ?? 0) + Math.max(0, Math.min(mostPerParagraph, perception.amount[i]!)))
    }
  }
  const seers = [...totals].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, mostSeers)
  if (seers.length < 2) return { runs: [{ first, last, cluster: expected, confidence: 0.5 }], gain: 0 }
  const width = seers.length
  const stateOf = new Map(seers.map(([cluster], k) => [cluster, k]))
  const count = last - first + 1
  const from = new Uint8Array(count * width)
  const signs = new Float64Array(count * width)
  const value = new Float64Array(width)
  const start = stateOf.get(expected)
  if (start !== undefined) value[start] = priceOfHop
  for (let p = first; p <= last; p++) {
    const row = (p - first) * width
    if (!isLeftOut(p))
      for (let i = perception.first[p]!; i < perception.first[p + 1]!; i++) {
        const k = stateOf.get(perception.cluster[i]!)
        if (k !== undefined) signs[row + k] = Math.max(0, Math.min(mostPerParagraph, perception.amount[i]!))
      }
    let best = 0
    for (let k = 1; k < width; k++) if (value[k]! > value[best]!) best = k
    const hopped = value[best]! - priceOfHop
    for (let k = 0; k < width; k++) {
      // What says nothing belongs to whoever saw before it.
      const stays = value[k]! > hopped || k === best
      from[row + k] = stays ? k : best
      value[k] = (stays ? value[k]! : hopped) + signs[row + k]!
    }
  }
  let state = 0
  for (let k = 1; k < width; k++) if (value[k]! > value[state]!) state = k
  const gain = value[state]! - (start !== undefined ? priceOfHop : 0) - seers[0]![1]
  const path = new Uint8Array(count)
  for (let r = count - 1; r >= 0; r--) {
    path[r] = state
    state = from[r * width + state]!
  }
  const runs: Run[] = []
  for (let r = 0; r < count; ) {
    let end = r
    while (end + 1 < count && path[end + 1] === path[r]) end++
    const sums = new Float64Array(width)
    for (let s = r; s <= end; s++) for (let k = 0; k < width; k++) sums[k]! += signs[s * width + k]!
    const others = [runs.at(-1)?.cluster, end + 1 < count ? seers[path[end + 1]!]![0] : undefined]
    const rival = Math.max(0, ...others.map((cluster) => (cluster === undefined ? 0 : sums[stateOf.get(cluster)!]!)))
    runs.push({
      first: first + r,
      last: first + end,
      cluster: seers[path[r]!]![0],
      confidence: confidenceOf(sums[path[r]!]! - rival),
    })
    r = end + 1
  }
  return { runs, gain: Math.max(0, gain) }
}

/** From how many signs more a run holds for its seer than for whoever sees before or after. */
const confidenceOf = (margin: number): number => 1 / (1 + Math.exp(-margin / 4))
