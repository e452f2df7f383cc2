/** Who speaks and who is spoken to, as the first pass learns it while it reads. */
import type { QuotationLayer } from '../layers.js'
import type { AliasLayer } from './alias.js'
import { type Attributes, Kind } from './attribute.js'
import { Role } from './clause.js'
import type { Entity } from './entity.js'
import type { TagContext, TalkView } from './feature.js'
import type { Exchanges } from './join.js'
import type { TalkCues } from './talk.js'

/** Earlier answers: the cluster of each quotation's speaker and addressee, and of each mention. */
export interface Earlier {
  readonly speaker: Int32Array
  readonly addressee: Int32Array
  readonly clusterOf: Int32Array
  /** The focal character's cluster for each paragraph, -1 where there is none. */
  readonly focalOf: Int32Array
}

export interface ConversationInput {
  readonly quotations: QuotationLayer
  readonly attributes: Attributes
  readonly aliases: AliasLayer
  readonly talk: TalkCues
  /** `null` in the first round. */
  readonly earlier: Earlier | null
}

export class Conversation {
  /** Entity of each quotation's speaker and addressee, -1 for unknown. */
  private readonly speakerOf: Int32Array
  private readonly addresseeOf: Int32Array
  private readonly opened: Uint8Array
  /** Entity that stands for each cluster of the earlier round, -1 before it comes up. */
  private readonly ofCluster: Int32Array
  /** Quotation that a mention tags, -1 for none. */
  private readonly tagOf: Int32Array
  private lastTurn = -1
  /** Speakers of the turn before and of the one before that, -1 for unknown. */
  private before = -1
  private twoBefore = -1
  private readonly view: TalkView = { speaker: -1, addressee: -1, before: -1, vocative: -1, turn: 0 }
  private readonly tagged: TagContext = { before: -1, twoBefore: -1, vocative: -1, gap: 0 }

  constructor(
    private readonly input: ConversationInput,
    private readonly entities: readonly Entity[],
    private readonly entityOf: Int32Array,
  ) {
    const { quotations, talk, earlier } = input
    const count = quotations.quotations.length
    this.speakerOf = new Int32Array(count).fill(-1)
    this.addresseeOf = new Int32Array(count).fill(-1)
    this.opened = new Uint8Array(count)
    this.tagOf = new Int32Array(entityOf.length).fill(-1)
    for (let q = count - 1; q >= 0; q--) if (talk.tag[q]! >= 0) this.tagOf[talk.tag[q]!] = q
    let clusters = 0
    if (earlier !== null) for (const cluster of earlier.clusterOf) if (cluster >= clusters) clusters = cluster + 1
    this.ofCluster = new Int32Array(clusters).fill(-1)
  }

  /** Works out who speaks a quotation when the first mention in it comes up. */
  open(q: number): void {
    if (this.opened[q]) return
    this.opened[q] = 1
    const { talk, earlier, quotations } = this.input
    const turn = talk.turn[q]!
    const gap = talk.gap[q]!
    if (turn !== this.lastTurn) {
      this.twoBefore = gap <= 2 ? this.before : -1
      this.before = gap <= 2 ? this.speakerOfTurn(q - 1) : -1
      this.lastTurn = turn
    }
    const sameParagraph = q > 0 && quotations.quotations[q - 1]!.paragraph === quotations.quotations[q]!.paragraph
    let speaker = talk.tag[q]! >= 0 ? this.entityOf[talk.tag[q]!]! : -1
    let addressee = -1
    if (earlier !== null) {
      if (speaker < 0) speaker = this.ofCluster[earlier.speaker[q]!] ?? -1
      addressee = this.ofCluster[earlier.addressee[q]!] ?? -1
    }
    if (speaker < 0 && sameParagraph) speaker = this.speakerOf[q - 1]!
    if (speaker < 0 && talk.beat[q]! >= 0) speaker = this.entityOf[talk.beat[q]!]!
    if (speaker < 0 && gap === 1) speaker = this.twoBefore
    if (addressee < 0 && this.before !== speaker && gap <= 2) addressee = this.before
    if (addressee >= 0 && addressee !== speaker) {
      this.addresseeOf[q] = addressee
      this.entities[addressee]!.heardTurn = turn
    }
    if (speaker >= 0) this.speaks(q, speaker)
  }

