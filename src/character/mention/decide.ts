/** The decisions on candidates: who is a person, and how far each mention reaches. */
import { Form, type QuotationLayer, type TextLayer, type Tokens } from '../../layers.js'
import { loadSparse, type SparseModel, type SparseWeights, scoreSparse, sigmoid } from '../../model/sparse.js'
import type { CastEntry } from '../../types.js'
import { type Candidate, findCandidates } from './candidate.js'
import { endFeatures, startFeatures } from './extent-feature.js'
import { type FeatureReading, Features, readShouted, readSymbols, templates } from './key.js'
import { type Antecedents, nameFeatures, nounFeatures, theyFeatures, wordFeatures } from './person-feature.js'
import { theyWords } from './pronoun.js'
import { readTokens, Tag } from './reading.js'
import { type Extent, endOptions, matrixEnd, roleOf, startByRule, startOptions } from './span.js'
import { speakingWords } from './speaking.js'
import { readStatistics } from './statistics.js'
import { functionWord, readWords, WordClass, type Words } from './word.js'

/** The story as the decisions read it, with the candidates and the start that the rule gives each. */
export interface Prepared {
  readonly reading: FeatureReading
  readonly candidates: readonly Candidate[]
  readonly ruled: Int32Array
}

export function prepare(text: TextLayer, { quotationOf }: QuotationLayer, cast: readonly CastEntry[] = []): Prepared {
  const words = readWords(text.tokens)
  const reading = readTokens(text, words, castWords(text.tokens, words, cast))
  const candidates = findCandidates(reading)
  // Written out: an object spread anew for each story has the compiled decisions thrown away each time.
  const full: FeatureReading = {
    text: reading.text,
    tokens: reading.tokens,
    words: reading.words,
    bits: reading.bits,
    opening: reading.opening,
    capital: reading.capital,
    named: reading.named,
    willed: reading.willed,
    epithet: reading.epithet,
    exclaimed: reading.exclaimed,
    cast: reading.cast,
    lowerCase: reading.lowerCase,
    stops: reading.stops,
    mark: reading.mark,
    quotationOf,
    symbol: readSymbols(reading),
    statistics: readStatistics(reading),
    shouted: readShouted(reading),
  }
  const startOfHead = new Int32Array(text.tokens.length).fill(-1)
  const options: number[] = []
  const ruled = new Int32Array(candidates.length)
  candidates.forEach((candidate, c) => {
    const count = startOptions(reading, candidate, (head) => startOfHead[head]!, options)
    ruled[c] = startByRule(reading, candidate, options, count)
    startOfHead[candidate.head] = ruled[c]!
  })
  return { reading: full, candidates, ruled }
}

/** A candidate taken for a person. */
export interface Decision {
  readonly candidate: Candidate
  readonly first: number
  readonly last: number
  readonly probability: number
}

/**
 * Walks every "they" with the plural nouns before it; `decidePerson` says whether it stands for persons. Two names joined by
 * "and" are a plural too.
 */
export function walkThey(reading: FeatureReading, decidePerson: (i: number, antecedents: Antecedents) => boolean): void {
  const { tokens, bits, mark } = reading
  const they = theyWords(tokens)
  let nearest = -1
  let second = -1
  let last = -1
  let previous = 0
  for (let i = 0; i < tokens.length; i++) {
    const pos = tokens.pos[i]!
    if (they[tokens.word[i]!] === 1) {
      const near = last >= 0 && tokens.sentence[i]! - tokens.sentence[last]! <= 2
      previous = decidePerson(i, { nearest, second, previous: near ? previous : 0 }) ? 2 : 1
      last = i
    } else if (
      (pos === Tag.noun &&
        ((bits[i]! & (WordClass.plural | WordClass.collective)) !== 0 || tokens.vocabulary[tokens.word[i]!]!.endsWith('s'))) ||
      (pos === Tag.propn && i > 1 && tokens.word[i - 1] === mark.and && tokens.pos[i - 2] === Tag.propn)
    ) {
      second = nearest
      nearest = i
    }
  }
}

/** Tokens of "they", "them" and "their" that stand for things. */
export function findThings({ reading }: Prepared, model: SparseModel): ReadonlySet<number> {
  const weights = loadSparse(model, templates)
  const features = new Features()
  const things = new Set<number>()
  walkThey(reading, (i, antecedents) => {
    theyFeatures(features, reading, i, antecedents)
    const person = scoreSparse(weights, features.keys, features.count) > 0
    if (!person) things.add(i)
    return person
  })
  return things
}

/** Weight of what the other uses of a name say, against the use itself; set on LitBank by cross-validation. */
const voteWeight = 0.5

export function decide(prepared: Prepared, model: SparseModel): Decision[] {
  const { reading, candidates, ruled } = prepared
  const weights = loadSparse(model, templates)
  const features = new Features()
  const scores = personScores(prepared, weights, features)
  const speaking = speakingWords(reading, candidates, ruled)
  const decisions: Decision[] = []
  const startOfHead = new Int32Array(reading.tokens.length).fill(-1)
  const options: number[] = []
  const extents: Extent[] = []
  candidates.forEach((candidate, c) => {
    const likely = sigmoid(scores[c]!)
    const probability =
      isSure(reading, candidate) || (candidate.name && speaking[reading.tokens.word[candidate.head]!]! >= leastSpeeches)
        ? 0.99
        : isEpithet(reading, candidate, ruled[c]!) || isSpeaker(reading, candidate, ruled[c]!, speaking)
          ? Math.max(likely, epithetFloor)
          : likely
    let first = ruled[c]!
    const isPerson = probability >= (candidate.name ? model.constants.name! : model.constants.noun!)
    if (isPerson) {
      const count = startOptions(reading, candidate, (head) => startOfHead[head]!, options)
      let best = Number.NEGATIVE_INFINITY
      for (let k = 0; k < count; k++) {
        startFeatures(features, reading, candidate, options[k]!, k, ruled[c]!)
        const score = scoreSparse(weights, features.keys, features.count)
        if (score > best) {
          best = score
          first = options[k]!
        }
      }
    }
    startOfHead[candidate.head] = first
    if (!isPerson) return
    const last = bestEnd(reading, weights, features, candidate, first, extents)
    decisions.push({ candidate, first, last, probability })
  })
  return decisions
}

