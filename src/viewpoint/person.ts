/** Who the narration speaks of as "I", "you" or "he": the grammatical person of every paragraph. */
import type { PersonLayer, QuotationLayer, TextLayer } from '../layers.js'
import type { Header } from './header.js'
import { countNarration, type NarrationCounts } from './narration.js'
import type { Mark } from './section.js'

/** Codes of `PersonLayer.personOf`. */
export const Person = { unknown: 0, first: 1, second: 2, third: 3 } as const

/**
 * Expected share of first- and of second-person pronouns in the words of narration, per state. The first-person share is set
 * low (its median in novels is 5 %): an "I" is strong evidence, its absence is weak. A letter, or an "I" who talks to the
 * reader, says "you" as often as "I". Set on the 58 novels of gold/pov.
 */
const rates = [
  { person: Person.first, first: 0.02, second: 0.005 },
  { person: Person.first, first: 0.03, second: 0.03 },
  { person: Person.second, first: 0.0012, second: 0.04 },
  { person: Person.third, first: 0.0012, second: 0.002 },
] as const
const addressed = 1
/** A narrator who says "I" in every fifth word is expected to go on with it: with this share of it, up to the second figure. */
const expectedShare = 0.3
const mostExpected = 0.04
const secondPerson = 2

/** Price of a change of person, in nats: anywhere, at a typed break, at a heading. Set on gold/pov, alternating texts beside it. */
const prices = { anywhere: 25, break: 3, heading: 6 } as const
/** Under a line that says who sees. */
const announcedPrice = 1
/** A section under a name that says otherwise than the other sections under it does so by this many nats. */
const surelyOther = 20
/** A story told as "you" is rare, a paragraph that says "you" for "one" is not: this much dearer to enter, in nats. */
const secondPersonPrice = 20
/** From "I" to "I and you" and back, in nats. */
const addressPrice = 4

/**
 * A person in which little of a long story is told is an oration, a letter, a chapter about somebody else: told so in earnest, the story
 * must cost so many nats more without that person, per thousand words beyond the first ones, up to the most. Under a name that says
 * who tells none are needed. Set on gold/pov, where strays bring less than 1.5 for every thousand
 * words of the story and all others more than that.
 */
const strayPrice = { from: 20_000, perThousand: 2, most: 200 } as const

/**
 * In a story told in the past an "I am" or "I'll" is an oration, an advertisement, a letter or a thought, and says little about
 * who tells. Told in the past: more than this share of the finite verbs of narration.
 */
const pastStory = 0.6
/** A story with less than this share of its words in quotations sets its speech without marks (or has none). */
const leastQuoted = 0.05
/** There only an "I" before a past form counts, since speech says "I am" and "I'll"; so many of all it is in narration. */
const unmarkedShare = 0.9
/** Where speech is mixed in every change is so much dearer. */
const unmarkedPrice = 2
/** And speech in it says "you" to someone: at least this share is expected whoever tells. */
const unmarkedSecond = 0.01

/**
 * Grammatical person of the narration per paragraph, by the cheapest path over all paragraphs. Paragraphs without
 * narration take the person of those around them. Linear.
 */
export function findPersons({ text, quotations }: { text: TextLayer; quotations: QuotationLayer }): PersonLayer {
  return { personOf: personPath(text, countNarration(text, quotations)) }
}

/** A stretch of paragraphs and the name over it that says who tells or sees there, if any. */
interface Voiced {
  readonly body: number
  readonly last: number
  readonly mark: Mark
  readonly voice: string | null
  readonly headers: readonly Header[]
}

/**
 * The path itself, from counts already made: a first one, then one that knows how often this narrator says "I". Sections under one
 * name are told in one person.
 */
export function personPath(text: TextLayer, counts: NarrationCounts, sections: readonly Voiced[] = []): Uint8Array {
  const price = switchPrices(text)
  const unmarked = isUnmarked(counts)
  if (unmarked) for (let p = 0; p < price.length; p++) price[p]! *= unmarkedPrice
  for (const { body, headers } of sections) if (headers.some(isOfView)) price[body] = announcedPrice
  let costs = costsOf(counts, rates[0].first, unmarked)
  let { path } = cheapestPath(costs, price)
  let said = 0
  let words = 0
  for (let p = 0; p < path.length; p++) {
    if (rates[path[p]!]!.person !== Person.first) continue
    said += counts.first[p]!
    words += counts.words[p]!
  }
  const own = Math.min(mostExpected, (said / words) * expectedShare)
  if (own > rates[0].first) {
    costs = costsOf(counts, own, unmarked)
    ;({ path } = cheapestPath(costs, price))
  }
  path = withoutStrays(path, costs, price, counts, sections)
  agreeByVoice(path, costs, sections)
  return path.map((state) => rates[state]!.person)
}

/** What each paragraph costs in each state, row by row. */
function costsOf(counts: NarrationCounts, firstShare: number, unmarked: boolean): Float64Array {
  const states = rates.length
  const past = isToldInPast(counts)
  const share = unmarked ? unmarkedShare : 1
  const costs = new Float64Array(counts.words.length * states)
  for (let p = 0; p < counts.words.length; p++) {
    const saidFirst = unmarked ? counts.firstPast[p]! : counts.first[p]! - (past ? counts.firstPresent[p]! : 0)
    const saidSecond = unmarked && past ? counts.secondPast[p]! : counts.second[p]!
    for (let s = 0; s < states; s++) {
      const first = s === 0 ? firstShare : rates[s]!.first
      const second = unmarked ? Math.max(unmarkedSecond, rates[s]!.second) : rates[s]!.second
      costs[p * states + s] =
        counts.words[p]! * share * (first + second) - saidFirst * Math.log(first) - saidSecond * Math.log(second)
    }
  }
  return costs
}

