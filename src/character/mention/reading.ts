/** The story as the rules on mentions read it: its words looked up, and where a capital letter speaks for a name. */
import { Form, posTags, type TextLayer, type Tokens } from '../../layers.js'
import personWords from '../../lexicon/person-words.json' with { type: 'json' }
import { flagWords } from '../../text/token.js'
import { functionWord, WordClass, type Words } from './word.js'

const tag = (name: (typeof posTags)[number]): number => posTags.indexOf(name)
export const Tag = {
  adj: tag('ADJ'),
  adp: tag('ADP'),
  adv: tag('ADV'),
  aux: tag('AUX'),
  cconj: tag('CCONJ'),
  det: tag('DET'),
  intj: tag('INTJ'),
  noun: tag('NOUN'),
  num: tag('NUM'),
  part: tag('PART'),
  pron: tag('PRON'),
  propn: tag('PROPN'),
  punct: tag('PUNCT'),
  sconj: tag('SCONJ'),
  sym: tag('SYM'),
  verb: tag('VERB'),
} as const

/** What the rules of this stage read: the story with its words looked up. */
export interface Reading {
  readonly text: string
  readonly tokens: Tokens
  readonly words: Words
  /** Class bits per token. */
  readonly bits: Int32Array
  /** 1 where a capital letter says nothing: after a sentence end, an opening mark, at a paragraph's start. */
  readonly opening: Uint8Array
  /** 1 where a token is written as names are; in a story without capitals, where it is no word that books have. */
  readonly capital: Uint8Array
  /** Per vocabulary index: 1 for words that the story writes with a capital inside sentences, and seldom without. */
  readonly named: Uint8Array
  /** Per vocabulary index: 1 for auxiliaries that are a name in this story. */
  readonly willed: Uint8Array
  /** Per vocabulary index: 1 for nouns that with "the" and alone stand for persons: "the blonde", "the pair". */
  readonly epithet: Uint8Array
  /** Per vocabulary index: 1 for interjections. */
  readonly exclaimed: Uint8Array
  /** Per vocabulary index: 1 for words of the names that the caller gave. */
  readonly cast: Uint8Array
  /** True for a story with hardly a capital letter. */
  readonly lowerCase: boolean
  /** Per vocabulary index: 1 for marks that no noun phrase crosses. */
  readonly stops: Uint8Array
  /** Vocabulary indexes of the marks the rules ask for. */
  readonly mark: Marks
}

export interface Marks {
  readonly hyphen: number
  readonly period: number
  readonly comma: number
  readonly possessive: number
  readonly apostrophe: number
  readonly of: number
  readonly and: number
  readonly the: number
  readonly those: number
  readonly who: number
  readonly to: number
  readonly that: number
  readonly than: number
}

