/** Links: which named person a nominal in a tag ("the doctor", "her mother") stands for, judged over all its tags. */
import { flagWords } from '../text/token.js'
import { findAppositions } from './apposition.js'
import type { Cast } from './cast.js'
import { Calling } from './figure.js'
import type { TurnEvidence } from './score.js'
import { Sex } from './sex.js'
import type { Reading } from './subject.js'
import { TagStrength } from './tag.js'

/** Named figure of a nominal figure. */
export type Links = ReadonlyMap<number, number>

/** Paragraphs within which a name must stand to be the nominal's. */
const nameReach = 10
/** What one turn beside its own says against two figures being one person, in turns of company. */
const conflictWeight = 3
/** The same from a turn whose speaker is only guessed: counts for kin, whose neighbours are mostly their own relations. */
const kinConflict = 0.3
/** Relations a generation up, or married: likelier a Mrs. than a Miss; the bonus is in turns of company. */
const elderKin = new Set(
  'mother mamma mama mum mom father papa dad aunt uncle wife husband grandmother grandfather mother-in-law father-in-law'.split(
    ' ',
  ),
)
const elderBonus = 0.4
/** Weight of the company that all nominals of the same noun keep: most stories have one "her mother" and one "the doctor". */
const poolWeight = 1
/** What calling somebody so outright is worth, in turns of company. */
const appositionBonus = 1.5
/** Share of a nominal's tags that must speak for the link: for one that was brought in as somebody new, and for others. */
const leastShare = { introduced: 0.25, others: 0.1 }
/** Lead over the next best name, as a share of the nominal's tags. */
const leastLead = 0.02

/**
 * Links nominals to names. A person keeps company with their own name and never answers it: "the doctor" and "Mr. Losberne"
 * stand in the same pages and never in neighbouring turns, while Oliver and the doctor do.
 *
 * @param speakers figure of each turn's speaker in a first reading, -1 for none.
 */
export function linkNominals(
  reading: Reading,
  cast: Cast,
  evidence: readonly TurnEvidence[],
  speakers: ArrayLike<number>,
): Links {
  const { mentions, quotations, firstMention, text } = reading
  const { figureOf, named, sex, calling, adult } = cast
  /** Head noun of each figure of kin or office, and what all figures of that noun keep company with. */
  const nounOf = new Map<number, number>()
  const pool = new Map<number, { turns: number; scores: Map<number, number> }>()
  const elders = flagWords(text.tokens, elderKin)
  const company = new Map<number, { turns: number; scores: Map<number, number> }>()
  evidence.forEach(({ turn, candidates, address }, t) => {
    const { tag } = turn
    const figure = tag.strength >= TagStrength.placed && tag.mention >= 0 ? figureOf[tag.mention]! : -1
    if (figure < 0 || named[figure] === 1 || calling[figure] === Calling.name) return
    let found = company.get(figure)
    if (found === undefined) {
      found = { turns: 0, scores: new Map() }
      company.set(figure, found)
    }
    const { scores } = found
    const isKin = calling[figure] === Calling.kin
    const noun = text.tokens.word[mentions[tag.mention]!.head]!
    if (isKin || calling[figure] === Calling.role) nounOf.set(figure, noun)
    found.turns++
    const against = new Map<number, number>()
    for (const other of [t - 1, t + 1]) {
      const neighbour = evidence[other]
      if (neighbour === undefined || (other > t ? neighbour.turn : turn).gap > 0 || (other > t ? neighbour.turn : turn).opens)
        continue
      const speaker = speakers[other]!
      const sure = neighbour.turn.tag.mention >= 0 && figureOf[neighbour.turn.tag.mention] === speaker
      if (speaker >= 0 && (sure || isKin)) against.set(speaker, Math.max(against.get(speaker) ?? 0, sure ? 1 : kinConflict))
    }
    for (const f of address.figures) against.set(f, 1)
    for (const f of address.named) against.set(f, Math.max(against.get(f) ?? 0, 0.7))
    for (let m = firstMention[turn.firstParagraph]!; m < firstMention[turn.lastParagraph + 1]!; m++) {
      const f = figureOf[m]!
      if (f >= 0 && m > tag.mention && quotations.quotationOf[mentions[m]!.head]! < 0) against.set(f, 1)
    }
    candidates.figures.forEach((f, k) => {
      if (named[f] === 0 || candidates.distance[k]! > nameReach) return
      if (sex[figure] !== Sex.unknown && sex[f] !== Sex.unknown && sex[f] !== sex[figure]) return
      const near = 1 / (1 + 0.1 * candidates.distance[k]!) + (sex[f] === Sex.unknown && sex[figure] !== Sex.unknown ? -0.3 : 0)
      const elder = isKin && elders[noun] === 1 && adult[f] === 1 ? elderBonus : 0
      scores.set(f, (scores.get(f) ?? 0) + near + elder - conflictWeight * (against.get(f) ?? 0))
    })
  })
  for (const [figure, { turns, scores }] of company) {
    const noun = nounOf.get(figure)
    if (noun === undefined) continue
    const all = pool.get(noun) ?? { turns: 0, scores: new Map<number, number>() }
    pool.set(noun, all)
    all.turns += turns
    for (const [f, score] of scores) all.scores.set(f, (all.scores.get(f) ?? 0) + score)
  }
  const appositions = findAppositions(reading, cast)
  const links = new Map<number, number>()
  for (const [figure, { turns, scores }] of company) {
    const calls = appositions.get(nounOf.get(figure) ?? -1)
    if (calls !== undefined) for (const [f, score] of scores) if (calls.has(f)) scores.set(f, score + appositionBonus * turns)
    const all = pool.get(nounOf.get(figure) ?? -1)
    const pooled = (f: number, score: number): number =>
      all === undefined ? score : score + (turns * poolWeight * (all.scores.get(f) ?? 0)) / all.turns
    const ranked = [...scores]
      .map(([f, score]): [number, number] => [f, pooled(f, score)])
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    const [best, second] = ranked
    if (best === undefined) continue
    const least = calling[figure] === Calling.introduced ? leastShare.introduced : leastShare.others
    if (best[1] >= least * turns && best[1] - (second?.[1] ?? 0) >= leastLead * turns) links.set(figure, best[0])
  }
  return links
}
