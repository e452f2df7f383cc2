/** Reads the mentions in order and gives each to an entity: the first pass, mention by mention. */
import type { MentionSpan, PersonLayer, QuotationLayer, TextLayer } from '../layers.js'
import type { AliasLayer } from './alias.js'
import { type Attributes, Determiner, HeadClass, Kind, Role } from './attribute.js'
import { Entity, Fit } from './entity.js'
import {
  FeatureBuffer,
  Group,
  groupOf,
  HeadMatch,
  impossible,
  type NominalView,
  type Standing,
  type TalkView,
  writeLink,
  writeNew,
} from './feature.js'
import { sexOfPerson } from './name.js'
import { Sex } from './pronoun.js'
import type { TalkCues } from './talk.js'

/** A linear scorer over feature indexes. */
export interface Scorer {
  readonly weights: Float32Array
  /** Listed head nouns, each with its place. */
  readonly heads: ReadonlyMap<string, number>
}

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
  /** Earlier answers: the cluster of each quotation's speaker and addressee, and of each mention. `null` in the first round. */
  readonly earlier: { readonly speaker: Int32Array; readonly addressee: Int32Array; readonly clusterOf: Int32Array } | null
  readonly scorer: Scorer
}

/** Called at each scored decision, by training: says which entity is right and takes the features. */
export interface Teacher {
  /** Index of the right entity, -1 for a new one. */
  readonly answer: (m: number) => number
  /** Candidates' features, the last for a new one; `right` is -1 when the right entity is none of them. */
  readonly decide: (m: number, group: number, candidates: readonly Int32Array[], right: number) => void
  /** Told of each mention's entity. */
  readonly settle: (m: number, entity: number) => void
}

export interface Linking {
  readonly entities: readonly Entity[]
  readonly entityOf: Int32Array
  /** Probability of the choice among the candidates. */
  readonly certainty: Float32Array
}

/** Entities kept in reach of a pronoun, the latest mentioned first; twenty bring 0.1 CoNLL more on LitBank dev and cost a fifth of the time. */
const inReach = 10
/** Paragraphs after an "I" of the narration in which its narrator is still telling. */
const tellingReach = 12
/** Entities with the same head noun that a nominal looks at. */
const sameHeadReach = 6

export function linkMentions(input: LinkInput, teacher: Teacher | null = null): Linking {
  return new Linker(input, teacher).run()
}

class Linker {
  private readonly entities: Entity[] = []
  private readonly entityOf: Int32Array
  private readonly certainty: Float32Array
  /** Latest mentioned first. */
  private readonly recent: number[] = []
  private readonly byPerson: Int32Array
  private readonly byNarrator = new Map<number, number>()
  private readonly byHead = new Map<number, number[]>()
  private readonly ofCluster = new Map<number, number>()
  private readonly speakerOf: Int32Array
  private readonly addresseeOf: Int32Array
  private readonly opened: Uint8Array
  private readonly features = new FeatureBuffer()
  private readonly talkView: TalkView = { speaker: -1, addressee: -1, before: -1, vocative: -1, turn: 0 }
  private readonly nominalView: NominalView = { head: 0, owner: 0, modifiers: 0, listed: -1 }
  private readonly standing: Standing = {
    rank: 0,
    subjectRank: 0,
    choice: 0,
    tick: 0,
    subject: -1,
    subjectBefore: -1,
    paragraphSubject: -1,
    nextName: -1,
    namedHere: 0,
    tagged: null,
  }
  private readonly tagged = { before: -1, twoBefore: -1, vocative: -1, gap: 0 }
  /** Quotation that a mention tags, by mention. */
  private readonly tagOf = new Map<number, number>()
  private paragraphOfSubject = -1
  /** Name mentions of each person of the alias layer, in text order. */
  private readonly namesOf: number[][]
  private readonly nameCount: number
  private readonly listedHead: Int32Array
  private tick = 0
  private lastTurn = -1
  private turnSpeakers: number[] = []

