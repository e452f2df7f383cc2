/** How the words and the people of a story hang together across each paragraph start. */
import { type CoreferenceLayer, Form, type MentionSpan, type QuotationLayer, type TextLayer, type Tokens } from '../layers.js'
import { flagWords } from '../text/token.js'
import { placeClasses, placePrepositions } from './count.js'
import { isContent, type Units } from './unit.js'

/** For each unit a list of things (words, names, people), one after the other: those of unit u are `ids[start[u] .. start[u + 1])`. */
export interface Lists {
  readonly start: Int32Array
  readonly ids: Int32Array
  /** Ids are below this. */
  readonly size: number
}

/** The names of each unit, quotations included. */
export function namesOf({ length, first, end, nameWord }: Units, { word, form, vocabulary }: Tokens): Lists {
  return listsOf(length, vocabulary.length, (u, push) => {
    for (let i = first[u]!; i < end[u]!; i++)
      if (nameWord[word[i]!] === 1 && form[i] !== Form.lower && form[i] !== Form.punctuation) push(word[i]!)
  })
}

/** The content words of each unit. */
export function contentOf({ length, first, end }: Units, { word, pos, vocabulary }: Tokens): Lists {
  return listsOf(length, vocabulary.length, (u, push) => {
    for (let i = first[u]!; i < end[u]!; i++) if (isContent(pos[i]!)) push(word[i]!)
  })
}

/** The people of each unit as the narration mentions them, pronouns included; `heads` are the mentions' head tokens. */
export function peopleOf(
  units: Units,
  { tokens }: TextLayer,
  { quotationOf }: QuotationLayer,
  mentions: readonly MentionSpan[],
  { clusters, clusterOf }: CoreferenceLayer,
): Lists & { readonly heads: Int32Array } {
  let m = 0
  const heads: number[] = []
  const lists = listsOf(units.length, clusters.length, (u, push) => {
    const from = tokens.start[units.first[u]!]!
    const to = tokens.end[units.end[u]! - 1]!
    while (m < mentions.length && mentions[m]!.start < from) m++
    for (; m < mentions.length && mentions[m]!.start < to; m++) {
      const { head } = mentions[m]!
      if (quotationOf[head]! >= 0) continue
      push(clusterOf[m]!)
      heads.push(head)
    }
  })
  return { ...lists, heads: Int32Array.from(heads) }
}

/** The nouns of place and the place names ("in London") of each unit. */
export function placesOf({ length, first, end, classes, nameWord }: Units, tokens: Tokens): Lists {
  const { word, form, vocabulary } = tokens
  const before = flagWords(tokens, placePrepositions)
  return listsOf(length, vocabulary.length, (u, push) => {
    for (let i = first[u]!; i < end[u]!; i++) {
      const w = word[i]!
      if (form[i] === Form.lower ? (classes[w]! & placeClasses) !== 0 : nameWord[w] === 1 && i > 0 && before[word[i - 1]!] === 1)
        push(w)
    }
  })
}

/** For each start whether the one most mentioned in the `reach` units before it is another than in those from it on: 0 same, 1 another, 0.5 nobody. */
export function leadChange({ start, ids, size }: Lists, reach: number): Float32Array {
  const length = start.length - 1
  const count = new Int32Array(size)
  const lead = (from: number, to: number): number => {
    const a = start[Math.max(0, from)]!
    const b = start[Math.min(length, to)]!
    let best = -1
    for (let k = a; k < b; k++) count[ids[k]!]!++
    for (let k = a; k < b; k++) if (best < 0 || count[ids[k]!]! > count[best]!) best = ids[k]!
    for (let k = a; k < b; k++) count[ids[k]!] = 0
    return best
  }
  const change = new Float32Array(length)
  for (let u = 0; u < length; u++) {
    const before = lead(u - reach, u)
    const after = lead(u, u + reach)
    change[u] = before < 0 || after < 0 ? 0.5 : before === after ? 0 : 1
  }
  return change
}

export function listsOf(length: number, size: number, fill: (unit: number, push: (id: number) => void) => void): Lists {
  const start = new Int32Array(length + 1)
  let ids = new Int32Array(64 + length * 8)
  let count = 0
  const push = (id: number): void => {
    if (count === ids.length) {
      const longer = new Int32Array(count * 2)
      longer.set(ids)
      ids = longer
    }
    ids[count++] = id
  }
  for (let u = 0; u < length; u++) {
    fill(u, push)
    start[u + 1] = count
  }
  return { start, ids: ids.subarray(0, count), size }
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

/** Weighted share of each unit's first `limit` things that no unit in the `reach` before it holds. */
export function novelty({ start, ids, size }: Lists, reach: number, weight: Float32Array, limit: number): Float32Array {
  const length = start.length - 1
  const last = new Int32Array(size).fill(-1_000_000)
  const share = new Float32Array(length)
  for (let u = 0; u < length; u++) {
    let fresh = 0
    let all = 0
    const stop = Math.min(start[u + 1]!, start[u]! + limit)
    for (let k = start[u]!; k < start[u + 1]!; k++) {
      const id = ids[k]!
      if (k < stop && last[id] !== u) {
        all += weight[id]!
        if (u - last[id]! > reach) fresh += weight[id]!
      }
      last[id] = u
    }
    share[u] = all === 0 ? 0 : fresh / all
  }
  return share
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
      if (next[id] === u) continue
      all += weight[id]!
      if (next[id]! - u > reach) gone += weight[id]!
    }
    for (let k = start[u]!; k < start[u + 1]!; k++) next[ids[k]!] = u
    if (u + 1 < length) share[u + 1] = all === 0 ? 0 : gone / all
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
  // The running sums of the two windows; in an array, since numbers that a closure changes are made anew at every change.
  const sum = new Float64Array(7)
  const [massBefore, massAfter, freshMass, goneMass, dot, squareBefore, squareAfter] = [0, 1, 2, 3, 4, 5, 6] as const
  const change = (counts: Int32Array, other: Int32Array, u: number, by: 1 | -1, earlier: boolean): void => {
    const mass = earlier ? massBefore : massAfter
    const square = earlier ? squareBefore : squareAfter
    const alone = earlier ? goneMass : freshMass
    const met = earlier ? freshMass : goneMass
    for (let k = start[u]!; k < start[u + 1]!; k++) {
      const id = ids[k]!
      const w = weight[id]!
      const a = counts[id]!
      const b = other[id]!
      counts[id] = a + by
      sum[dot]! += w * w * by * b
      sum[mass]! += w * by
      sum[square]! += w * w * (2 * a * by + 1)
      if (b === 0) sum[alone]! += w * by
      else if (by === 1 && a === 0) sum[met]! -= w * b
      else if (by === -1 && a === 1) sum[met]! += w * b
    }
  }
  for (let u = 0; u < Math.min(reach, length); u++) change(after, before, u, 1, false)
  for (let u = 0; u < length; u++) {
    if (sum[massAfter]! > 0.001) fresh[u] = sum[freshMass]! / sum[massAfter]!
    if (sum[massBefore]! > 0.001) gone[u] = sum[goneMass]! / sum[massBefore]!
    const squares = sum[squareBefore]! > 0.001 && sum[squareAfter]! > 0.001 ? sum[squareBefore]! * sum[squareAfter]! : 0
    if (squares > 0) cosine[u] = sum[dot]! / Math.sqrt(squares)
    change(after, before, u, -1, false)
    change(before, after, u, 1, true)
    if (u + reach < length) change(after, before, u + reach, 1, false)
    if (u - reach + 1 >= 0) change(before, after, u - reach + 1, -1, true)
  }
  return { fresh, gone, cosine }
}
