/** Who says "I": the narrator of every first-person unit. */
import type { CoreferenceLayer, MentionSpan, QuotationLayer, SpeakerLayer, TextLayer } from '../layers.js'
import { admitNames, blocksOf, partsOf, unnamed } from './admit.js'
import { bareNamesAreTheRule } from './bare.js'
import { readCasts } from './cast.js'
import { Evidence, gainOf, type NameCue, readMentions, readNames } from './evidence.js'
import type { Embedded } from './line.js'
import { linkByCast, linkByForm } from './link.js'
import type { NameIndex } from './naming.js'
import { Person } from './person.js'
import type { Mark } from './section.js'
import { isTold, type Unit } from './unit.js'

const price: Readonly<Record<Mark, number>> = {
  start: 0,
  chapter: 6,
  restart: 2,
  heading: 6,
  break: 2,
  entry: 5,
  apart: 6,
  aloud: 6,
  person: 8,
}
/** Before a unit whose header names someone, and before an entry dated no later than the last one. */
const headedPrice = 0
const datedBackPrice = 1
/** Between a diary or letters and plain narration. */
const formPrice = 0.5
/** Between sections of two circles that take turns. */
const circlePrice = 0

/** A narrator’s own name comes once in so many words of narration, in what others wrote or called out. */
const wordsPerOwnName = 20_000

/** What `findNarrators` says of one unit. */
export interface Narration {
  /** Cluster, -1 for a narrator without one. */
  readonly cluster: number
  /** The name that gave the narrator away, `null` without one. */
  readonly name: string | null
  readonly cue: NameCue | null
  readonly confidence: number
}

/** Finds who tells each unit in the first person; `null` for all others. */
export function findNarrators({
  text,
  quotations,
  mentions,
  coreference,
  speakers,
  units,
  unitOf,
  embedded,
  names,
}: {
  text: TextLayer
  quotations: QuotationLayer
  mentions: readonly MentionSpan[]
  coreference: CoreferenceLayer
  speakers: SpeakerLayer
  units: readonly Unit[]
  unitOf: Int32Array
  embedded: Embedded
  names: NameIndex
}): (Narration | null)[] {
  const told = units.flatMap((unit, u) => (isTold(unit) && unit.person === Person.first ? [u] : []))
  const rowOf = new Int32Array(units.length).fill(-1)
  told.forEach((u, row) => {
    rowOf[u] = row
  })
  if (told.length === 0) return units.map(() => null)
  const evidence = new Evidence()
  readMentions(evidence, { text, quotations, mentions, coreference, speakers, unitOf, rowOf, embedded, names })
  readNames(evidence, { units, told, names })
  const words = told.reduce((sum, u) => sum + units[u]!.words, 0)
  evidence.forgive(words / wordsPerOwnName)
  const casts = readCasts(text, mentions, names, (paragraph) => rowOf[unitOf[paragraph]!]!, told.length)

  const states = evidence.states.length + 1
  const gain = new Float64Array(told.length * states)
  for (const [s, { rows }] of evidence.states.entries())
    for (const [row, signs] of rows) gain[row * states + s + 1] = gainOf(signs, signs.vocative)
  const bareRule = bareNamesAreTheRule(units, names)
  const switchPrice = Float64Array.from(told, (u, row) => priceBefore(units, u, row === 0 ? -1 : told[row - 1]!, bareRule))
  const circles = linkByForm(told.map((u) => units[u]!.form === 'narration')) ?? linkByCast(casts)
  if (circles !== null)
    for (let row = 1; row < told.length; row++)
      switchPrice[row] = circles[row] === circles[row - 1] ? switchPrice[row]! : circlePrice
  const problem = { units: told.length, states, gain, price: switchPrice }
  const path = admitNames(problem, evidence, words, casts, blocksOf(units, told), partsOf(units, told), circles)

  const totals = new Float64Array(states)
  for (let row = 0; row < told.length; row++) totals[path[row]!]! += gain[row * states + path[row]!]!
  return units.map((_, u) => {
    const row = rowOf[u]!
    if (row < 0) return null
    const state = path[row]!
    if (state === unnamed) return { cluster: -1, name: null, cue: null, confidence: 0.5 }
    const { cluster, name, rows, cue } = evidence.states[state - 1]!
    const signs = rows.get(row)
    const own = signs === undefined ? 0 : gain[row * states + state]!
    const strength = Math.max(own, Math.min(8, totals[state]! / 4))
    return {
      cluster,
      name,
      cue: signs !== undefined && signs.header > 2 ? 'header' : signs !== undefined && signs.signature > 0 ? 'signature' : cue(),
      confidence: 1 - 0.5 * Math.exp(-strength / 4),
    }
  })
}

function priceBefore(units: readonly Unit[], u: number, before: number, bareRule: boolean): number {
  if (before < 0) return 0
  const unit = units[u]!
  if (unit.headers.some(({ kind, name }) => (kind !== 'bare' || bareRule) && name !== null)) return headedPrice
  const last = units[before]!
  if (unit.mark === 'entry' && unit.opening?.day != null && last.opening?.day != null && unit.opening.day <= last.opening.day)
    return datedBackPrice
  if (unit.form === 'letter' && unit.mark === 'entry') return datedBackPrice
  if ((unit.form === 'narration') !== (last.form === 'narration')) return Math.min(price[unit.mark], formPrice)
  // Third-person narration in between: the telling starts anew.
  return before < u - 1 ? Math.min(price[unit.mark], price.heading) : price[unit.mark]
}
