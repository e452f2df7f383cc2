/** Through whom third-person narration is perceived. */
import type { CoreferenceLayer, MentionSpan, QuotationLayer, SpeakerLayer, TextLayer } from '../layers.js'
import { readCasts } from './cast.js'
import { findHops } from './hop.js'
import type { Embedded } from './line.js'
import { linkByCast } from './link.js'
import type { NameIndex } from './naming.js'
import { bareNamesAreTheRule } from './narrator.js'
import { admitStates } from './path.js'
import { type Perception, readPerception } from './perception.js'
import { Person } from './person.js'
import type { Mark } from './section.js'
import { isTold, type Unit } from './unit.js'

/** A unit speaks with full weight from this much evidence on. */
const fullEvidence = Number(process.env.FE ?? 5)
/** A header that names the one who sees outweighs what the prose says. */
const headerWorth = 4
const bareWorth = 3
/** A change of focal character, where 1 is the gain of a unit whose foremost perceiver is right. Cheap at a typed break: novels seldom
 *  change there, fan-fiction does all the time, and it costs the novels nothing. */
const price: Readonly<Record<Mark, number>> = {
  start: 0,
  chapter: 2,
  restart: 1,
  heading: 2,
  break: Number(process.env.PB ?? 0.07),
  entry: 1,
  apart: 2,
  person: 1,
}
const headedPrice = 0
/** What a new focal character must bring to the story. */
const priceOfFocal = Number(process.env.PF ?? 0.4)

/** Who sees in a run of paragraphs. */
export interface Focalization {
  readonly first: number
  readonly last: number
  /** Cluster, -1 for nobody or for someone without one. */
  readonly cluster: number
  readonly name: string | null
  readonly cue: 'header' | 'perception' | null
  readonly confidence: number
}

