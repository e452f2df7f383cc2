/** Scores of one candidate for one turn, apart from who spoke before: log odds by hand, the same scale as the transitions. */
import type { Antecedents } from './antecedent.js'
import type { Candidates } from './candidate.js'
import type { Cast } from './cast.js'
import type { Links } from './link.js'
import { Sex } from './sex.js'
import { type Reading, Role } from './subject.js'
import { type Tag, TagStrength } from './tag.js'
import type { Turn } from './turn.js'
import type { Address } from './vocative.js'

/** Weights in log odds. Set by hand; the scale is flat around them (halving or doubling one costs PDNC 0.1 to 0.6 points). */
export const weights = {
  nameTag: 9,
  /** By `Calling`. */
  nominalTag: [4, 4, 4, 3, 4],
  otherThanNominal: -1,
  link: 4,
  linkedNominal: -2,
  nominalCluster: 3,
  nominalTrusted: 3,
  pronounSame: 0.6,
  pronounTrusted: 3,
  antecedentBeside: 3.2,
  antecedentSubject: 1.6,
  antecedentOther: 0.8,
  antecedentRank: 0.6,
  sexAgrees: 1.2,
  sexUnknown: -0.8,
  sexDiffers: -6,
  sexDiffersBeat: -3,
  /** "they said", "xe said": all there is to go by is whom coreference takes it for. */
  sexlessTag: 4,
  sexlessBeat: 1.5,
  firstPersonTag: 9,
  narratorInThird: -5,
  nameBeat: 3,
  nominalBeat: 2,
  sexAgreesBeat: 0.7,
  firstPersonBeat: 3,
  toldTo: -2.5,
  mentionedBeside: -0.7,
  lastSubject: 0.8,
  addressed: -6,
  addressedBefore: 2.2,
  toldBefore: 1.2,
  sexAddressedBefore: 0.8,
  addressedNext: 0.8,
  namedInside: -2,
  salience: 0.45,
  distance: -0.05,
  unnamed: -0.5,
  unlisted: -2,
  everSpeaks: 0.1,
  neverActs: -1.5,
  beatAfter: 0.5,
}

/** Everything a turn's candidates are judged by. */
export interface TurnEvidence {
  readonly turn: Turn
  readonly candidates: Candidates
  readonly address: Address
}

/** Scores of the candidates of turn `t`, in the candidates' order. */
export function scoreTurn(
  reading: Reading,
  cast: Cast,
  spoken: Int32Array,
  antecedents: Antecedents,
  links: Links,
  all: readonly TurnEvidence[],
  t: number,
): Float64Array {
  const { turn, candidates, address } = all[t]!
  const { figures, salience, distance } = candidates
  const scores = new Float64Array(figures.length)
  for (let k = 0; k < figures.length; k++) {
    const f = figures[k]!
    scores[k] =
      weights.salience * Math.log(0.05 + salience[k]!) +
      weights.distance * Math.min(10, distance[k]!) +
      (cast.named[f] === 1 ? 0 : weights.unnamed) +
      cast.unlisted[f]! * weights.unlisted +
      (spoken[f]! > 0 ? weights.everSpeaks * Math.log(spoken[f]!) : cast.acts[f]! > 0 ? 0 : weights.neverActs)
  }
  scoreTag(reading, cast, antecedents, links, turn.tag, figures, scores)
  if (turn.tag.strength < TagStrength.report) {
    for (let b = 0; b < turn.beats.length; b++) {
      const beat = turn.beats[b]!
      if (beat.mention === turn.tag.mention || turn.beats.findIndex(({ mention }) => mention === beat.mention) < b) continue
      const after = beat.mention > turn.tag.mention && beat.after
      const before = after ? scores.slice() : scores
      const { mention, addressee } = beat
      scoreTag(reading, cast, antecedents, links, { mention, addressee, strength: TagStrength.beat }, figures, scores)
      // What follows the words is as often the hearer's doing: "…" Mr. Beebe bowed.
      if (after) for (let k = 0; k < scores.length; k++) scores[k] = before[k]! + weights.beatAfter * (scores[k]! - before[k]!)
    }
  }
  scoreNarration(reading, cast, turn, figures, scores)
  scoreAddress(cast, address, all[t - 1], all[t + 1], turn, figures, scores)
  return scores
}

