/** How the words and the people of a story hang together across each paragraph start. */
import { type CoreferenceLayer, Form, type MentionSpan, type QuotationLayer, type TextLayer, type Tokens } from '../layers.js'
import { isContent, type Units } from './unit.js'

/** For each unit a list of things (words, names, people), one after the other: those of unit u are `ids[start[u] .. start[u + 1])`. */
export interface Lists {
  readonly start: Int32Array
  readonly ids: Int32Array
  /** Ids are below this. */
  readonly size: number
}

/** The names of each unit, quotations included, and its content words. */
export function wordsOf(
  { length, first, end, nameWord }: Units,
  { word, form, pos, vocabulary }: Tokens,
): { names: Lists; content: Lists } {
  const size = vocabulary.length
  const total = length === 0 ? 0 : end[length - 1]!
  const nameStart = new Int32Array(length + 1)
  const nameIds = new Int32Array(total)
  const contentStart = new Int32Array(length + 1)
  const contentIds = new Int32Array(total)
  let names = 0
  let content = 0
  for (let u = 0; u < length; u++) {
    for (let i = first[u]!; i < end[u]!; i++) {
      const w = word[i]!
      if (nameWord[w] === 1 && form[i] !== Form.lower && form[i] !== Form.punctuation) nameIds[names++] = w
      if (isContent[pos[i]!] === 1) contentIds[content++] = w
    }
    nameStart[u + 1] = names
    contentStart[u + 1] = content
  }
  return {
    names: { start: nameStart, ids: nameIds.subarray(0, names), size },
    content: { start: contentStart, ids: contentIds.subarray(0, content), size },
  }
}

/** The people of each unit as the narration mentions them, pronouns included; `heads` are the mentions' head tokens. */
export function peopleOf(
  { length, first, end }: Units,
  { tokens }: TextLayer,
  { quotationOf }: QuotationLayer,
  mentions: readonly MentionSpan[],
  { clusters, clusterOf }: CoreferenceLayer,
): Lists & { readonly heads: Int32Array } {
  const start = new Int32Array(length + 1)
  const ids = new Int32Array(mentions.length)
  const heads = new Int32Array(mentions.length)
  let count = 0
  let m = 0
  for (let u = 0; u < length; u++) {
    const from = tokens.start[first[u]!]!
    const to = tokens.end[end[u]! - 1]!
    while (m < mentions.length && mentions[m]!.start < from) m++
    for (; m < mentions.length && mentions[m]!.start < to; m++) {
      const { head } = mentions[m]!
      if (quotationOf[head]! >= 0) continue
      ids[count] = clusterOf[m]!
      heads[count++] = head
    }
    start[u + 1] = count
  }
  return { start, ids: ids.subarray(0, count), size: clusters.length, heads: heads.subarray(0, count) }
}

/** Weight of an id: how seldom units hold it, as log(units / units with it), scaled to [0, 1]. */
export function rarity({ start, ids, size }: Lists): Float32Array {
  const length = start.length - 1
  const last = new Int32Array(size).fill(-1)
  const units = new Int32Array(size)
  for (let u = 0; u < length; u++)
    for (let k = start[u]!; k < start[u + 1]!; k++)
      if (last[ids[k]!] !== u) {
        last[ids[k]!] = u
        units[ids[k]!]!++
      }
  const scale = Math.log(Math.max(2, length))
  return Float32Array.from(units, (n) => (n === 0 ? 0 : Math.log(length / n) / scale))
}

/**
 * Lexical chains (Hearst's and Morris and Hirst's idea): a thing that comes back within `reach` units ties everything between. For
 * each unit the weight of the ties over its start.
 */
export function ties({ start, ids, size }: Lists, reach: number, weight: Float32Array): Float32Array {
  const length = start.length - 1
  const change = new Float32Array(length + 1)
  const last = new Int32Array(size).fill(-1)
  for (let u = 0; u < length; u++)
    for (let k = start[u]!; k < start[u + 1]!; k++) {
      const id = ids[k]!
      const before = last[id]!
      if (before >= 0 && before < u && u - before <= reach) {
        change[before + 1]! += weight[id]!
        change[u + 1]! -= weight[id]!
      }
      last[id] = u
    }
  const over = new Float32Array(length)
  let sum = 0
  for (let u = 0; u < length; u++) over[u] = sum += change[u]!
  return over
}

