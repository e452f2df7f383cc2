/** Integer features of "this mention is that entity" and "this mention is someone new", for a linear scorer. */

import { signCodes } from '../text/sign.js'
import { type Attributes, Kind } from './attribute.js'
import { Role } from './clause.js'
import { type Entity, Fit } from './entity.js'
import { HeadClass } from './noun.js'
import { Case, Sex } from './pronoun.js'
import { Relation } from './relation.js'
import { at, type FeatureSum, Group, stepOf, steps } from './template.js'

const sentenceSteps = steps([1, 2, 3, 4, 6, 11, 25])
const paragraphSteps = steps([1, 2, 4, 8])
const sizeSteps = steps([2, 3, 5, 9, 17])
const subjectSteps = steps([1, 2, 3, 5])
const callingSteps = steps([1, 4, 11, 40])
const wordSteps = steps([2, 3, 4, 6])
const prominenceStep = (value: number): number =>
  value < 1.5 ? (value < 0.25 ? 0 : value < 0.75 ? 1 : 2) : value < 3 ? 3 : value < 6 ? 4 : 5

/** Where a candidate stands among those in reach. */
export interface Standing {
  /** Place by recency among the candidates that fit. */
  rank: number
  /** Place among those that fit and were last subjects. */
  subjectRank: number
  /** How many fit. */
  choice: number
  tick: number
  /** Entities that were the last and the last but one subject of the narration, and the paragraph's first. */
  subject: number
  subjectBefore: number
  paragraphSubject: number
  /** Entity through whose eyes the paragraph is told, -1 for unknown. */
  focal: number
  /** Next mention by name of the candidate, -1 for none; its name uses in the paragraph. */
  nextName: number
  namedHere: number
  /** For a pronoun or noun in a tag: speakers of the turn before and of the one before that, someone addressed. */
  tagged: TagContext | null
  /** Two persons of whom a plural may speak, `null` for a singular; true when they were just joined by "and". */
  pair: Int32Array | null
  joint: boolean
}

/** Entities whose turn it may be, -1 for none, and paragraphs since the turn before. */
export interface TagContext {
  before: number
  twoBefore: number
  vocative: number
  gap: number
}

/** What the talk around a mention says of a candidate. */
export interface TalkView {
  /** Entities, -1 for unknown. */
  speaker: number
  addressee: number
  /** Speaker of the turn before. */
  before: number
  /** Someone addressed by name in the quotation. */
  vocative: number
  turn: number
}

/** Codes of how a nominal's head agrees with what the entity was called. */
export const HeadMatch = { none: 0, same: 1, exact: 2, name: 3, similar: 4 } as const

/** Codes of what is known of an owned entity and its owner: called so before, called another relation, the inverse relation, surnames. */
export const Kin = { none: 0, same: 1, other: 2, inverse: 3, surname: 4, stranger: 5 } as const

/** What comparing a nominal with an entity's callings gave. */
export interface NominalView {
  head: number
  /** 0 no owners, 1 the same, 2 different ones, 3 only the mention owned, 4 only the entity owned. */
  owner: number
  /** 0 none, 1 shared, 2 different. */
  modifiers: number
  /** A code of `Kin`. */
  kin: number
  /** A code of `Relation`. */
  relation: number
  listed: number
}

