/** Which entities a mention may be, before any is scored. */
import { type Attributes, Kind } from './attribute.js'
import type { Callings } from './calling.js'
import type { Entity } from './entity.js'
import { impossible, type TalkView } from './feature.js'
import { Group } from './template.js'

/** Entities kept in reach of a pronoun, the latest mentioned first; twenty bring 0.1 CoNLL more on LitBank dev and cost a fifth of the time. */
const inReach = 10
/** Paragraphs after an "I" of the narration in which its narrator is still telling. */
const tellingReach = 12
/** Entities with the same head noun that a nominal looks at. */
const sameHeadReach = 6
/** Candidates of one mention at most: those in reach, three in the talk, those of the same head. */
export const mostCandidates = inReach + 3 + sameHeadReach

export class Reach {
  /** Candidates of the mention at hand and how each fits. */
  readonly ids = new Int32Array(mostCandidates)
  readonly fits = new Uint8Array(mostCandidates)
  count = 0
  /** Latest mentioned first. */
  private readonly recent = new Int32Array(inReach)
  private recentCount = 0
  /** Gathering in which an entity was last considered or barred. */
  private readonly seen: Int32Array
  private tick = 0

  constructor(
    private readonly attributes: Attributes,
    private readonly entities: readonly Entity[],
    private readonly entityOf: Int32Array,
    private readonly callings: Callings,
  ) {
    this.seen = new Int32Array(attributes.length)
  }

  /** Puts an entity at the head of those in reach. */
  remember(id: number): void {
    const { recent } = this
    let place = 0
    while (place < this.recentCount && recent[place] !== id) place++
    if (place === this.recentCount && place < inReach) this.recentCount++
    for (let i = Math.min(place, inReach - 1); i > 0; i--) recent[i] = recent[i - 1]!
    recent[0] = id
  }

  /** Entities that the mention may be: the latest, those called alike, those in the talk; none that it is a part of. */
  gather(m: number, group: number, owner: number, talk: TalkView | null): void {
    this.tick++
    const { attributes: a } = this
    this.count = 0
    // "[[her] sister]": she is not her sister; nor is anyone what a mention around this one stands for.
    for (let outer = a.outer[m]!; outer >= 0; outer = a.outer[outer]!) this.bar(this.entityOf[outer]!)
    this.bar(owner)
    if (a.joined[m]! >= 0) this.bar(this.entityOf[a.joined[m]!]!)
    for (let i = 0; i < this.recentCount; i++) this.take(m, group, this.recent[i]!)
    if (talk !== null) {
      this.take(m, group, talk.speaker)
      this.take(m, group, talk.addressee)
      this.take(m, group, talk.vocative)
    }
    if (a.kind[m] === Kind.nominal) {
      const called = this.callings.calledBy(a.head[m]!)
      for (let i = called.length - 1; i >= 0 && i >= called.length - sameHeadReach; i--) this.take(m, group, called[i]!)
    }
  }

  private bar(id: number): void {
    if (id >= 0) this.seen[id] = this.tick
  }

  private take(m: number, group: number, id: number): void {
    if (id < 0 || this.seen[id] === this.tick) return
    this.seen[id] = this.tick
    const { attributes: a } = this
    const entity = this.entities[id]!
    // Who tells "I" is not "he" in the same telling.
    if (group === Group.third && entity.narrator && a.paragraph[m]! - entity.lastTold < tellingReach) return
    // A new name is not another name's bearer: which strings go together is settled before.
    if (group === Group.name && (entity.person >= 0 || entity.plural !== (a.plural[m] === 1))) return
    const fit = entity.fit(m, a)
    if (impossible(fit, group)) return
    this.ids[this.count] = id
    this.fits[this.count++] = fit
  }
}
