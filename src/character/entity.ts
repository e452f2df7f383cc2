/** What is known of one entity while a story is read from left to right. */
import { type Attributes, Determiner, Kind } from './attribute.js'
import { Role } from './clause.js'
import { HeadClass } from './noun.js'
import { Sex } from './pronoun.js'

/** How well a mention's sex or number fits an entity's: codes. */
export const Fit = { sure: 0, likely: 1, open: 2, unlikely: 3, clash: 4, number: 5 } as const

/** A nominal by which an entity was called. */
export interface Calling {
  /** Vocabulary index of the head noun. */
  readonly head: number
  /** Entity that owns it ("her" in "her sister"), -1 for none. */
  readonly owner: number
  /** Mention. */
  readonly mention: number
}

/** Most callings kept; the oldest give way. */
const keptCallings = 12

export class Entity {
  size = 0
  names = 0
  /** Names outside quotations. */
  narratedNames = 0
  nominals = 0
  pronouns = 0
  /** Weighted evidence of sex. */
  he = 0
  she = 0
  plural = false
  /** Of a group: the two persons whom its last mention may hold, -1 for none. */
  firstOfPair = -1
  secondOfPair = -1
  /** True for whoever says "I" outside quotations, and for the "you" that a story is told to. */
  narrator = false
  /** True for the latter. */
  you = false
  /** Person of the alias layer, -1 for the unnamed. */
  person = -1
  readonly callings: Calling[] = []
  firstMention = -1
  lastMention = -1
  lastRole: number = Role.other
  lastKind: number = Kind.pronoun
  lastSentence = -1000
  lastParagraph = -1000
  lastClause = -1
  /** Sentence in which it was last a subject, outside quotations. */
  lastSubject = -1000
  /** Sentence of its last mention outside quotations; the quotation of its last mention, -1 outside. */
  lastNarrated = -1000
  lastQuotation = -1
  /** Paragraph of its last mention and how often that has mentioned it. */
  inParagraph = -1
  paragraphCount = 0
  /** Paragraph in which it last told the story as "I", or was told it as "you". */
  lastTold = -1000
  /** Share of the story's name uses that are its names. */
  salience = 0
  /** Paragraph in which it last spoke. */
  lastSpoke = -1000
  /** Turn (count of quoting paragraphs) in which it last spoke and was last spoken to. */
  spokeTurn = -1000
  heardTurn = -1000
  /** Entity that said the last "we" or "us" of it in a quotation, -1 outside quotations. */
  lastSayer = -1
  /** Fading count of mentions: halves every `prominenceHalf` mentions of anyone. */
  private prominence = 0
  private prominenceAt = 0

  constructor(
    readonly id: number,
    readonly firstKind: number,
    readonly firstDeterminer: number,
  ) {}

  prominenceNow(tick: number): number {
    return this.prominence * (fading[tick - this.prominenceAt] ?? 0)
  }

  /** Takes a mention in. `tick` counts mentions in reading order. */
  add(m: number, a: Attributes, tick: number, owner: number): void {
    const kind = a.kind[m]!
    const sex = a.sex[m]!
    if (this.size === 0) {
      this.firstMention = m
      this.plural = a.plural[m] === 1
    } else if (kind !== Kind.pronoun && this.pronouns === this.size) this.plural = a.plural[m] === 1
    this.size++
    if (kind === Kind.name) {
      this.names++
      if (a.quotation[m]! < 0) this.narratedNames++
    } else if (kind === Kind.nominal) this.nominals++
    else this.pronouns++
    const weight = kind === Kind.pronoun ? 2 : 4
    if (sex === Sex.he) this.he += weight
    else if (sex === Sex.she) this.she += weight
    else if (a.nameSex[m] === Sex.he) this.he += 1
    else if (a.nameSex[m] === Sex.she) this.she += 1
    if (kind === Kind.nominal) {
      if (this.callings.length === keptCallings) this.callings.shift()
      this.callings.push({ head: a.head[m]!, owner, mention: m })
    }
    this.prominence = this.prominenceNow(tick) + 1
    this.prominenceAt = tick
    this.lastMention = m
    this.lastRole = a.role[m]!
    this.lastKind = kind
    this.lastSentence = a.sentence[m]!
    this.lastParagraph = a.paragraph[m]!
    this.lastClause = a.clause[m]!
    this.lastQuotation = a.quotation[m]!
    if (a.quotation[m]! < 0) this.lastNarrated = a.sentence[m]!
    if (this.inParagraph === a.paragraph[m]) this.paragraphCount++
    else {
      this.inParagraph = a.paragraph[m]!
      this.paragraphCount = 1
    }
    if (a.role[m] === Role.subject && a.quotation[m]! < 0) this.lastSubject = a.sentence[m]!
  }

  /** Takes in all that is known of another entity that was this one. */
  absorb(other: Entity): void {
    this.size += other.size
    this.names += other.names
    this.narratedNames += other.narratedNames
    this.nominals += other.nominals
    this.pronouns += other.pronouns
    this.he += other.he
    this.she += other.she
    this.narrator ||= other.narrator
    if (this.person < 0) this.person = other.person
    other.size = 0
  }

  /** Evidence of sex known beforehand, such as a named person's. */
  lean(sex: number, weight: number): void {
    if (sex === Sex.he) this.he += weight
    else if (sex === Sex.she) this.she += weight
  }

  /** How mention m's number and sex fit. */
  fit(m: number, a: Attributes): number {
    const sex = a.sex[m]!
    if (a.person[m] === 3 && a.headClass[m] !== HeadClass.group) {
      if (sex === Sex.they || a.plural[m]) {
        if (this.plural) return Fit.sure
        return sex === Sex.they && this.he < 2 && this.she < 2 && this.size > 0 ? Fit.unlikely : Fit.number
      }
      if (this.plural) return Fit.number
    }
    const own = sex === Sex.unknown ? a.nameSex[m]! : sex
    if (own !== Sex.he && own !== Sex.she) return Fit.open
    const mine = own === Sex.he ? this.he : this.she
    const other = own === Sex.he ? this.she : this.he
    if (mine === 0 && other === 0) return Fit.open
    if (mine >= other) return mine >= 2 * other && mine >= 2 ? Fit.sure : Fit.likely
    return other >= 4 * mine && other >= 4 ? Fit.clash : Fit.unlikely
  }

  /** Named, called by a noun, or pronouns alone: 0, 1, 2; groups 3. */
  get type(): number {
    return this.plural ? 3 : this.names > 0 ? 0 : this.nominals > 0 ? 1 : 2
  }

  /** True for someone first brought in as one of a kind: "a man". */
  get indefinite(): boolean {
    return this.firstKind === Kind.nominal && this.firstDeterminer === Determiner.indefinite
  }
}

/** Mentions of anyone after which an entity's prominence has halved; set on LitBank dev. */
const prominenceHalf = 25
/** What is left of a mention after so many others; nothing after the last. */
const fading = Float32Array.from({ length: 16 * prominenceHalf }, (_, mentions) => 2 ** (-mentions / prominenceHalf))