  constructor(
    private readonly input: LinkInput,
    private readonly teacher: Teacher | null,
  ) {
    const { mentions, aliases, quotations, scorer, text } = input
    this.entityOf = new Int32Array(mentions.length).fill(-1)
    this.certainty = new Float32Array(mentions.length).fill(1)
    this.byPerson = new Int32Array(aliases.persons.length).fill(-1)
    const count = quotations.quotations.length
    this.speakerOf = new Int32Array(count).fill(-1)
    this.addresseeOf = new Int32Array(count).fill(-1)
    this.opened = new Uint8Array(count)
    for (let q = count - 1; q >= 0; q--) if (input.talk.tag[q]! >= 0) this.tagOf.set(input.talk.tag[q]!, q)
    this.namesOf = aliases.persons.map(() => [])
    aliases.personOf.forEach((person, m) => {
      if (person >= 0) this.namesOf[person]!.push(m)
    })
    this.nameCount = aliases.persons.reduce((sum, { count }) => sum + count, 0)
    this.listedHead = new Int32Array(text.tokens.vocabulary.length).fill(-1)
    for (const [head, place] of scorer.heads) {
      const id = text.tokens.wordId(head)
      if (id >= 0) this.listedHead[id] = place
    }
  }

  run(): Linking {
    for (const m of this.order()) this.link(m)
    return { entities: this.entities, entityOf: this.entityOf, certainty: this.certainty }
  }

  /** Reading order, but the words of a quotation come after its tag, and its vocative before its other words. */
  private order(): Int32Array {
    const { mentions, attributes: a, talk } = this.input
    const key = new Float64Array(mentions.length)
    for (let m = 0; m < mentions.length; m++) {
      const q = a.quotation[m]!
      const tag = q < 0 ? -1 : talk.tag[q]!
      key[m] = tag > m ? tag + 0.5 + m / (4 * mentions.length) - (a.role[m] === Role.vocative ? 0.25 : 0) : m
    }
    return Int32Array.from(mentions.keys()).sort((x, y) => key[x]! - key[y]! || x - y)
  }

