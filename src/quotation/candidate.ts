/** Candidates: who may say a turn. Those mentioned near it, the tag's own person, and the narrator. */
import { type Cast, pronounSex, Sex } from './cast.js'
import { type Reading, Role } from './subject.js'
import type { Turn } from './turn.js'

/** Paragraphs before and after a turn whose mentions make a candidate (PDNC loses 3.7 points with 8 before; 60 gains 0.1). */
const paragraphsBefore = 30
const paragraphsAfter = 2
/** Most candidates per turn. */
const mostCandidates = 16
/** What is left of a mention's weight one paragraph on. */
const decay = 0.9

export interface Candidates {
  /** Figures, most salient first. */
  readonly figures: readonly number[]
  /** Sum of decayed mentions, in mentions. */
  readonly salience: readonly number[]
  /** Paragraphs since the last mention outside quotations. */
  readonly distance: readonly number[]
}

/** Finds candidates turn after turn; the arrays it counts in are made once. */
export function candidateFinder(
  { mentions, firstMention, role, quotations, text, word }: Reading,
  { size, figureOf, figureOfCluster, clusterOf, confidence, narrators, named, sex }: Cast,
  persons: Uint8Array,
  /** 1 for figures that a tag or beat names somewhere: others are not brought up by a nominal alone. */
  speaks: Int32Array,
): (turn: Turn, extra: readonly number[]) => Candidates {
  const weight = new Float64Array(size)
  const nearest = new Int32Array(size)
  const paragraphOf = text.tokens.paragraph
  const powers = Float64Array.from({ length: paragraphsBefore + 2 }, (_, i) => decay ** i)
  // What each mention adds, worked out once: figure and weight.
  const figure = new Int32Array(mentions.length)
  const worth = new Float32Array(mentions.length)
  for (let m = 0; m < mentions.length; m++) {
    const { mentionType, head } = mentions[m]!
    const inside = quotations.quotationOf[head]! >= 0
    let f = figureOf[m]!
    let sure = 1
    if (mentionType === 'PRON' && f < 0) {
      f = inside ? -1 : figureOfCluster[clusterOf[m]!]!
      const stated = pronounSex(word(head))
      if (f >= 0 && (stated === Sex.unknown || (sex[f] !== Sex.unknown && sex[f] !== stated))) f = -1
      sure = 0.5 * confidence[m]!
    }
    if (f >= 0 && named[f] === 0 && speaks[f] === 0) f = -1
    figure[m] = f
    worth[m] = sure * (inside ? 0.3 : role[m] === Role.subject ? 1 : 0.6)
    if (inside) figure[m] = f < 0 ? -1 : f
  }
  return (turn, extra) => {
    const touched: number[] = []
    const from = firstMention[Math.max(0, turn.firstParagraph - paragraphsBefore)]!
    const to = firstMention[Math.min(text.paragraphs.length, turn.lastParagraph + 1 + paragraphsAfter)]!
    for (let m = to - 1; m >= from; m--) {
      const f = figure[m]!
      if (f < 0) continue
      const { head } = mentions[m]!
      const away = Math.min(paragraphsBefore, Math.abs(turn.firstParagraph - paragraphOf[head]!))
      if (weight[f] === 0) {
        touched.push(f)
        nearest[f] = paragraphsBefore
      }
      weight[f] = weight[f]! + powers[away]! * worth[m]!
      if (away < nearest[f]! && quotations.quotationOf[head]! < 0) nearest[f] = away
    }
    const more = persons[turn.firstParagraph] === 1 ? [...extra, ...narrators] : extra
    for (const f of more)
      if (f >= 0 && weight[f] === 0) {
        touched.push(f)
        nearest[f] = paragraphsBefore
        weight[f] = 1e-3
      }
    touched.sort((a, b) => weight[b]! - weight[a]! || a - b)
    const figures = touched.slice(0, mostCandidates)
    for (const f of more) if (f >= 0 && !figures.includes(f)) figures.push(f)
    const found = { figures, salience: figures.map((f) => weight[f]!), distance: figures.map((f) => nearest[f]!) }
    for (const f of touched) weight[f] = 0
    return found
  }
}
