/** The wording of a paragraph's opening as n-grams of symbols: common words as they are, names and rarer words by what they are. */
import { Form, posTags, type QuotationLayer, type TextLayer } from '../layers.js'
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

/** Kinds of n-gram: a word at a position, a pair at a position, the first three, a word anywhere near, closing words, closing pair. */
const kinds = { word: 0, pair: 8, bag: 15, close: 16, closePair: 20, firstTag: 21 } as const
const triples = 2 ** 28

const quoteMarks = new Set('"“”«»')

/** Calls `see` once with the number of each n-gram at a unit's start. */
export type Reader = (unit: number, see: (ngram: number) => void) => void

export function openingReader({ tokens }: TextLayer, { quotationOf }: QuotationLayer, units: Units, alphabet: Alphabet): Reader {
  const { word, pos, form, vocabulary, wordId } = tokens
  const symbolOf = new Int32Array(vocabulary.length).fill(-1)
  for (const [value, symbol] of alphabet.words) if (wordId(value) >= 0) symbolOf[wordId(value)] = symbol
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
  return (u, see) => {
    const from = units.first[u]!
    const to = units.end[u]!
    for (let k = 0; k < openingWords; k++) head[k] = from + k < to ? symbolAt(from + k) : 0
    for (let k = 0; k < openingWords; k++) {
      see(((kinds.word + k) << 22) | head[k]!)
      if (k + 1 < openingWords) see(((kinds.pair + k) << 22) | (head[k]! << 11) | head[k + 1]!)
    }
    see(triples + head[0]! * 2 ** 22 + head[1]! * 2 ** 11 + head[2]!)
    for (let k = 0; k < 3; k++) if (from + k < to) see((kinds.firstTag << 22) | ((1 + k) << 11) | (1 + pos[from + k]!))
    const stop = Math.min(to, from + bagWords)
    for (let i = from; i < stop; i++) {
      const s = symbolAt(i)
      if (s <= fixed.length) continue
      const bag = (quotationOf[i]! >= 0 ? 1 << 11 : 0) | s
      if (seenIn[bag] === u) continue
      seenIn[bag] = u
      see((kinds.bag << 22) | bag)
    }
    if (u > 0) {
      const last = units.end[u - 1]! - 1
      const stop = Math.max(units.first[u - 1]!, last - closingWords + 1)
      for (let i = last; i >= stop; i--) see(((kinds.close + last - i) << 22) | symbolAt(i))
    }
  }
}

/** A readable name for an n-gram, for the model's file, and back. */
export function nameOf(ngram: number, { symbols }: Alphabet): string {
  if (ngram >= triples) {
    const rest = ngram - triples
    return `3 ${symbols[Math.floor(rest / 2 ** 22)]}|${symbols[Math.floor(rest / 2 ** 11) % 2 ** 11]}|${symbols[rest % 2 ** 11]}`
  }
  const kind = ngram >> 22
  const a = (ngram >> 11) & 2047
  const b = ngram & 2047
  return `${kind} ${symbols[a]}|${symbols[b]}`
}
