/** From scores to a choice: a mention's candidates, and last of all a new entity. */
import { Group } from './template.js'

/**
 * What a new entity must lead by. A wrong piece costs its person's whole cluster, a wrong link one mention: the likeliest is not the
 * best. Set on LitBank dev and corpus/, held out.
 */
const costOfNew: Readonly<Record<number, number>> = {
  [Group.they]: 0.9,
  [Group.we]: 0.8,
  [Group.nominal]: 0.65,
  [Group.nominals]: 0.3,
}

/**
 * Turns scores as learned into what the choice is made by, in place. "The brothers" in several pieces are the same brothers: what speaks
 * for any of them speaks for the likeliest.
 *
 * @param scores of `count` candidates and, after them, of a new entity.
 * @param sameWords 1 for a candidate that was called by the very words of the mention.
 */
export function weigh(scores: Float64Array, sameWords: Uint8Array, count: number, group: number): void {
  scores[count]! -= costOfNew[group] ?? 0
  let best = -1
  let same = 0
  for (let c = 0; c < count; c++) {
    if (sameWords[c] === 0) continue
    same++
    if (best < 0 || scores[c]! > scores[best]!) best = c
  }
  if (same < 2) return
  let sum = 0
  for (let c = 0; c < count; c++) if (sameWords[c] === 1) sum += Math.exp(scores[c]! - scores[best]!)
  scores[best]! += Math.log(sum)
}

/** Index of the best of the candidates and the new entity. */
export function bestOf(scores: Float64Array, count: number): number {
  let best = 0
  for (let c = 1; c <= count; c++) if (scores[c]! > scores[best]!) best = c
  return best
}

/** Probability of the best among them. */
export function certaintyOf(scores: Float64Array, count: number, best: number): number {
  let sum = 0
  for (let c = 0; c <= count; c++) sum += Math.exp(scores[c]! - scores[best]!)
  return 1 / sum
}
