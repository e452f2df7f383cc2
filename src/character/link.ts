/** Reads the mentions in order and gives each to an entity: the first pass, mention by mention. */
import type { MentionSpan, PersonLayer, QuotationLayer, TextLayer } from '../layers.js'
import type { AliasLayer } from './alias.js'
import { type Attributes, Kind } from './attribute.js'
import { Callings } from './calling.js'
import { bestOf, certaintyOf, weigh } from './choice.js'
import { Role } from './clause.js'
import { Conversation, type Earlier } from './conversation.js'
import { Entity, Fit } from './entity.js'
import { groupOf, HeadMatch, type Standing, writeLink, writeNew } from './feature.js'
import { Joiner, joinFeatures, type Proposal, propose } from './join.js'
import { NamesAhead } from './lookahead.js'
import { sexOfPerson } from './name.js'
import { readingOrder } from './order.js'
import { Pairs } from './pair.js'
import { inReach, inReachOfDraft, mostCandidates, Reach } from './reach.js'
import type { Scorer } from './scorer.js'
import type { TalkCues } from './talk.js'
import type { JoinWitness, Teacher } from './teacher.js'
import { FeatureSum, Group } from './template.js'

export interface LinkInput {
  readonly text: TextLayer
  readonly quotations: QuotationLayer
  readonly mentions: readonly MentionSpan[]
  readonly attributes: Attributes
  readonly aliases: AliasLayer
  readonly talk: TalkCues
  readonly person: PersonLayer
  /** For each mention that is an "I" outside speech, who tells: a key of its own per narrator; -1 for other mentions. */
  readonly narratorOf: Int32Array
  /** The alias layer's person of each narrator key, -1 for a nameless one. */
  readonly narratorPerson: readonly number[]
  /** `null` in the first round. */
  readonly earlier: Earlier | null
  readonly scorer: Scorer
}

export interface Linking {
  readonly entities: readonly Entity[]
  readonly entityOf: Int32Array
  /** Probability of the choice among the candidates. */
  readonly certainty: Float32Array
}

export function linkMentions(input: LinkInput, teacher: Teacher | null = null, witness: JoinWitness | null = null): Linking {
  return new Linker(input, teacher).run(witness)
}

class Linker {
  private readonly entities: Entity[] = []
  private readonly entityOf: Int32Array
  private readonly certainty: Float32Array
  private readonly reach: Reach
  private readonly proposals: Proposal[] = []
  private readonly byPerson: Int32Array
  private readonly byNarrator = new Map<number, number>()
  private readonly conversation: Conversation
  private readonly callings: Callings
  private readonly ahead: NamesAhead
  private readonly features: FeatureSum
  private readonly standing: Standing = {
    rank: 0,
    subjectRank: 0,
    choice: 0,
    tick: 0,
    subject: -1,
    subjectBefore: -1,
    paragraphSubject: -1,
    focal: -1,
    nextName: -1,
    namedHere: 0,
    tagged: null,
    pair: null,
    joint: false,
  }
  private paragraphOfSubject = -1
  private readonly pairs: Pairs
  private readonly nameCount: number
  private readonly listedHead: Int32Array
  private tick = 0
  /** Scores of the candidates, the last for a new entity. */
  private readonly scores = new Float64Array(mostCandidates + 1)
  /** 1 for a candidate that was called by the very words of the mention. */
  private readonly sameWords = new Uint8Array(mostCandidates)

  constructor(
    private readonly input: LinkInput,
    private readonly teacher: Teacher | null,
  ) {
    const { mentions, aliases, attributes, scorer, text } = input
    this.entityOf = new Int32Array(mentions.length).fill(-1)
    this.certainty = new Float32Array(mentions.length).fill(1)
    this.byPerson = new Int32Array(aliases.persons.length).fill(-1)
    this.features = new FeatureSum(scorer.weights, scorer.heads.size, teacher !== null)
    this.conversation = new Conversation(input, this.entities, this.entityOf)
    this.callings = new Callings(input, this.entities)
    this.reach = new Reach(
      attributes,
      this.entities,
      this.entityOf,
      this.callings,
      this.byPerson,
      input.earlier === null ? inReachOfDraft : inReach,
      aliases.persons,
    )
    this.pairs = new Pairs(attributes, this.entities, this.entityOf, this.reach)
    this.ahead = new NamesAhead(aliases, attributes)
    this.nameCount = aliases.persons.reduce((sum, { count }) => sum + count, 0)
    this.listedHead = new Int32Array(text.tokens.vocabulary.length).fill(-1)
    for (const [head, place] of scorer.heads) {
      const id = text.tokens.wordId(head)
      if (id >= 0) this.listedHead[id] = place
    }
  }