/** The path without the persons that the story is hardly told in. */
function withoutStrays(
  path: Uint8Array,
  costs: Float64Array,
  price: Float64Array,
  { words }: NarrationCounts,
  sections: readonly Voiced[],
): Uint8Array {
  const told = [0, 0, 0, 0]
  for (let p = 0; p < path.length; p++) told[rates[path[p]!]!.person]! += words[p]!
  const total = told.reduce((sum, own) => sum + own, 0)
  const most = told.indexOf(Math.max(...told))
  const strays = told.flatMap((own, person) => (own > 0 && person !== most ? [person] : []))
  if (strays.length === 0) return path
  const isVoiced = new Uint8Array(path.length)
  for (const { body, last, voice } of sections) if (voice !== null) isVoiced.fill(1, body, last + 1)
  const least = Math.min(strayPrice.most, ((total - strayPrice.from) / 1000) * strayPrice.perThousand)
  let current = { path, total: cheapestPath(costs, price).total }
  for (const stray of strays.sort((a, b) => told[a]! - told[b]!)) {
    const without = costs.slice()
    for (let p = 0; p < path.length; p++)
      if (isVoiced[p] === 0)
        for (let s = 0; s < rates.length; s++)
          if (rates[s]!.person === stray) without[p * rates.length + s] = Number.POSITIVE_INFINITY
    const other = cheapestPath(without, price)
    if (other.total - current.total >= least) continue
    costs = without
    current = other
  }
  return current.path
}

function cheapestPath(costs: Float64Array, price: Float64Array): { path: Uint8Array; total: number } {
  const count = price.length
  const states = rates.length
  const from = new Uint8Array(count * states)
  let cost = new Float64Array(states)
  let next = new Float64Array(states)
  for (let p = 0; p < count; p++) {
    for (let s = 0; s < states; s++) {
      let best = s
      let bestCost = cost[s]!
      for (let t = 0; t < states; t++) {
        if (t === s) continue
        const change = cost[t]! + changePrice(t, s, price[p]!)
        if (change < bestCost) {
          best = t
          bestCost = change
        }
      }
      from[p * states + s] = best
      next[s] = bestCost + costs[p * states + s]!
    }
    ;[cost, next] = [next, cost]
  }
  const path = new Uint8Array(count)
  let state = 0
  for (let s = 1; s < states; s++) if (cost[s]! < cost[state]!) state = s
  const total = cost[state]!
  for (let p = count - 1; p >= 0; p--) {
    path[p] = state
    state = from[p * states + state]!
  }
  return { path, total }
}

const isOfView = ({ kind }: Header): boolean => kind === 'pov' || kind === 'end'

/** Gives all sections under one name the person that costs least over all of them, unless one of them is surely in another. */
function agreeByVoice(path: Uint8Array, costs: Float64Array, sections: readonly Voiced[]): void {
  const states = rates.length
  const sums = new Map<string, Float64Array>()
  let voice: string | null = null
  const voiced = sections.flatMap(({ body, last, mark, headers, ...section }) => {
    // The name holds until the next one or "Normal POV", across breaks and headings, but not chapters.
    const holds = (mark === 'break' || mark === 'heading') && !headers.some(isOfView)
    voice = section.voice ?? (holds ? voice : null)
    if (voice === null) return []
    const own = new Float64Array(states)
    for (let p = body; p <= last; p++) for (let s = 0; s < states; s++) own[s]! += costs[p * states + s]!
    sums.set(voice, sums.get(voice)?.map((sum, s) => sum + own[s]!) ?? own)
    return [{ body, last, voice, own }]
  })
  for (const { body, last, voice, own } of voiced) {
    const state = path[body]!
    const all = sums.get(voice)!
    const best = all.indexOf(Math.min(...all))
    const isOne = path.subarray(body, last + 1).every((other) => other === state)
    if (isOne && own[best]! - own[state]! < surelyOther) path.fill(best, body, last + 1)
  }
}

function changePrice(from: number, to: number, price: number): number {
  if (from + to === addressed && from !== to) return Math.min(addressPrice, price)
  return from === secondPerson || to === secondPerson ? price + secondPersonPrice : price
}

/** What a change of person costs at each paragraph. */
export function switchPrices({ paragraphs, chapters, breaks }: TextLayer): Float64Array {
  const price = new Float64Array(paragraphs.length).fill(prices.anywhere)
  for (const { paragraph } of breaks) price[paragraph] = prices.break
  let chapter = 0
  for (let p = 0; p < paragraphs.length; p++) {
    if (paragraphs[p]!.kind === 'heading') price[p] = prices.heading
    while (chapter < chapters.length && chapters[chapter]!.start <= paragraphs[p]!.start) {
      price[p] = prices.heading
      chapter++
    }
  }
  return price
}

function isUnmarked({ words, quoted }: NarrationCounts): boolean {
  let narrated = 0
  let spoken = 0
  for (let p = 0; p < words.length; p++) {
    narrated += words[p]!
    spoken += quoted[p]!
  }
  return spoken < (narrated + spoken) * leastQuoted
}

function isToldInPast({ past, present }: NarrationCounts): boolean {
  const sum = (column: Int32Array) => column.reduce((total, count) => total + count, 0)
  const told = sum(past)
  return told > (told + sum(present)) * pastStory
}
