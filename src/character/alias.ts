/** Which name strings are one person's: "Tom", "Tom Sawyer", "Mr. Sawyer", "Thomas". */
import type { MentionSpan, Tokens } from '../layers.js'
import { femaleFirstNames, femaleTitles, isDiminutive, maleFirstNames, maleTitles, otherTitles } from '../lexicon/person.js'
import type { CastEntry } from '../types.js'
import { type Attributes, Kind } from './attribute.js'
import { Sex } from './pronoun.js'

/** One distinct name string. */
export interface NameForm {
  /** Lower-cased words, title first. */
  readonly key: string
  /** "mr", "captain"; `null` without one. */
  readonly title: string | null
  /** The words without title; of a bare title ("Mother", "the General") the title itself. */
  readonly words: readonly string[]
  readonly plural: boolean
  count: number
  /** Pronouns of each sex that seem to take it up. */
  he: number
  she: number
}

/** Name strings taken for one person. */
export interface NamedPerson {
  readonly forms: NameForm[]
  count: number
  readonly firstNames: Set<string>
  readonly surnames: Set<string>
}

export interface AliasLayer {
  readonly persons: readonly NamedPerson[]
  /** Person of each mention that is a name; -1 for other mentions. */
  readonly personOf: Int32Array
  /** Form of each mention that is a name; `null` for others. */
  readonly formOf: readonly (NameForm | null)[]
  /** The person a name would be put with, -1 for none. */
  readonly find: (name: string) => number
}

/** Words inside names that are no names themselves. */
const particles = new Set('de la le du von van der den of the d del della di da y ben bin al el st'.split(' '))
const suffixes = new Set('jr sr esq esquire ii iii iv md phd'.split(' '))
/** Titles that many men or women share without being one person's: they give way to any other. */
const plainTitles = new Set(
  'mr mister mrs miss ms master sir lady madame monsieur mme mlle m. missis missus old young little poor dear'.split(' '),
)
const openers = new Set('the a an this that my your his her our their old young little poor dear'.split(' '))

const normalise = (word: string): string => (word.length > 2 && word.endsWith('.') ? word.slice(0, -1) : word)

/** Reads a name's words (lower case) into title and name proper. */
export function readName(tokens: readonly string[], plural = false): NameForm | null {
  let words = tokens.map(normalise).filter((word) => /[\p{L}\p{N}]/u.test(word) && word !== "'s")
  while (words.length > 1 && openers.has(words[0]!)) words = words.slice(1)
  while (words.length > 1 && suffixes.has(words.at(-1)!)) words = words.slice(0, -1)
  if (words.length === 0) return null
  const titles: string[] = []
  while (words.length > 1 && isTitle(words[0]!)) {
    titles.push(words[0]!)
    words = words.slice(1)
  }
  const title = titles.find((word) => !plainTitles.has(word)) ?? titles[0] ?? null
  return { key: [...titles, ...words].join(' '), title, words, plural, count: 0, he: 0, she: 0 }
}

const isTitle = (word: string): boolean => maleTitles().has(word) || femaleTitles().has(word) || otherTitles().has(word)

/** Votes from which pronouns outweigh a list of first names, and the share that must agree; set on LitBank dev. */
const votes = { enough: 3, share: 0.75 }

/** Sex of one form: title, then the pronouns that take it up, then the list of first names. */
export function sexOfForm({ title, words, he, she }: NameForm): { sex: number; sure: boolean } {
  if (title !== null && maleTitles().has(title)) return { sex: Sex.he, sure: true }
  if (title !== null && femaleTitles().has(title)) return { sex: Sex.she, sure: true }
  if (words.length === 1 && maleTitles().has(words[0]!)) return { sex: Sex.he, sure: true }
  if (words.length === 1 && femaleTitles().has(words[0]!)) return { sex: Sex.she, sure: true }
  if (he + she >= votes.enough && Math.max(he, she) >= (he + she) * votes.share)
    return { sex: he > she ? Sex.he : Sex.she, sure: true }
  const male = maleFirstNames().has(words[0]!)
  const female = femaleFirstNames().has(words[0]!)
  if (male !== female) return { sex: male ? Sex.he : Sex.she, sure: false }
  return { sex: Sex.unknown, sure: false }
}

