/** What words say about persons: sex, kinship, titles, first names, diminutives. Each list is made on first use. */
import names from './names.json' with { type: 'json' }
import nouns from './nouns.json' with { type: 'json' }
import persons from './persons.json' with { type: 'json' }

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
const setOf = (list: string) => once((): ReadonlySet<string> => new Set(list.split(' ')))

/** Nouns for men and boys, singular: "man", "uncle", "king". */
export const maleNouns = setOf(persons.he)
/** Nouns for women and girls, singular: "woman", "aunt", "queen". */
export const femaleNouns = setOf(persons.she)
/** Nouns that say whose relation someone is: "cousin", "wife". */
export const kinNouns = setOf(persons.kin)
export const maleTitles = setOf(persons.titleHe)
export const femaleTitles = setOf(persons.titleShe)
export const otherTitles = setOf(persons.titleEither)
export const maleFirstNames = setOf(names.he)
export const femaleFirstNames = setOf(names.she)
/** Nouns whose first sense is a person. */
export const personNouns = setOf(nouns.person)
/** Nouns whose first sense is a group of persons or things: "team", "family". */
export const groupNouns = setOf(nouns.group)
/** Nouns whose first sense is an animal. */
export const animalNouns = setOf(nouns.animal)

/** For a first name in lower case, the groups of names in use for one another that hold it. */
export const diminutiveGroups = once((): ReadonlyMap<string, readonly number[]> => {
  const groups = new Map<string, number[]>()
  persons.diminutives.split(';').forEach((line, group) => {
    for (const name of line.split(' ')) {
      const list = groups.get(name)
      if (list === undefined) groups.set(name, [group])
      else list.push(group)
    }
  })
  return groups
})

/** True when two different first names can be one person's: "Thomas" and "Tommy". Two diminutives of one name count too. */
export function isDiminutive(a: string, b: string): boolean {
  const groups = diminutiveGroups()
  const ofB = groups.get(b)
  return a !== b && ofB !== undefined && (groups.get(a)?.some((group) => ofB.includes(group)) ?? false)
}
