/** Candidates: who may say a turn. Those mentioned near it, the tag's own person, and the narrator. */
import type { Cast } from './cast.js'
import { Sex } from './sex.js'
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
  { mentions, firstMention, role, quotations, text, pronounSex }: Reading,
  { size, figureOf, figureOfCluster, clusterOf, confidence, teller, named, sex, trusted }: Cast,
  persons: Uint8Array,
  /** How often a tag names each figure: in a novel, nobody is brought up by a nominal alone. */
  speaks: Int32Array,
): (turn: Turn, extra: readonly number[]) => Candidates {
  const weight = new Float64Array(size)
  const nearest = new Int32Array(size)
  const powers = Float64Array.from({ length: paragraphsBefore + 2 }, (_, i) => decay ** i)
  // What each paragraph adds, worked out once: its figures with the sum of their mentions' worth.
  const paragraphs = text.paragraphs.length
  const firstEntry = new Int32Array(paragraphs + 1)
  const figure = new Int32Array(mentions.length)
  const worth = new Float64Array(mentions.length)
  const outside = new Uint8Array(mentions.length)
  let entries = 0
  for (let m = 0, p = 0; m <= mentions.length; m++) {
    while (p < paragraphs && m === firstMention[p + 1]) firstEntry[++p] = entries
    if (m === mentions.length) break
    const { mentionType, head } = mentions[m]!
    const inside = quotations.quotationOf[head]! >= 0
    let f = figureOf[m]!
    let sure = 1
    if (mentionType === 'PRON' && f < 0) {
      f = inside ? -1 : figureOfCluster[clusterOf[m]!]!
      const stated = pronounSex[m]!
      if (f >= 0 && (stated === Sex.unknown || (sex[f] !== Sex.unknown && sex[f] !== stated))) f = -1
      sure = 0.5 * confidence[m]!
    }
    if (f < 0 || (named[f] === 0 && speaks[f] === 0 && !trusted)) continue
    let e = firstEntry[p]!
    while (e < entries && figure[e] !== f) e++
    if (e === entries) figure[entries++] = f
    worth[e] = worth[e]! + sure * (inside ? 0.3 : role[m] === Role.subject ? 1 : 0.6)
    if (!inside) outside[e] = 1
  }
  const isBefore = (a: number, b: number): boolean => weight[a]! > weight[b]! || (weight[a] === weight[b] && a < b)
  return (turn, extra) => {
    const touched: number[] = []
    const from = Math.max(0, turn.firstParagraph - paragraphsBefore)
    for (let p = Math.min(paragraphs, turn.lastParagraph + 1 + paragraphsAfter) - 1; p >= from; p--) {
      const away = Math.min(paragraphsBefore, Math.abs(turn.firstParagraph - p))
      for (let e = firstEntry[p]!; e < firstEntry[p + 1]!; e++) {
        const f = figure[e]!
        if (weight[f] === 0) {
          touched.push(f)
          nearest[f] = paragraphsBefore
        }
        weight[f] = weight[f]! + powers[away]! * worth[e]!
        if (away < nearest[f]! && outside[e] === 1) nearest[f] = away
      }
    }
    const told = persons[turn.firstParagraph]
    const more = told === 1 || told === 2 ? [...extra, teller[turn.firstParagraph]!] : extra
    for (const f of more)
      if (f >= 0 && weight[f] === 0) {
        touched.push(f)
        nearest[f] = paragraphsBefore
        weight[f] = 1e-3
      }
    const figures: number[] = []
    for (const f of touched) {
      let at = figures.length
      while (at > 0 && isBefore(f, figures[at - 1]!)) at--
      if (at === mostCandidates) continue
      if (figures.length < mostCandidates) figures.push(f)
      for (let i = figures.length - 1; i > at; i--) figures[i] = figures[i - 1]!
      figures[at] = f
    }
    for (const f of more) if (f >= 0 && !figures.includes(f)) figures.push(f)
    const salience: number[] = []
    const distance: number[] = []
    for (const f of figures) {
      salience.push(weight[f]!)
      distance.push(nearest[f]!)
    }
    for (const f of touched) weight[f] = 0
    return { figures, salience, distance }
  }
}
