/** Confidence: the probability that a turn's speaker is right, read off its lead over the others. */
import { places } from './feature.js'
import type { TurnEvidence } from './score.js'
import { TagStrength } from './tag.js'
import { changesOf, History } from './transition.js'

/** How a turn's speaker was come by: keys of `calibration`. */
export type Ground = 'script' | 'name' | 'narrator' | 'pronoun' | 'nominal' | 'beat' | 'turn'

/**
 * Share of right speakers by lead, per ground: `[least, most]` between which the softmax of the scores is stretched.
 * Set by hand on LitBank's and PDNC's development novels; a name in the tag is wrong only when its cluster is.
 */
const calibration: Readonly<Record<Ground, readonly [number, number]>> = {
  script: [0.9, 0.99],
  name: [0.5, 0.96],
  narrator: [0.6, 0.96],
  pronoun: [0.3, 0.88],
  nominal: [0.3, 0.85],
  beat: [0.3, 0.86],
  turn: [0.25, 0.84],
}

/**
 * The same for those who speak fewer than `turns` times in the whole story: often a name or an "I" read wrongly, of which nothing else
 * in the story shows it. Set on the same novels and the stories of corpus/, where it holds for chats too.
 */
const strangers: Readonly<Partial<Record<Ground, { readonly turns: number; readonly range: readonly [number, number] }>>> = {
  script: { turns: 6, range: [0.3, 0.6] },
  name: { turns: 3, range: [0.5, 0.89] },
  narrator: { turns: 6, range: [0.3, 0.6] },
}

/** Confidence of a name whose cluster nothing speaks against. */
const sureName = 0.9

/** Softness of the scores: log odds by hand claim too much. */
const temperature = 1.8

/**
 * Probability of each turn's speaker, its neighbours' speakers taken for granted.
 *
 * @param conditions of each turn, for the change from the one before.
 * @param speakers figure of each turn's speaker.
 */
export function confidences(
  evidence: readonly TurnEvidence[],
  scores: readonly Float64Array[],
  conditions: readonly (readonly number[])[],
  speakers: Int32Array,
  groundOf: (t: number) => Ground,
  /** Confidence of the mention in the turn's tag: that it belongs to its cluster. */
  confidenceOfTag: (t: number) => number,
): Float64Array {
  const out = new Float64Array(evidence.length)
  const turnsOf = new Map<number, number>()
  for (const speaker of speakers) turnsOf.set(speaker, (turnsOf.get(speaker) ?? 0) + 1)
  const totals: number[] = []
  const history = new History()
  const after = new History()
  let row = new Float64Array(places)
  let nextRow = new Float64Array(places)
  if (evidence.length > 0) changesOf(conditions[0]!, nextRow)
  for (let t = 0; t < evidence.length; t++) {
    const { figures } = evidence[t]!.candidates
    const before = row
    row = nextRow
    nextRow = before
    const next = evidence[t + 1]
    if (next !== undefined) changesOf(conditions[t + 1]!, nextRow)
    let sum = 0
    let own = 0
    let top = Number.NEGATIVE_INFINITY
    for (let k = 0; k < figures.length; k++) {
      let total = scores[t]![k]! + row[history.place(figures[k]!, t)]!
      if (next !== undefined)
        total +=
          nextRow[
            after
              .copy(history)
              .add(figures[k]!, t)
              .place(speakers[t + 1]!, t + 1)
          ]!
      top = Math.max(top, total)
      totals[k] = total
    }
    for (let k = 0; k < figures.length; k++) {
      const weight = Math.exp((totals[k]! - top) / temperature)
      sum += weight
      if (figures[k] === speakers[t]) own = weight
    }
    const ground = groundOf(t)
    const strange = strangers[ground]
    const isStranger = strange !== undefined && turnsOf.get(speakers[t]!)! < strange.turns
    const [least, most] = isStranger ? strange.range : calibration[ground]
    // A name is right when its cluster is; most names' is as sure as names get.
    const cluster = ground === 'name' ? Math.min(1, confidenceOfTag(t) / sureName) : 1
    out[t] = speakers[t]! < 0 ? 0 : cluster * (least + (most - least) * (own / sum))
    history.add(speakers[t]!, t)
  }
  return out
}

/** The ground a turn's tag gives. */
export function groundOf(
  { turn: { tag, beats, label } }: TurnEvidence,
  kind: 'PROP' | 'NOM' | 'PRON' | null,
  first: boolean,
): Ground {
  if (label >= 0) return 'script'
  if (tag.strength >= TagStrength.placed && kind !== null)
    return kind === 'PROP' ? 'name' : kind === 'NOM' ? 'nominal' : first ? 'narrator' : 'pronoun'
  return tag.strength > 0 || beats.length > 0 ? 'beat' : 'turn'
}
