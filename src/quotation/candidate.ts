/** Candidates: who may say a turn. Those mentioned near it, the tag's own person, and the narrator. */
import type { Cast } from './cast.js'
import { type Reading, Role } from './subject.js'
import type { Turn } from './turn.js'

/** Paragraphs before and after a turn whose mentions make a candidate (PDNC loses 3.7 points with 8 before; 60 gains 0.1). */
const paragraphsBefore = 30
const paragraphsAfter = 2
/** Most candidates per turn. */
export const mostCandidates = 16
/** Loss of a mention's weight per paragraph of distance. */
const decay = 0.9

export interface Candidates {
  /** Clusters, most salient first. */
  readonly clusters: readonly number[]
  /** Sum of decayed mentions, in mentions. */
  readonly salience: readonly number[]
  /** Paragraphs since the last mention outside quotations. */
  readonly distance: readonly number[]
}

/** Finds candidates turn after turn; the arrays it counts in are made once. */
export function candidateFinder(
  { mentions, firstMention, role, quotations, text }: Reading,
  { size, clusterOf, confidence, group, narrators }: Cast,
  persons: Uint8Array,
): (turn: Turn, extra: readonly number[]) => Candidates {
  const weight = new Float64Array(size)
  const nearest = new Int32Array(size)
  const paragraphOf = text.tokens.paragraph
  return (turn, extra) => {
    const touched: number[] = []
    const from = firstMention[Math.max(0, turn.firstParagraph - paragraphsBefore)]!
    const to = firstMention[Math.min(text.paragraphs.length, turn.lastParagraph + 1 + paragraphsAfter)]!
    for (let m = to - 1; m >= from; m--) {
      const c = clusterOf[m]!
      if (group[c] === 1) continue
      const { head, mentionType } = mentions[m]!
      const away = Math.abs(turn.firstParagraph - paragraphOf[head]!)
      const inside = quotations.quotationOf[head]! >= 0
      if (weight[c] === 0) {
        touched.push(c)
        nearest[c] = paragraphsBefore
      }
      const sure = mentionType === 'PRON' ? confidence[m]! : 1
      weight[c] = weight[c]! + decay ** away * sure * (inside ? 0.3 : role[m] === Role.subject ? 1 : 0.6)
      if (!inside && away < nearest[c]!) nearest[c] = away
    }
    const more = persons[turn.firstParagraph] === 1 ? [...extra, ...narrators] : extra
    for (const c of more)
      if (weight[c] === 0) {
        touched.push(c)
        nearest[c] = paragraphsBefore
        weight[c] = 1e-3
      }
    touched.sort((a, b) => weight[b]! - weight[a]! || a - b)
    const clusters = touched.slice(0, mostCandidates)
    for (const c of more) if (!clusters.includes(c)) clusters.push(c)
    const found = {
      clusters,
      salience: clusters.map((c) => weight[c]!),
      distance: clusters.map((c) => nearest[c]!),
    }
    for (const c of touched) weight[c] = 0
    return found
  }
}
