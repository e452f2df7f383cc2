/** Scores of the candidates for one turn, apart from who spoke before: features times the weights learned for them. */
import type { Antecedents } from './antecedent.js'
import type { Candidates } from './candidate.js'
import type { Cast } from './cast.js'
import { F, longClasses, Sheet, type Trace, TurnClass } from './feature.js'
import { Calling } from './figure.js'
import type { Links } from './link.js'
import { scoreAddress, scoreNarration, scorePresence } from './presence.js'
import { Sex } from './sex.js'
import type { Reading } from './subject.js'
import { type Tag, TagStrength } from './tag.js'
import type { Turn } from './turn.js'
import type { Address } from './vocative.js'

/** What a beat after the words is worth: they are as often the hearer's doing: "…" Anna bowed. */
const beatAfter = 0.5
/** What is left of an antecedent's worth when another stands nearer; and in a beat. */
const antecedentRank = 0.6
const antecedentInBeat = 0.6

/** Everything a turn's candidates are judged by. */
export interface TurnEvidence {
  readonly turn: Turn
  readonly candidates: Candidates
  readonly address: Address
}

/** What all turns are scored with. */
export interface Scoring {
  readonly reading: Reading
  readonly cast: Cast
  /** How often a tag names each figure. */
  readonly spoken: Int32Array
  readonly antecedents: Antecedents
  readonly turns: readonly TurnEvidence[]
}

/** Scores of the candidates of turn `t`, in the candidates' order. */
export function scoreTurn(scoring: Scoring, links: Links, t: number, trace: Trace | null = null): Float64Array {
  const { turn, candidates } = scoring.turns[t]!
  const { figures } = candidates
  const sheet = new Sheet(figures.length, turnClassOf(scoring.reading, turn) + (scoring.cast.trusted ? 0 : longClasses), trace)
  scoreTag(scoring, links, turn.tag, figures, sheet)
  if (turn.tag.strength < TagStrength.report) {
    for (let b = 0; b < turn.beats.length; b++) {
      const beat = turn.beats[b]!
      if (beat.mention === turn.tag.mention || turn.beats.findIndex(({ mention }) => mention === beat.mention) < b) continue
      scoreBeat(scoring, links, beat, beat.mention > turn.tag.mention && beat.after ? beatAfter : 1, figures, sheet)
    }
  }
  scorePresence(scoring, t, sheet)
  scoreNarration(scoring, t, sheet)
  scoreAddress(scoring, t, sheet)
  return sheet.scores
}

export function turnClassOf({ mentions }: Reading, { tag: { strength, mention }, beats }: Turn): number {
  if (strength >= TagStrength.placed && mention >= 0)
    return mentions[mention]!.mentionType === 'PRON' ? TurnClass.pronoun : TurnClass.tagged
  return strength !== TagStrength.none || beats.length > 0 ? TurnClass.beat : TurnClass.bare
}

const callingFeature: readonly number[] = (() => {
  const features: number[] = []
  features[Calling.name] = F.nominalTag
  features[Calling.introduced] = F.introducedTag
  features[Calling.role] = F.roleTag
  features[Calling.anyone] = F.anyoneTag
  features[Calling.kin] = F.kinTag
  return features
})()

