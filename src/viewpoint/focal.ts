/** Through whom third-person narration is perceived. */
import { type CoreferenceLayer, type MentionSpan, posTags, type QuotationLayer, type TextLayer } from '../layers.js'
import { innerNouns, mindVerbs } from '../lexicon/mind.js'
import { flagWords } from '../text/token.js'
import type { NameIndex } from './naming.js'
import { bareNamesAreTheRule } from './narrator.js'
import { admitStates } from './path.js'
import { Person } from './person.js'
import type { Embedded, Mark, Unit } from './unit.js'

/** What a mention counts as a sign that its character perceives. Set on the third-person novels of gold/pov. */
const worth = { subject: 1, mind: 4, experiencer: 3, inner: 2, other: 0.1 } as const
/** A unit speaks with full weight from this much evidence on. */
const fullEvidence = 12
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
  break: 0.15,
  entry: 1,
  person: 1,
}
const headedPrice = 0
/** What a new focal character must bring to the story. */
const priceOfFocal = 0.5

export interface Focalization {
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
  units: readonly Unit[]
  unitOf: Int32Array
  embedded: Embedded
  names: NameIndex
}): (Focalization | null)[] {
  const { units, names } = input
  const told = units.flatMap((unit, u) => (unit.person === Person.first ? [] : [u]))
  if (told.length === 0) return units.map(() => null)
  const rowOf = new Int32Array(units.length).fill(-1)
  told.forEach((u, row) => {
    rowOf[u] = row
  })
  const { shares, totals } = readPerception(input, rowOf, told.length)
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
  return units.map((_, u) => {
    const row = rowOf[u]!
    if (row < 0) return null
    const k = path[row]!
    if (k === 0) return { cluster: -1, name: null, cue: null, confidence: 0.5 }
    const { cluster, name } = states[kept[k - 1]!]!
    let second = 0
    for (let j = 1; j < width; j++) if (j !== k) second = Math.max(second, gain[row * width + j]!)
    const margin = gain[row * width + k]! - second
    return {
      cluster,
      name: cluster >= 0 ? null : name,
      cue: headed.get(row) === kept[k - 1] ? 'header' : 'perception',
      confidence: 1 / (1 + Math.exp(-4 * margin - 0.5)),
    }
  })
}

/** Of all characters so many are tried as focal characters. */
const mostFocals = 12

const posOf = (tag: (typeof posTags)[number]): number => posTags.indexOf(tag)
const verb = posOf('VERB')
const aux = posOf('AUX')
const adv = posOf('ADV')
const part = posOf('PART')

/** Each cluster's share of the signs of perception in each unit, and how many signs there are. */
function readPerception(
  {
    text: { tokens },
    quotations: { quotationOf },
    mentions,
    coreference: { clusterOf, clusters },
    unitOf,
    embedded,
  }: Parameters<typeof findFocals>[0],
  rowOf: Int32Array,
  rows: number,
): { shares: Map<number, number>[]; totals: Float64Array } {
  const mind = flagWords(tokens, mindVerbs())
  const inner = flagWords(tokens, innerNouns())
  const experiencer = flagWords(tokens, experiencerVerbs)
  const shares = Array.from({ length: rows }, () => new Map<number, number>())
  const totals = new Float64Array(rows)
  const { pos, word, paragraph, length } = tokens
  const to = tokens.wordId('to')
  for (let m = 0; m < mentions.length; m++) {
    const { head, first, last, plural } = mentions[m]!
    if (plural || quotationOf[head]! >= 0) continue
    const p = paragraph[head]!
    const row = rowOf[unitOf[p]!]!
    if (row < 0 || embedded[p] === 1) continue
    const cluster = clusterOf[m]!
    if (clusters[cluster]!.kind === 'group') continue
    let amount: number = worth.other
    let next = last + 1
    let steps = 0
    // The first verb after the subject, auxiliaries and adverbs apart: "she had never really known".
    let subject = false
    while (
      next < length &&
      steps < 5 &&
      paragraph[next] === p &&
      (pos[next] === aux || pos[next] === adv || pos[next] === part)
    ) {
      if (pos[next] === aux) subject = true
      next++
      steps++
    }
    if (next < length && paragraph[next] === p && pos[next] === verb) {
      subject = true
      if (mind[word[next]!] === 1) amount = worth.mind
    }
    if (subject) amount = Math.max(amount, worth.subject)
    else if (next === last + 1 && inner[word[next]!] === 1 && next < length) amount = worth.inner
    else if (first > 1 && word[first - 1] === to && experiencer[word[first - 2]!] === 1) amount = worth.experiencer
    shares[row]!.set(cluster, (shares[row]!.get(cluster) ?? 0) + amount)
    totals[row]! += amount
  }
  shares.forEach((row, r) => {
    for (const [cluster, amount] of row) row.set(cluster, amount / totals[r]!)
  })
  return { shares, totals }
}

/** "It seemed to him", "it occurred to her". */
const experiencerVerbs = new Set('seemed seems seem occurred occurs appeared came happened'.split(' '))
