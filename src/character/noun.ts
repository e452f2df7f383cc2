/** What a head noun says of the person it names. */
import { animalNouns, femaleNouns, groupNouns, kinNouns, maleNouns, personNouns } from '../lexicon/person.js'
import { Sex } from './pronoun.js'

/** Codes of what a noun names a person by. */
export const HeadClass = { other: 0, generic: 1, kin: 2, person: 3, group: 4, animal: 5, indefinite: 6 } as const

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))
const genericHeads = set(
  'man woman boy girl lady gentleman fellow guy child kid person creature one lad lass chap youth stranger men women boys girls ladies gentlemen children people persons fellows guys kids figure being thing maid maiden',
)
const indefiniteHeads = set("somebody someone anybody anyone nobody everybody everyone one none 'un others other whoever no-one")
/** Sex and class of a noun, also in the plural. */
export function describeHead(word: string): { sex: number; headClass: number } {
  const forms = [word]
  if (word.endsWith('s')) forms.push(word.slice(0, -1))
  if (word.endsWith('es')) forms.push(word.slice(0, -2))
  if (word.endsWith('ies')) forms.push(`${word.slice(0, -3)}y`)
  const dash = word.lastIndexOf('-')
  if (dash > 0) forms.push(word.slice(dash + 1))
  const is = (list: ReadonlySet<string>): boolean => forms.some((form) => list.has(form))
  const sex = is(maleNouns()) ? Sex.he : is(femaleNouns()) ? Sex.she : Sex.unknown
  const headClass = indefiniteHeads.has(word)
    ? HeadClass.indefinite
    : is(kinNouns())
      ? HeadClass.kin
      : genericHeads.has(word)
        ? HeadClass.generic
        : is(personNouns()) || sex !== Sex.unknown
          ? HeadClass.person
          : is(groupNouns())
            ? HeadClass.group
            : is(animalNouns())
              ? HeadClass.animal
              : HeadClass.other
  return { sex, headClass }
}
