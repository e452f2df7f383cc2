/** What entities have been called by nouns, and how a new noun phrase compares with it. */
import type { MentionSpan, TextLayer } from '../layers.js'
import type { AliasLayer } from './alias.js'
import { type Attributes, Determiner } from './attribute.js'
import type { Entity } from './entity.js'
import { isFamilyTitle } from './family.js'
import { HeadMatch, Kin, type NominalView } from './feature.js'
import type { NamedPerson } from './name.js'
import { HeadClass } from './noun.js'
import { Sex } from './pronoun.js'
import { inverse, Relation, relationOf, titlesBehind } from './relation.js'

export interface CallingInput {
  readonly text: TextLayer
  readonly mentions: readonly MentionSpan[]
  readonly attributes: Attributes
  readonly aliases: AliasLayer
}

const nobody: readonly number[] = []
const unasked = 255

export class Callings {
  /** Entities called by each head noun, by vocabulary index, the latest last. */
  private readonly byHead: (number[] | undefined)[]
  private readonly view: NominalView = { head: 0, owner: 0, modifiers: 0, kin: 0, relation: 0, listed: -1 }
  /** Persons of the alias layer who bear a title, by title; and whom each head noun may mean by title, by vocabulary index. */
  private readonly titled = new Map<string, number[]>()
  private readonly byOffice: (readonly number[] | undefined)[]
  private readonly surnames: readonly ReadonlySet<string>[]
  /** Words of each person's names, made when first asked for. */
  private readonly nameWords: (ReadonlySet<string> | undefined)[]
  /** Code of `Relation` of each head noun, by vocabulary index; `unasked` before it is asked for. */
  private readonly relation: Uint8Array
  /** Hash of each mention's words, 0 before it is asked for. */
  private readonly wording: Int32Array

  constructor(
    private readonly input: CallingInput,
    private readonly entities: readonly Entity[],
  ) {
    const size = input.text.tokens.vocabulary.length
    this.byHead = new Array(size).fill(undefined)
    this.byOffice = new Array(size).fill(undefined)
    input.aliases.persons.forEach(({ forms }, person) => {
      for (const title of new Set(forms.map(({ title }) => title)))
        if (title !== null) {
          const list = this.titled.get(title)
          if (list === undefined) this.titled.set(title, [person])
          else list.push(person)
        }
    })
    this.surnames = input.aliases.persons.map(surnamesOf)
    this.nameWords = new Array(input.aliases.persons.length).fill(undefined)
    this.relation = new Uint8Array(size).fill(unasked)
    this.wording = new Int32Array(input.mentions.length)
  }

  /** Persons of the alias layer whose title the noun is or names: Dr. Hale for "doctor". */
  bearersOf(head: number): readonly number[] {
    let list = this.byOffice[head]
    if (list === undefined) {
      const noun = this.input.text.tokens.vocabulary[head]!
      list = [...new Set([noun, ...titlesBehind(noun)].flatMap((title) => this.titled.get(title) ?? []))]
      this.byOffice[head] = list
    }
    return list
  }

  /** Entities called by a head noun, the latest last. */
  calledBy(head: number): readonly number[] {
    return this.byHead[head] ?? nobody
  }

  settle(m: number, id: number): void {
    const head = this.input.attributes.head[m]!
    const list = this.byHead[head]
    if (list === undefined) this.byHead[head] = [id]
    else if (list.at(-1) !== id) {
      const place = list.indexOf(id)
      if (place >= 0) list.splice(place, 1)
      list.push(id)
    }
  }

  /** Compares nominal m, owned by entity `owner`, with what an entity has been called. */
  compare(m: number, owner: number, entity: Entity, listed: number): NominalView {
    const { attributes: a, text } = this.input
    const { view } = this
    const head = a.head[m]!
    view.listed = listed
    view.relation = this.relationAt(head)
    view.kin =
      owner < 0 || view.relation === Relation.none ? Kin.none : this.compareKin(view.relation, this.entities[owner]!, entity)
    view.head = HeadMatch.none
    view.owner = 0
    view.modifiers = 0
    for (let i = entity.callings.length - 1; i >= 0; i--) {
      const calling = entity.callings[i]!
      if (calling.head !== head) continue
      const exact = this.sameWords(m, calling.mention)
      if (view.head === HeadMatch.none || (exact && view.head === HeadMatch.same)) {
        view.head = exact ? HeadMatch.exact : HeadMatch.same
        view.owner = compareOwners(owner, calling.owner)
        view.modifiers = exact ? 1 : this.compareModifiers(m, calling.mention)
      } else if (owner >= 0 && owner === calling.owner) view.owner = 1
    }
    if (view.head !== HeadMatch.none) return view
    if (entity.person >= 0) {
      const bearers = this.bearersOf(head)
      if (
        (bearers.length > 0 && bearers.includes(entity.person)) ||
        this.wordsOf(entity.person).has(text.tokens.vocabulary[head]!)
      )
        view.head = HeadMatch.name
    }
    if (view.head === HeadMatch.none && a.headClass[m] === HeadClass.generic && a.sex[m] !== Sex.unknown)
      for (const { mention } of entity.callings)
        if (a.headClass[mention] === HeadClass.generic && a.sex[mention] === a.sex[m]) view.head = HeadMatch.similar
    return view
  }

