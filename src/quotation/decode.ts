/** The conversation as a whole: the sequence of speakers with the highest score, found with a beam. */
import type { TurnEvidence } from './score.js'
import { TagStrength } from './tag.js'
import type { Turn } from './turn.js'

/** Sequences kept per turn (40 find the same on PDNC). */
const beamWidth = 12

/**
 * Log odds of the next speaker by place in the list of recent speakers: the last, the one before, the one before that, an
 * earlier one, somebody new; one row per number of narration paragraphs between (0, 1, 2, 3 and more).
 * From the shares counted in PDNC: adjacent paragraphs go on with the same speaker in 4.5 %, with the one before last in 73 %.
 */
export const transitions: readonly (readonly number[])[] = [
  [-3.1, -0.3, -2.2, -2.8, -3.2],
  [-0.9, -1.0, -2.2, -2.6, -2.9],
  [-1.1, -1.5, -2.2, -2.5, -2.7],
  [-1.2, -1.7, -2.2, -2.4, -2.5],
]
/** The same where neither tag nor beat stands beside the words, half as much again: writers leave them out where turns are plain. */
const untaggedTransitions: readonly (readonly number[])[] = [
  [-4.6, -0.5, -3.3, -4.2, -4.8],
  [-1.4, -1.5, -3.3, -3.9, -4.4],
  [-1.6, -2.2, -3.3, -3.8, -4.1],
  [-1.8, -2.5, -3.3, -3.6, -3.8],
]
const opening: readonly number[] = [-1.6, -1.8, -2.0, -2.1, -2.2]

/** Speakers remembered in a sequence. */
const memory = 4

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
}

const emptyBeam = (): Beam => ({
  size: 0,
  score: new Float64Array(beamWidth),
  step: new Int32Array(beamWidth),
  recent: new Int32Array(beamWidth * memory),
})

/** Figure of the best speaker of each turn, -1 where nobody is in sight. */
export function decode(evidence: readonly TurnEvidence[], scores: readonly Float64Array[]): Int32Array {
  let beam = emptyBeam()
  let next = emptyBeam()
  beam.size = 1
  beam.step[0] = -1
  beam.recent.fill(-1)
  // Every step ever kept, so that the best sequence can be read back: its speaker and the step before.
  const stepSpeaker = new Int32Array(evidence.length * beamWidth)
  const stepBefore = new Int32Array(evidence.length * beamWidth)
  let steps = 0
  const continuations = new Continuations()
  for (let t = 0; t < evidence.length; t++) {
    const { candidates, turn } = evidence[t]!
    const { figures } = candidates
    continuations.find(beam, figures, scores[t]!, rowOf(turn))
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
      copyRecent(beam.recent, from * memory, next.recent, i * memory, speaker)
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
function copyRecent(from: Int32Array, at: number, to: Int32Array, into: number, speaker: number): void {
  let filled = 0
  if (speaker >= 0) to[into + filled++] = speaker
  for (let i = 0; i < memory && filled < memory; i++) {
    const other = from[at + i]!
    if (other !== speaker || speaker < 0) to[into + filled++] = other
  }
  while (filled < memory) to[into + filled++] = -1
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

  find(beam: Beam, figures: readonly number[], unary: Float64Array, row: readonly number[]): void {
    const { recent } = beam
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
    const unseen = row[row.length - 1]!
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
      const slot0 = slotOf(r0)
      const slot1 = slotOf(r1)
      for (let k = 0; k < figures.length; k++) {
        const speaker = figures[k]!
        const change =
          speaker === r0 ? row[0]! : speaker === r1 ? row[1]! : speaker === r2 ? row[2]! : speaker === r3 ? row[3]! : unseen
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

/** The row of log odds for a turn after another. */
export function rowOf(turn: Turn): readonly number[] {
  if (turn.opens) return opening
  const rows = turn.tag.strength === TagStrength.none && turn.beats.length === 0 ? untaggedTransitions : transitions
  return rows[Math.min(turn.gap + turn.lead, rows.length - 1)]!
}

/** Log odds that a speaker follows those who spoke last. */
export function transition(recent: readonly number[], speaker: number, row: readonly number[]): number {
  const place = recent.indexOf(speaker)
  return row[place < 0 ? row.length - 1 : Math.min(place, row.length - 2)]!
}

/** The same when one more speaks between: `transition(remember(recent, between), speaker, row)` without the list. */
export function transitionAfter(recent: readonly number[], between: number, speaker: number, row: readonly number[]): number {
  if (recent[0] === between) return transition(recent, speaker, row)
  if (speaker === between) return row[0]!
  let place = 1
  for (const other of recent) {
    if (other === between) continue
    if (place === memory) break
    if (other === speaker) return row[Math.min(place, row.length - 2)]!
    place++
  }
  return row[row.length - 1]!
}

export function remember(recent: readonly number[], speaker: number): readonly number[] {
  if (recent[0] === speaker) return recent
  const list = [speaker]
  for (const other of recent) if (other !== speaker && list.length < memory) list.push(other)
  return list
}
