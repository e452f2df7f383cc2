/** Scores of one candidate for one turn, apart from who spoke before: log odds by hand, the same scale as the transitions. */
import type { Candidates } from './candidate.js'
import { type Cast, pronounSex, Sex } from './cast.js'
import { type Reading, Role } from './subject.js'
import { type Tag, TagStrength } from './tag.js'
import type { Turn } from './turn.js'
import type { Address } from './vocative.js'

/** Weights in log odds. Set by hand; the scale is flat around them (halving or doubling one costs PDNC 0.1 to 0.6 points). */
const weights = {
  nameTag: 9,
  nominalTag: 4,
  nominalOfNamed: 6,
  otherThanNominal: -1,
  pronounSame: 1.6,
  sexAgrees: 1.2,
  sexUnknown: -0.6,
  sexDiffers: -6,
  sexDiffersBeat: -3,
  firstPersonTag: 9,
  notFirstPerson: -3,
  narratorInThird: -5,
  nameBeat: 3,
  pronounBeatSame: 1,
  nominalBeat: 2,
  sexAgreesBeat: 0.7,
  firstPersonBeat: 3,
  toldTo: -2.5,
  mentionedBeside: -0.7,
  lastSubject: 0.8,
  namedBefore: 1.5,
  addressed: -6,
  sexOfAddressee: 0,
  addressedBefore: 2.2,
  toldBefore: 1.2,
  sexAddressedBefore: 0.8,
  addressedNext: 0.8,
  namedInside: -2,
  salience: 0.45,
  distance: -0.05,
  unnamed: -0.5,
}

/** Everything a turn's candidates are judged by. */
export interface TurnEvidence {
  readonly turn: Turn
  readonly candidates: Candidates
  readonly address: Address
}

/** Scores of the candidates of turn `t`, in the candidates' order. */
export function scoreTurn(reading: Reading, cast: Cast, all: readonly TurnEvidence[], t: number): Float64Array {
  const { turn, candidates, address } = all[t]!
  const { clusters, salience, distance } = candidates
  const scores = new Float64Array(clusters.length)
  for (let k = 0; k < clusters.length; k++) {
    const c = clusters[k]!
    scores[k] =
      weights.salience * Math.log(0.05 + salience[k]!) +
      weights.distance * Math.min(10, distance[k]!) +
      (cast.named[c] === 1 ? 0 : weights.unnamed)
  }
  scoreTag(reading, cast, turn.tag, clusters, scores)
  if (turn.tag.strength < TagStrength.report) {
    const seen = new Set<number>([turn.tag.mention])
    for (const beat of turn.beats) {
      if (seen.has(beat.mention)) continue
      seen.add(beat.mention)
      scoreTag(reading, cast, { ...beat, strength: TagStrength.beat }, clusters, scores)
    }
  }
  scoreNarration(reading, cast, turn, clusters, scores)
  scoreAddress(cast, address, all[t - 1], all[t + 1], turn, clusters, scores, reading)
  return scores
}

function scoreTag({ mentions, word }: Reading, cast: Cast, tag: Tag, clusters: readonly number[], scores: Float64Array): void {
  if (tag.strength === TagStrength.none) return
  const beat = tag.strength === TagStrength.beat
  const add = (score: (c: number) => number) => {
    for (let k = 0; k < clusters.length; k++) scores[k] = scores[k]! + score(clusters[k]!)
  }
  if (tag.addressee >= 0) add((c) => (c === cast.clusterOf[tag.addressee] ? weights.toldTo : 0))
  if (tag.mention < 0) return
  const { mentionType, head } = mentions[tag.mention]!
  const own = cast.clusterOf[tag.mention]!
  if (mentionType === 'PROP') {
    const weight = beat ? weights.nameBeat : weights.nameTag
    add((c) => (c === own ? weight : 0))
  } else if (mentionType === 'NOM') {
    const weight = beat ? weights.nominalBeat : cast.named[own] === 1 ? weights.nominalOfNamed : weights.nominalTag
    const sex = cast.sex[own]!
    add((c) => (c === own ? weight : (beat ? 0 : weights.otherThanNominal) + agreement(cast.sex[c]!, sex, beat)))
  } else {
    const pronoun = word(head)
    const sex = pronounSex(pronoun)
    if (sex !== Sex.unknown)
      add((c) => (c === own ? (beat ? weights.pronounBeatSame : weights.pronounSame) : 0) + agreement(cast.sex[c]!, sex, beat))
    else if (pronoun === 'i' || pronoun === 'my' || pronoun === 'me') {
      const narrator = (c: number) => c === own || cast.narrators.includes(c)
      add((c) => (narrator(c) ? (beat ? weights.firstPersonBeat : weights.firstPersonTag) : beat ? 0 : weights.notFirstPerson))
    } else if (!beat) add((c) => (c === own ? weights.nominalTag : 0))
  }
  if (!beat && mentionType === 'PRON' && pronounSex(word(head)) !== Sex.unknown)
    add((c) => (cast.narrators.includes(c) ? weights.narratorInThird : 0))
}

