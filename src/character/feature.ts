/** Integer features of "this mention is that entity" and "this mention is someone new", for a linear scorer. */
import { type Attributes, HeadClass, Kind, Role } from './attribute.js'
import { type Entity, Fit } from './entity.js'
import { Case, Sex } from './pronoun.js'

/** Kinds of mention that are scored by weights of their own. */
export const Group = {
  third: 0,
  thirdSpeech: 1,
  they: 2,
  we: 3,
  speech: 4,
  you: 5,
  name: 6,
  nominal: 7,
  nominals: 8,
  it: 9,
} as const
export const groupCount = 10

/** Sizes of the templates: how many values each can take. */
const templates = {
  bias: 1,
  distance: 48,
  rank: 36,
  size: 30,
  last: 72,
  bind: 6,
  roles: 108,
  talk: 48,
  turn: 50,
  type: 24,
  prominence: 24,
  choice: 30,
  subject: 32,
  fit: 24,
  first: 32,
  narrator: 12,
  head: 150,
  headSize: 30,
  owner: 40,
  modifiers: 20,
  kindOf: 168,
  call: 32,
  describe: 12,
  sayer: 12,
  tag: 32,
  salience: 24,
  quoted: 48,
  narrated: 16,
  center: 54,
  paragraph: 20,
  ahead: 48,
  around: 30,
  newBias: 1,
  newForm: 42,
  newSame: 18,
  newChoice: 36,
  newRole: 12,
  newLength: 30,
  newOwner: 56,
  newDescribes: 4,
} as const
type Template = keyof typeof templates

const offsets = {} as Record<Template, number>
let total = 0
for (const [name, size] of Object.entries(templates)) {
  offsets[name as Template] = total
  total += size
}
/** Lexical features: one per listed head noun, for new ones and for links without the same head. */
export const headFeatures = 3
export const baseFeatures = total

/** The names of the templates with their sizes: a model made for others does not fit. */
export const templateSignature = Object.entries(templates)
  .map(([name, size]) => `${name}:${size}`)
  .join(' ')

/** A growing list of feature indexes, reused. */
export class FeatureBuffer {
  readonly values = new Int32Array(64)
  length = 0
  private base = 0

  /** Starts anew for a group; `heads` is the number of listed head nouns. */
  start(group: number, heads: number): void {
    this.length = 0
    this.base = group * (baseFeatures + heads * headFeatures)
  }
  add(template: Template, value: number): void {
    this.values[this.length++] = this.base + offsets[template] + value
  }
  addHead(listed: number, use: number): void {
    if (listed >= 0) this.values[this.length++] = this.base + baseFeatures + listed * headFeatures + use
  }
}

const bucket = (value: number, edges: readonly number[]): number => {
  let b = 0
  while (b < edges.length && value >= edges[b]!) b++
  return b
}
const sentenceEdges = [1, 2, 3, 4, 6, 11, 25]
const paragraphEdges = [1, 2, 4, 8]
const sizeEdges = [2, 3, 5, 9, 17]
const prominenceEdges = [0.25, 0.75, 1.5, 3, 6]

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
  /** Next mention by name of the candidate, -1 for none; its name uses in the paragraph. */
  nextName: number
  namedHere: number
  /** For a pronoun or noun in a tag: speakers of the turn before and of the one before that, someone addressed. */
  tagged: { before: number; twoBefore: number; vocative: number; gap: number } | null
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

/** What comparing a nominal with an entity's callings gave. */
export interface NominalView {
  head: number
  /** 0 no owners, 1 the same, 2 different ones, 3 only the mention owned, 4 only the entity owned. */
  owner: number
  /** 0 none, 1 shared, 2 different. */
  modifiers: number
  listed: number
}

