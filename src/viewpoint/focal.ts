/** Through whom third-person narration is perceived. */
import type { CoreferenceLayer, MentionSpan, QuotationLayer, SpeakerLayer, TextLayer } from '../layers.js'
import { bareNamesAreTheRule } from './bare.js'
import { readCasts } from './cast.js'
import { findHops } from './hop.js'
import type { Embedded } from './line.js'
import { linkByCast } from './link.js'
import type { NameIndex } from './naming.js'
import { admitStates } from './path.js'
import { type Perception, readPerception } from './perception.js'
import { Person } from './person.js'
import type { Mark } from './section.js'
import { isTold, type Unit } from './unit.js'

/** A unit speaks with full weight from this much evidence on. */
const fullEvidence = 5
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
  break: 0.07,
  entry: 1,
  apart: 2,
  aloud: 2,
  person: 1,
}
const headedPrice = 0
/** A story of fewer words of third-person narration than this pays less in proportion: short ones change with the chapter, novels seldom. */
const fullPrice = 30_000
/** What a new focal character must bring to the story. */
const priceOfFocal = 0.4

/** How far a section of one of two circles that take turns is judged by all sections of its circle; the rest is its own. */
const ofCircle = 0.8

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

interface FocalInput {
  readonly text: TextLayer
  readonly quotations: QuotationLayer
  readonly mentions: readonly MentionSpan[]
  readonly coreference: CoreferenceLayer
  readonly speakers: SpeakerLayer
  readonly units: readonly Unit[]
  readonly unitOf: Int32Array
  readonly embedded: Embedded
  readonly names: NameIndex
}

/** Who sees in each unit, as one run or, where the story hops from head to head, as several; none where someone tells as "I". */
export function findFocals(input: FocalInput): Focalization[][] {
  const { text, units, unitOf, embedded } = input
  const told = units.flatMap((unit, u) => (isTold(unit) && unit.person !== Person.first ? [u] : []))
  if (told.length === 0) return units.map(() => [])
  const rowOf = new Int32Array(units.length).fill(-1)
  told.forEach((u, row) => {
    rowOf[u] = row
  })
  const perception = readPerception(input)
  const rowOfParagraph = (p: number): number => (embedded[p] === 1 ? -1 : rowOf[unitOf[p]!]!)
  const { shares, totals } = sharesOf(perception, rowOfParagraph, told.length)
  const { states, stateOf, headers } = readStates(input, told, shares)
  const width = states.length + 1
  const gain = new Float64Array(told.length * width)
  shares.forEach((share, row) => {
    const weight = Math.min(1, totals[row]! / fullEvidence) / Math.max(...share.values())
    for (const [cluster, amount] of share) {
      const state = stateOf.get(cluster)
      if (state !== undefined) gain[row * width + state] = amount * weight
    }
  })
  const circles = linkByCast(readCasts(text, input.mentions, input.names, (p) => rowOf[unitOf[p]!]!, told.length))
  if (circles !== null) mixWithin(circles, width, gain)
  headers.forEach((header, row) => {
    if (header !== null) gain[row * width + header.state]! += header.worth
  })
  const words = told.reduce((sum, u) => sum + units[u]!.words, 0)
  const length = Math.min(1, words / fullPrice)
  const prices = Float64Array.from(
    told,
    (u, row) => length * priceBefore(units, u, row === 0 ? u - 1 : told[row - 1]!, headers[row] != null),
  )
  const candidates = states.map((_, s) => s + 1)
  const { path } = admitStates({ units: told.length, states: width, gain, price: prices }, [0], candidates, () => priceOfFocal)

  const focals = units.map(({ first, last }, u): Focalization[] => {
    const row = rowOf[u]!
    if (row < 0) return []
    const state = path[row]!
    if (state === 0) return [{ first, last, cluster: -1, name: null, cue: null, confidence: 0.5 }]
    const cue = headers[row]?.state === state ? 'header' : 'perception'
    return [
      { first, last, ...states[state - 1]!, cue, confidence: confidenceOf(gain.subarray(row * width, (row + 1) * width), state) },
    ]
  })
  const open = told.filter((_, row) => headers[row] == null)
  const stretches = open.map((u) => ({ ...units[u]!, expected: focals[u]![0]!.cluster }))
  const hops = findHops(stretches, perception, (p) => embedded[p] === 1, text.firstToken)
  hops?.forEach((runs, i) => {
    if (runs.length > 1) focals[open[i]!] = runs.map((run) => ({ ...run, name: null, cue: 'perception' as const }))
  })
  return focals
}

/** From how much a state gains more than any other. */
function confidenceOf(gains: Float64Array, state: number): number {
  let second = 0
  for (let other = 1; other < gains.length; other++) if (other !== state) second = Math.max(second, gains[other]!)
  return 1 / (1 + Math.exp(-4 * (gains[state]! - second) - 0.5))
}

