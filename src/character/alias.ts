/** Which name strings are one person's: "Tom", "Tom Sawyer", "Mr. Sawyer", "Thomas". */
import type { MentionSpan, Tokens } from '../layers.js'
import type { CastEntry, PronounSet } from '../types.js'
import { type Attributes, Kind } from './attribute.js'
import { type NamedPerson, type NameForm, nameWords, readName } from './name.js'
import { Sex } from './pronoun.js'
import { Register } from './register.js'
import { Together } from './together.js'

export interface AliasLayer {
  readonly persons: readonly NamedPerson[]
  /** Person of each mention that is a name; -1 for other mentions. */
  readonly personOf: Int32Array
  /** Form of each mention that is a name; `null` for others. */
  readonly formOf: readonly (NameForm | null)[]
  /** The person a name would be put with, -1 for none. */
  readonly find: (name: string) => number
}

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
    if (attributes.quotation[m]! < 0) known.told++
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
  const settle = (forms: readonly NameForm[], name: string, pronouns: PronounSet | null): void => {
    const home = forms.map((form) => register.personOf(form)).find((person) => person !== undefined)
    const person = home ?? (forms[0] === undefined ? undefined : register.open(forms[0]))
    if (person === undefined) return
    person.display ??= name
    person.pronouns ??= pronouns
    for (const form of forms) if (register.personOf(form) === undefined) register.add(person, form)
  }
  for (const names of merge)
    settle(
      names.map(keyOf).filter((form) => form !== null),
      names[0] ?? '',
      null,
    )
  // "Young Peter", also Pete, is not his father Peter: what two of the cast are called makes them one only if nothing else is theirs.
  const known = cast.map(({ name, aliases = [], pronouns = null }) => {
    const forms = [name, ...aliases].map(keyOf).filter((form) => form !== null)
    return { name, pronouns, forms: [...new Map(forms.map((form) => [form.key, form])).values()] }
  })
  const claims = new Map<string, number>()
  for (const { forms } of known) for (const { key } of forms) claims.set(key, (claims.get(key) ?? 0) + 1)
  for (const { name, pronouns, forms } of known) {
    const own = forms.filter(({ key }) => claims.get(key) === 1)
    settle(own.length > 0 ? own : forms, name, pronouns)
  }
  for (const { name, pronouns, forms } of known)
    settle(
      [...forms].sort((a, b) => claims.get(a.key)! - claims.get(b.key)!),
      name,
      pronouns,
    )

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