/** Sex of a person from all forms: sure ones first, weighted by how often they are used. */
export function sexOfPerson({ forms }: NamedPerson): { sex: number; sure: boolean } {
  let he = 0
  let she = 0
  for (const form of forms) {
    const { sex, sure } = sexOfForm(form)
    const weight = (sure ? 4 : 1) * (form.count + 1)
    if (sex === Sex.he) he += weight
    else if (sex === Sex.she) she += weight
  }
  const sure = forms.some((form) => sexOfForm(form).sure)
  return { sex: he > 2 * she ? Sex.he : she > 2 * he ? Sex.she : Sex.unknown, sure }
}

const clash = (a: number, b: number): boolean => (a === Sex.he && b === Sex.she) || (a === Sex.she && b === Sex.he)

export interface AliasOptions {
  readonly cast?: readonly CastEntry[]
  readonly merge?: readonly (readonly string[])[]
  readonly split?: readonly string[]
}

/** Puts name strings together, fullest names first, so that each shorter one finds the person it shortens. */
export function clusterAliases(
  tokens: Tokens,
  mentions: readonly MentionSpan[],
  attributes: Attributes,
  { cast = [], merge = [], split = [] }: AliasOptions = {},
): AliasLayer {
  const forms = new Map<string, NameForm>()
  const formOf: (NameForm | null)[] = mentions.map(() => null)
  for (let m = 0; m < mentions.length; m++) {
    if (attributes.kind[m] !== Kind.name) continue
    const { first, last } = mentions[m]!
    const words: string[] = []
    for (let t = first; t <= last; t++) words.push(tokens.vocabulary[tokens.word[t]!]!)
    const read = readName(words, attributes.plural[m] === 1)
    if (read === null) continue
    const known = forms.get(read.key) ?? read
    forms.set(read.key, known)
    known.count++
    formOf[m] = known
  }
  countPronouns(attributes, formOf)

  const register = new Register()
  const keyOf = (name: string): NameForm | null => {
    const read = readName(name.toLowerCase().replaceAll('’', "'").split(/\s+/))
    return read === null ? null : (forms.get(read.key) ?? read)
  }
  const settled = new Set<NameForm>()
  for (const name of split) {
    const form = keyOf(name)
    if (form === null || settled.has(form)) continue
    settled.add(form)
    register.open(form, true)
  }
  for (const names of [...merge, ...cast.map(({ name, aliases = [] }) => [name, ...aliases])]) {
    const listed = names.map(keyOf).filter((form) => form !== null)
    const home = listed.map((form) => register.personOf(form)).find((person) => person !== undefined)
    const person = home ?? (listed[0] === undefined ? undefined : register.open(listed[0]))
    if (person === undefined) continue
    for (const form of listed) if (register.personOf(form) === undefined) register.add(person, form)
  }

  const byLength = [...forms.values()].sort(
    (a, b) => rankOf(a) - rankOf(b) || b.words.length - a.words.length || b.count - a.count,
  )
  for (const form of byLength) {
    if (register.personOf(form) !== undefined) continue
    const person = form.plural ? undefined : register.match(form)
    if (person === undefined) register.open(form)
    else register.add(person, form)
  }
  const index = new Map(register.persons.map((person, i) => [person, i]))
  const indexOfForm = (form: NameForm | null): number => {
    const person = form === null ? undefined : register.personOf(form)
    return person === undefined ? -1 : index.get(person)!
  }
  return {
    persons: register.persons,
    personOf: Int32Array.from(formOf, indexOfForm),
    formOf,
    find: (name) => {
      const form = keyOf(name)
      if (form === null) return -1
      const known = register.personOf(form) ?? register.match(form)
      return known === undefined ? -1 : index.get(known)!
    },
  }
}