function priceBefore(units: readonly Unit[], u: number, before: number, isHeaded: boolean): number {
  if (isHeaded) return headedPrice
  // Someone told in between: the seeing starts anew.
  return before < u - 1 ? Math.min(1, price[units[u]!.mark]) : price[units[u]!.mark]
}

/** Where two circles take turns, what speaks for a character in one section of a circle speaks for it in all of them. */
function mixWithin(circles: Uint8Array, width: number, gain: Float64Array): void {
  for (let state = 1; state < width; state++) {
    const sums = [0, 0]
    const counts = [0, 0]
    circles.forEach((circle, row) => {
      sums[circle]! += gain[row * width + state]!
      counts[circle]!++
    })
    circles.forEach((circle, row) => {
      gain[row * width + state] = gain[row * width + state]! * (1 - ofCircle) + (sums[circle]! / counts[circle]!) * ofCircle
    })
  }
}

/** Who may see: the foremost perceivers, and whom headers name. States count from 1; 0 is nobody. */
function readStates(
  { units, names }: FocalInput,
  told: readonly number[],
  shares: readonly ReadonlyMap<number, number>[],
): {
  states: { readonly cluster: number; readonly name: string | null }[]
  stateOf: Map<number, number>
  headers: ({ readonly state: number; readonly worth: number } | null)[]
} {
  const sums = new Map<number, number>()
  for (const share of shares) for (const [cluster, amount] of share) sums.set(cluster, (sums.get(cluster) ?? 0) + amount)
  const foremost = [...sums].sort((a, b) => b[1] - a[1]).slice(0, mostFocals)
  const states: { cluster: number; name: string | null }[] = foremost.map(([cluster]) => ({ cluster, name: null }))
  const stateOf = new Map(states.map(({ cluster }, s) => [cluster, s + 1]))
  const ofName = new Map<string, number>()
  const isRule = bareNamesAreTheRule(units, names)
  const headers = told.map((u) => {
    const { headers, voice } = units[u]!
    // Among lone names "Charade" is a title, if it comes once and is nobody's.
    const header = headers.find(
      ({ kind, name }) =>
        name !== null && (kind === 'pov' || (kind === 'bare' && isRule && (name === voice || names.find(name) >= 0))),
    )
    if (header === undefined) return null
    const name = header.name!
    const cluster = names.find(name)
    let state = cluster >= 0 ? stateOf.get(cluster) : ofName.get(name.toLowerCase())
    if (state === undefined) {
      state = states.push({ cluster, name: cluster >= 0 ? null : name })
      if (cluster >= 0) stateOf.set(cluster, state)
      else ofName.set(name.toLowerCase(), state)
    }
    return { state, worth: header.kind === 'pov' ? headerWorth : bareWorth }
  })
  return { states, stateOf, headers }
}

/** Of all characters so many are tried as focal characters. */
const mostFocals = 12

/** What talk counts for, of what it was found to be worth in stretches of 150 words: in a long unit it repeats itself. */
const talkShare = 0.5

/** Signs by name from which on those by pronoun count for less in a unit: then a wrong antecedent only misleads. */
const enoughNames = 6

/** Each cluster's share of the signs of perception in each row, and how many signs there are. */
function sharesOf(
  { first, cluster, amount, named, talk }: Perception,
  rowOfParagraph: (paragraph: number) => number,
  rows: number,
): { shares: Map<number, number>[]; totals: Float64Array } {
  const shares = Array.from({ length: rows }, () => new Map<number, number>())
  const totals = new Float64Array(rows)
  const names = new Float64Array(rows)
  const rowOf = Int32Array.from({ length: first.length - 1 }, (_, p) => rowOfParagraph(p))
  for (let p = 0; p < rowOf.length; p++)
    if (rowOf[p]! >= 0) for (let i = first[p]!; i < first[p + 1]!; i++) names[rowOf[p]!]! += named[i]!
  for (let p = 0; p < rowOf.length; p++) {
    const row = rowOf[p]!
    if (row < 0) continue
    const share = shares[row]!
    const ofPronouns = Math.min(1, enoughNames / names[row]!)
    for (let i = first[p]!; i < first[p + 1]!; i++) {
      const signs = named[i]! + (amount[i]! - named[i]!) * ofPronouns + talk[i]! * talkShare
      share.set(cluster[i]!, (share.get(cluster[i]!) ?? 0) + signs)
      totals[row]! += signs
    }
  }
  shares.forEach((share, row) => {
    for (const [c, sum] of share) share.set(c, sum / totals[row]!)
  })
  return { shares, totals }
}