function scoreTag(scoring: Scoring, links: Links, tag: Tag, figures: readonly number[], sheet: Sheet): void {
  if (tag.strength === TagStrength.none) return
  if (tag.strength === TagStrength.beat) {
    scoreBeat(scoring, links, tag, 1, figures, sheet)
    return
  }
  const { text, mentions, pronounSex } = scoring.reading
  const { cast, antecedents } = scoring
  const { figureOf, clusterOf, figureOfCluster, sex, teller, narrates, trusted, confidence, calling } = cast
  const told = tag.addressee < 0 ? -1 : figures.indexOf(figureOf[tag.addressee]!)
  if (told >= 0) sheet.add(told, F.toldTo, 1)
  const m = tag.mention
  if (m < 0) return
  const own = figureOf[m]!
  const linked = figureOfCluster[clusterOf[m]!]!
  if (mentions[m]!.mentionType === 'PROP') {
    const k = figures.indexOf(own)
    if (k >= 0) sheet.add(k, F.nameTag, 1)
    return
  }
  if (mentions[m]!.mentionType === 'NOM') {
    const stated = own < 0 ? Sex.unknown : sex[own]!
    const linkedTo = own < 0 ? undefined : links.get(own)
    for (let k = 0; k < figures.length; k++) {
      const f = figures[k]!
      if (f === own) {
        sheet.add(k, callingFeature[calling[own]!]!, 1)
        if (trusted) sheet.add(k, F.nominalTrusted, 1)
        if (linkedTo !== undefined) sheet.add(k, F.linkedNominal, 1)
        continue
      }
      agree(sheet, k, sex[f]!, stated)
      if (f === linkedTo) sheet.add(k, F.link, 1)
      else {
        sheet.add(k, F.otherThanNominal, 1)
        if (f === linked) sheet.add(k, F.nominalCluster, 1)
      }
    }
    return
  }
  const stated = pronounSex[m]!
  if (stated !== Sex.unknown) {
    const tells = teller[text.tokens.paragraph[mentions[m]!.head]!]!
    for (let k = 0; k < figures.length; k++) {
      const f = figures[k]!
      if (f === linked) {
        sheet.add(k, trusted ? F.pronounTrusted : F.pronounSame, 1)
        if (trusted) sheet.add(k, F.pronounSure, confidence[m]! - 0.75)
      }
      agree(sheet, k, sex[f]!, stated)
      if (f === tells) sheet.add(k, F.narratorInThird, 1)
      // Coreference seldom takes whoever tells another part for the "she" of this one.
      else if (narrates[f] === 1 && f !== linked) sheet.add(k, F.narratorElsewhere, 1)
    }
    antecedents.before(m, stated, (f, rank, subject, paragraphs) => {
      const k = figures.indexOf(f)
      if (k < 0) return
      const kind = subject ? (paragraphs === 0 ? F.antecedentBeside : F.antecedentSubject) : F.antecedentOther
      sheet.add(k, kind, antecedentRank ** rank)
      sheet.add(k, rank === 0 ? F.antecedentFirst : rank === 1 ? F.antecedentSecond : F.antecedentThird, 1)
    })
  } else {
    const k = figures.indexOf(own >= 0 ? own : linked)
    if (k >= 0) sheet.add(k, own >= 0 ? F.firstPersonTag : F.sexlessTag, 1)
  }
}

function agree(sheet: Sheet, k: number, candidate: number, stated: number): void {
  if (stated === Sex.unknown) return
  sheet.add(k, candidate === Sex.unknown ? F.sexUnknown : candidate === stated ? F.sexAgrees : F.sexDiffers, 1)
}

/** @param by what the beat is worth. */
function scoreBeat(
  { reading: { mentions, pronounSex }, cast, antecedents }: Scoring,
  links: Links,
  { mention: m, addressee }: Tag,
  by: number,
  figures: readonly number[],
  sheet: Sheet,
): void {
  const { figureOf, clusterOf, figureOfCluster, sex, trusted, confidence } = cast
  const told = addressee < 0 ? -1 : figures.indexOf(figureOf[addressee]!)
  if (told >= 0) sheet.add(told, F.beatToldTo, by)
  if (m < 0) return
  const own = figureOf[m]!
  const linked = figureOfCluster[clusterOf[m]!]!
  if (mentions[m]!.mentionType === 'PROP') {
    const k = figures.indexOf(own)
    if (k >= 0) sheet.add(k, F.nameBeat, by)
    return
  }
  if (mentions[m]!.mentionType === 'NOM') {
    const stated = own < 0 ? Sex.unknown : sex[own]!
    const linkedTo = own < 0 ? undefined : links.get(own)
    for (let k = 0; k < figures.length; k++) {
      const f = figures[k]!
      if (f === own) {
        sheet.add(k, F.nominalBeat, by)
        if (linkedTo !== undefined) sheet.add(k, F.linkedNominal, by)
        continue
      }
      agreeBeat(sheet, k, sex[f]!, stated, by)
      if (f === linkedTo) sheet.add(k, F.link, by)
      else if (f === linked) sheet.add(k, F.beatNominalCluster, by)
    }
    return
  }
  const stated = pronounSex[m]!
  if (stated !== Sex.unknown) {
    for (let k = 0; k < figures.length; k++) {
      const f = figures[k]!
      if (f === linked) {
        sheet.add(k, trusted ? F.beatPronounTrusted : F.beatPronounSame, by)
        if (trusted) sheet.add(k, F.beatPronounSure, by * (confidence[m]! - 0.75))
      }
      agreeBeat(sheet, k, sex[f]!, stated, by)
    }
    antecedents.before(m, stated, (f, rank, subject, paragraphs) => {
      const k = figures.indexOf(f)
      const kind = subject ? (paragraphs === 0 ? F.beatAntecedentBeside : F.beatAntecedentSubject) : F.beatAntecedentOther
      if (k >= 0) sheet.add(k, kind, by * antecedentInBeat * antecedentRank ** rank)
    })
  } else {
    const k = figures.indexOf(own >= 0 ? own : linked)
    if (k >= 0) sheet.add(k, own >= 0 ? F.beatFirstPerson : F.beatSexless, by)
  }
}

function agreeBeat(sheet: Sheet, k: number, candidate: number, stated: number, by: number): void {
  if (stated === Sex.unknown || candidate === Sex.unknown) return
  sheet.add(k, candidate === stated ? F.beatSexAgrees : F.beatSexDiffers, by)
}