/** Writes the features of linking mention m to entity e. */
export function writeLink(
  out: FeatureSum,
  m: number,
  e: Entity,
  a: Attributes,
  fit: number,
  standing: Standing,
  talk: TalkView | null,
  nominal: NominalView | null,
): void {
  const apart = a.sentence[m]! - e.lastSentence
  const s = stepOf(sentenceSteps, apart)
  const s3 = Math.min(s, 3)
  const p = stepOf(paragraphSteps, a.paragraph[m]! - e.lastParagraph)
  const rank = Math.min(standing.rank, 5)
  const size = stepOf(sizeSteps, e.size)
  const role = a.role[m]!
  out.add(at.bias)
  out.add(at.distance + s * 6 + e.lastRole)
  out.add(at.rank + rank * 6 + fit)
  out.add(at.size + size * 5 + p)
  out.add(at.last + (e.lastKind * 4 + s3) * 6 + role)
  out.add(at.roles + (role * 6 + e.lastRole) * 3 + Math.min(s, 2))
  out.add(at.type + e.type * 6 + size)
  const prominence = prominenceStep(e.prominenceNow(standing.tick))
  out.add(at.prominence + prominence * 4 + Math.min(rank, 3))
  out.add(at.choice + Math.min(standing.choice, 4) * 6 + rank)
  const sinceSubject = a.sentence[m]! - e.lastSubject
  out.add(
    at.subject +
      Math.min(standing.subjectRank, 3) * 8 +
      Math.min(stepOf(subjectSteps, sinceSubject), 3) * 2 +
      (role === Role.subject ? 1 : 0),
  )
  out.add(at.fit + fit * 4 + e.type)
  if (e.size === 1)
    out.add(at.first + (e.firstKind === Kind.nominal ? 8 + e.firstDeterminer * 4 + s3 : e.firstKind * 2 + Math.min(s, 1)))
  if (e.narrator) out.add(at.narrator + Math.min(s, 3) * 3 + (a.quotation[m]! >= 0 ? 1 : 0))
  // Within a clause, an object is not its subject unless the pronoun is reflexive; a possessive often is.
  if (e.lastClause === a.clause[m] && apart === 0) {
    const reflexive = a.case[m] === Case.reflexive
    out.add(
      at.bind + (reflexive ? 1 : role === Role.possessive ? 2 : e.lastRole === Role.subject ? 3 : role === Role.subject ? 4 : 5),
    )
  } else out.add(at.bind)
  if (talk === null) {
    const since = a.paragraph[m]! - e.lastSpoke
    out.add(at.talk + 40 + (since === 0 ? 0 : since === 1 ? 1 : since <= 3 ? 2 : 3))
  } else {
    const part =
      e.id === talk.speaker ? 1 : e.id === talk.addressee ? 2 : e.id === talk.vocative ? 3 : e.id === talk.before ? 4 : 0
    const known = (talk.speaker >= 0 ? 1 : 0) + (talk.addressee >= 0 ? 2 : 0)
    out.add(at.talk + part * 4 + known + (role === Role.vocative ? 20 : 0))
    const spoke = Math.min(talk.turn - e.spokeTurn, 4)
    const heard = Math.min(talk.turn - e.heardTurn, 4)
    out.add(at.turn + spoke * 5 + heard + (talk.speaker >= 0 ? 25 : 0))
    if (a.person[m] === 1 && a.plural[m])
      out.add(
        at.sayer +
          (e.lastSayer < 0 ? 0 : e.lastSayer === talk.speaker ? 1 : e.lastSayer === talk.addressee ? 2 : 3) * 3 +
          Math.min(p, 2),
      )
  }
  if (standing.pair !== null && e.plural) out.add(at.members + (shared(standing.pair, e) * 2 + (standing.joint ? 1 : 0)) * 4 + s3)
  writeContext(out, m, e, a, standing, s, rank)
  if (a.kind[m] === Kind.name) out.add(at.call + e.type * 8 + fit)
  if (nominal !== null) {
    const det = a.determiner[m]!
    out.add(at.head + (nominal.head * 6 + det) * 5 + stepOf(callingSteps, apart))
    out.add(at.headSize + nominal.head * 6 + size)
    out.add(at.owner + (nominal.owner * 2 + (a.headClass[m] === HeadClass.kin ? 1 : 0)) * 4 + Math.min(nominal.head, 3))
    out.add(at.modifiers + nominal.modifiers * 5 + nominal.head)
    if (nominal.head === HeadMatch.none || nominal.head === HeadMatch.similar) {
      out.add(at.kindOf + (a.headClass[m]! * 6 + det) * 4 + e.type)
      out.addHead(nominal.listed, e.names > 0 ? 1 : 2)
    }
    if (nominal.relation !== Relation.none) out.add(at.kin + nominal.relation * 6 + nominal.kin)
    if (a.describes[m]! >= 0) out.add(at.describe + 1 + nominal.head)
  }
}

/** Where the entity stands in the tag, the narration, the paragraph and the story. */
function writeContext(
  out: FeatureSum,
  m: number,
  e: Entity,
  a: Attributes,
  { tagged, subject, subjectBefore, paragraphSubject, focal, nextName, namedHere }: Standing,
  s: number,
  rank: number,
): void {
  const role = a.role[m]!
  const quoted = a.quotation[m]! >= 0 ? 1 : 0
  if (tagged !== null) {
    const whose = e.id === tagged.before ? 1 : e.id === tagged.twoBefore ? 2 : e.id === tagged.vocative ? 3 : 0
    out.add(at.tag + (whose * 4 + tagged.gap) * 2 + (tagged.before >= 0 ? 1 : 0))
  }
  out.add(at.salience + salienceStep(e.salience) * 4 + Math.min(rank, 3))
  const place = e.lastQuotation < 0 ? 0 : e.lastQuotation === a.quotation[m] ? 1 : 2
  out.add(at.quoted + ((quoted * 3 + place) * 4 + Math.min(s, 3)) * 2 + (role === Role.subject ? 1 : 0))
  out.add(at.narrated + stepOf(sentenceSteps, a.sentence[m]! - e.lastNarrated) * 2 + quoted)
  if (a.outer[m]! >= 0)
    out.add(at.inside + insideOf(m, e, a) * 3 + (a.case[m] === Case.reflexive ? 0 : role === Role.possessive ? 1 : 2))
  const center = e.id === subject ? 1 : e.id === subjectBefore ? 2 : 0
  out.add(at.center + (center * 6 + role) * 3 + Math.min(s, 2))
  const seer = focal < 0 ? 0 : e.id === focal ? 2 : 1
  out.add(at.focal + (seer * 6 + role) * 2 + quoted)
  if (quoted === 0) {
    out.add(at.sign + (seer * signCodes + a.sign[m]!) * 2 + (e.lastParagraph === a.paragraph[m] ? 1 : 0))
    out.add(at.signSalience + salienceStep(e.salience) * signCodes + a.sign[m]!)
  }
  out.add(at.focalRank + seer * 4 + Math.min(rank, 3))
  const here = e.inParagraph === a.paragraph[m] ? Math.min(e.paragraphCount, 4) : 0
  out.add(at.paragraph + (here * 2 + (e.id === paragraphSubject ? 1 : 0)) * 2 + quoted)
  if (e.person >= 0) {
    out.add(at.ahead + nextNameStep(m, nextName, a) * 6 + role)
    out.add(at.around + Math.min(namedHere, 4) * 6 + rank)
  }
}

