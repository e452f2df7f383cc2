/** Which name strings are one person's: "Tom", "Tom Sawyer", "Mr. Sawyer", "Thomas". */
import type { MentionSpan, Tokens } from '../layers.js'
import { isDiminutive, isFirstName, shortKeys } from '../lexicon/person.js'
import type { CastEntry } from '../types.js'
import { type Attributes, Kind, Role } from './attribute.js'
import { type NamedPerson, type NameForm, nameWords, particles, plainTitles, readName, sexOfForm, sexOfPerson } from './name.js'
import { Sex } from './pronoun.js'

export interface AliasLayer {
  readonly persons: readonly NamedPerson[]
  /** Person of each mention that is a name; -1 for other mentions. */
  readonly personOf: Int32Array
  /** Form of each mention that is a name; `null` for others. */
  readonly formOf: readonly (NameForm | null)[]
  /** The person a name would be put with, -1 for none. */
  readonly find: (name: string) => number
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
    const read = readName(nameWords(tokens, mentions[m]!), attributes.plural[m] === 1)
    if (read === null) continue
    const known = forms.get(read.key) ?? read
    forms.set(read.key, known)
    known.count++
    formOf[m] = known
  }
  countPronouns(attributes, formOf)

  const register = new Register(forms, new Together(attributes, formOf))
  const keyOf = (name: string): NameForm | null => {
    const read = readName(name.toLowerCase().replaceAll('’', "'").split(/\s+/))
    return read === null ? null : (forms.get(read.key) ?? read)
  }
  const settled = new Set<NameForm>()
  for (const name of split) {
    const form = keyOf(name)
    if (form === null || settled.has(form)) continue
    settled.add(form)
    register.open(form, true).display = name
  }
  const listed = merge.map((names) => ({ names, pronouns: null }))
  const known = cast.map(({ name, aliases = [], pronouns = null }) => ({ names: [name, ...aliases], pronouns }))
  for (const { names, pronouns } of [...listed, ...known]) {
    const forms = names.map(keyOf).filter((form) => form !== null)
    const home = forms.map((form) => register.personOf(form)).find((person) => person !== undefined)
    const person = home ?? (forms[0] === undefined ? undefined : register.open(forms[0]))
    if (person === undefined) continue
    person.display ??= names[0]!
    person.pronouns ??= pronouns
    for (const form of forms) if (register.personOf(form) === undefined) register.add(person, form)
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

/** Letters that a clipped name must keep: "Bar" for "Barney". */
const shortestPrefix = 3

class Register {
  readonly persons: NamedPerson[] = []
  private readonly home = new Map<string, NamedPerson>()
  private readonly closed = new Set<NamedPerson>()
  private readonly byWord = new Map<string, Set<NamedPerson>>()
  private readonly byPrefix = new Map<string, Set<NamedPerson>>()
  private readonly byShort = new Map<string, Set<NamedPerson>>()

  constructor(
    private readonly forms: ReadonlyMap<string, NameForm>,
    private readonly together: Together,
  ) {}

  personOf(form: NameForm): NamedPerson | undefined {
    return this.home.get(form.key)
  }

  open(form: NameForm, closed = false): NamedPerson {
    const person: NamedPerson = { forms: [], count: 0, firstNames: new Set(), surnames: new Set(), display: null, pronouns: null }
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
    for (const word of words) if (!particles.has(word)) addTo(this.byWord, word, person)
    if (!form.plural && (words.length > 1 || form.title === null)) {
      for (const key of shortKeys(words[0]!)) addTo(this.byShort, key, person)
      addTo(this.byPrefix, words[0]!.slice(0, shortestPrefix), person)
    }
  }

  /** The person that a form names, `undefined` when none or more than one would do. */
  match(form: NameForm): NamedPerson | undefined {
    const near = new Set<NamedPerson>()
    for (const word of form.words) for (const person of this.byWord.get(word) ?? []) if (this.fits(form, person)) near.add(person)
    if (form.words.length > 1) return this.matchFull(form, [...near])
    const word = form.words[0]!
    const byFirst = [...near].filter((person) => person.firstNames.has(word))
    const bySurname = [...near].filter(
      (person) =>
        person.surnames.has(word) && isOfFamily(form, person) && !(isMarried(form.title) && this.isUsuallyFirstName(person)),
    )
    const bySingle = [...near].filter(
      (person) => person.forms.some((other) => other.words.length === 1 && other.words[0] === word) && isOfFamily(form, person),
    )
    if (form.title === null) {
      // A surname alone is a man's where both sexes bear it: "Archer" beside "Mrs. Archer".
      const family = [...new Set([...bySurname, ...bySingle])]
      const men = family.filter((person) => sexOfPerson(person).sex !== Sex.she)
      return mostUsed(byFirst) ?? mostUsed(men.length > 0 ? men : family) ?? this.matchShort(form)
    }
    if (isFamilyTitle(form.title)) return mostUsed(elder(form, bySurname)) ?? mostUsed(bySingle) ?? mostUsed(byFirst)
    return mostUsed(byFirst) ?? mostUsed(bySurname) ?? mostUsed(bySingle) ?? this.matchShort(form)
  }

  /** "Mrs. Hilbery" beside a Katharine Hilbery whom the story calls Katharine is another, most likely her mother. */
  private isUsuallyFirstName({ firstNames, count }: NamedPerson): boolean {
    let alone = 0
    for (const name of firstNames) alone += this.forms.get(name)?.count ?? 0
    return alone > count
  }

  private fits(form: NameForm, person: NamedPerson): boolean {
    if (this.closed.has(person) || person.forms[0]!.plural) return false
    if (clash(sexOfForm(form).sex, sexOfPerson(person).sex)) return false
    return !this.together.areTwo(form, person)
  }

  /** "Tom Sawyer" and "Thomas Sawyer", "T. Sawyer", "Thomas Finn Sawyer". */
  private matchFull(form: NameForm, near: readonly NamedPerson[]): NamedPerson | undefined {
    const first = form.words[0]!
    const last = form.words.at(-1)!
    const same = near.filter((person) =>
      person.forms.some(({ words }) => {
        if (words.length < 2) return false
        const sameLast = words.at(-1) === last
        const sameFirst = words[0] === first || isDiminutive(words[0]!, first) || isInitialOf(words[0]!, first)
        return (
          (sameLast && sameFirst) || (words.length !== form.words.length && words[0] === first && includesAll(words, form.words))
        )
      }),
    )
    return mostUsed(same)
  }

  /** "Tom" for "Thomas" and for "Thomas Sawyer", where only one person would do. */
  private matchShort(form: NameForm): NamedPerson | undefined {
    const word = form.words[0]!
    const found = new Set<NamedPerson>()
    for (const key of shortKeys(word))
      for (const person of this.byShort.get(key) ?? [])
        if (this.fits(form, person) && firstNamesOf(person).some((name) => isDiminutive(name, word))) found.add(person)
    if (found.size === 0 && word.length >= shortestPrefix && !isFirstName(word))
      for (const person of this.byPrefix.get(word.slice(0, shortestPrefix)) ?? [])
        if (this.fits(form, person) && firstNamesOf(person).some((name) => name.startsWith(word))) found.add(person)
    return found.size === 1 ? [...found][0] : undefined
  }
}

function addTo(index: Map<string, Set<NamedPerson>>, key: string, person: NamedPerson): void {
  const set = index.get(key)
  if (set === undefined) index.set(key, new Set([person]))
  else set.add(person)
}

/** First names in full and names used alone. */
const firstNamesOf = ({ firstNames, forms }: NamedPerson): string[] => [
  ...firstNames,
  ...forms.filter(({ words, title }) => words.length === 1 && title === null).map(({ words }) => words[0]!),
]

/** Titles that go with a surname rather than a first name. */
const isFamilyTitle = (title: string): boolean =>
  (plainTitles.has(title) && title !== 'sir' && title !== 'lady' && title !== 'master') || title === 'dr' || title === 'doctor'

const isMarried = (title: string | null): boolean => title === 'mrs' || title === 'lady'

/** Ranks that a plain "Mr." would not be used for. */
const ranks = new Set(['sir', 'lord'])

/**
 * Whether a surname's bearer can be called by a form: "Dr. Watson", "Mr. Watson" and "Watson" are one; "Colonel Forster" and
 * "Captain Forster" are two; "Mrs. Bell" is not Bell, nor "Miss Bell"; "Miss Bell" is not "Captain Bell" unless that is a woman.
 */
function isOfFamily(form: NameForm, person: NamedPerson): boolean {
  const proper = new Set<string>()
  const plain = new Set<string>()
  for (const { title } of [...person.forms, form]) {
    if (title === null) continue
    if (!plainTitles.has(title) || ranks.has(title)) proper.add(title)
    else plain.add(title)
  }
  if (proper.size > 1) return false
  if (plain.has('mr') && [...proper].some((title) => ranks.has(title))) return false
  const married = [...plain].some(isMarried)
  if (married && plain.has('miss')) return false
  if (married || plain.has('miss')) {
    const { sex } = sexOfForm(form)
    if (form.title === null) return sex === Sex.she
    const other = sexOfPerson(person)
    return sex === Sex.she && other.sex === Sex.she && (proper.size === 0 || other.sure)
  }
  return true
}

/** How often, beside "Mr. Wilcox", one of several men of the name must be named in full to be him. */
const elderShare = 0.15

/** Of several with one surname, "Miss Bell" is the elder, whom nobody calls "Miss Mary Bell"; so with brothers. */
function elder(form: NameForm, persons: readonly NamedPerson[]): readonly NamedPerson[] {
  const { sex } = sexOfForm(form)
  const fitting = persons.filter((person) => sexOfPerson(person).sex === sex)
  if (fitting.length < 2) return fitting.length === 1 ? fitting : persons
  // "Mr. Wilcox" all through the book is not the Paul Wilcox named twice, but his father.
  const known = form.title === 'mr' ? fitting.filter(({ count }) => count >= form.count * elderShare) : fitting
  const plain = known.filter(({ forms }) => !forms.some(({ title, words }) => title === form.title && words.length > 1))
  return plain.length > 0 ? plain : known
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

/** How often two names in one sentence part them: at least so often, and in this share of the rarer one's uses. */
const partedBy = { times: 2, share: 0.12 }

/** Names that stand side by side in a sentence are two persons' names. */
class Together {
  private readonly counts = new Map<string, number>()

  constructor({ length, sentence, outer, quotation, role }: Attributes, formOf: readonly (NameForm | null)[]) {
    let seen: NameForm[] = []
    let at = -1
    let inside = -1
    for (let m = 0; m < length; m++) {
      const form = formOf[m]
      if (form === null || form === undefined || outer[m]! >= 0) continue
      // “Well, Miss Bell?” said Mary: an address and the words around it may be one person's.
      if (role[m] === Role.vocative) continue
      if (sentence[m] !== at || quotation[m] !== inside) seen = []
      at = sentence[m]!
      inside = quotation[m]!
      if (seen.includes(form)) continue
      for (const other of seen) {
        const key = pairKey(other, form)
        this.counts.set(key, (this.counts.get(key) ?? 0) + 1)
      }
      if (seen.length < 12) seen.push(form)
    }
  }

  areTwo(form: NameForm, { forms, count }: NamedPerson): boolean {
    let times = 0
    for (const other of forms) times += this.counts.get(pairKey(form, other)) ?? 0
    return times >= partedBy.times && times >= Math.min(form.count, count) * partedBy.share
  }
}

const pairKey = (a: NameForm, b: NameForm): string => (a.key < b.key ? `${a.key}|${b.key}` : `${b.key}|${a.key}`)

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