  run(witness: JoinWitness | null): Linking {
    const order = readingOrder(this.input.attributes, this.input.talk)
    for (let i = 0; i < order.length; i++) this.link(order[i]!)
    this.join(witness)
    return { entities: this.entities, entityOf: this.entityOf, certainty: this.certainty }
  }

  /** The second pass: pieces of one person are joined, or shown to a witness and left. A draft does without. */
  private join(witness: JoinWitness | null): void {
    const { attributes, scorer, earlier } = this.input
    if (witness === null && (earlier === null || scorer.joins.length === 0)) return
    const joiner = new Joiner(
      attributes,
      this.entities,
      this.entityOf,
      this.conversation.exchanges(),
      witness === null ? scorer.joins : new Float32Array(joinFeatures),
      witness !== null,
    )
    const proposals = this.proposals.map((proposal) => ({ ...proposal, entity: this.entityOf[proposal.mention]! }))
    if (witness === null) joiner.join(proposals, this.certainty)
    else
      for (const proposal of proposals) if (joiner.isPossible(proposal)) witness(proposal, joiner.list(proposal), this.entityOf)
  }

  private link(m: number): void {
    const { attributes: a, aliases, narratorOf, narratorPerson, person, earlier } = this.input
    this.tick++
    const q = a.quotation[m]!
    if (q >= 0) this.conversation.open(q)
    const narrator = narratorOf[m]!
    const named = aliases.personOf[m]!
    const { teacher } = this
    let entity = -1
    if (teacher !== null) entity = teacher.answer(m)
    else if (narrator >= 0) entity = this.byNarrator.get(narrator) ?? this.namedEntity(narratorPerson[narrator] ?? -1)
    else entity = this.namedEntity(named)
    const settled = narrator >= 0 || this.namedEntity(named) >= 0
    if (!settled) entity = this.decide(m, entity)
    if (
      teacher === null &&
      entity >= 0 &&
      this.isNamelessNarrator(entity) &&
      a.kind[m] === Kind.name &&
      (q < 0 || earlier !== null)
    )
      entity = -1
    if (entity < 0) entity = this.open(m)
    if (narrator >= 0) {
      this.byNarrator.set(narrator, entity)
      this.entities[entity]!.narrator = true
      this.entities[entity]!.you = a.person[m] === 2
      this.bear(entity, narratorPerson[narrator] ?? -1)
      if (person.personOf[a.paragraph[m]!] === a.person[m]) this.entities[entity]!.lastTold = a.paragraph[m]!
    }
    this.settle(m, entity)
  }

  /** Who says "I" and was given no name by the viewpoints takes none from the narration: narrators do not speak of themselves by name. */
  private isNamelessNarrator(id: number): boolean {
    const { narrator, person } = this.entities[id]!
    return narrator && person < 0
  }

  private namedEntity(person: number): number {
    return person < 0 ? -1 : this.byPerson[person]!
  }

  private open(m: number): number {
    const { attributes: a } = this.input
    const entity = new Entity(this.entities.length, a.kind[m]!, a.determiner[m]!)
    this.entities.push(entity)
    return entity.id
  }

