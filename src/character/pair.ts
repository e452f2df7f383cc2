/** Two persons of whom a plural may speak. */
import type { Attributes } from './attribute.js'
import type { Entity } from './entity.js'
import type { Reach } from './reach.js'

export class Pairs {
  /** The two that the plural at hand may be, -1 for none; true when they were just joined by "and". */
  readonly pair = new Int32Array(2).fill(-1)
  isJoint = false
  /** The two last joined, and the sentence in which they were. */
  private readonly joined = new Int32Array(2).fill(-1)
  private joinedIn = -1000

  constructor(
    private readonly attributes: Attributes,
    private readonly entities: readonly Entity[],
    private readonly entityOf: Int32Array,
    private readonly reach: Reach,
  ) {}

  /** Finds the two for mention m: those just named together, else those mentioned last. */
  find(m: number): void {
    this.reach.lastPair(this.pair)
    this.isJoint = this.attributes.sentence[m]! - this.joinedIn <= 1
    if (this.isJoint) this.pair.set(this.joined)
  }

  /** Keeps who is named together, and for a group whom it may hold. */
  settle(m: number, id: number): void {
    const { attributes: a, entities } = this
    const entity = entities[id]!
    const left = a.joined[m]! < 0 ? -1 : this.entityOf[a.joined[m]!]!
    if (left >= 0 && !entity.plural && !entities[left]!.plural) {
      this.joined[0] = left
      this.joined[1] = id
      this.joinedIn = a.sentence[m]!
    }
    if (!entity.plural) return
    this.find(m)
    entity.firstOfPair = this.pair[0]!
    entity.secondOfPair = this.pair[1]!
  }
}
