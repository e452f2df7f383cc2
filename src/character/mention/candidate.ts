/** Where a mention may be: capitalised runs that may be names, nouns that may stand for a person. */
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
    named: namedWords(tokens, capital, opening),
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

/** Uses with a capital inside sentences from which a word is a name in its story, wherever it stands. */
const namedUses = 2

function namedWords({ vocabulary, word, form, length }: Tokens, capital: Uint8Array, opening: Uint8Array): Uint8Array {
  const inside = new Int32Array(vocabulary.length)
  const lower = new Int32Array(vocabulary.length)
  for (let i = 0; i < length; i++) {
    if (capital[i] === 1) inside[word[i]!]! += 1 - opening[i]!
    else if (form[i] === Form.lower) lower[word[i]!]!++
  }
  return Uint8Array.from(inside, (count, w) => (count >= namedUses && count > lower[w]! ? 1 : 0))
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

function capitals({ form, length }: Tokens): Uint8Array {
  const capital = new Uint8Array(length)
  for (let i = 0; i < length; i++)
    if (form[i] === Form.capitalised || form[i] === Form.upper || form[i] === Form.mixed) capital[i] = 1
  return capital
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

/** A place where a mention may be: its core (the name, or the noun) without what belongs to it on both sides. */
export interface Candidate {
  readonly name: boolean
  readonly first: number
  /** Last token of the core, which carries the meaning. */
  readonly head: number
}

/** Candidates in text order: every capitalised run, and every noun that ends its noun compound. */
export function findCandidates(reading: Reading): Candidate[] {
  const { tokens } = reading
  const candidates: Candidate[] = []
  for (let i = 0; i < tokens.length; i++) {
    const end = nameRunEnd(reading, i)
    if (end >= i) {
      candidates.push({ name: true, first: i, head: end })
      i = end
    } else if (isNounHead(reading, i)) candidates.push({ name: false, first: i, head: i })
  }
  return candidates
}

/** Last token of the capitalised run that opens at `i`, or -1 when none opens there. */
function nameRunEnd(reading: Reading, i: number): number {
  if (!isNamePart(reading, i)) return -1
  const { tokens, bits, mark } = reading
  const paragraph = tokens.paragraph[i]!
  const inside = (j: number): boolean => j < tokens.length && tokens.paragraph[j] === paragraph
  let end = i
  for (let j = i + 1; inside(j); j++) {
    const glued = tokens.start[j] === tokens.end[j - 1]
    if (isNamePart(reading, j) && (!glued || tokens.word[j - 1] === mark.hyphen)) end = j
    // "J. R. Smith", "Mr . Smith"
    else if (tokens.word[j] === mark.period && glued && isShort(reading, j - 1) && inside(j + 1) && isNamePart(reading, j + 1))
      continue
    // "Anne-Marie", "Izuku-kun"
    else if (tokens.word[j] === mark.hyphen && glued && inside(j + 1) && tokens.start[j + 1] === tokens.end[j]) {
      if ((bits[j + 1]! & WordClass.honorific) !== 0) {
        end = j + 1
        j++
      } else if (!isNamePart(reading, j + 1)) break
    }
    // "Ludwig van Beethoven"
    else if (
      (bits[j]! & WordClass.particle) !== 0 &&
      tokens.word[j] !== mark.of &&
      tokens.word[j] !== mark.the &&
      inside(j + 1) &&
      isNamePart(reading, j + 1)
    )
      continue
    // "John Graves, Esq."
    else if (tokens.word[j] === mark.comma && inside(j + 1) && (bits[j + 1]! & WordClass.suffix) !== 0) {
      end = j + 1
      j++
    } else break
  }
  return end
}

/** An initial or a title that may carry a full stop. */
function isShort({ tokens, bits }: Reading, i: number): boolean {
  return tokens.end[i]! - tokens.start[i]! === 1 || (bits[i]! & WordClass.title) !== 0
}

function isNamePart(reading: Reading, i: number): boolean {
  const { tokens, bits, opening, capital } = reading
  if (capital[i] === 0) return false
  if (reading.cast[tokens.word[i]!] === 1) return true
  const b = bits[i]!
  const pos = tokens.pos[i]!
  const word = tokens.word[i]!
  if (reading.willed[word] === 1 && tokens.form[i] === Form.capitalised) return opening[i] === 0 || isSubject(reading, i)
  if ((b & functionWord) !== 0 && (b & WordClass.title) === 0) return false
  if (opening[i] === 1 && reading.exclaimed[word] === 1) return false
  if (reading.named[word] === 1) return true
  if (opening[i] === 0 || pos === Tag.propn || (b & (WordClass.title | WordClass.nameHe | WordClass.nameShe)) !== 0) return true
  return false
}

/** "Will laughed", "Will's hat", but "Will you come?", "Will come." */
function isSubject({ tokens }: Reading, i: number): boolean {
  const next = i + 1
  if (next >= tokens.length || tokens.sentence[next] !== tokens.sentence[i]) return false
  const value = tokens.vocabulary[tokens.word[next]!]!
  return value === "'s" || tokens.pos[next] === Tag.aux || (tokens.pos[next] === Tag.verb && /(?:ed|s)$/.test(value))
}

/** A noun that ends its compound, or another word that may stand for a person. */
function isNounHead(reading: Reading, i: number): boolean {
  const { tokens, bits, mark } = reading
  const b = bits[i]!
  const pos = tokens.pos[i]!
  if (tokens.form[i] === Form.punctuation) return false
  if ((b & (WordClass.indefinite | WordClass.address)) !== 0 && pos !== Tag.aux) return true
  const inside = i + 1 < tokens.length && tokens.paragraph[i + 1] === tokens.paragraph[i]
  const next = inside ? tokens.pos[i + 1]! : Tag.punct
  if ((b & WordClass.person) !== 0 && (b & functionWord) === 0) return pos === Tag.noun || next !== Tag.noun
  const ends = next !== Tag.noun && next !== Tag.propn
  if (pos === Tag.noun || (pos === Tag.propn && tokens.form[i] === Form.lower)) return next !== Tag.noun
  const word = tokens.word[i]!
  const glued = inside && tokens.word[i + 1] === mark.hyphen
  if (!ends || glued || next === Tag.adj || next === Tag.num) return false
  // "those who knocked", "he who wore it", "one that keeps an inn"
  const relative = inside && (bits[i + 1]! & WordClass.relative) !== 0
  if (word === mark.those) return next !== Tag.det && next !== Tag.adv
  if ((b & WordClass.pronoun) !== 0 && (b & (WordClass.possessive | WordClass.quantifier)) === 0)
    return relative && tokens.word[i + 1] === mark.who
  // "some of them", "no one", "the others"; but "all the horses" is headed by its noun
  if ((b & WordClass.quantifier) !== 0) return next !== Tag.det && (bits[i + 1]! & WordClass.possessive) === 0
  // "the poor"
  return (
    pos === Tag.adj &&
    i > 0 &&
    (tokens.word[i - 1] === mark.the || tokens.pos[i - 1] === Tag.adj || tokens.pos[i - 1] === Tag.adv)
  )
}
