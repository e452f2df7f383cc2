/** Names read as names: title, first name, surname, and the sex they tell. */
import { Form, type MentionSpan, type Tokens } from '../layers.js'
import { femaleFirstNames, femaleTitles, maleFirstNames, maleTitles, otherTitles } from '../lexicon/person.js'
import type { PronounSet } from '../types.js'
import { Sex } from './pronoun.js'

/** One distinct name string. */
export interface NameForm {
  /** Lower-cased words, title first. */
  readonly key: string
  /** "mr", "captain", in full; `null` without one. */
  readonly title: string | null
  /** The words without title; of a bare title ("Mother", "the General") the title itself. */
  readonly words: readonly string[]
  readonly plural: boolean
  count: number
  /** Uses outside quotations. */
  told: number
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
  /** Name and pronouns that the user gave; `null` without. */
  display: string | null
  pronouns: PronounSet | null
}

/** Words inside names that are no names themselves. */
export const particles = new Set('de la le du von van der den of the d del della di da y ben bin al el st'.split(' '))
const suffixes = new Set('jr sr esq esquire ii iii iv md phd'.split(' '))
/** Titles that many men or women share without being one person's: they give way to any other. */
export const plainTitles = new Set(
  'mr mister mrs miss ms master sir lady madame monsieur mme mlle m. missis missus marse massa mistah maister miz mistis missy old young little poor dear'.split(
    ' ',
  ),
)
/** Titles that no one has as a name. */
const addresses = new Set('mr mister mrs miss ms sir madame monsieur mme mlle missis missus dr'.split(' '))
/** Offices that are hardly ever surnames, unlike "Mr. King". */
const offices = new Set(
  'sergeant superintendent inspector captain colonel doctor lieutenant constable president chairman'.split(' '),
)
const openers = new Set('the a an this that my your his her our their old young little poor dear dearest o oh'.split(' '))

/** Suffixes of respect: "Kenji-kun", "Hoshino-senpai". A role among them is a title, the others say no more than "Mr." does. */
const honorifics = new Set('san kun chan sama dono ssi nii nee ji hime'.split(' '))
const honorificRoles = new Set(
  'senpai sempai sensei oppa hyung noona unnie kaichou kaicho buchou taichou shishou hakase sunbae gege jiejie shixiong shijie shidi shimei laoshi'.split(
    ' ',
  ),
)
/** Titles as they are shortened. */
const fullTitles: Readonly<Record<string, string>> = {
  dr: 'doctor',
  prof: 'professor',
  capt: 'captain',
  lt: 'lieutenant',
  sgt: 'sergeant',
  col: 'colonel',
  gen: 'general',
  maj: 'major',
  sempai: 'senpai',
}
export const fullTitle = (title: string): string => fullTitles[title] ?? title

/** The words without a suffix of respect, and the suffix if it is a role. */
function splitHonorific(tokens: readonly string[]): { words: readonly string[]; role: string | null } {
  const parts = tokens.some((token) => token.includes('-'))
    ? tokens.flatMap((token) => token.split(/(?<=.)-(?=[a-z]+$)/))
    : tokens
  const suffix = parts.at(-1)!
  const isRole = honorificRoles.has(suffix)
  if (parts.length < 2 || (!isRole && !honorifics.has(suffix))) return { words: tokens, role: null }
  return { words: parts.slice(0, -1), role: isRole ? suffix : null }
}

const normalise = (word: string): string => (word.length > 2 && word.endsWith('.') ? word.slice(0, -1) : word)

const isWritten = (form: number): boolean => form === Form.capitalised || form === Form.upper || form === Form.mixed

/** First and last token of the name proper: "the Hooker who wrote" gives "Hooker", "Tom's old Aunt Polly" "Aunt Polly". */
export function nameTokens({ form, word, vocabulary }: Tokens, { first, last }: MentionSpan): [number, number] {
  let start = first
  for (let t = first; t < last; t++) if (vocabulary[word[t]!] === "'s") start = t + 1
  let from = start
  while (from <= last && !isWritten(form[from]!)) from++
  if (from > last) from = start
  while (from > start && (isTitle(vocabulary[word[from - 1]!]!) || particles.has(vocabulary[word[from - 1]!]!))) from--
  while (from < last && openers.has(vocabulary[word[from]!]!)) from++
  let to = from
  for (let t = from; t <= last; t++) {
    const value = vocabulary[word[t]!]!
    // "Sergeant Cuff of the detective force": what goes on in small letters is no name.
    if (t > from && form[t] === Form.lower && particles.has(value) && !leadsOn(t)) break
    if (value === ',' || (t > from + 1 && form[t] === Form.lower && isWritten(form[t - 1]!) && !particles.has(value))) break
    to = t
  }
  while (to > from && particles.has(vocabulary[word[to]!]!)) to--
  return [from, to]

  /** True when a name word follows the particles that begin at token t: "de la Mare". */
  function leadsOn(t: number): boolean {
    while (t <= last && form[t] === Form.lower && particles.has(vocabulary[word[t]!]!)) t++
    return t <= last && isWritten(form[t]!)
  }
}

/** The lower-cased words of the name proper. */
export function nameWords(tokens: Tokens, mention: MentionSpan): string[] {
  const [from, to] = nameTokens(tokens, mention)
  return Array.from(tokens.word.subarray(from, to + 1), (word) => tokens.vocabulary[word]!)
}

/** Reads a name's words (lower case) into title and name proper. */
export function readName(tokens: readonly string[], plural = false): NameForm | null {
  const { words: named, role } = splitHonorific(tokens)
  let words = named.map(normalise).filter((word) => /[\p{L}\p{N}]/u.test(word) && word !== "'s")
  while (words.length > 1 && openers.has(words[0]!)) words = words.slice(1)
  while (words.length > 1 && suffixes.has(words.at(-1)!)) words = words.slice(0, -1)
  if (words.length === 0) return null
  // "Indulgent Mr. Godfrey", "London, Mr. Jarndyce": a name begins with its title.
  const begins = words.findLastIndex((word, i) => i < words.length - 1 && addresses.has(word))
  if (begins > 0 && !isTitle(words[begins - 1]!)) words = words.slice(begins)
  const titles: string[] = role === null ? [] : [role]
  while (words.length > 1 && isTitle(words[0]!)) {
    titles.push(words[0]!)
    words = words.slice(1)
  }
  // "Mr. Bounderby the Banker" is Mr. Bounderby.
  if (titles.length > 0 && words.indexOf('the') > 0) words = words.slice(0, words.indexOf('the'))
  // "Mr. Sergeant" is the Sergeant.
  if (words.length === 1 && offices.has(words[0]!) && titles.every((word) => addresses.has(word))) titles.length = 0
  const title = titles.find((word) => !plainTitles.has(word)) ?? titles[0] ?? null
  return {
    key: [...titles, ...words].join(' '),
    title: title === null ? null : fullTitle(title),
    words,
    plural,
    count: 0,
    told: 0,
    he: 0,
    she: 0,
  }
}

export const isTitle = (word: string): boolean =>
  honorificRoles.has(word) || maleTitles().has(word) || femaleTitles().has(word) || otherTitles().has(word)

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
export function sexOfPerson({ forms, pronouns }: NamedPerson): { sex: number; sure: boolean } {
  if (pronouns === 'he' || pronouns === 'she') return { sex: pronouns === 'he' ? Sex.he : Sex.she, sure: true }
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
