/** The wording of a paragraph's opening as n-grams of symbols: common words as they are, names and rarer words by what they are. */
import { Form, posTags, type QuotationLayer, type TextLayer } from '../layers.js'
import { keyMask } from '../model/sparse.js'
import { flagWords } from '../text/token.js'
import type { Units } from './unit.js'

/** Words from the start that keep their position. */
export const openingWords = 8
/** Words from the start whose order is forgotten. */
const bagWords = 25
/** Words of the paragraph before, from its end. */
const closingWords = 4

/** Numbers of symbols stay below this, so that a kind and two symbols fit a small integer. */
const maxSymbols = 2048

/** Symbols: 0 is none (before or after the paragraph), then parts of speech, then the word list. */
export interface Alphabet {
  readonly symbols: readonly string[]
  readonly words: ReadonlyMap<string, number>
}

const fixed = ['', ...posTags, 'NAME', 'NUMBER', 'QUOTE', 'MARK']
const nameSymbol = fixed.indexOf('NAME')
const numberSymbol = fixed.indexOf('NUMBER')
const markSymbol = fixed.indexOf('MARK')
const quoteSymbol = fixed.indexOf('QUOTE')

export function alphabetOf(words: readonly string[]): Alphabet {
  const symbols = [...fixed, ...words].slice(0, maxSymbols)
  return { symbols, words: new Map(symbols.map((word, i) => [word, i])) }
}

/** Kinds of n-gram: a word at a position, a pair at a position, a word anywhere near, closing words, first tags, the first three. */
const kinds = { word: 0, pair: 8, bag: 15, close: 16, firstTag: 21, triple: 22 } as const

/** N-grams of one start, at most: positions, pairs, the triple, tags, the bag, the closing words. */
export const maxNgrams = 2 * openingWords + 4 + bagWords + closingWords

const quoteMarks = new Set('"“”«»')

/** Key of an n-gram: its kind and symbols hashed, as sparse weights are looked up by. */
function keyOf(kind: number, a: number, b: number, c = 0): number {
  const low = Math.imul((a << 11) | b, 0x9e3779b1) ^ Math.imul((kind << 11) | c, 0x85ebca6b)
  return ((low >>> 9) ^ low) & keyMask
}

/** Writes the keys of the n-grams at a unit's start, each once, and gives their number. */
export type Reader = (unit: number, into: Int32Array) => number

export function openingReader({ tokens }: TextLayer, { quotationOf }: QuotationLayer, units: Units, alphabet: Alphabet): Reader {
  const { word, pos, form, vocabulary, wordId } = tokens
  const symbolOf = new Int32Array(vocabulary.length).fill(-1)
  for (const [value, symbol] of alphabet.words) {
    const id = wordId(value)
    if (id >= 0) symbolOf[id] = symbol
  }
  const quoteMark = flagWords(tokens, quoteMarks)
  const symbolAt = (i: number): number => {
    const w = word[i]!
    if (form[i] === Form.punctuation) return quoteMark[w] === 1 ? quoteSymbol : symbolOf[w]! >= 0 ? symbolOf[w]! : markSymbol
    if (form[i] === Form.number) return numberSymbol
    if (units.nameWord[w] === 1 && form[i] !== Form.lower) return nameSymbol
    return symbolOf[w]! >= 0 ? symbolOf[w]! : 1 + pos[i]!
  }
  const head = new Int32Array(openingWords)
  const seenIn = new Int32Array(2 * maxSymbols).fill(-1)
  return (u, into) => {
    const from = units.first[u]!
    const to = units.end[u]!
    let n = 0
    for (let k = 0; k < openingWords; k++) head[k] = from + k < to ? symbolAt(from + k) : 0
    for (let k = 0; k < openingWords; k++) {
      into[n++] = keyOf(kinds.word + k, 0, head[k]!)
      if (k + 1 < openingWords) into[n++] = keyOf(kinds.pair + k, head[k]!, head[k + 1]!)
    }
    into[n++] = keyOf(kinds.triple, head[0]!, head[1]!, head[2]!)
    for (let k = 0; k < 3; k++) if (from + k < to) into[n++] = keyOf(kinds.firstTag, 1 + k, 1 + pos[from + k]!)
    const stop = Math.min(to, from + bagWords)
    for (let i = from; i < stop; i++) {
      const s = i < from + openingWords ? head[i - from]! : symbolAt(i)
      if (s <= fixed.length) continue
      const quoted = quotationOf[i]! >= 0 ? 1 : 0
      const bag = quoted * maxSymbols + s
      if (seenIn[bag] === u) continue
      seenIn[bag] = u
      into[n++] = keyOf(kinds.bag, quoted, s)
    }
    if (u > 0) {
      const last = units.end[u - 1]! - 1
      const stop = Math.max(units.first[u - 1]!, last - closingWords + 1)
      for (let i = last; i >= stop; i--) into[n++] = keyOf(kinds.close + last - i, 0, symbolAt(i))
    }
    return n
  }
}