/** How the entity's last mention stands to the mention that holds m. */
function insideOf(m: number, e: Entity, { outer, trails, joined, possessor, describes }: Attributes): number {
  const whole = outer[m]!
  const last = e.lastMention
  if (last === whole) return trails[m] ? 1 : 2
  // "Miss Watkin and [[her] sister]".
  if (joined[whole] === last) return possessor[whole] === m ? 3 : 4
  if (outer[whole] === last && last >= 0) return trails[m] && trails[whole] ? 5 : trails[whole] ? 6 : 0
  if (describes[whole] === last) return 7
  return 0
}

/** How many of two persons a group may hold. */
const shared = (pair: Int32Array, { firstOfPair, secondOfPair }: Entity): number =>
  (pair[0]! >= 0 && (pair[0] === firstOfPair || pair[0] === secondOfPair) ? 1 : 0) +
  (pair[1]! >= 0 && (pair[1] === firstOfPair || pair[1] === secondOfPair) ? 1 : 0)

const aheadSteps = steps([2, 4, 7, 16])

/** 0 for none, 1 in the clause, 2 in the sentence, then by sentences ahead. */
function nextNameStep(m: number, next: number, { clause, sentence }: Attributes): number {
  if (next < 0) return 0
  if (clause[next] === clause[m]) return 1
  const ahead = sentence[next]! - sentence[m]!
  return ahead <= 0 ? 2 : 3 + stepOf(aheadSteps, ahead)
}

const salienceStep = (share: number): number =>
  share === 0 ? 0 : share < 0.1 ? (share < 0.03 ? 1 : 2) : share < 0.2 ? 3 : share < 0.4 ? 4 : 5

/** Writes the features of mention m opening an entity of its own. `same` counts entities called by the same head. */
export function writeNew(
  out: FeatureSum,
  m: number,
  a: Attributes,
  words: number,
  postmodified: boolean,
  same: number,
  standing: Standing,
  listed: number,
): void {
  const det = a.determiner[m]!
  const quoted = a.quotation[m]! >= 0 ? 1 : 0
  out.add(at.newBias)
  out.add(at.newForm + det * 7 + a.headClass[m]!)
  out.add(at.newSame + Math.min(same, 2) * 6 + det)
  out.add(at.newChoice + Math.min(standing.choice, 5) * 6 + a.role[m]!)
  out.add(at.newRole + a.role[m]! * 2 + quoted)
  out.add(at.newLength + stepOf(wordSteps, words) * 6 + det)
  if (postmodified) out.add(at.newDescribes + 2)
  if (a.describes[m]! >= 0) out.add(at.newDescribes + 3)
  const owner = a.possessor[m]!
  if (owner >= 0) {
    const who =
      a.kind[owner] !== Kind.pronoun
        ? 3
        : a.person[owner] === 1
          ? 0
          : a.person[owner] === 2
            ? 1
            : a.sex[owner] === Sex.they
              ? 4
              : 2
    out.add(at.newOwner + who * 7 + a.headClass[m]!)
  }
  if (standing.pair !== null) out.add(at.newPair + (standing.joint ? 2 : standing.pair[1]! >= 0 ? 1 : 0))
  if (a.kind[m] === Kind.nominal) out.addHead(listed, 0)
}

/** The group whose weights score a mention. */
export function groupOf(m: number, a: Attributes): number {
  if (a.kind[m] === Kind.name) return Group.name
  if (a.kind[m] === Kind.nominal) return a.plural[m] ? Group.nominals : Group.nominal
  if (a.person[m] === 1) return a.plural[m] ? Group.we : Group.speech
  if (a.person[m] === 2) return Group.you
  if (a.sex[m] === Sex.they) return Group.they
  if (a.sex[m] === Sex.it) return Group.it
  return a.quotation[m]! >= 0 ? Group.thirdSpeech : Group.third
}

/** A candidate that cannot be meant, whatever else speaks for it: of the other sex, or several for "he" and "she". */
export const impossible = (fit: number, group: number): boolean =>
  (fit === Fit.clash && (group === Group.third || group === Group.thirdSpeech || group === Group.nominal)) ||
  (fit === Fit.number && (group === Group.third || group === Group.thirdSpeech))