function bestEnd(
  reading: FeatureReading,
  weights: SparseWeights,
  features: Features,
  candidate: Candidate,
  first: number,
  extents: Extent[],
): number {
  const count = endOptions(reading, candidate, extents)
  if (count === 1) return candidate.head
  const role = roleOf(reading, first)
  const matrix = matrixEnd(reading, extents, count)
  let best = Number.NEGATIVE_INFINITY
  let last = candidate.head
  for (let k = 0; k < count; k++) {
    endFeatures(features, reading, candidate, first, extents[k]!, k, k === count - 1, role, matrix)
    const score = scoreSparse(weights, features.keys, features.count)
    if (score > best) {
      best = score
      last = extents[k]!.end
    }
  }
  return last
}

/** Log odds of a word alone below which no surroundings make it a person: they do for 1 such word in 1,000, of half of all nouns. */
const hopeless = -1

/** Log odds of each candidate; a name's uses vote together. */
function personScores({ reading, candidates, ruled }: Prepared, weights: SparseWeights, features: Features): Float64Array {
  const scores = new Float64Array(candidates.length)
  const ofWord = new Float32Array(reading.tokens.vocabulary.length).fill(Number.NaN)
  const sum = new Float64Array(reading.tokens.vocabulary.length)
  const count = new Int32Array(reading.tokens.vocabulary.length)
  candidates.forEach((candidate, c) => {
    const word = reading.tokens.word[candidate.head]!
    if (!candidate.name) {
      if (Number.isNaN(ofWord[word]!)) {
        wordFeatures(features, reading, word)
        ofWord[word] = scoreSparse(weights, features.keys, features.count)
      }
      scores[c] = ofWord[word]!
      if (ofWord[word]! < hopeless) return
      nounFeatures(features, reading, candidate, ruled[c]!)
      scores[c]! += scoreSparse(weights, features.keys, features.count)
      return
    }
    nameFeatures(features, reading, candidate)
    scores[c] = scoreSparse(weights, features.keys, features.count)
    // "SILVER" over a chapter: there nothing but his other uses says who that is.
    if (reading.shouted[candidate.head] === 1) return
    sum[word]! += scores[c]!
    count[word]!++
  })
  candidates.forEach((candidate, c) => {
    if (!candidate.name) return
    const word = reading.tokens.word[candidate.head]!
    if (count[word] === 0) return
    const own = reading.shouted[candidate.head] === 1 ? 0 : 1 - voteWeight
    scores[c] = scores[c]! * own + (sum[word]! / count[word]!) * (1 - own)
  })
  return scores
}

/** "Izuku-kun": nothing but a person is given an honorific suffix; nor is a name of the cast anything else. */
function isSure({ tokens, bits, cast }: FeatureReading, { name, first, head }: Candidate): boolean {
  if (!name) return false
  if (head > first && tokens.form[head] === Form.lower && (bits[head]! & WordClass.honorific) !== 0) return true
  return cast[tokens.word[head]!] === 1
}

/** Probability of an epithet at the least; modern fiction has more of them than the books that the weights come from. */
const epithetFloor = 0.8

/** "The blonde laughed", "the pair left", but not "the pair of shoes", "the blonde hair". */
function isEpithet({ tokens, epithet, mark }: FeatureReading, { name, head }: Candidate, first: number): boolean {
  if (name || epithet[tokens.word[head]!] !== 1 || tokens.word[first] !== mark.the) return false
  const next = head + 1
  return (
    next >= tokens.length || (tokens.word[next] !== mark.of && tokens.pos[next] !== Tag.noun && tokens.word[next] !== mark.hyphen)
  )
}

/** Tags that show a noun to be a person: one may be a slip ("said the note"). */
const leastSpeeches = 2

/** "The dragon" of a story where dragons speak. */
function isSpeaker({ tokens, mark }: FeatureReading, { name, head }: Candidate, first: number, speaking: Uint8Array): boolean {
  return !name && tokens.word[first] === mark.the && speaking[tokens.word[head]!]! >= leastSpeeches
}

/** Marks the words of the cast's names, titles and function words left out. */
function castWords({ vocabulary, wordId }: Tokens, { bits }: Words, cast: readonly CastEntry[]): Uint8Array {
  const flags = new Uint8Array(vocabulary.length)
  for (const { name, aliases = [] } of cast)
    for (const word of [name, ...aliases].flatMap((alias) => alias.split(/[\s-]+/u))) {
      const id = wordId(word.toLowerCase().replaceAll('’', "'"))
      if (/^\p{Lu}/u.test(word) && id >= 0 && (bits[id]! & (functionWord | WordClass.title)) === 0) flags[id] = 1
    }
  return flags
}
