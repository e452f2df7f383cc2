/** Finds the person that a shorter name is short for. */
import { isDiminutive, isFirstName, kinNouns, shortKeys } from '../lexicon/person.js'
import { elder, isFamilyTitle, isMarried, isOfFamily } from './family.js'
import { fullTitle, isTitle, type NamedPerson, type NameForm, particles, plainTitles, sexOfForm, sexOfPerson } from './name.js'
import { Sex } from './pronoun.js'
import type { Together } from './together.js'

/** Titles that one person of the story holds, as a rule: not "Mr.", not "Aunt". */
const isOffice = (word: string): boolean => isTitle(word) && !plainTitles.has(word) && !kinNouns().has(word)

/** Titles that stand before first names as well. */
const youngTitles = new Set('master marse massa miss missy miz'.split(' '))

const clash = (a: number, b: number): boolean => (a === Sex.he && b === Sex.she) || (a === Sex.she && b === Sex.he)

/** Letters that a clipped name must keep: "Bar" for "Barney". */
const shortestPrefix = 3
/** Letters that may have gone from a name which is rarer than its short form: more, and it is another word. */
const mostClipped = 3

export class Register {
  readonly persons: NamedPerson[] = []
  private readonly home = new Map<string, NamedPerson>()
  private readonly closed = new Set<NamedPerson>()
  private readonly byWord = new Map<string, Set<NamedPerson>>()
  private readonly byPrefix = new Map<string, Set<NamedPerson>>()
  private readonly byTitle = new Map<string, Set<NamedPerson>>()
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
    const { words, title } = form
    if (title !== null && isOffice(title)) addTo(this.byTitle, title, person)
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
    if (form.title === null && near.size === 0 && isOffice(word)) return this.matchOffice(form)
    if (form.title === null) {
      // A surname alone is a man's where both sexes bear it: "Archer" beside "Mrs. Archer".
      const family = [...new Set([...bySurname, ...bySingle])]
      const men = family.filter((person) => sexOfPerson(person).sex !== Sex.she)
      return mostUsed(byFirst) ?? mostUsed(men.length > 0 ? men : family) ?? this.matchShort(form)
    }
    if (isFamilyTitle(form.title)) {
      const known = mostUsed(elder(form, bySurname)) ?? mostUsed(bySingle) ?? mostUsed(byFirst)
      // "Master Davy", "Miss Lizzy"; but Mr. Williams is no William.
      return known ?? (youngTitles.has(form.title) && !word.endsWith('s') ? this.matchShort(form) : undefined)
    }
    return mostUsed(byFirst) ?? mostUsed(bySurname) ?? mostUsed(bySingle) ?? this.matchShort(form)
  }

  /** "The Captain" is Captain Reyes where no other captain has a name. */
  private matchOffice(form: NameForm): NamedPerson | undefined {
    return mostUsed([...(this.byTitle.get(fullTitle(form.words[0]!)) ?? [])].filter((person) => this.fits(form, person)))
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
    // “Ben,” said to Benedick: a first name of its own is a clipped one where nobody is told of by it.
    if (found.size === 0 && word.length >= shortestPrefix && (!isFirstName(word) || form.told === 0))
      for (const person of this.byPrefix.get(word.slice(0, shortestPrefix)) ?? [])
        if (this.fits(form, person) && firstNamesOf(person).some((name) => name.startsWith(word) || isClipped(name, word)))
          found.add(person)
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

/** "Barn" for "Barney", when the clipped name is the more frequent and so came first; "Ann" and "Annette" are names of their own. */
const isClipped = (short: string, name: string): boolean =>
  short.length >= shortestPrefix &&
  name.startsWith(short) &&
  name.length <= short.length + mostClipped &&
  !/(?:s|man)$/.test(name) &&
  !isFirstName(short)

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
