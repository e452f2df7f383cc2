/** What words say about persons: sex, kinship, titles, first names, diminutives. Each list is made on first use. */
import names from './names.json' with { type: 'json' }
import nouns from './nouns.json' with { type: 'json' }
import personWords from './person-words.json' with { type: 'json' }
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
/** True for a listed first name of either sex. */
export const isFirstName = (word: string): boolean => maleFirstNames().has(word) || femaleFirstNames().has(word)
/** Nouns and titles by which anyone may be addressed: "sir", "sweetheart", "boy". */
export const addressWords = setOf(personWords.address)
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

/** Endings of pet names: "Sid" and "Siddy", "Bats" and "Batsy", "Ann" and "Annie". */
const petEnding = /^(.{2,}?)(.?)\2?(?:y|ie|ey|s|sy|kins)$/
const withoutPetEnding = (name: string): string => {
  const match = petEnding.exec(name)
  return match === null ? name : match[1]! + match[2]!
}

/** True when one of two first names is short for the other: "Thomas" and "Tommy", "Sid" and "Siddy". */
export function isDiminutive(a: string, b: string): boolean {
  if (a === b || a.length < 2 || b.length < 2) return false
  if (withoutPetEnding(a) === b || withoutPetEnding(b) === a) return true
  // "Lucy" and "Luce", "Maddie" and "Mads"; but Anne and Annie, Mary and Marie are names of their own.
  if (petRoot(a) === petRoot(b) && !(isFirstName(a) && isFirstName(b))) return true
  const groups = diminutiveGroups()
  const full = fullNames()
  const ofB = groups.get(b)
  return groups.get(a)?.some((group) => ofB?.includes(group) && (full[group] === a || full[group] === b)) ?? false
}

/** What pet names of one name have in common: "luc" of "Lucy" and "Luce". */
const petRoot = (name: string): string => withoutPetEnding(name).replace(/(?<=...)e$/, '')

/** Keys that a first name shares with every name it can be short for, or that can be short for it. */
export const shortKeys = (name: string): string[] => [
  withoutPetEnding(name),
  petRoot(name),
  ...(diminutiveGroups().get(name) ?? []).map((group) => `${group}`),
]

const fullNames = once((): readonly string[] => persons.diminutives.split(';').map((line) => line.slice(0, line.indexOf(' '))))

/** Who is called upon and never there, as a word: "God knew". */
export const invokedWords: ReadonlySet<string> = new Set('god gawd lord heaven heavens christ jesus allah devil'.split(' '))