/** Writes the features of linking mention m to entity e. */
export function writeLink(
  out: FeatureBuffer,
  m: number,
  e: Entity,
  a: Attributes,
  fit: number,
  standing: Standing,
  talk: TalkView | null,
  nominal: NominalView | null,
): void {
  const apart = a.sentence[m]! - e.lastSentence
  const s = bucket(apart, sentenceEdges)
  const s3 = Math.min(s, 3)
  const p = bucket(a.paragraph[m]! - e.lastParagraph, paragraphEdges)
  const rank = Math.min(standing.rank, 5)
  const size = bucket(e.size, sizeEdges)
  const role = a.role[m]!
  out.add('bias', 0)
  out.add('distance', s * 6 + e.lastRole)
  out.add('rank', rank * 6 + fit)
  out.add('size', size * 5 + p)
  out.add('last', (e.lastKind * 4 + s3) * 6 + role)
  out.add('roles', (role * 6 + e.lastRole) * 3 + Math.min(s, 2))
  out.add('type', e.type * 6 + size)
  const prominence = bucket(e.prominenceNow(standing.tick), prominenceEdges)
  out.add('prominence', prominence * 4 + Math.min(rank, 3))
  out.add('choice', Math.min(standing.choice, 4) * 6 + rank)
  const sinceSubject = a.sentence[m]! - e.lastSubject
  out.add(
    'subject',
    Math.min(standing.subjectRank, 3) * 8 + Math.min(bucket(sinceSubject, [1, 2, 3, 5]), 3) * 2 + (role === Role.subject ? 1 : 0),
  )
  out.add('fit', fit * 4 + e.type)
  if (e.size === 1)
    out.add('first', e.firstKind === Kind.nominal ? 8 + e.firstDeterminer * 4 + s3 : e.firstKind * 2 + Math.min(s, 1))
  if (e.narrator) out.add('narrator', Math.min(s, 3) * 3 + (a.quotation[m]! >= 0 ? 1 : 0))
  // Within a clause, an object is not its subject unless the pronoun is reflexive; a possessive often is.
  if (e.lastClause === a.clause[m] && apart === 0) {
    const reflexive = a.case[m] === Case.reflexive
    out.add(
      'bind',
      reflexive ? 1 : role === Role.possessive ? 2 : e.lastRole === Role.subject ? 3 : role === Role.subject ? 4 : 5,
    )
  } else out.add('bind', 0)
  if (talk === null) {
    const since = a.paragraph[m]! - e.lastSpoke
    out.add('talk', 40 + (since === 0 ? 0 : since === 1 ? 1 : since <= 3 ? 2 : 3))
  } else {
    const part =
      e.id === talk.speaker ? 1 : e.id === talk.addressee ? 2 : e.id === talk.vocative ? 3 : e.id === talk.before ? 4 : 0
    const known = (talk.speaker >= 0 ? 1 : 0) + (talk.addressee >= 0 ? 2 : 0)
    out.add('talk', part * 4 + known + (role === Role.vocative ? 20 : 0))
    const spoke = Math.min(talk.turn - e.spokeTurn, 4)
    const heard = Math.min(talk.turn - e.heardTurn, 4)
    out.add('turn', spoke * 5 + heard + (talk.speaker >= 0 ? 25 : 0))
    if (a.person[m] === 1 && a.plural[m])
      out.add(
        'sayer',
        (e.lastSayer < 0 ? 0 : e.lastSayer === talk.speaker ? 1 : e.lastSayer === talk.addressee ? 2 : 3) * 3 + Math.min(p, 2),
      )
  }
  if (a.kind[m] === Kind.name) out.add('call', e.type * 8 + fit)
  if (nominal !== null) {
    const det = a.determiner[m]!
    out.add('head', (nominal.head * 6 + det) * 5 + Math.min(bucket(apart, [1, 4, 11, 40]), 4))
    out.add('headSize', nominal.head * 6 + size)
    out.add('owner', (nominal.owner * 2 + (a.headClass[m] === HeadClass.kin ? 1 : 0)) * 4 + Math.min(nominal.head, 3))
    out.add('modifiers', nominal.modifiers * 5 + nominal.head)
    if (nominal.head === HeadMatch.none || nominal.head === HeadMatch.similar) {
      out.add('kindOf', (a.headClass[m]! * 6 + det) * 4 + e.type)
      out.addHead(nominal.listed, e.names > 0 ? 1 : 2)
    }
    if (a.describes[m]! >= 0) out.add('describe', 1 + nominal.head)
  }
}

/** Writes the features of mention m opening an entity of its own. `same` counts entities called by the same head. */
export function writeNew(
  out: FeatureBuffer,
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
  out.add('newBias', 0)
  out.add('newForm', det * 7 + a.headClass[m]!)
  out.add('newSame', Math.min(same, 2) * 6 + det)
  out.add('newChoice', Math.min(standing.choice, 5) * 6 + a.role[m]!)
  out.add('newRole', a.role[m]! * 2 + quoted)
  out.add('newLength', Math.min(bucket(words, [2, 3, 4, 6]), 4) * 6 + det)
  if (postmodified) out.add('newDescribes', 2)
  if (a.describes[m]! >= 0) out.add('newDescribes', 3)
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
    out.add('newOwner', who * 7 + a.headClass[m]!)
  }
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