/** Full names, then titled single names, then bare ones. */
const rankOf = ({ words, title }: NameForm): number => (words.length > 1 ? 0 : title === null ? 2 : 1)

class Register {
  readonly persons: NamedPerson[] = []
  private readonly home = new Map<string, NamedPerson>()
  private readonly closed = new Set<NamedPerson>()
  private readonly byWord = new Map<string, Set<NamedPerson>>()

  personOf(form: NameForm): NamedPerson | undefined {
    return this.home.get(form.key)
  }

  open(form: NameForm, closed = false): NamedPerson {
    const person: NamedPerson = { forms: [], count: 0, firstNames: new Set(), surnames: new Set() }
    this.persons.push(person)
    if (closed) this.closed.add(person)
    this.add(person, form)
    return person
  }

  add(person: NamedPerson, form: NameForm): void {
    person.forms.push(form)
    person.count += form.count
    this.home.set(form.key, person)
    const { words } = form
    if (words.length > 1) {
      person.firstNames.add(words[0]!)
      person.surnames.add(words.at(-1)!)
    }
    for (const word of words) {
      if (particles.has(word)) continue
      const list = this.byWord.get(word)
      if (list === undefined) this.byWord.set(word, new Set([person]))
      else list.add(person)
    }
  }

  /** The person that a form names, `undefined` when none or more than one would do. */
  match(form: NameForm): NamedPerson | undefined {
    const { sex } = sexOfForm(form)
    const fits = (person: NamedPerson): boolean => !this.closed.has(person) && !clash(sex, sexOfPerson(person).sex)
    const near = new Set<NamedPerson>()
    for (const word of form.words) for (const person of this.byWord.get(word) ?? []) if (fits(person)) near.add(person)
    if (form.words.length > 1) return this.matchFull(form, [...near])
    const word = form.words[0]!
    const candidates = [...near].filter((person) => person.forms.some(({ plural }) => !plural))
    const byFirst = candidates.filter((person) => person.firstNames.has(word))
    const bySurname = candidates.filter((person) => person.surnames.has(word) && this.titleFits(form, person))
    const bySingle = candidates.filter(
      (person) =>
        person.forms.some((other) => !other.plural && other.words.length === 1 && other.words[0] === word) &&
        this.singleFits(form, person),
    )
    const familyTitle = form.title !== null && (plainTitles.has(form.title) || form.title === 'dr' || form.title === 'doctor')
    const order = familyTitle ? [bySurname, bySingle, byFirst] : [byFirst, bySurname, bySingle]
    for (const list of order) {
      const best = mostUsed(list)
      if (best !== undefined) return best
    }
    return form.title === null || !familyTitle ? this.matchDiminutive(form, fits) : undefined
  }

  private matchFull(form: NameForm, near: readonly NamedPerson[]): NamedPerson | undefined {
    const first = form.words[0]!
    const last = form.words.at(-1)!
    const same = near.filter((person) =>
      person.forms.some(({ words }) => {
        if (words.length < 2) return false
        const sameLast = words.at(-1) === last
        const sameFirst = words[0] === first || isDiminutive(words[0]!, first) || isInitialOf(words[0]!, first)
        return (sameLast && sameFirst) || (words.length !== form.words.length && includesAll(words, form.words))
      }),
    )
    return mostUsed(same)
  }