  private link(m: number): void {
    const { attributes: a, aliases, narratorOf, narratorPerson } = this.input
    this.tick++
    const q = a.quotation[m]!
    if (q >= 0) this.openQuotation(q)
    let entity = -1
    if (this.teacher !== null) entity = this.teacher.answer(m)
    else if (narratorOf[m]! >= 0)
      entity = this.byNarrator.get(narratorOf[m]!) ?? this.namedEntity(narratorPerson[narratorOf[m]!] ?? -1)
    else if (aliases.personOf[m]! >= 0) entity = this.byPerson[aliases.personOf[m]!]!
    const settled = narratorOf[m]! >= 0 || (aliases.personOf[m]! >= 0 && this.byPerson[aliases.personOf[m]!]! >= 0)
    if (!settled) entity = this.decide(m, entity)
    if (
      this.teacher === null &&
      entity >= 0 &&
      this.isNamelessNarrator(entity) &&
      a.kind[m] === Kind.name &&
      (q < 0 || this.input.earlier !== null)
    )
      entity = -1
    if (entity < 0) entity = this.open(m)
    if (narratorOf[m]! >= 0) {
      this.byNarrator.set(narratorOf[m]!, entity)
      this.entities[entity]!.narrator = true
      if (this.input.person.personOf[a.paragraph[m]!] === 1) this.entities[entity]!.lastTold = a.paragraph[m]!
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
    const { attributes: a, aliases, earlier, talk } = this.input
    const entity = this.entities[id]!
    const owner = a.possessor[m]! >= 0 ? this.entityOf[a.possessor[m]!]! : -1
    entity.add(m, a, this.tick, owner)
    this.entityOf[m] = id
    this.teacher?.settle(m, id)
    const person = aliases.personOf[m]!
    if (person >= 0) {
      if (this.byPerson[person] !== id) {
        this.byPerson[person] = id
        entity.person = person
        entity.salience = aliases.persons[person]!.count / this.nameCount
        const { sex, sure } = sexOfPerson(aliases.persons[person]!)
        entity.lean(sex, sure ? 6 : 3)
      }
    }
    if (a.kind[m] === Kind.nominal) {
      const list = this.byHead.get(a.head[m]!)
      if (list === undefined) this.byHead.set(a.head[m]!, [id])
      else {
        const at = list.indexOf(id)
        if (at >= 0) list.splice(at, 1)
        list.push(id)
      }
    }
    const at = this.recent.indexOf(id)
    if (at >= 0) this.recent.splice(at, 1)
    else if (this.recent.length === inReach) this.recent.pop()
    this.recent.unshift(id)
    const q = a.quotation[m]!
    if (q < 0 && a.role[m] === Role.subject) {
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
    if (earlier !== null) {
      const cluster = earlier.clusterOf[m]!
      if (q < 0 || a.kind[m] === Kind.name || !this.ofCluster.has(cluster)) this.ofCluster.set(cluster, id)
    }
    if (q >= 0 && a.person[m] === 1 && !a.plural[m] && this.speakerOf[q]! < 0) this.speaks(q, id)
    if (q >= 0 && a.person[m] === 1) entity.lastSayer = this.speakerOf[q]!
    if (q >= 0 && (a.person[m] === 2 || a.role[m] === Role.vocative) && this.addresseeOf[q]! < 0) {
      this.addresseeOf[q] = id
      entity.heardTurn = talk.turn[q]!
    }
  }

  /** Works out who speaks a quotation when the first mention in it comes up. */
  private openQuotation(q: number): void {
    if (this.opened[q]) return
    this.opened[q] = 1
    const { talk, earlier, quotations } = this.input
    const turn = talk.turn[q]!
    if (turn !== this.lastTurn) {
      this.turnSpeakers = talk.gap[q]! <= 2 ? [this.speakerOfTurn(q - 1), ...this.turnSpeakers.slice(0, 2)] : []
      this.lastTurn = turn
    }
    const sameParagraph = q > 0 && quotations.quotations[q - 1]!.paragraph === quotations.quotations[q]!.paragraph
    const before = this.turnSpeakers[0] ?? -1
    let speaker = talk.tag[q]! >= 0 ? this.entityOf[talk.tag[q]!]! : -1
    let addressee = -1
    if (earlier !== null) {
      if (speaker < 0) speaker = this.ofCluster.get(earlier.speaker[q]!) ?? -1
      addressee = this.ofCluster.get(earlier.addressee[q]!) ?? -1
    }
    if (speaker < 0 && sameParagraph) speaker = this.speakerOf[q - 1]!
    if (speaker < 0 && talk.beat[q]! >= 0) speaker = this.entityOf[talk.beat[q]!]!
    if (speaker < 0 && talk.gap[q] === 1) speaker = this.turnSpeakers[1] ?? -1
    if (addressee < 0 && before !== speaker && talk.gap[q]! <= 2) addressee = before
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

  /** Scores the candidates; with a teacher, `right` is the right one. Returns the entity, -1 for a new one. */
  private decide(m: number, right: number): number {
    const { attributes: a, scorer, talk, mentions } = this.input
    const group = groupOf(m, a)
    const q = a.quotation[m]!
    const talkView = q < 0 ? null : this.talkView
    if (talkView !== null) {
      talkView.speaker = this.speakerOf[q]!
      talkView.addressee = this.addresseeOf[q]!
      talkView.before = this.turnSpeakers[0] ?? -1
      talkView.vocative = talk.vocative[q]! >= 0 ? this.entityOf[talk.vocative[q]!]! : -1
      talkView.turn = talk.turn[q]!
    }
    const candidates = this.candidates(m, group, talkView)
    const fits = candidates.map((id) => this.entities[id]!.fit(m, a))
    const { standing } = this
    standing.tick = this.tick
    standing.tagged = this.tagContext(m)
    standing.choice = fits.reduce((sum, fit) => sum + (fit <= Fit.open ? 1 : 0), 0)
    const listed = a.kind[m] === Kind.nominal ? this.listedHead[a.head[m]!]! : -1
    const scores: number[] = []
    const features: Int32Array[] = []
    let rank = 0
    let subjectRank = 0
    const heads = scorer.heads.size
    for (let c = 0; c < candidates.length; c++) {
      const entity = this.entities[candidates[c]!]!
      standing.rank = rank
      standing.subjectRank = subjectRank
      if (fits[c]! <= Fit.open) {
        rank++
        if (entity.lastRole === Role.subject) subjectRank++
      }
      if (entity.person >= 0) this.lookAhead(m, entity.person)
      const nominal = a.kind[m] === Kind.nominal ? this.compare(m, entity) : null
      if (nominal !== null) nominal.listed = listed
      this.features.start(group, heads)
      writeLink(this.features, m, entity, a, fits[c]!, standing, talkView, nominal)
      scores.push(this.score())
      if (this.teacher !== null) features.push(this.features.values.slice(0, this.features.length))
    }
    const { first, last, head } = mentions[m]!
    this.features.start(group, heads)
    const same = this.byHead.get(a.head[m]!)?.length ?? 0
    writeNew(this.features, m, a, last - first + 1, last > head, same, standing, listed)
    scores.push(this.score())
    if (this.teacher !== null) {
      features.push(this.features.values.slice(0, this.features.length))
      const at = right < 0 ? candidates.length : candidates.indexOf(right)
      this.teacher.decide(m, group, features, at)
      return right
    }
    // "He" and "she" stand for someone: a new one only where nobody fits.
    if ((group === Group.third || group === Group.thirdSpeech) && standing.choice > 0) scores[candidates.length] = -Infinity
    let best = 0
    for (let c = 1; c < scores.length; c++) if (scores[c]! > scores[best]!) best = c
    let sum = 0
    for (const score of scores) sum += Math.exp(score - scores[best]!)
    this.certainty[m] = 1 / sum
    return best < candidates.length ? candidates[best]! : -1
  }

  /** Where a person is named next, and how often in this paragraph. */
  private lookAhead(m: number, person: number): void {
    const { standing } = this
    const { paragraph } = this.input.attributes
    const names = this.namesOf[person]!
    let low = 0
    let high = names.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (names[middle]! > m) high = middle
      else low = middle + 1
    }
    standing.nextName = names[low] ?? -1
    standing.namedHere = 0
    for (let i = low; i < names.length && paragraph[names[i]!] === paragraph[m] && i < low + 4; i++) standing.namedHere++
    for (let i = low - 1; i >= 0 && paragraph[names[i]!] === paragraph[m] && i > low - 5; i--) standing.namedHere++
  }

  /** Whose turn it may be, for a pronoun or noun that tags a quotation. */
  private tagContext(m: number): Standing['tagged'] {
    const { talk, aliases } = this.input
    const q = this.tagOf.get(m)
    if (q === undefined) return null
    const { tagged } = this
    // The turn before this one, whether or not this quotation has come up.
    const current = this.lastTurn === talk.turn[q]
    tagged.before = current ? (this.turnSpeakers[0] ?? -1) : this.speakerOfTurn(q - 1)
    tagged.twoBefore = (current ? this.turnSpeakers[1] : this.turnSpeakers[0]) ?? -1
    const vocative = talk.vocative[q]!
    const person = vocative < 0 ? -1 : aliases.personOf[vocative]!
    tagged.vocative = person < 0 ? -1 : this.byPerson[person]!
    tagged.gap = Math.min(talk.gap[q]!, 3)
    return tagged
  }

  private score(): number {
    const { weights } = this.input.scorer
    const { values, length } = this.features
    let score = 0
    for (let i = 0; i < length; i++) score += weights[values[i]!]!
    return score
  }

  /** Entities that the mention may be: the latest, those called alike, those in the talk; none that it is a part of. */
  private candidates(m: number, group: number, talk: TalkView | null): number[] {
    const { attributes: a } = this.input
    const barred = this.barred(m)
    const list: number[] = []
    const take = (id: number | undefined): void => {
      if (id === undefined || id < 0 || list.includes(id) || barred.includes(id)) return
      const entity = this.entities[id]!
      // Who tells "I" is not "he" in the same telling.
      if (group === Group.third && entity.narrator && a.paragraph[m]! - entity.lastTold < tellingReach) return
      // A new name is not another name's bearer: which strings go together is settled before.
      if (group === Group.name && (entity.person >= 0 || entity.plural !== (a.plural[m] === 1))) return
      if (!impossible(entity.fit(m, a), group)) list.push(id)
    }
    for (const id of this.recent) take(id)
    if (talk !== null) {
      take(talk.speaker)
      take(talk.addressee)
      take(talk.vocative)
    }
    if (a.kind[m] === Kind.nominal) {
      const called = this.byHead.get(a.head[m]!) ?? []
      for (let i = called.length - 1; i >= Math.max(0, called.length - sameHeadReach); i--) take(called[i])
    }
    return list
  }

  /** "[[her] sister]": she is not her sister; nor is anyone what a mention around this one stands for. */
  private barred(m: number): number[] {
    const { attributes: a } = this.input
    const list: number[] = []
    for (let outer = a.outer[m]!; outer >= 0; outer = a.outer[outer]!)
      if (this.entityOf[outer]! >= 0) list.push(this.entityOf[outer]!)
    if (a.possessor[m]! >= 0 && this.entityOf[a.possessor[m]!]! >= 0) list.push(this.entityOf[a.possessor[m]!]!)
    if (a.joined[m]! >= 0) list.push(this.entityOf[a.joined[m]!]!)
    return list
  }

  /** Compares a nominal with what an entity has been called. */
  private compare(m: number, entity: Entity): NominalView {
    const { attributes: a, aliases, text } = this.input
    const view = this.nominalView
    const head = a.head[m]!
    const owner = a.possessor[m]! >= 0 ? this.entityOf[a.possessor[m]!]! : -1
    view.head = HeadMatch.none
    view.owner = 0
    view.modifiers = 0
    for (let i = entity.callings.length - 1; i >= 0; i--) {
      const calling = entity.callings[i]!
      if (calling.head !== head) continue
      const exact = this.sameWords(m, calling.mention)
      if (view.head === HeadMatch.none || (exact && view.head === HeadMatch.same)) {
        view.head = exact ? HeadMatch.exact : HeadMatch.same
        view.owner =
          owner < 0 && calling.owner < 0
            ? 0
            : owner === calling.owner
              ? 1
              : owner >= 0 && calling.owner >= 0
                ? 2
                : owner >= 0
                  ? 3
                  : 4
        view.modifiers = exact ? 1 : this.compareModifiers(m, calling.mention)
      } else if (owner >= 0 && owner === calling.owner) view.owner = 1
    }
    if (view.head !== HeadMatch.none) return view
    if (entity.person >= 0) {
      const word = text.tokens.vocabulary[head]!
      if (aliases.persons[entity.person]!.forms.some(({ title, words }) => title === word || words.includes(word)))
        view.head = HeadMatch.name
    }
    if (
      view.head === HeadMatch.none &&
      a.headClass[m] === HeadClass.generic &&
      entity.callings.some(
        ({ mention }) => a.headClass[mention] === HeadClass.generic && a.sex[mention] === a.sex[m] && a.sex[m] !== Sex.unknown,
      )
    )
      view.head = HeadMatch.similar
    return view
  }

  private sameWords(x: number, y: number): boolean {
    const { mentions, text } = this.input
    const a = mentions[x]!
    const b = mentions[y]!
    if (a.last - a.first !== b.last - b.first) return false
    for (let i = 0; i <= a.last - a.first; i++) if (text.tokens.word[a.first + i] !== text.tokens.word[b.first + i]) return false
    return true
  }

  /** 1 when the words before the heads share one beside the determiner, 2 when both have other ones, 0 when one has none. */
  private compareModifiers(x: number, y: number): number {
    const { mentions, text, attributes } = this.input
    const own = (m: number): number[] => {
      const { first, head } = mentions[m]!
      const from = attributes.determiner[m] === Determiner.none ? first : first + 1
      return Array.from(text.tokens.word.subarray(from, head))
    }
    const a = own(x)
    const b = own(y)
    if (a.length === 0 || b.length === 0) return 0
    return a.some((word) => b.includes(word)) ? 1 : 2
  }
}
