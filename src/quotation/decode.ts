/** The conversation as a whole: the sequence of speakers with the highest score, found with a beam. */
import { places } from './feature.js'
import type { TurnEvidence } from './score.js'
import { changesOf, memory, placeOf } from './transition.js'

/** Sequences kept per turn (40 find the same on PDNC). */
const beamWidth = 12

/** Log odds behind the best at which a sequence is given up at once. */
const hopeless = 25

/** The sequences kept after a turn, best first: columns, so that none is made anew per turn. */
interface Beam {
  size: number
  readonly score: Float64Array
  /** Index of each sequence's last step among all steps, -1 before the first. */
  readonly step: Int32Array
  /** Recent speakers, latest first, all different, `memory` per sequence; -1 where there are fewer. */
  readonly recent: Int32Array
  /** The turn each of them spoke last. */
  readonly last: Int32Array
  /** How many turns on end the latest of them has had. */
  readonly streak: Int32Array
}

const emptyBeam = (): Beam => ({
  size: 0,
  score: new Float64Array(beamWidth),
  step: new Int32Array(beamWidth),
  recent: new Int32Array(beamWidth * memory),
  last: new Int32Array(beamWidth * memory),
  streak: new Int32Array(beamWidth),
})

/**
 * Figure of the best speaker of each turn, -1 where nobody is in sight.
 *
 * @param conditions of each turn, for the change from the one before.
 */
export function decode(
  evidence: readonly TurnEvidence[],
  scores: readonly Float64Array[],
  conditions: readonly (readonly number[])[],
): Int32Array {
  let beam = emptyBeam()
  let next = emptyBeam()
  beam.size = 1
  beam.step[0] = -1
  beam.recent.fill(-1)
  beam.last.fill(-1)
  // Every step ever kept, so that the best sequence can be read back: its speaker and the step before.
  const stepSpeaker = new Int32Array(evidence.length * beamWidth)
  const stepBefore = new Int32Array(evidence.length * beamWidth)
  let steps = 0
  const continuations = new Continuations()
  const changes = new Float64Array(places)
  for (let t = 0; t < evidence.length; t++) {
    const { figures } = evidence[t]!.candidates
    continuations.find(beam, figures, scores[t]!, changesOf(conditions[t]!, changes), t)
    const { size, order, parent, candidate, total } = continuations
    // Nobody at all is in sight: the sequence goes on without a speaker.
    const kept = size === 0 ? beam.size : continuations.rank()
    for (let i = 0; i < kept; i++) {
      const chosen = size === 0 ? -1 : order[i]!
      const from = chosen < 0 ? i : parent[chosen]!
      const speaker = chosen < 0 ? -1 : figures[candidate[chosen]!]!
      next.score[i] = chosen < 0 ? beam.score[i]! : total[chosen]!
      stepSpeaker[steps] = speaker
      stepBefore[steps] = beam.step[from]!
      next.step[i] = steps++
      copyRecent(beam, from, next, i, speaker, t)
    }
    next.size = kept
    const used = beam
    beam = next
    next = used
  }
  const chosen = new Int32Array(evidence.length).fill(-1)
  let step = beam.step[0]!
  for (let t = evidence.length - 1; t >= 0 && step >= 0; t--) {
    chosen[t] = stepSpeaker[step]!
    step = stepBefore[step]!
  }
  return chosen
}

/** The recent speakers after one more, -1 for nobody. */
function copyRecent(beam: Beam, from: number, next: Beam, into: number, speaker: number, t: number): void {
  const start = from * memory
  const to = into * memory
  let filled = 0
  if (speaker >= 0) {
    next.recent[to] = speaker
    next.last[to] = t
    filled = 1
  }
  for (let i = 0; i < memory && filled < memory; i++) {
    const other = beam.recent[start + i]!
    if (other === speaker && speaker >= 0) continue
    next.recent[to + filled] = other
    next.last[to + filled++] = beam.last[start + i]!
  }
  for (; filled < memory; filled++) next.recent[to + filled] = next.last[to + filled] = -1
  next.streak[into] = speaker < 0 || speaker === beam.recent[start] ? beam.streak[from]! + (speaker < 0 ? 0 : 1) : 1
}

/** What may follow a turn: one sequence per pair of last two speakers, since those alike in both are one from here on. */
class Continuations {
  size = 0
  total = new Float64Array(512)
  parent = new Int32Array(512)
  candidate = new Int32Array(512)
  readonly order = new Int32Array(beamWidth)
  /** Speakers that are last or last but one in the beam: with a candidate's number, the pair's key. */
  readonly #others = new Int32Array(2 * beamWidth)
  #held = new Int32Array(512)

  find(beam: Beam, figures: readonly number[], unary: Float64Array, changes: Float64Array, t: number): void {
    const { recent, last, streak } = beam
    const most = beam.size * figures.length
    if (most > this.total.length) {
      this.total = new Float64Array(most * 2)
      this.parent = new Int32Array(most * 2)
      this.candidate = new Int32Array(most * 2)
    }
    const keys = figures.length * 2 * beamWidth
    if (keys > this.#held.length) this.#held = new Int32Array(keys * 2)
    this.#held.fill(-1, 0, keys)
    const { total, parent, candidate } = this
    const held = this.#held
    let others = 0
    const slotOf = (figure: number): number => {
      for (let i = 0; i < others; i++) if (this.#others[i] === figure) return i
      this.#others[others] = figure
      return others++
    }
    let size = 0
    let top = Number.NEGATIVE_INFINITY
    for (let b = 0; b < beam.size; b++) {
      const before = beam.score[b]!
      const at = b * memory
      const [r0, r1, r2, r3] = [recent[at]!, recent[at + 1]!, recent[at + 2]!, recent[at + 3]!]
      const run = streak[b]!
      const again = changes[placeOf(0, run, last, at, t)]!
      const back = changes[placeOf(1, run, last, at, t)]!
      const third = changes[placeOf(2, run, last, at, t)]!
      const fourth = changes[placeOf(3, run, last, at, t)]!
      const unseen = changes[placeOf(-1, run, last, at, t)]!
      const slot0 = slotOf(r0)
      const slot1 = slotOf(r1)
      for (let k = 0; k < figures.length; k++) {
        const speaker = figures[k]!
        const change = speaker === r0 ? again : speaker === r1 ? back : speaker === r2 ? third : speaker === r3 ? fourth : unseen
        const score = before + unary[k]! + change
        if (score < top - hopeless) continue
        if (score > top) top = score
        const key = k * 2 * beamWidth + (speaker === r0 ? slot1 : slot0)
        const rival = held[key]!
        if (rival >= 0) {
          if (total[rival]! >= score) continue
          total[rival] = score
          parent[rival] = b
          continue
        }
        held[key] = size
        total[size] = score
        parent[size] = b
        candidate[size++] = k
      }
    }
    this.size = size
  }

  /** Puts the best, as many as the beam is wide, into `order`, and gives their number. Ties go to the one found first. */
  rank(): number {
    const { order, total, size } = this
    let kept = 0
    for (let i = 0; i < size; i++) {
      const score = total[i]!
      if (kept === beamWidth && score <= total[order[kept - 1]!]!) continue
      let at = kept < beamWidth ? kept++ : kept - 1
      for (; at > 0 && total[order[at - 1]!]! < score; at--) order[at] = order[at - 1]!
      order[at] = i
    }
    return kept
  }
}