  /** What earlier callings and surnames say of the entity being the owner's father, wife, …. */
  private compareKin(relation: number, owner: Entity, entity: Entity): number {
    let kin: number = Kin.none
    for (const calling of entity.callings) {
      if (calling.owner !== owner.id) continue
      const other = this.relationAt(calling.head)
      if (other === relation) return Kin.same
      if (other !== Relation.none) kin = Kin.other
    }
    if (kin !== Kin.none) return kin
    for (const calling of owner.callings)
      if (calling.owner === entity.id) {
        const other = this.relationAt(calling.head)
        if (other !== Relation.none) kin = inverse[other] === relation ? Kin.inverse : Kin.other
      }
    if (kin !== Kin.none || owner.person < 0 || entity.person < 0) return kin
    const mine = this.surnames[entity.person]!
    if (mine.size === 0 || this.surnames[owner.person]!.size === 0) return Kin.none
    for (const name of this.surnames[owner.person]!) if (mine.has(name)) return Kin.surname
    return Kin.stranger
  }

  private relationAt(head: number): number {
    if (this.relation[head] === unasked) this.relation[head] = relationOf(this.input.text.tokens.vocabulary[head]!)
    return this.relation[head]!
  }

  private wordsOf(person: number): ReadonlySet<string> {
    let words = this.nameWords[person]
    if (words === undefined) {
      words = new Set(this.input.aliases.persons[person]!.forms.flatMap((form) => form.words))
      this.nameWords[person] = words
    }
    return words
  }

  private wordingOf(m: number): number {
    if (this.wording[m] === 0) {
      const { first, last } = this.input.mentions[m]!
      const { word } = this.input.text.tokens
      let hash = last - first
      for (let i = first; i <= last; i++) hash = Math.imul(hash ^ word[i]!, 0x01000193)
      this.wording[m] = hash | 1
    }
    return this.wording[m]!
  }

  private sameWords(x: number, y: number): boolean {
    if (this.wordingOf(x) !== this.wordingOf(y)) return false
    const { mentions, text } = this.input
    const { word } = text.tokens
    const a = mentions[x]!
    const b = mentions[y]!
    if (a.last - a.first !== b.last - b.first) return false
    for (let i = 0; i <= a.last - a.first; i++) if (word[a.first + i] !== word[b.first + i]) return false
    return true
  }

  /** 1 when the words before the heads share one beside the determiner, 2 when both have other ones, 0 when one has none. */
  private compareModifiers(x: number, y: number): number {
    const { mentions, text } = this.input
    const { word } = text.tokens
    const from = this.ownWords(x)
    const to = mentions[x]!.head
    const otherFrom = this.ownWords(y)
    const otherTo = mentions[y]!.head
    if (from >= to || otherFrom >= otherTo) return 0
    for (let i = from; i < to; i++) for (let k = otherFrom; k < otherTo; k++) if (word[i] === word[k]) return 1
    return 2
  }

  /** The first token of a noun phrase after its determiner. */
  private ownWords(m: number): number {
    const { mentions, attributes } = this.input
    return mentions[m]!.first + (attributes.determiner[m] === Determiner.none ? 0 : 1)
  }
}

/** Surnames in full names and after titles. */
function surnamesOf({ surnames, forms }: NamedPerson): ReadonlySet<string> {
  const all = new Set(surnames)
  for (const { title, words } of forms) if (title !== null && isFamilyTitle(title)) all.add(words.at(-1)!)
  return all
}

/** 0 no owners, 1 the same, 2 different ones, 3 only the first has one, 4 only the second. */
function compareOwners(one: number, other: number): number {
  if (one < 0 && other < 0) return 0
  if (one === other) return 1
  if (one >= 0 && other >= 0) return 2
  return one >= 0 ? 3 : 4
}
