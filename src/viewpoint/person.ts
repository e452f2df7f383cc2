/** Who the narration speaks of as "I", "you" or "he": the grammatical person of every paragraph. */
import type { PersonLayer, QuotationLayer, TextLayer } from '../layers.js'
import { countNarration, type NarrationCounts } from './narration.js'

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
/** A story told as "you" is rare, a paragraph that says "you" for "one" is not: this much dearer to enter, in nats. */
const secondPersonPrice = 20
/** From "I" to "I and you" and back, in nats. */
const addressPrice = 4

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

/** The path itself, from counts already made: a first one, then one that knows how often this narrator says "I". */
export function personPath(text: TextLayer, counts: NarrationCounts): Uint8Array {
  const draft = cheapestPath(text, counts, rates[0].first)
  let said = 0
  let words = 0
  for (let p = 0; p < draft.length; p++) {
    if (draft[p] !== Person.first) continue
    said += counts.first[p]!
    words += counts.words[p]!
  }
  const own = Math.min(mostExpected, (said / words) * expectedShare)
  return own > rates[0].first ? cheapestPath(text, counts, own) : draft
}

function cheapestPath(text: TextLayer, counts: NarrationCounts, firstShare: number): Uint8Array {
  const { paragraphs } = text
  const count = paragraphs.length
  const states = rates.length
  const unmarked = isUnmarked(counts)
  const price = switchPrices(text)
  if (unmarked) for (let p = 0; p < count; p++) price[p]! *= unmarkedPrice
  const past = isToldInPast(counts)
  const from = new Uint8Array(count * states)
  let cost = new Float64Array(states)
  let next = new Float64Array(states)
  for (let p = 0; p < count; p++) {
    const saidFirst = unmarked ? counts.firstPast[p]! : counts.first[p]! - (past ? counts.firstPresent[p]! : 0)
    const saidSecond = unmarked && past ? counts.secondPast[p]! : counts.second[p]!
    const share = unmarked ? unmarkedShare : 1
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
      const first = s === 0 ? firstShare : rates[s]!.first
      const second = unmarked ? Math.max(unmarkedSecond, rates[s]!.second) : rates[s]!.second
      from[p * states + s] = best
      next[s] =
        bestCost + counts.words[p]! * share * (first + second) - saidFirst * Math.log(first) - saidSecond * Math.log(second)
    }
    ;[cost, next] = [next, cost]
  }
  const personOf = new Uint8Array(count)
  let state = 0
  for (let s = 1; s < states; s++) if (cost[s]! < cost[state]!) state = s
  for (let p = count - 1; p >= 0; p--) {
    personOf[p] = rates[state]!.person
    state = from[p * states + state]!
  }
  return personOf
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
