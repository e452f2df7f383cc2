/** Word classes of the story's vocabulary: worked out once per distinct word, so that every token look-up is an array read. */
import type { Tokens } from '../../layers.js'
import common from '../../lexicon/common.json' with { type: 'json' }
import human from '../../lexicon/human.json' with { type: 'json' }
import names from '../../lexicon/names.json' with { type: 'json' }
import nouns from '../../lexicon/nouns.json' with { type: 'json' }
import personWords from '../../lexicon/person-words.json' with { type: 'json' }
import proper from '../../lexicon/proper.json' with { type: 'json' }
import { speechVerbs } from '../../lexicon/speech.js'
import { keyMask, unpackKeys, unpackSparse } from '../../model/sparse.js'

/** Classes of words as bits of `Words.bits`. */
export const WordClass = {
  title: 1,
  particle: 1 << 1,
  honorific: 1 << 2,
  kin: 1 << 3,
  address: 1 << 4,
  indefinite: 1 << 5,
  collective: 1 << 6,
  quantifier: 1 << 7,
  determiner: 1 << 8,
  possessive: 1 << 9,
  preposition: 1 << 10,
  auxiliary: 1 << 11,
  relative: 1 << 12,
  adverb: 1 << 13,
  pronoun: 1 << 14,
  place: 1 << 15,
  speech: 1 << 16,
  /** WordNet's first sense of the noun, or of the noun it is a plural of, is a person. */
  person: 1 << 17,
  personLater: 1 << 18,
  group: 1 << 19,
  animal: 1 << 20,
  nameHe: 1 << 21,
  nameShe: 1 << 22,
  nameEither: 1 << 23,
  surname: 1 << 24,
  /** Ends as a plural does and its singular is a listed noun. */
  plural: 1 << 25,
  conjunction: 1 << 26,
  /** Pronouns that can only be subjects. */
  nominative: 1 << 27,
  /** "old", "young": stands before a name as a title does. */
  age: 1 << 29,
  /** Titles that nothing but a name follows. */
  mister: 1 << 30,
  /** "Esq.", "Jr.": after a name. */
  suffix: 1 << 31,
  /** Books write it in lower case. */
  common: 1 << 28,
} as const

/** Bits of words that no name is made of. */
export const functionWord =
  WordClass.determiner |
  WordClass.possessive |
  WordClass.preposition |
  WordClass.auxiliary |
  WordClass.relative |
  WordClass.conjunction |
  WordClass.pronoun

let lexicon: Map<string, number> | undefined
let commonKeys: Set<number> | undefined
let humanKeys: Map<number, number> | undefined
let properKeys: Map<number, number> | undefined

function readLexicon(): Map<string, number> {
  const map = new Map<string, number>()
  const add = (list: string, bit: number): void => {
    for (const word of list.split(' ')) map.set(word, (map.get(word) ?? 0) | bit)
  }
  for (const [name, list] of Object.entries(personWords))
    if (name in WordClass) add(list, WordClass[name as keyof typeof WordClass])
  for (const word of speechVerbs()) map.set(word, (map.get(word) ?? 0) | WordClass.speech)
  add(nouns.person, WordClass.person)
  add(nouns.personLater, WordClass.personLater)
  add(nouns.group, WordClass.group)
  add(nouns.animal, WordClass.animal)
  add(names.he, WordClass.nameHe)
  add(names.she, WordClass.nameShe)
  add(names.either, WordClass.nameEither)
  add(names.surname, WordClass.surname)
  return map
}

const nounBits = WordClass.person | WordClass.personLater | WordClass.group | WordClass.animal
const irregular: Readonly<Record<string, string>> = {
  men: 'man',
  women: 'woman',
  children: 'child',
  wives: 'wife',
  thieves: 'thief',
  wolves: 'wolf',
  mice: 'mouse',
}

/** The singular that a noun's form points to, `null` for a form that is no plural. */
export function singularOf(word: string): string | null {
  const known = irregular[word]
  if (known !== undefined) return known
  if (word.length > 4 && (word.endsWith('men') || word.endsWith('women'))) return `${word.slice(0, -2)}an`
  if (word.length < 4 || !word.endsWith('s') || word.endsWith('ss')) return null
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (/(?:s|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}

/** The vocabulary's classes and hashes, by vocabulary index. */
export interface Words {
  readonly bits: Int32Array
  /** A hash of the spelling, the same in every story. */
  readonly hash: Int32Array
  /** Hashes of the last two and last three letters. */
  readonly suffix2: Int32Array
  readonly suffix3: Int32Array
  /** The singular's hash for a plural noun, else the word's own. */
  readonly lemma: Int32Array
  /** How much a noun is used as nouns for persons are, in quarters of log odds; 0 for an unknown one. */
  readonly human: Int32Array
  /** Bits of `Proper`: what a word that is written with a capital may name. */
  readonly proper: Uint8Array
}

/** Kinds of things that WordNet has a capitalised word for. */
export const Proper = { place: 1, person: 2, other: 4 } as const

export function readWords({ vocabulary }: Pick<Tokens, 'vocabulary'>): Words {
  lexicon ??= readLexicon()
  commonKeys ??= unpackKeys(common.keys)
  humanKeys ??= unpackSparse(human.weights)
  properKeys ??= unpackSparse(proper.codes)
  const { length } = vocabulary
  const words = {
    bits: new Int32Array(length),
    hash: new Int32Array(length),
    suffix2: new Int32Array(length),
    suffix3: new Int32Array(length),
    lemma: new Int32Array(length),
    human: new Int32Array(length),
    proper: new Uint8Array(length),
  }
  for (let i = 0; i < length; i++) {
    const word = vocabulary[i]!
    let bits = lexicon.get(word) ?? 0
    const singular = singularOf(word)
    const ofSingular = singular === null ? 0 : (lexicon.get(singular) ?? 0) & nounBits
    const isPlural = singular !== null && (ofSingular !== 0 || lexicon.has(singular)) && (bits & WordClass.person) === 0
    if (isPlural) bits |= ofSingular | WordClass.plural
    const hash = hashOf(word)
    if (commonKeys.has(hash & keyMask)) bits |= WordClass.common
    words.bits[i] = bits
    words.hash[i] = hash
    words.suffix2[i] = hashOf(word.slice(-2)) ^ 0x2f2f
    words.suffix3[i] = hashOf(word.slice(-3)) ^ 0x3f3f
    words.lemma[i] = isPlural ? hashOf(singular) : words.hash[i]!
    words.proper[i] = properKeys.get(hash & keyMask) ?? 0
    words.human[i] = humanKeys.get(words.lemma[i]! & keyMask) ?? 0
  }
  return words
}

/** FNV-1a over UTF-16 code units. */
export function hashOf(word: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193)
  return hash
}
