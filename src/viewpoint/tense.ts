/** The tense in which each paragraph of narration is told. */
import type { TextLayer } from '../layers.js'
import type { NarrationCounts } from './narration.js'
import { switchPrices } from './person.js'

/** Codes: 0 unknown, 1 past, 2 present. */
export const Tense = { unknown: 0, past: 1, present: 2 } as const

/**
 * Share of past forms among the finite verbs of narration told in the past: general truths, descriptions and asides stand in
 * the present. And of narration told in the present, which looks back. Set on gold/pov.
 */
const pastShare = { past: 0.85, present: 0.3 } as const
/** What a change of tense costs, as a multiple of a change of person. */
const priceOfTense = 1

/** Past or present per paragraph, by the cheapest path; `unknown` throughout when the story has too few finite verbs. Linear. */
export function tensePath(text: TextLayer, { past, present }: NarrationCounts): Uint8Array {
  const count = past.length
  const price = switchPrices(text)
  const from = new Uint8Array(count * 2)
  const share = [pastShare.past, pastShare.present]
  let cost = [0, 0]
  let verbs = 0
  for (let p = 0; p < count; p++) {
    verbs += past[p]! + present[p]!
    const change = price[p]! * priceOfTense
    const next = [0, 0]
    for (let s = 0; s < 2; s++) {
      const stay = cost[s]! <= cost[1 - s]! + change
      from[p * 2 + s] = stay ? s : 1 - s
      next[s] = (stay ? cost[s]! : cost[1 - s]! + change) - past[p]! * Math.log(share[s]!) - present[p]! * Math.log(1 - share[s]!)
    }
    cost = next
  }
  const tenseOf = new Uint8Array(count)
  if (verbs < fewestVerbs) return tenseOf
  let state = cost[1]! < cost[0]! ? 1 : 0
  for (let p = count - 1; p >= 0; p--) {
    tenseOf[p] = state === 0 ? Tense.past : Tense.present
    state = from[p * 2 + state]!
  }
  return tenseOf
}

/** Finite verbs of narration, at least, for the story's tense to be told. */
const fewestVerbs = 3
