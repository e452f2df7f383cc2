/** Integer features of the decisions on mentions: one hash per template, no strings. */
import { Form, type QuotationLayer } from '../../layers.js'
import { keyMask } from '../../model/sparse.js'
import { type Candidate, type Reading, Tag } from './candidate.js'
import { type Extent, isPossessive } from './span.js'
import type { NameStatistics } from './statistics.js'
import { isVocative } from './vocative.js'
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

const lexicalBits =
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
const nameBits =
  WordClass.nameHe |
  WordClass.nameShe |
  WordClass.nameEither |
  WordClass.surname |
  WordClass.title |
  WordClass.kin |
  WordClass.person |
  WordClass.honorific

const outside = 77

/** Symbol of a token, or a constant past the ends of its paragraph. */
function symbolAt({ tokens, symbol }: FeatureReading, i: number, at: number): number {
  return i >= 0 && i < tokens.length && tokens.paragraph[i] === tokens.paragraph[at] ? symbol[i]! : outside
}
function hashAt({ tokens, words }: FeatureReading, i: number, at: number): number {
  return i >= 0 && i < tokens.length && tokens.paragraph[i] === tokens.paragraph[at] ? words.hash[tokens.word[i]!]! : outside
}

const bucket = (n: number): number => (n < 4 ? n : n < 7 ? 4 : n < 13 ? 5 : n < 25 ? 6 : 7)
const share = (n: number, of: number): number => (n === 0 ? 0 : n * 10 < of ? 1 : n * 4 < of ? 2 : n * 2 < of ? 3 : 4)

/** What the word itself says on whether it is a person: the first templates of `nounFeatures`, the same at each use. */
export function wordFeatures(features: Features, { words }: FeatureReading, w: number): void {
  const b = words.bits[w]! & lexicalBits
  const human = clampHuman(words.human[w]!)
  features.begin('noun')
  features.add(0)
  features.add(words.hash[w]!)
  features.add(words.lemma[w]!)
  features.add(words.suffix3[w]!)
  features.add(words.suffix2[w]!)
  features.add(b)
  features.add(human)
  features.add(human >> 1, b)
}
const wordTemplates = 8

/** Rarer extremes count as these, in quarters of log odds. */
const clampHuman = (human: number): number => Math.max(-8, Math.min(8, human))

/** Is this noun a person, by its surroundings? `first` is the start that the rule gives. Goes on after `wordFeatures`. */
export function nounFeatures(features: Features, reading: FeatureReading, { head }: Candidate, first: number): void {
  const { tokens, words, bits, statistics } = reading
  const w = tokens.word[head]!
  const b = bits[head]! & lexicalBits
  const pos = tokens.pos[head]!
  const next = symbolAt(reading, head + 1, head)
  const next2 = symbolAt(reading, head + 2, head)
  const before = symbolAt(reading, first - 1, head)
  const opener = first < head ? symbolAt(reading, first, head) : before === outside ? outside : 1
  const lemma = words.lemma[w]!
  const last = hashAt(reading, head - 1, head)
  features.begin('noun', wordTemplates)
  features.add(b, pos)
  features.add(pos, tokens.form[head]!)
  features.add(opener)
  features.add(opener, b)
  features.add(opener, lemma)
  features.add(last)
  features.add(last, b)
  features.add(symbolAt(reading, head - 1, head), b)
  features.add(hashAt(reading, head - 2, head))
  features.add(next)
  features.add(next, b)
  features.add(next, next2)
  features.add(hashAt(reading, head + 1, head))
  features.add(before)
  features.add(before, b)
  features.add(before, opener, next)
  features.add(hashAt(reading, first - 1, head), opener)
  features.add(lemma, next)
  features.add(lemma, before)
  features.add(Math.min(head - first, 5), b)
  const quoted = reading.quotationOf[head]! >= 0 ? 1 : 0
  const vocative = quoted === 1 && isVocative(reading, reading, first, head) ? 1 : 0
  features.add(quoted, vocative, b)
  features.add(vocative, lemma)
  // "a couple of days", "a couple of men": what a quantity is of.
  const isQuantity = tokens.word[head + 1] === reading.mark.of && next !== outside
  const object = isQuantity ? objectOf(reading, head + 1) : -1
  const ob = !isQuantity ? -2 : object < 0 ? -1 : bits[object]! & lexicalBits
  features.add(ob)
  features.add(ob, b)
  features.add(ob, lemma)
  features.add(object < 0 ? ob : words.lemma[tokens.word[object]!]!)
  const { nounActs, nounSpeaks, nounUses, who } = statistics
  features.add(share(nounActs[w]!, nounUses[w]!), bucket(nounUses[w]!), b & WordClass.person)
  features.add(share(nounSpeaks[w]!, nounUses[w]!), who[w]! > 0 ? 1 : 0, b & WordClass.person)
  features.add(reading.shouted[head]!, reading.opening[head]!)
  const human = clampHuman(words.human[w]!)
  features.add(human >> 1, opener)
  features.add(human >> 2, next)
}

