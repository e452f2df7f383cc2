/** Which entities a mention may be, before any is scored. */
import { invokedWords } from '../lexicon/person.js'
import { type Attributes, Kind } from './attribute.js'
import type { Callings } from './calling.js'
import { Role } from './clause.js'
import type { Entity } from './entity.js'
import { impossible, type TalkView } from './feature.js'
import type { NamedPerson } from './name.js'
import { Group } from './template.js'

/** Entities kept in reach of a pronoun, the latest mentioned first; twenty bring 0.1 CoNLL more on LitBank dev and cost a fifth of the time. */
export const inReach = 10
/** Paragraphs after an "I" of the narration in which its narrator is still telling. */
const tellingReach = 12
/** The same in the first round, whose mistakes the second corrects. */
export const inReachOfDraft = 6
/** Entities with the same head noun that a nominal looks at. */
const sameHeadReach = 6
/** Groups that a plural looks at beside them. */
const groupsInReach = 6
/** Persons with a title that the head noun names. */
const bearersReach = 4
/** Candidates of one mention at most: those in reach, three in the talk, those of the same head. */
export const mostCandidates = inReach + 3 + sameHeadReach + bearersReach + groupsInReach

export class Reach {
  /** Candidates of the mention at hand and how each fits. */
  readonly ids = new Int32Array(mostCandidates)
  readonly fits = new Uint8Array(mostCandidates)
  count = 0
  /** Latest mentioned first. */
  private readonly recent = new Int32Array(inReach)
  private recentCount = 0
  /** Groups alone, latest first: they outlast the persons who act between. */
  private readonly groups = new Int32Array(groupsInReach)
  private groupCount = 0
  /** Gathering in which an entity was last considered or barred. */
  private readonly seen: Int32Array
  private tick = 0
  /** Persons of the alias layer that are called upon and never there, by index. */
  private readonly invoked: Uint8Array

  constructor(
    private readonly attributes: Attributes,
    private readonly entities: readonly Entity[],
    private readonly entityOf: Int32Array,
    private readonly callings: Callings,
    private readonly entityOfPerson: Int32Array,
    private readonly width: number,
    persons: readonly NamedPerson[],
  ) {
    this.invoked = Uint8Array.from(persons, (person) => (areInvoked(person) ? 1 : 0))
    this.seen = new Int32Array(attributes.length)
  }

  /** Puts an entity at the head of those in reach. */
  remember(id: number): void {
    this.recentCount = putFirst(this.recent, this.recentCount, id)
    if (this.entities[id]!.plural) this.groupCount = putFirst(this.groups, this.groupCount, id)
  }

  /** The two persons mentioned last, -1 for none: who "they" and "we" may be. */
  lastPair(pair: Int32Array): void {
    pair.fill(-1)
    let found = 0
    for (let i = 0; i < this.recentCount && found < 2; i++)
      if (!this.entities[this.recent[i]!]!.plural) pair[found++] = this.recent[i]!
  }

  /** Entities that the mention may be: the latest, those called alike, those in the talk; none that it is a part of. */
  gather(m: number, group: number, owner: number, talk: TalkView | null): void {
    this.tick++
    const { attributes: a } = this
    this.count = 0
    // "[[her] sister]": she is not her sister; but "[a man using a roof for [his] desk]" is he.
    for (let inner = m; a.outer[inner]! >= 0; inner = a.outer[inner]!)
      if (a.kind[m] !== Kind.pronoun || !a.trails[inner]) this.bar(this.entityOf[a.outer[inner]!]!)
    this.bar(owner)
    if (a.joined[m]! >= 0) this.bar(this.entityOf[a.joined[m]!]!)
    for (let i = 0; i < Math.min(this.recentCount, this.width); i++) this.take(m, group, this.recent[i]!)
    if (a.plural[m] && group !== Group.name) for (let i = 0; i < this.groupCount; i++) this.take(m, group, this.groups[i]!)
    if (talk !== null) {
      this.take(m, group, talk.speaker)
      this.take(m, group, talk.addressee)
      this.take(m, group, talk.vocative)
    }
    if (a.kind[m] === Kind.nominal) {
      const called = this.callings.calledBy(a.head[m]!)
      for (let i = called.length - 1; i >= 0 && i >= called.length - sameHeadReach; i--) this.take(m, group, called[i]!)
      const bearers = this.callings.bearersOf(a.head[m]!)
      for (let i = 0; i < bearers.length && i < bearersReach; i++) this.take(m, group, this.entityOfPerson[bearers[i]!]!)
    }
  }

  private isInvoked({ person }: Entity): boolean {
    return person >= 0 && this.invoked[person] === 1
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
    // God is called upon more often than anyone tells what he does.
    if ((group === Group.third || group === Group.thirdSpeech) && entity.lastRole !== Role.subject && this.isInvoked(entity))
      return
    // A new name is not another name's bearer: which strings go together is settled before.
    if (group === Group.name && (entity.person >= 0 || entity.plural !== (a.plural[m] === 1))) return
    const fit = entity.fit(m, a)
    if (impossible(fit, group)) return
    this.ids[this.count] = id
    this.fits[this.count++] = fit
  }
}

const areInvoked = ({ forms, count }: NamedPerson): boolean => {
  let uses = 0
  for (const form of forms) if (form.words.every((word) => invokedWords.has(word))) uses += form.count
  return uses * 2 > count
}

/** Moves an entity to the front of a list, or puts it there; returns how many the list holds. The last falls out of a full list. */
function putFirst(list: Int32Array, count: number, id: number): number {
  let place = 0
  while (place < count && list[place] !== id) place++
  for (let i = Math.min(place, list.length - 1); i > 0; i--) list[i] = list[i - 1]!
  list[0] = id
  return place === count && count < list.length ? count + 1 : count
}