/** For each reach the weighted share of each unit's first `limit` things that no unit in the reach before it holds. */
export function novelty(
  { start, ids, size }: Lists,
  reaches: readonly number[],
  weight: Float32Array,
  limit: number,
): Float32Array[] {
  const length = start.length - 1
  const last = new Int32Array(size).fill(-1_000_000)
  const shares = reaches.map(() => new Float32Array(length))
  const fresh = new Float64Array(reaches.length)
  for (let u = 0; u < length; u++) {
    let all = 0
    const stop = Math.min(start[u + 1]!, start[u]! + limit)
    for (let k = start[u]!; k < stop; k++) {
      const id = ids[k]!
      const gap = u - last[id]!
      last[id] = u
      if (gap === 0) continue
      const w = weight[id]!
      all += w
      for (let r = 0; r < reaches.length; r++) if (gap > reaches[r]!) fresh[r]! += w
    }
    for (let k = stop; k < start[u + 1]!; k++) last[ids[k]!] = u
    if (all > 0) for (let r = 0; r < reaches.length; r++) shares[r]![u] = fresh[r]! / all
    fresh.fill(0)
  }
  return shares
}

/** Weighted share of the things of the unit before each start that do not come back in the `reach` units from it on. */
export function farewell({ start, ids, size }: Lists, reach: number, weight: Float32Array): Float32Array {
  const length = start.length - 1
  const next = new Int32Array(size).fill(2_000_000_000)
  const share = new Float32Array(length)
  for (let u = length - 1; u >= 0; u--) {
    let gone = 0
    let all = 0
    for (let k = start[u]!; k < start[u + 1]!; k++) {
      const id = ids[k]!
      const gap = next[id]! - u
      next[id] = u
      if (gap === 0) continue
      all += weight[id]!
      if (gap > reach) gone += weight[id]!
    }
    if (u + 1 < length && all > 0) share[u + 1] = gone / all
  }
  return share
}

/** What two neighbouring windows of units share, per unit start. */
export interface Windows {
  /** Share of the later window's mass whose things the earlier one lacks; 0 when empty. */
  readonly fresh: Float32Array
  /** Share of the earlier window's mass whose things the later one lacks. */
  readonly gone: Float32Array
  /** Cosine of the two, weighted. */
  readonly cosine: Float32Array
}

/** Compares the `reach` units before each start with the `reach` from it on; the windows slide, so the cost is linear. */
export function compareWindows({ start, ids, size }: Lists, reach: number, weight: Float32Array): Windows {
  const length = start.length - 1
  const before = new Int32Array(size)
  const after = new Int32Array(size)
  const fresh = new Float32Array(length)
  const gone = new Float32Array(length)
  const cosine = new Float32Array(length)
  let massBefore = 0
  let massAfter = 0
  let freshMass = 0
  let goneMass = 0
  let dot = 0
  let squareBefore = 0
  let squareAfter = 0
  for (let u = 1 - reach; u < length; u++) {
    // A unit enters the later window.
    for (let k = start[Math.min(length, u + reach - 1)]!; k < start[Math.min(length, u + reach)]!; k++) {
      const id = ids[k]!
      const w = weight[id]!
      const a = after[id]!
      const b = before[id]!
      after[id] = a + 1
      massAfter += w
      squareAfter += w * w * (2 * a + 1)
      dot += w * w * b
      if (b === 0) freshMass += w
      else if (a === 0) goneMass -= w * b
    }
    if (u < 0) continue
    if (massAfter > leastMass) fresh[u] = freshMass / massAfter
    if (massBefore > leastMass) {
      gone[u] = goneMass / massBefore
      if (massAfter > leastMass) cosine[u] = dot / Math.sqrt(squareBefore * squareAfter)
    }
    // The unit at the start goes over from the later window to the earlier one.
    for (let k = start[u]!; k < start[u + 1]!; k++) {
      const id = ids[k]!
      const w = weight[id]!
      const a = after[id]!
      const b = before[id]!
      after[id] = a - 1
      before[id] = b + 1
      massAfter -= w
      massBefore += w
      squareAfter -= w * w * (2 * a - 1)
      squareBefore += w * w * (2 * b + 1)
      dot += w * w * (a - b - 1)
      if (b === 0) freshMass -= w * a
      if (a === 1) goneMass += w * (b + 1)
    }
    if (u < reach) continue
    // The furthest unit leaves the earlier window.
    for (let k = start[u - reach]!; k < start[u - reach + 1]!; k++) {
      const id = ids[k]!
      const w = weight[id]!
      const a = after[id]!
      const b = before[id]!
      before[id] = b - 1
      massBefore -= w
      squareBefore -= w * w * (2 * b - 1)
      dot -= w * w * a
      if (a === 0) goneMass -= w
      else if (b === 1) freshMass += w * a
    }
  }
  return { fresh, gone, cosine }
}

/** A window of less mass is empty: what is left over by rounding. */
const leastMass = 0.001