function agreement(candidate: number, stated: number, beat: boolean): number {
  if (stated === Sex.unknown) return 0
  if (candidate === Sex.unknown) return beat ? 0 : weights.sexUnknown
  if (candidate === stated) return beat ? weights.sexAgreesBeat : weights.sexAgrees
  return beat ? weights.sexDiffersBeat : weights.sexDiffers
}

/** Who the narration beside the turn and just before it is about. */
function scoreNarration(reading: Reading, cast: Cast, turn: Turn, clusters: readonly number[], scores: Float64Array): void {
  const { mentions, firstMention, role, quotations } = reading
  const tagged = turn.tag.strength === TagStrength.report
  const beside = new Set<number>()
  const subjects = new Set<number>([turn.tag.mention, ...turn.beats.map(({ mention }) => mention)])
  for (let m = firstMention[turn.firstParagraph]!; m < firstMention[turn.lastParagraph + 1]!; m++) {
    const { head, mentionType } = mentions[m]!
    if (quotations.quotationOf[head]! >= 0 || mentionType === 'PRON' || subjects.has(m)) continue
    const c = cast.clusterOf[m]!
    // "Anna took the cup. "Thanks," she said.": the name before the pronoun.
    if (tagged && mentions[turn.tag.mention]?.mentionType === 'PRON' && m < turn.tag.mention && role[m] === Role.subject) {
      const k = clusters.indexOf(c)
      if (k >= 0) scores[k] = scores[k]! + weights.namedBefore
    } else if (role[m] !== Role.subject) beside.add(c)
  }
  for (const c of beside) {
    const k = clusters.indexOf(c)
    if (k >= 0) scores[k] = scores[k]! + weights.mentionedBeside
  }
  // The last subject of the paragraph before, where that one is narration.
  if (turn.gap === 0 || turn.firstParagraph === 0) return
  let last = -1
  for (let m = firstMention[turn.firstParagraph - 1]!; m < firstMention[turn.firstParagraph]!; m++)
    if (role[m] === Role.subject && quotations.quotationOf[mentions[m]!.head]! < 0) last = cast.clusterOf[m]!
  const k = last < 0 ? -1 : clusters.indexOf(last)
  if (k >= 0) scores[k] = scores[k]! + weights.lastSubject
}

/** The one addressed does not speak, but did just before or will just after. */
function scoreAddress(
  { sex, clusterOf }: Cast,
  address: Address,
  before: TurnEvidence | undefined,
  after: TurnEvidence | undefined,
  turn: Turn,
  clusters: readonly number[],
  scores: Float64Array,
  _reading: Reading,
): void {
  for (let k = 0; k < clusters.length; k++) {
    const c = clusters[k]!
    let score = 0
    if (address.clusters.includes(c)) score += weights.addressed
    else if (address.named.includes(c)) score += weights.namedInside
    if (before !== undefined && !turn.opens) {
      if (before.address.clusters.includes(c)) score += weights.addressedBefore
      else if (before.address.sex !== Sex.unknown && sex[c] !== Sex.unknown)
        score += sex[c] === before.address.sex ? weights.sexAddressedBefore : -weights.sexAddressedBefore
      const told = before.turn.tag.addressee
      if (told >= 0 && clusterOf[told] === c) score += weights.toldBefore
    }
    if (after !== undefined && !after.turn.opens && after.address.clusters.includes(c)) score += weights.addressedNext
    scores[k] = scores[k]! + score
  }
}