  private speaks(q: number, entity: number): void {
    const { talk, quotations } = this.input
    this.speakerOf[q] = entity
    this.entities[entity]!.spokeTurn = talk.turn[q]!
    this.entities[entity]!.lastSpoke = quotations.quotations[q]!.paragraph
  }

  private speakerOfTurn(q: number): number {
    const { talk } = this.input
    for (let k = q; k >= 0 && talk.turn[k] === talk.turn[q]; k--) if (this.speakerOf[k]! >= 0) return this.speakerOf[k]!
    return -1
  }

  /** The entity through whose eyes a paragraph is told, -1 for unknown. */
  focalAt(paragraph: number): number {
    const { earlier } = this.input
    return earlier === null ? -1 : (this.ofCluster[earlier.focalOf[paragraph]!] ?? -1)
  }

  /** Who spoke to whom and of whom, once all is read. Keys are pairs of entities. */
  exchanges(): Exchanges {
    const { attributes: a } = this.input
    const size = this.entities.length
    const key = (x: number, y: number): number => Math.min(x, y) * size + Math.max(x, y)
    const spokeTo = new Map<number, number>()
    const spokeOf = new Map<number, number>()
    const count = (to: Map<number, number>, x: number, y: number): void => {
      if (x >= 0 && y >= 0 && x !== y) to.set(key(x, y), (to.get(key(x, y)) ?? 0) + 1)
    }
    this.speakerOf.forEach((speaker, q) => {
      count(spokeTo, speaker, this.addresseeOf[q]!)
    })
    for (let m = 0; m < a.length; m++) {
      const q = a.quotation[m]!
      if (q >= 0 && a.person[m] === 3 && a.role[m] !== Role.vocative) count(spokeOf, this.speakerOf[q]!, this.entityOf[m]!)
    }
    return {
      toEachOther: (x, y) => spokeTo.get(key(x, y)) ?? 0,
      ofEachOther: (x, y) => spokeOf.get(key(x, y)) ?? 0,
    }
  }

  /** What the talk around a mention inside quotation q says. */
  viewOf(q: number): TalkView {
    const { view } = this
    const { talk } = this.input
    view.speaker = this.speakerOf[q]!
    view.addressee = this.addresseeOf[q]!
    view.before = this.before
    view.vocative = talk.vocative[q]! >= 0 ? this.entityOf[talk.vocative[q]!]! : -1
    view.turn = talk.turn[q]!
    return view
  }

  /** Whose turn it may be, for a pronoun or noun that tags a quotation; `null` for others. */
  tagContext(m: number, entityOfPerson: Int32Array): TagContext | null {
    const q = this.tagOf[m]!
    if (q < 0) return null
    const { talk, aliases } = this.input
    const { tagged } = this
    // The turn before this one, whether or not this quotation has come up.
    const current = this.lastTurn === talk.turn[q]
    tagged.before = current ? this.before : this.speakerOfTurn(q - 1)
    tagged.twoBefore = current ? this.twoBefore : this.before
    const vocative = talk.vocative[q]!
    const person = vocative < 0 ? -1 : aliases.personOf[vocative]!
    tagged.vocative = person < 0 ? -1 : entityOfPerson[person]!
    tagged.gap = Math.min(talk.gap[q]!, 3)
    return tagged
  }

  /** Takes in whose mention m was: an "I" tells the speaker, a "you" or an address the one spoken to. */
  settle(m: number, id: number): void {
    const { attributes: a, earlier, talk } = this.input
    const q = a.quotation[m]!
    if (earlier !== null) {
      const cluster = earlier.clusterOf[m]!
      if (q < 0 || a.kind[m] === Kind.name || this.ofCluster[cluster]! < 0) this.ofCluster[cluster] = id
    }
    if (q < 0) return
    if (a.person[m] === 1 && !a.plural[m] && this.speakerOf[q]! < 0) this.speaks(q, id)
    if (a.person[m] === 1) this.entities[id]!.lastSayer = this.speakerOf[q]!
    if ((a.person[m] === 2 || a.role[m] === Role.vocative) && this.addresseeOf[q]! < 0) {
      this.addresseeOf[q] = id
      this.entities[id]!.heardTurn = talk.turn[q]!
    }
  }
}