/** The surroundings of a noun alone, nothing of the noun itself: what the lexicon of human nouns is learned from. */
export function contextFeatures(features: Features, reading: FeatureReading, { head }: Candidate, first: number): void {
  const { tokens, bits, mark } = reading
  const next = symbolAt(reading, head + 1, head)
  const next2 = symbolAt(reading, head + 2, head)
  const before = symbolAt(reading, first - 1, head)
  const opener = first < head ? symbolAt(reading, first, head) : 1
  const plural = bits[head]! & WordClass.plural
  features.begin('context')
  features.add(0)
  features.add(opener, plural)
  features.add(next, plural)
  features.add(before, plural)
  features.add(next, next2)
  features.add(before, opener)
  features.add(before, opener, next)
  features.add(opener, next)
  features.add(hashAt(reading, head + 1, head))
  features.add(hashAt(reading, head - 1, head))
  features.add(hashAt(reading, first - 1, head))
  features.add(hashAt(reading, first - 2, head), before)
  features.add(hashAt(reading, head + 2, head), next)
  features.add(first < head - 1 ? hashAt(reading, head - 2, head) : outside)
  const of = tokens.word[head + 1] === mark.of ? objectOf(reading, head + 1) : -1
  features.add(of < 0 ? -1 : bits[of]! & lexicalBits)
  features.add(reading.quotationOf[head]! >= 0 ? 1 : 0, next, before)
}

/** Noun that a preposition at `i` governs, -1 when none is near. */
function objectOf({ tokens }: Reading, i: number): number {
  for (let j = i + 1; j < Math.min(tokens.length, i + 7) && tokens.sentence[j] === tokens.sentence[i]; j++) {
    const pos = tokens.pos[j]!
    if (pos === Tag.noun || pos === Tag.propn) {
      const after = j + 1 < tokens.length ? tokens.pos[j + 1]! : Tag.punct
      if (after !== Tag.noun && after !== Tag.propn) return j
    } else if (pos === Tag.punct || pos === Tag.aux) return -1
  }
  return -1
}

/** Is this capitalised run a person's name? */
export function nameFeatures(features: Features, reading: FeatureReading, { first, head }: Candidate): void {
  const { tokens, words, bits, statistics, opening } = reading
  const w = tokens.word[head]!
  const v = tokens.word[first]!
  const length = Math.min(head - first + 1, 4)
  const b = bits[head]! & nameBits
  const c = bits[first]! & nameBits
  const before = symbolAt(reading, first - 1, head)
  const next = symbolAt(reading, head + 1, head)
  const next2 = symbolAt(reading, head + 2, head)
  const { inside, opening: openings, lower, titled, place, acts, speaks, possesses, article, taken } = statistics
  const uses = inside[w]! + openings[w]!
  features.begin(reading.lowerCase ? 'lower' : 'name')
  features.add(0)
  features.add(length, opening[first]!)
  features.add(b)
  features.add(c, length)
  features.add(b, c)
  features.add(words.hash[w]!)
  features.add(words.hash[v]!, length)
  features.add(words.suffix3[w]!)
  features.add(words.suffix2[w]!)
  features.add(tokens.pos[head]!, tokens.pos[first]!)
  features.add(tokens.form[head]!, tokens.form[first]!, reading.shouted[head]!)
  features.add(before)
  features.add(next)
  features.add(before, next)
  features.add(next, next2)
  features.add(hashAt(reading, first - 1, head))
  features.add(hashAt(reading, head + 1, head))
  features.add(symbolAt(reading, first - 2, head), before)
  features.add(before, b)
  features.add(next, b)
  const person = share(acts[w]! + speaks[w]! + taken[w]!, uses * 2)
  features.add(share(acts[w]!, uses), bucket(uses))
  features.add(share(speaks[w]!, uses), bucket(uses))
  features.add(share(taken[w]!, uses), bucket(uses))
  features.add(share(possesses[w]!, uses), bucket(uses))
  features.add(share(place[w]!, uses), bucket(uses))
  features.add(share(article[w]!, uses), bucket(uses))
  features.add(titled[w]! > 0 ? 1 : 0, length)
  features.add(share(lower[w]!, uses + lower[w]!), inside[w]! > 0 ? 1 : 0, opening[first]!)
  features.add(bucket(inside[w]!), b)
  features.add(person, share(place[w]!, uses), b)
  features.add(person, share(article[w]!, uses), tokens.pos[head]!)
  const quoted = reading.quotationOf[head]! >= 0 ? 1 : 0
  features.add(quoted, quoted === 1 && isVocative(reading, reading, first, head) ? 1 : 0)
  features.add(person, before)
  features.add(person, next)
  features.add(b, bits[head]! & WordClass.common, opening[first]!)
  features.add(bits[first]! & WordClass.common, opening[first]!, length)
  const proper = words.proper[w]!
  features.add(proper, length)
  features.add(proper, b)
  features.add(proper, person)
  features.add(proper, share(place[w]!, uses))
}