export function readTokens(
  { text, tokens }: Pick<TextLayer, 'text' | 'tokens'>,
  words: Words,
  cast: Uint8Array = new Uint8Array(tokens.vocabulary.length),
): Reading {
  const { length, word } = tokens
  const bits = new Int32Array(length)
  const opening = new Uint8Array(length)
  const closesSentence = new Uint8Array(tokens.vocabulary.length)
  const stops = new Uint8Array(tokens.vocabulary.length)
  const isQuote = new Uint8Array(tokens.vocabulary.length)
  tokens.vocabulary.forEach((value, i) => {
    if (/^[.!?…:;—–]|^--|^\*/.test(value)) closesSentence[i] = 1
    if (/^[.!?:;"“”«»]/.test(value)) stops[i] = 1
    if (/^["“”'‘’«»([_*]+$/.test(value)) isQuote[i] = 1
  })
  for (let i = 0; i < length; i++) {
    bits[i] = words.bits[word[i]!]!
    const before = i - 1
    if (before < 0 || tokens.paragraph[before] !== tokens.paragraph[i] || tokens.sentence[before] !== tokens.sentence[i])
      opening[i] = 1
    else if (closesSentence[word[before]!] === 1 || isQuote[word[before]!] === 1) opening[i] = 1
  }
  const id = tokens.wordId
  const mark = {
    hyphen: id('-'),
    period: id('.'),
    comma: id(','),
    possessive: id("'s"),
    apostrophe: id("'"),
    of: id('of'),
    and: id('and'),
    the: id('the'),
    those: id('those'),
    who: id('who'),
    to: id('to'),
    that: id('that'),
    than: id('than'),
  }
  const lowerCase = isLowerCase(tokens)
  if (lowerCase) opening.fill(0)
  const capital = lowerCase ? unknownWords(tokens, bits, cast) : capitals(tokens)
  const views = flagWords(tokens, pointOfView)
  for (let i = 0; i < length; i++) if (views[word[i]!] === 1) capital[i] = 0
  skipStutters(tokens, mark.hyphen, capital, opening)
  return {
    text,
    tokens,
    words,
    bits,
    opening,
    capital,
    cast,
    lowerCase,
    stops,
    mark,
    named: namedWords(tokens, capital, opening, words),
    willed: willedWords(tokens, opening, bits),
    exclaimed: flagWords(tokens, exclamations()),
    epithet: flagWords(tokens, epithets()),
  }
}

let exclamationSet: Set<string> | undefined
const exclamations = (): Set<string> => {
  exclamationSet ??= new Set(personWords.exclamation.split(' '))
  return exclamationSet
}

let epithetSet: Set<string> | undefined
const epithets = (): Set<string> => {
  epithetSet ??= new Set(personWords.epithet.split(' '))
  return epithetSet
}

/** Uses with a capital inside sentences from which a word is a name in its story, wherever it stands; of no word that books write small, one. */
const namedUses = 2

function namedWords(
  { vocabulary, word, form, length }: Tokens,
  capital: Uint8Array,
  opening: Uint8Array,
  { bits }: Words,
): Uint8Array {
  const inside = new Int32Array(vocabulary.length)
  const lower = new Int32Array(vocabulary.length)
  for (let i = 0; i < length; i++) {
    if (capital[i] === 1) inside[word[i]!]! += 1 - opening[i]!
    else if (form[i] === Form.lower) lower[word[i]!]!++
  }
  return Uint8Array.from(inside, (count, w) =>
    count >= ((bits[w]! & WordClass.common) === 0 ? 1 : namedUses) && count > lower[w]! ? 1 : 0,
  )
}

/** Auxiliaries that the story writes with a capital inside sentences, not in a row of capitals: Will, May. */
function willedWords({ vocabulary, word, form, length }: Tokens, opening: Uint8Array, bits: Int32Array): Uint8Array {
  const inside = new Int32Array(vocabulary.length)
  for (let i = 1; i < length; i++)
    if (
      (bits[i]! & WordClass.auxiliary) !== 0 &&
      form[i] === Form.capitalised &&
      opening[i] === 0 &&
      (form[i - 1] === Form.lower || form[i - 1] === Form.punctuation)
    )
      inside[word[i]!]!++
  return Uint8Array.from(inside, (count) => (count >= namedUses ? 1 : 0))
}

/** Share of the words with a capital below which a story has none that mean anything; prose has 6 to 15 %. */
const fewCapitals = 0.015

function isLowerCase({ form, length }: Tokens): boolean {
  let lower = 0
  let upper = 0
  for (let i = 0; i < length; i++) {
    if (form[i] === Form.lower) lower++
    else if (form[i] !== Form.number && form[i] !== Form.punctuation) upper++
  }
  return upper < (upper + lower) * fewCapitals
}

/** "Anna POV" over a chapter is Anna. */
const pointOfView = new Set(['pov', 'povs', 'p.o.v', 'p.o.v.'])

function capitals({ form, length }: Tokens): Uint8Array {
  const capital = new Uint8Array(length)
  for (let i = 0; i < length; i++)
    if (form[i] === Form.capitalised || form[i] === Form.upper || form[i] === Form.mixed) capital[i] = 1
  return capital
}

/** "H-Hi", "S-Sam": a stuttered beginning is no name, and what it begins stands where it does. */
function skipStutters(
  { vocabulary, word, start, end, length }: Tokens,
  hyphen: number,
  capital: Uint8Array,
  opening: Uint8Array,
): void {
  if (hyphen < 0) return
  for (let i = 0; i + 2 < length; i++) {
    if (word[i + 1] !== hyphen || end[i]! - start[i]! > 2 || end[i] !== start[i + 1] || end[i + 1] !== start[i + 2]) continue
    const whole = vocabulary[word[i + 2]!]!
    const begun = vocabulary[word[i]!]!
    if (whole.length <= begun.length || !whole.startsWith(begun) || !/\p{L}/u.test(begun)) continue
    capital[i] = 0
    opening[i + 2] = opening[i]!
  }
}

const listedName = WordClass.nameHe | WordClass.nameShe | WordClass.nameEither | WordClass.surname
const listedNoun = WordClass.person | WordClass.personLater | WordClass.group | WordClass.animal

/** Without capitals a name is a word that books do not have, or a title before one. */
function unknownWords({ form, pos, word, length, start, end }: Tokens, bits: Int32Array, cast: Uint8Array): Uint8Array {
  const capital = new Uint8Array(length)
  for (let i = length - 1; i >= 0; i--) {
    const b = bits[i]!
    if (form[i] === Form.punctuation || form[i] === Form.number || (b & functionWord) !== 0) continue
    const unknown = (b & WordClass.common) === 0 && ((b & listedName) !== 0 || (b & listedNoun) === 0) && end[i]! - start[i]! > 1
    const nominal = pos[i] === Tag.noun || pos[i] === Tag.propn || pos[i] === Tag.adj || pos[i] === Tag.verb || pos[i] === Tag.adv
    if ((unknown && nominal) || cast[word[i]!] === 1) capital[i] = 1
    // "mrs. reed": after such a title any word is a name
    else if (i > 0 && (bits[i - 1]! & WordClass.mister) !== 0 && nominal) capital[i] = 1
    else if ((b & WordClass.title) !== 0 && (b & WordClass.age) === 0 && i + 1 < length && capital[i + 1] === 1) capital[i] = 1
  }
  return capital
}
