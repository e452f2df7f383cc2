/** Features of whether a noun, a name or a "they" stands for persons. */
import { Form } from '../../layers.js'
import type { Candidate } from './candidate.js'
import { bucket, type FeatureReading, type Features, hashAt, lexicalBits, nameBits, outside, share, symbolAt } from './key.js'
import { type Reading, Tag } from './reading.js'
import { isVocative } from './vocative.js'
import { WordClass } from './word.js'

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