/** Does the mention start at `start`? `index` counts options from the core leftward. */
export function startFeatures(
  features: Features,
  reading: FeatureReading,
  { first, head, name }: Candidate,
  start: number,
  index: number,
  ruled: number,
): void {
  const { tokens, bits, words } = reading
  const kind = (name ? 1 : 0) + (start > first ? 2 : start === first ? 4 : 0)
  const at = symbolAt(reading, start, head)
  const before = symbolAt(reading, start - 1, head)
  const after = start < head ? symbolAt(reading, start + 1, head) : outside
  const b = bits[head]! & lexicalBits
  features.begin('start')
  features.add(kind, start === ruled ? 1 : 0)
  features.add(kind, at)
  features.add(kind, before)
  features.add(kind, at, before)
  features.add(at, after)
  features.add(at, after, before)
  features.add(kind, tokens.pos[start]!, start > 0 ? tokens.pos[start - 1]! : 0)
  features.add(kind, hashAt(reading, start, head))
  features.add(hashAt(reading, start - 1, head), kind)
  features.add(hashAt(reading, start - 1, head), hashAt(reading, start, head))
  features.add(symbolAt(reading, start - 2, head), before, kind)
  features.add(index, kind)
  features.add(at, b)
  features.add(before, b, kind)
  features.add(kind, reading.opening[start]!, tokens.form[start]!)
  features.add(kind, isPossessive(reading, start - 1) ? 1 : 0)
  features.add(words.lemma[tokens.word[head]!]!, start === first ? 1 : 0)
  features.add(kind, Math.min(7, Math.abs(first - start)), ruled - start)
}