export function findFocals(input: {
  text: TextLayer
  quotations: QuotationLayer
  mentions: readonly MentionSpan[]
  coreference: CoreferenceLayer
  speakers: SpeakerLayer
  units: readonly Unit[]
  unitOf: Int32Array
  embedded: Embedded
  names: NameIndex
}): Focalization[][] {
  const { units, unitOf, embedded, names } = input
  const told = units.flatMap((unit, u) => (isTold(unit) && unit.person !== Person.first ? [u] : []))
  if (told.length === 0) return units.map(() => [])
  const rowOf = new Int32Array(units.length).fill(-1)
  told.forEach((u, row) => {
    rowOf[u] = row
  })
  const perception = readPerception(input)
  const { shares, totals } = sharesOf(perception, (p) => (embedded[p] === 1 ? -1 : rowOf[unitOf[p]!]!), told.length)
  // States: every cluster with a share somewhere, and every name of a header that no cluster bears.
  const stateOf = new Map<number, number>()
  const states: { cluster: number; name: string | null; sum: number }[] = []
  for (const row of shares)
    for (const [cluster, share] of row) {
      let state = stateOf.get(cluster)
      if (state === undefined) {
        state = states.push({ cluster, name: null, sum: 0 }) - 1
        stateOf.set(cluster, state)
      }
      states[state]!.sum += share
    }
  const isRule = bareNamesAreTheRule(units, names)
  const headed = new Map<number, number>()
  const ofName = new Map<string, number>()
  const headerGain: [row: number, state: number, gain: number][] = []
  told.forEach((u, row) => {
    for (const { kind, name } of units[u]!.headers) {
      if (name === null || (kind !== 'pov' && !(kind === 'bare' && isRule))) continue
      const cluster = names.find(name)
      let state = cluster >= 0 ? stateOf.get(cluster) : ofName.get(name.toLowerCase())
      if (state === undefined) {
        state = states.push({ cluster, name, sum: 0 }) - 1
        if (cluster >= 0) stateOf.set(cluster, state)
        else ofName.set(name.toLowerCase(), state)
      }
      states[state]!.sum += headerWorth
      headed.set(row, state)
      headerGain.push([row, state, kind === 'pov' ? headerWorth : bareWorth])
    }
  })
  const order = states.map((_, s) => s).sort((a, b) => states[b]!.sum - states[a]!.sum || a - b)
  const kept = order.slice(0, mostFocals)
  const gain = new Float64Array(told.length * (kept.length + 1))
  const width = kept.length + 1
  const column = new Map(kept.map((s, k) => [s, k + 1]))
  shares.forEach((row, r) => {
    const weight = Math.min(1, totals[r]! / fullEvidence) / Math.max(...row.values())
    for (const [cluster, share] of row) {
      const k = column.get(stateOf.get(cluster)!)
      if (k !== undefined) gain[r * width + k] = share * weight
    }
  })
  const circles =
    process.env.CI === '0'
      ? null
      : linkByCast(readCasts(input.text, input.mentions, names, (p) => rowOf[unitOf[p]!]!, told.length))
  if (circles !== null) {
    const mix = Number(process.env.MIX ?? 0.8)
    for (let k = 1; k < width; k++) {
      const sums = [0, 0]
      const counts = [0, 0]
      for (let r = 0; r < told.length; r++) {
        sums[circles[r]!]! += gain[r * width + k]!
        counts[circles[r]!]!++
      }
      for (let r = 0; r < told.length; r++)
        gain[r * width + k] = gain[r * width + k]! * (1 - mix) + (sums[circles[r]!]! / counts[circles[r]!]!) * mix
    }
  }
  for (const [row, state, amount] of headerGain) {
    const k = column.get(state)
    if (k !== undefined) gain[row * width + k]! += amount
  }
  const prices = Float64Array.from(told, (u, row) =>
    headed.has(row)
      ? headedPrice
      : row > 0 && told[row - 1]! < u - 1
        ? Math.min(1, price[units[u]!.mark])
        : price[units[u]!.mark],
  )
  const problem = { units: told.length, states: width, gain, price: prices }
  const { path } = admitStates(
    problem,
    [0],
    kept.map((_, k) => k + 1),
    () => priceOfFocal,
  )
  const whole = units.map((unit, u): Focalization[] => {
    const row = rowOf[u]!
    if (row < 0) return []
    const { first, last } = unit
    const k = path[row]!
    if (k === 0) return [{ first, last, cluster: -1, name: null, cue: null, confidence: 0.5 }]
    const { cluster, name } = states[kept[k - 1]!]!
    let second = 0
    for (let j = 1; j < width; j++) if (j !== k) second = Math.max(second, gain[row * width + j]!)
    const margin = gain[row * width + k]! - second
    return [
      {
        first,
        last,
        cluster,
        name: cluster >= 0 ? null : name,
        cue: headed.get(row) === kept[k - 1] ? 'header' : 'perception',
        confidence: 1 / (1 + Math.exp(-4 * margin - 0.5)),
      },
    ]
  })
  const open = told.filter((_, row) => !headed.has(row))
  const hops = findHops(
    open.map((u) => ({ ...units[u]!, expected: whole[u]![0]!.cluster })),
    perception,
    (p) => embedded[p] === 1,
    input.text.firstToken,
  )
  hops?.forEach((runs, i) => {
    if (runs.length > 1)
      whole[open[i]!] = runs.map(({ first, last, cluster, margin }) => ({
        first,
        last,
        cluster,
        name: null,
        cue: 'perception',
        confidence: 1 / (1 + Math.exp(-margin / 4)),
      }))
  })
  return whole
}

/** Of all characters so many are tried as focal characters. */
const mostFocals = 12

/** Each cluster's share of the signs of perception in each row, and how many signs there are. */
function sharesOf(
  { first, cluster, amount }: Perception,
  rowOfParagraph: (paragraph: number) => number,
  rows: number,
): { shares: Map<number, number>[]; totals: Float64Array } {
  const shares = Array.from({ length: rows }, () => new Map<number, number>())
  const totals = new Float64Array(rows)
  for (let p = 0; p + 1 < first.length; p++) {
    const row = rowOfParagraph(p)
    if (row < 0) continue
    const share = shares[row]!
    for (let i = first[p]!; i < first[p + 1]!; i++) {
      share.set(cluster[i]!, (share.get(cluster[i]!) ?? 0) + amount[i]!)
      totals[row]! += amount[i]!
    }
  }
  shares.forEach((share, row) => {
    for (const [c, sum] of share) share.set(c, sum / totals[row]!)
  })
  return { shares, totals }
}
