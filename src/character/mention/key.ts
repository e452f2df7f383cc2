/** Integer keys of the features of the decisions on mentions: one hash per template, no strings. */
import { Form, type QuotationLayer } from '../../layers.js'
import { keyMask } from '../../model/sparse.js'
import { type Reading, Tag } from './reading.js'
import type { NameStatistics } from './statistics.js'
import { functionWord, WordClass } from './word.js'

/** Decisions and their number of templates, in the order of their keys; a change here asks for a new model. */
export const templates = ['noun', 'name', 'start', 'end', 'they', 'lower', 'context'] as const

/** What features are read from, with a symbol per token: function words stand for themselves, other words for their kind. */
export interface FeatureReading extends Reading, Pick<QuotationLayer, 'quotationOf'> {
  readonly symbol: Int32Array
  readonly statistics: NameStatistics
  /** 1 in paragraphs written in capitals throughout. */
  readonly shouted: Uint8Array
}

const closedClass = functionWord | WordClass.quantifier | WordClass.adverb | WordClass.indefinite

export function readSymbols(reading: Reading): Int32Array {
  const { tokens, bits, words, opening, capital: isCapital } = reading
  const symbol = new Int32Array(tokens.length)
  const ending = new Uint8Array(tokens.vocabulary.length)
  tokens.vocabulary.forEach((word, i) => {
    ending[i] = word.endsWith('ing') ? 1 : word.endsWith('ed') || word.endsWith('en') ? 2 : word.endsWith('s') ? 3 : 0
  })
  for (let i = 0; i < tokens.length; i++) {
    const b = bits[i]!
    const form = tokens.form[i]!
    if ((b & closedClass) !== 0 || form === Form.punctuation) symbol[i] = words.hash[tokens.word[i]!]!
    else {
      const verb = tokens.pos[i] === Tag.verb ? ending[tokens.word[i]!]! : 0
      const capital = isCapital[i] === 1 && opening[i] === 0 ? 1 : 0
      const speech = (b & WordClass.speech) !== 0 && tokens.pos[i] === Tag.verb ? 1 : 0
      const person = (b & WordClass.person) !== 0 && tokens.pos[i] === Tag.noun ? 1 : 0
      const title = (b & WordClass.title) !== 0 && isCapital[i] === 1 ? 1 : 0
      symbol[i] = 1000 + tokens.pos[i]! * 64 + verb * 16 + capital * 8 + speech * 4 + person * 2 + title
    }
  }
  return symbol
}

/** Paragraphs without a lower-case letter of any weight: headings, inscriptions. */
export function readShouted({ tokens }: Reading): Uint8Array {
  const shouted = new Uint8Array(tokens.length)
  for (let i = 0; i < tokens.length; ) {
    let lower = 0
    let j = i
    for (; j < tokens.length && tokens.paragraph[j] === tokens.paragraph[i]; j++) if (tokens.form[j] === Form.lower) lower++
    if (lower * 5 < j - i) shouted.fill(1, i, j)
    i = j
  }
  return shouted
}

/** Collects feature keys; reused for every decision. */
export class Features {
  readonly keys = new Int32Array(512)
  count = 0
  private task = 0
  private template = 0

  /** Starts a decision, at its first template or a later one. */
  begin(task: (typeof templates)[number], template = 0): void {
    this.count = 0
    this.template = template
    this.task = templates.indexOf(task) + 1
  }

  /** Passes over a template that has nothing to say here. */
  skip(): void {
    this.template++
  }

  add(a: number, b = 0, c = 0): void {
    let h = Math.imul(this.task * 64 + this.template++, 0x9e3779b1)
    h = Math.imul(h ^ a, 0x85ebca6b)
    h ^= h >>> 13
    h = Math.imul(h ^ b, 0xc2b2ae35)
    h ^= h >>> 16
    h = Math.imul(h ^ c, 0x27d4eb2f)
    h ^= h >>> 15
    this.keys[this.count++] = h & keyMask
  }
}

export const lexicalBits =
  WordClass.person |
  WordClass.personLater |
  WordClass.group |
  WordClass.animal |
  WordClass.kin |
  WordClass.address |
  WordClass.indefinite |
  WordClass.collective |
  WordClass.quantifier |
  WordClass.plural |
  WordClass.title
export const nameBits =
  WordClass.nameHe |
  WordClass.nameShe |
  WordClass.nameEither |
  WordClass.surname |
  WordClass.title |
  WordClass.kin |
  WordClass.person |
  WordClass.honorific

export const outside = 77

/** Symbol of a token, or a constant past the ends of its paragraph. */
export function symbolAt({ tokens, symbol }: FeatureReading, i: number, at: number): number {
  return i >= 0 && i < tokens.length && tokens.paragraph[i] === tokens.paragraph[at] ? symbol[i]! : outside
}
export function hashAt({ tokens, words }: FeatureReading, i: number, at: number): number {
  return i >= 0 && i < tokens.length && tokens.paragraph[i] === tokens.paragraph[at] ? words.hash[tokens.word[i]!]! : outside
}

export const bucket = (n: number): number => (n < 4 ? n : n < 7 ? 4 : n < 13 ? 5 : n < 25 ? 6 : 7)
export const share = (n: number, of: number): number => (n === 0 ? 0 : n * 10 < of ? 1 : n * 4 < of ? 2 : n * 2 < of ? 3 : 4)