  private settle(m: number, id: number): void {
    const { attributes: a } = this.input
    this.entities[id]!.add(m, a, this.tick, this.ownerOf(m))
    this.entityOf[m] = id
    this.teacher?.settle(m, id)
    this.bear(id, this.input.aliases.personOf[m]!)
    if (a.kind[m] === Kind.nominal) this.callings.settle(m, id)
    this.reach.remember(id)
    this.pairs.settle(m, id)
    if (a.quotation[m]! < 0 && a.role[m] === Role.subject) {
      const { standing } = this
      if (standing.subject !== id) {
        standing.subjectBefore = standing.subject
        standing.subject = id
      }
      if (this.paragraphOfSubject !== a.paragraph[m]) {
        this.paragraphOfSubject = a.paragraph[m]!
        standing.paragraphSubject = id
      }
    }
    this.conversation.settle(m, id)
  }

  /** Makes the entity that of a named person, so that every use of the name is it. */
  private bear(id: number, person: number): void {
    if (person < 0 || this.byPerson[person] === id) return
    const { persons } = this.input.aliases
    const entity = this.entities[id]!
    this.byPerson[person] = id
    entity.person = person
    entity.salience = persons[person]!.count / this.nameCount
    const { sex, sure } = sexOfPerson(persons[person]!)
    entity.lean(sex, sure ? 6 : 3)
  }

  /** Entity of the mention that owns m, -1 for none. */
  private ownerOf(m: number): number {
    const possessor = this.input.attributes.possessor[m]!
    return possessor < 0 ? -1 : this.entityOf[possessor]!
  }

  /** Scores the candidates; with a teacher, `right` is the right one. Returns the entity, -1 for a new one. */
  private decide(m: number, right: number): number {
    const { attributes: a, mentions } = this.input
    const group = groupOf(m, a)
    const q = a.quotation[m]!
    const talk = q < 0 ? null : this.conversation.viewOf(q)
    const owner = this.ownerOf(m)
    const { reach } = this
    reach.gather(m, group, owner, talk)
    const { standing, features, scores, teacher } = this
    const { ids: candidates, fits, count } = reach
    const nominal = a.kind[m] === Kind.nominal
    const listed = nominal ? this.listedHead[a.head[m]!]! : -1
    standing.tick = this.tick
    standing.tagged = this.conversation.tagContext(m, this.byPerson)
    standing.focal = this.conversation.focalAt(a.paragraph[m]!)
    standing.choice = 0
    for (let c = 0; c < count; c++) if (fits[c]! <= Fit.open) standing.choice++
    standing.rank = 0
    standing.subjectRank = 0
    standing.pair = null
    if (a.plural[m]) {
      this.pairs.find(m)
      standing.pair = this.pairs.pair
      standing.joint = this.pairs.isJoint
    }
    const taught: Int32Array[] | null = teacher === null ? null : []
    for (let c = 0; c < count; c++) {
      const entity = this.entities[candidates[c]!]!
      if (entity.person >= 0) {
        this.ahead.look(m, entity.person)
        standing.nextName = this.ahead.next
        standing.namedHere = this.ahead.here
      }
      const view = nominal ? this.callings.compare(m, owner, entity, listed) : null
      features.start(group)
      writeLink(features, m, entity, a, fits[c]!, standing, talk, view)
      this.sameWords[c] = view !== null && view.head === HeadMatch.exact && view.owner <= 1 ? 1 : 0
      scores[c] = features.score
      if (taught !== null) taught.push(features.list())
      if (fits[c]! <= Fit.open) {
        standing.rank++
        if (entity.lastRole === Role.subject) standing.subjectRank++
      }
    }
    const { first, last, head } = mentions[m]!
    features.start(group)
    writeNew(features, m, a, last - first + 1, last > head, this.callings.calledBy(a.head[m]!).length, standing, listed)
    scores[count] = features.score
    if (teacher !== null && taught !== null) {
      taught.push(features.list())
      teacher.decide(m, group, taught, right < 0 ? count : candidates.subarray(0, count).indexOf(right))
      return right
    }
    weigh(scores, this.sameWords, count, group)
    // "He" and "she" stand for someone: a new one only where nobody fits.
    if ((group === Group.third || group === Group.thirdSpeech) && standing.choice > 0) scores[count] = -Infinity
    const best = bestOf(scores, count)
    this.certainty[m] = certaintyOf(scores, count, best)
    if (best < count) return candidates[best]!
    propose(this.proposals, m, group, scores, candidates, count)
    return -1
  }
}