  /** "Mrs. Sawyer" is not the man Sawyer nor a "Miss Sawyer"; "Miss Sawyer" is the elder one, never called "Miss Mary". */
  private titleFits(form: NameForm, person: NamedPerson): boolean {
    if (form.title === null)
      return (
        !person.forms.some(({ title, words }) => words.length === 1 && title !== null && femaleTitles().has(title)) ||
        sexOfForm(form).sex === Sex.she
      )
    if (form.title === 'mrs' || form.title === 'miss') {
      const { sex } = sexOfPerson(person)
      const other = form.title === 'mrs' ? 'miss' : 'mrs'
      if (sex !== Sex.she) return false
      if (person.forms.some(({ title }) => title === other)) return false
    }
    const word = form.words[0]!
    return !person.forms.some(
      ({ title, words }) =>
        title !== null && title === form.title && words.length > 1 && words.at(-1) === word && plainTitles.has(title),
    )
  }

  /** "Dr. Watson" and "Mr. Watson" and "Watson" are one; "Colonel Forster" and "Captain Forster" are two; "Mrs." stays apart. */
  private singleFits(form: NameForm, person: NamedPerson): boolean {
    const proper = new Set<string>()
    const plain = new Set<string>()
    for (const { title } of [...person.forms, form]) {
      if (title === null) continue
      if (plainTitles.has(title)) plain.add(title)
      else proper.add(title)
    }
    if (proper.size > 1) return false
    if (plain.has('mrs') && (plain.has('miss') || form.title === null))
      return form.title === null && sexOfForm(form).sex === Sex.she
    return !(plain.has('miss') && form.title === null) || sexOfForm(form).sex === Sex.she
  }

  /** "Tom" for "Thomas" and for "Thomas Sawyer", where only one person would do. */
  private matchDiminutive(form: NameForm, fits: (person: NamedPerson) => boolean): NamedPerson | undefined {
    const word = form.words[0]!
    const found: NamedPerson[] = []
    for (const person of this.persons) {
      if (found.includes(person) || !fits(person)) continue
      const names = [
        ...person.firstNames,
        ...person.forms
          .filter(({ words, title, plural }) => words.length === 1 && title === null && !plural)
          .map(({ words }) => words[0]!),
      ]
      if (names.some((name) => isDiminutive(name, word))) found.push(person)
    }
    return found.length === 1 ? found[0] : undefined
  }
}

const isInitialOf = (a: string, b: string): boolean => (a.length <= 2 && a[0] === b[0]) || (b.length <= 2 && a[0] === b[0])

/** True when the shorter list's words all stand in the longer, in order. */
function includesAll(a: readonly string[], b: readonly string[]): boolean {
  const [longer, shorter] = a.length > b.length ? [a, b] : [b, a]
  let at = 0
  for (const word of longer) if (word === shorter[at]) at++
  return at === shorter.length
}

/** How many times more than the next a person must be named to take an ambiguous name. */
const clearLead = 2

function mostUsed(persons: readonly NamedPerson[]): NamedPerson | undefined {
  let best: NamedPerson | undefined
  let second = 0
  for (const person of persons) {
    if (best === undefined || person.count > best.count) {
      second = best?.count ?? 0
      best = person
    } else second = Math.max(second, person.count)
  }
  return best !== undefined && (persons.length === 1 || best.count >= second * clearLead) ? best : undefined
}

/** How many mentions on a pronoun may stand from the name it takes up. */
const voteReach = 4

/** Lets pronouns vote on a name's sex: the first "he" or "she" after it in its sentence or the next, no other person between. */
function countPronouns(
  { length, kind, sex, sentence, quotation, plural, person }: Attributes,
  formOf: readonly (NameForm | null)[],
): void {
  for (let m = 0; m < length; m++) {
    const form = formOf[m]
    if (form === null || form === undefined || plural[m]) continue
    for (let k = m + 1; k < length && k <= m + voteReach && sentence[k]! <= sentence[m]! + 1; k++) {
      if (kind[k] !== Kind.pronoun) break
      if (person[k] !== 3 || quotation[k]! >= 0 !== quotation[m]! >= 0) continue
      if (sex[k] === Sex.he) form.he++
      else if (sex[k] === Sex.she) form.she++
      else continue
      break
    }
  }
}