function scoreTag(
  { text, mentions, pronounSex }: Reading,
  cast: Cast,
  antecedents: Antecedents,
  links: Links,
  tag: Tag,
  figures: readonly number[],
  scores: Float64Array,
): void {
  if (tag.strength === TagStrength.none) return
  const { figureOf, clusterOf, figureOfCluster, sex, teller } = cast
  const beat = tag.strength === TagStrength.beat
  const add = (score: (f: number) => number) => {
    for (let k = 0; k < figures.length; k++) scores[k] = scores[k]! + score(figures[k]!)
  }
  if (tag.addressee >= 0) {
    const told = figureOf[tag.addressee]!
    if (told >= 0) add((f) => (f === told ? weights.toldTo : 0))
  }
  if (tag.mention < 0) return
  const { mentionType } = mentions[tag.mention]!
  const own = figureOf[tag.mention]!
  const linked = figureOfCluster[clusterOf[tag.mention]!]!
  if (mentionType === 'PROP') {
    const weight = beat ? weights.nameBeat : weights.nameTag
    add((f) => (f === own ? weight : 0))
    return
  }
  if (mentionType === 'NOM') {
    const weight = beat
      ? weights.nominalBeat
      : own < 0
        ? 0
        : weights.nominalTag[cast.calling[own]!]! + (cast.trusted ? weights.nominalTrusted : 0)
    const stated = own < 0 ? Sex.unknown : sex[own]!
    const linkedTo = own < 0 ? undefined : links.get(own)
    add((f) =>
      f === own
        ? weight + (linkedTo === undefined ? 0 : weights.linkedNominal)
        : f === linkedTo
          ? weights.link + agreement(sex[f]!, stated, beat)
          : (beat ? 0 : weights.otherThanNominal) +
            agreement(sex[f]!, stated, beat) +
            (f === linked ? weights.nominalCluster : 0),
    )
    return
  }
  const stated = pronounSex[tag.mention]!
  if (stated !== Sex.unknown) {
    const same = cast.trusted ? weights.pronounTrusted : weights.pronounSame
    add((f) => (f === linked ? same : 0) + agreement(sex[f]!, stated, beat))
    const tells = teller[text.tokens.paragraph[mentions[tag.mention]!.head]!]!
    if (!beat && tells >= 0) add((f) => (f === tells ? weights.narratorInThird : 0))
    const scale = beat ? 0.6 : 1
    antecedents.before(tag.mention, stated, (f, rank, subject, paragraphs) => {
      const k = figures.indexOf(f)
      if (k >= 0)
        scores[k] =
          scores[k]! +
          scale *
            weights.antecedentRank ** rank *
            (subject ? (paragraphs === 0 ? weights.antecedentBeside : weights.antecedentSubject) : weights.antecedentOther)
    })
  } else if (own >= 0) add((f) => (f === own ? (beat ? weights.firstPersonBeat : weights.firstPersonTag) : 0))
  else if (linked >= 0) add((f) => (f === linked ? (beat ? weights.sexlessBeat : weights.sexlessTag) : 0))
}

function agreement(candidate: number, stated: number, beat: boolean): number {
  if (stated === Sex.unknown) return 0
  if (candidate === Sex.unknown) return beat ? 0 : weights.sexUnknown
  if (candidate === stated) return beat ? weights.sexAgreesBeat : weights.sexAgrees
  return beat ? weights.sexDiffersBeat : weights.sexDiffers
}

/** Who the narration beside the turn and just before it is about. */
function scoreNarration(reading: Reading, cast: Cast, turn: Turn, figures: readonly number[], scores: Float64Array): void {
  const { mentions, firstMention, role, quotations } = reading
  const acts = (m: number): boolean => turn.tag.mention === m || turn.beats.some(({ mention }) => mention === m)
  const beside: number[] = []
  for (let m = firstMention[turn.firstParagraph]!; m < firstMention[turn.lastParagraph + 1]!; m++) {
    const f = cast.figureOf[m]!
    if (f < 0 || role[m] === Role.subject || quotations.quotationOf[mentions[m]!.head]! >= 0) continue
    if (!beside.includes(f) && !acts(m)) beside.push(f)
  }
  for (const f of beside) {
    const k = figures.indexOf(f)
    if (k >= 0) scores[k] = scores[k]! + weights.mentionedBeside
  }
  // The last subject of the paragraph before, where that one is narration.
  if (turn.gap === 0 || turn.firstParagraph === 0) return
  let last = -1
  for (let m = firstMention[turn.firstParagraph - 1]!; m < firstMention[turn.firstParagraph]!; m++)
    if (role[m] === Role.subject && quotations.quotationOf[mentions[m]!.head]! < 0 && cast.figureOf[m]! >= 0)
      last = cast.figureOf[m]!
  const k = last < 0 ? -1 : figures.indexOf(last)
  if (k >= 0) scores[k] = scores[k]! + weights.lastSubject
}

/** The one addressed does not speak, but did just before or will just after. */
function scoreAddress(
  { sex, figureOf }: Cast,
  address: Address,
  before: TurnEvidence | undefined,
  after: TurnEvidence | undefined,
  turn: Turn,
  figures: readonly number[],
  scores: Float64Array,
): void {
  for (let k = 0; k < figures.length; k++) {
    const f = figures[k]!
    let score = 0
    if (address.figures.includes(f)) score += weights.addressed
    else if (address.named.includes(f)) score += weights.namedInside
    if (before !== undefined && !turn.opens) {
      if (before.address.figures.includes(f)) score += weights.addressedBefore
      else if (before.address.sex !== Sex.unknown && sex[f] !== Sex.unknown)
        score += sex[f] === before.address.sex ? weights.sexAddressedBefore : -weights.sexAddressedBefore
      const told = before.turn.tag.addressee
      if (told >= 0 && figureOf[told] === f) score += weights.toldBefore
    }
    if (after !== undefined && !after.turn.opens && after.address.figures.includes(f)) score += weights.addressedNext
    scores[k] = scores[k]! + score
  }
}
