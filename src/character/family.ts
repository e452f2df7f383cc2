/** Bearers of one surname, told apart by their titles. */
import { type NamedPerson, type NameForm, plainTitles, sexOfForm, sexOfPerson } from './name.js'
import { Sex } from './pronoun.js'

/** Titles that go with a surname rather than a first name. */
export const isFamilyTitle = (title: string): boolean =>
  (plainTitles.has(title) && title !== 'sir' && title !== 'lady' && title !== 'master') || title === 'dr' || title === 'doctor'

export const isMarried = (title: string | null): boolean => title === 'mrs' || title === 'lady'

/** Ranks that a plain "Mr." would not be used for. */
const ranks = new Set(['sir', 'lord'])

/**
 * Whether a surname's bearer can be called by a form: "Dr. Watson", "Mr. Watson" and "Watson" are one; "Colonel Forster" and
 * "Captain Forster" are two; "Mrs. Bell" is not Bell, nor "Miss Bell"; "Miss Bell" is not "Captain Bell" unless that is a woman.
 */
export function isOfFamily(form: NameForm, person: NamedPerson): boolean {
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
export function elder(form: NameForm, persons: readonly NamedPerson[]): readonly NamedPerson[] {
  const { sex } = sexOfForm(form)
  const fitting = persons.filter((person) => sexOfPerson(person).sex === sex)
  if (fitting.length < 2) return fitting.length === 1 ? fitting : persons
  // "Mr. Wilcox" all through the book is not the Paul Wilcox named twice, but his father.
  const known = form.title === 'mr' ? fitting.filter(({ count }) => count >= form.count * elderShare) : fitting
  const plain = known.filter(({ forms }) => !forms.some(({ title, words }) => title === form.title && words.length > 1))
  return plain.length > 0 ? plain : known
}