/** Does the mention end at the extent's end? */
export function endFeatures(
  features: Features,
  reading: FeatureReading,
  { head, name }: Candidate,
  first: number,
  { end, commas, verbs, conjunctions, prepositions, excess }: Extent,
  index: number,
  lastOption: boolean,
  role: number,
  matrix: number,
): void {
  const { tokens, bits, words } = reading
  const b = bits[head]! & lexicalBits
  const lemma = words.lemma[tokens.word[head]!]!
  const connector = symbolAt(reading, head + 1, head)
  const connector2 = symbolAt(reading, head + 2, head)
  const connector3 = symbolAt(reading, head + 3, head)
  // ", who" and ", with" go on in different ways.
  const link = tokens.word[head + 1] === reading.mark.comma ? Math.imul(connector2, 31) + 7 : connector
  const next = symbolAt(reading, end + 1, head)
  const next2 = symbolAt(reading, end + 2, head)
  const at = symbolAt(reading, end, head)
  const opener = symbolAt(reading, first, head)
  const before = symbolAt(reading, first - 1, head)
  const stays = end === head ? 1 : 0
  const kind = stays * 2 + (name ? 1 : 0)
  features.begin('end')
  features.add(kind)
  features.add(kind, connector)
  features.add(kind, link)
  features.add(kind, connector, connector2)
  features.add(kind, link, connector3)
  features.add(kind, link, opener)
  features.add(kind, link, b)
  features.add(stays, link, lemma)
  features.add(stays, hashAt(reading, head + 1, head), hashAt(reading, head + 2, head))
  features.add(kind, opener)
  features.add(kind, lemma)
  features.add(stays, link, before)
  features.add(stays, connector, hashAt(reading, first - 1, head))
  const place = role * 4 + (matrix < 0 ? 0 : end < matrix ? 1 : end === matrix ? 2 : 3)
  const near = matrix < 0 ? 0 : bucket(matrix - head)
  features.add(stays, place)
  features.add(kind, link, place)
  features.add(stays, place, near)
  features.add(stays * 64 + place, near * 8 + Math.min(commas, 3), connector)
  if (stays === 1) {
    features.add(connector, connector3, connector2)
    features.add(connector, reading.quotationOf[head]! >= 0 ? 1 : 0)
    return
  }
  for (let k = 0; k < 2; k++) features.skip()
  const nextPos = next === outside ? Tag.punct : tokens.pos[end + 1]!
  const finite = nextPos === Tag.verb || nextPos === Tag.aux ? 1 : 0
  const over = Math.max(-2, Math.min(2, excess))
  features.add(at)
  features.add(next)
  features.add(at, next)
  features.add(link, next)
  features.add(link, at)
  features.add(next, next2)
  features.add(link, next, next2)
  features.add(link, bucket(end - head))
  features.add(link, Math.min(index, 8))
  features.add(link, Math.min(verbs, 3), next)
  features.add(link, Math.min(commas, 3), next)
  features.add(link, Math.min(conjunctions, 3), next)
  features.add(link, Math.min(prepositions, 3), next)
  features.add(link, Math.min(verbs, 3), Math.min(commas, 3))
  features.add(link, lastOption ? 1 : 0, Math.min(verbs, 3))
  features.add(hashAt(reading, end + 1, head))
  features.add(hashAt(reading, end, head))
  features.add(tokens.pos[end]!, nextPos, tokens.pos[end + 2] ?? 0)
  features.add(link, tokens.pos[end]!, next)
  features.add(link, symbolAt(reading, end - 1, head), at)
  features.add(link, over, finite)
  features.add(over, nextPos, tokens.pos[end]!)
  features.add(over, next)
  features.add(over, finite, before)
  features.add(link, over * 8 + Math.min(commas, 3), nextPos)
  features.add(place, nextPos, tokens.pos[end]!)
  features.add(place, next)
  features.add(place, over, Math.min(commas, 3))
  const noun = words.lemma[tokens.word[end]!]!
  features.add(noun, next)
  features.add(bits[end]! & lexicalBits, next)
}

/** Plural nouns that a "they" may take up, nearest first, with tokens as positions. */
export interface Antecedents {
  readonly nearest: number
  readonly second: number
  /** The last "they" before and what it was: 0 none near, 1 things, 2 persons. */
  readonly previous: number
}

/** Does this "they" stand for persons? */
export function theyFeatures(
  features: Features,
  reading: FeatureReading,
  i: number,
  { nearest, second, previous }: Antecedents,
): void {
  const { tokens, words, bits } = reading
  const w = words.hash[tokens.word[i]!]!
  const before = hashAt(reading, i - 1, i)
  const next = hashAt(reading, i + 1, i)
  const quoted = reading.quotationOf[i]! >= 0 ? 1 : 0
  features.begin('they')
  features.add(w)
  features.add(w, quoted)
  features.add(before)
  features.add(before, w)
  features.add(next)
  features.add(next, w)
  features.add(symbolAt(reading, i - 1, i), w)
  features.add(symbolAt(reading, i + 1, i), w)
  features.add(symbolAt(reading, i + 1, i), symbolAt(reading, i + 2, i))
  features.add(hashAt(reading, i + 2, i), w)
  features.add(previous, w)
  for (const token of [nearest, second]) {
    if (token < 0) {
      for (let k = 0; k < 6; k++) features.add(-1)
      continue
    }
    const b = bits[token]! & lexicalBits
    const distance = tokens.sentence[i]! - tokens.sentence[token]!
    features.add(words.lemma[tokens.word[token]!]!)
    features.add(words.suffix3[tokens.word[token]!]!)
    features.add(b)
    features.add(b, Math.min(distance, 4))
    features.add(b, previous)
    features.add(b, bucket(i - token), tokens.form[token] === Form.lower ? 0 : 1)
  }
  const b1 = nearest < 0 ? -1 : bits[nearest]! & lexicalBits
  const b2 = second < 0 ? -1 : bits[second]! & lexicalBits
  features.add(b1, b2, previous)
}
