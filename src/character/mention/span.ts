/** How far a mention reaches: what belongs to its core on the left and on the right. */
import { Form } from '../../layers.js'
import type { Candidate } from './candidate.js'
import { type Reading, Tag } from './reading.js'
import { WordClass } from './word.js'

/** A possible end, and what lies between the head and it. */
export interface Extent {
  readonly end: number
  readonly commas: number
  readonly verbs: number
  readonly conjunctions: number
  readonly prepositions: number
  /** Finite verbs beyond those that the relatives, conjunctions and subject pronouns between ask for. */
  readonly excess: number
}

/** Tokens to the left of a core that a start is looked for in; longer ones are rarer than 1 in 500 in LitBank. */
const leftReach = 12

/** True when the token is a possessive ending: "Anna's", "the boys'". */
export function isPossessive({ tokens, mark }: Reading, i: number): boolean {
  if (i < 1 || tokens.start[i] !== tokens.end[i - 1]) return false
  const word = tokens.word[i]!
  if (word === mark.possessive) return tokens.pos[i] === Tag.part || tokens.form[i - 1] !== Form.punctuation
  return word === mark.apostrophe && tokens.vocabulary[tokens.word[i - 1]!]!.endsWith('s')
}

/**
 * Starts a mention may have, nearest first: the core's own first token, then each word to the left that may belong to it.
 * `startOf` gives the start of the mention whose core ends at a token, for possessors ("[[my aunt]'s house]"); -1 if none.
 */
export function startOptions(
  reading: Reading,
  { first, head, name }: Candidate,
  startOf: (head: number) => number,
  options: number[],
): number {
  const { tokens, bits, mark } = reading
  const sentence = tokens.sentence[first]!
  let count = 0
  options[count++] = first
  // A run may open with a word that is no part of the name: "Poor Miss Taylor".
  if (name) for (let j = first + 1; j <= head && j < first + 4; j++) if (tokens.form[j] !== Form.punctuation) options[count++] = j
  for (
    let j = first - 1;
    j >= 0 && j >= first - leftReach && tokens.sentence[j] === sentence && tokens.paragraph[j] === tokens.paragraph[first];
    j--
  ) {
    const b = bits[j]!
    const pos = tokens.pos[j]!
    if ((b & WordClass.possessive) !== 0) {
      options[count++] = j
      break
    }
    if (isPossessive(reading, j)) {
      const start = startOf(j - 1)
      if (start >= 0) options[count++] = start
      break
    }
    const word = tokens.word[j]!
    if (word === mark.hyphen && tokens.end[j] === tokens.start[j + 1]) continue
    if (word === mark.comma || pos === Tag.cconj) {
      if (j > 0 && (tokens.pos[j - 1] === Tag.adj || tokens.pos[j - 1] === Tag.adv || tokens.pos[j - 1] === Tag.verb)) continue
      break
    }
    if (pos === Tag.det || (b & WordClass.determiner) !== 0 || pos === Tag.num) {
      options[count++] = j
      continue
    }
    if ((b & (WordClass.pronoun | WordClass.auxiliary | WordClass.relative | WordClass.preposition)) !== 0) break
    if (pos === Tag.adj || pos === Tag.noun || pos === Tag.propn || pos === Tag.adv || pos === Tag.verb) {
      options[count++] = j
      continue
    }
    break
  }
  return count
}

/** The start by rule: the leftmost determiner or possessor that adjectives and nouns lead to, else the adjectives. */
export function startByRule(reading: Reading, candidate: Candidate, options: readonly number[], count: number): number {
  const { tokens, bits } = reading
  if (candidate.name) return candidate.first
  let best = candidate.first
  for (let k = 1; k < count; k++) {
    const j = options[k]!
    const b = bits[j]!
    const pos = tokens.pos[j]!
    const next = tokens.pos[j + 1]!
    if (
      (b & (WordClass.possessive | WordClass.determiner)) !== 0 ||
      pos === Tag.det ||
      (k === count - 1 && isPossessive(reading, options[k - 1]! - 1))
    )
      best = j
    else if (pos === Tag.adj || pos === Tag.num || pos === Tag.noun || pos === Tag.propn) {
      if (best === options[k - 1]) best = j
    } else if (pos === Tag.adv && next !== Tag.adj && next !== Tag.verb) break
    else if (pos === Tag.verb) {
      // "the dying man", but not "saw old men"
      const before = options[k + 1]
      if (
        before === undefined ||
        !(k + 1 < count) ||
        ((bits[before]! & (WordClass.determiner | WordClass.possessive)) === 0 && tokens.pos[before] !== Tag.det)
      )
        break
    }
  }
  return best
}

/** Tokens to the right of a head that an end is looked for in; set on LitBank, where 1 mention in 300 is longer. */
const rightReach = 45
/** Ends weighed at most for one mention. */
const mostEnds = 24

/**
 * Ends a mention may have beyond its head, nearest first, into `extents` from index 0 (the head itself). None but the head
 * where the next word can go on with no noun phrase.
 */
export function endOptions(reading: Reading, { head, name }: Candidate, extents: Extent[]): number {
  const { tokens, bits, mark } = reading
  const { length, sentence, pos, word, form } = tokens
  let commas = 0
  let verbs = 0
  let conjunctions = 0
  let prepositions = 0
  let excess = 0
  let inGroup = false
  let relatives = 0
  let count = 0
  extents[count++] = { end: head, commas, verbs, conjunctions, prepositions, excess }
  if (!mayGoOn(reading, head, name)) return count
  const limit = Math.min(length - 1, head + rightReach)
  for (let j = head + 1; j <= limit && sentence[j] === sentence[head] && count < mostEnds; j++) {
    if (form[j] === Form.punctuation) {
      if (reading.stops[word[j]!] === 1) break
      if (word[j] !== mark.comma) continue
      commas++
      continue
    }
    const tag = pos[j]!
    const b = bits[j]!
    // "the boys since he left": an adverbial clause belongs to no noun, unless a relative clause holds it.
    if (
      tag === Tag.sconj &&
      relatives === 0 &&
      word[j] !== mark.that &&
      word[j] !== mark.than &&
      (b & WordClass.relative) === 0 &&
      (b & WordClass.preposition) === 0
    )
      break
    if ((b & WordClass.nominative) !== 0 && relatives === 0 && j > head + 1) break
    if ((b & WordClass.relative) !== 0 || (j === head + 1 && tag === Tag.pron)) relatives++
    if (tag === Tag.verb || tag === Tag.aux) {
      verbs++
      if (!inGroup && word[j - 1] !== mark.to && (tag === Tag.aux || !endsInIng(tokens, j))) excess++
      inGroup = true
      if (excess > 1) break
    } else if (tag !== Tag.adv && tag !== Tag.part) inGroup = false
    if (tag === Tag.cconj) {
      conjunctions++
      const after = pos[j + 1] ?? Tag.punct
      if (after === Tag.verb || after === Tag.aux || after === Tag.adv) excess--
    } else if (tag === Tag.adp) prepositions++
    if ((b & WordClass.relative) !== 0 || tag === Tag.sconj || (j === head + 1 && tag === Tag.pron)) excess--
    if (tag === Tag.det || tag === Tag.cconj || tag === Tag.sconj || tag === Tag.part) continue
    if ((b & (WordClass.possessive | WordClass.relative)) !== 0) continue
    if (j === head + 1 && tag === Tag.adp) continue
    // A subject waits for its verb: "the man whom he | saw".
    if ((b & WordClass.nominative) !== 0 && form[j + 1] !== Form.punctuation) continue
    const next = j < length - 1 && sentence[j + 1] === sentence[head] ? pos[j + 1]! : Tag.punct
    if (next === Tag.noun || next === Tag.propn || isPossessive(reading, j + 1)) {
      if (tag !== Tag.verb || next !== Tag.propn) continue
    }
    if (next === Tag.punct && form[j + 1] === Form.punctuation && word[j + 1] === mark.hyphen) continue
    extents[count++] = { end: j, commas, verbs, conjunctions, prepositions, excess }
  }
  return count
}

/** How a phrase stands in its clause, by what comes before it. */
export const Role = { opens: 0, afterVerb: 1, afterPreposition: 2, other: 3 } as const

/** The role of a phrase that starts at `first`: before the clause's verb, its object, or a preposition's. */
export function roleOf({ tokens, bits, mark }: Reading, first: number): number {
  const before = first - 1
  if (before < 0 || tokens.sentence[before] !== tokens.sentence[first]) return Role.opens
  if (tokens.pos[before] === Tag.adp || (bits[before]! & WordClass.preposition) !== 0) return Role.afterPreposition
  if (tokens.pos[before] === Tag.verb || tokens.pos[before] === Tag.aux) return Role.afterVerb
  if (tokens.form[before] === Form.punctuation && tokens.word[before] !== mark.comma) return Role.opens
  if (tokens.pos[before] === Tag.sconj || (bits[before]! & WordClass.conjunction) !== 0) return Role.opens
  for (let i = before; i >= 0 && i > before - 8 && tokens.sentence[i] === tokens.sentence[first]; i--)
    if (tokens.pos[i] === Tag.verb || tokens.pos[i] === Tag.aux) return Role.other
  return Role.opens
}

/**
 * The end before the clause's own verb: the first option followed by a finite verb that nothing between asks for;
 * -1 without one.
 */
export function matrixEnd({ tokens, mark }: Reading, extents: readonly Extent[], count: number): number {
  for (let k = 0; k < count; k++) {
    const { end, excess } = extents[k]!
    const next = end + 1
    if (next >= tokens.length || excess !== 0) continue
    const pos = tokens.pos[next]!
    if (pos === Tag.aux || (pos === Tag.verb && tokens.word[end] !== mark.to && !endsInIng(tokens, next))) return end
  }
  return -1
}

const endsInIng = ({ vocabulary, word }: Reading['tokens'], i: number): boolean => vocabulary[word[i]!]!.endsWith('ing')

/** True when what follows the head may still belong to its phrase: a preposition, a relative, a participle, a comma. */
function mayGoOn({ tokens, bits, mark, stops, lowerCase }: Reading, head: number, name: boolean): boolean {
  const { word, form } = tokens
  const next = head + 1
  if (next >= tokens.length || tokens.sentence[next] !== tokens.sentence[head]) return false
  if (name && form[next] === Form.punctuation) return tokens.word[next] === mark.comma
  if (tokens.form[next] === Form.punctuation) return stops[tokens.word[next]!] !== 1 && tokens.word[next] !== mark.apostrophe
  // A name goes on with little: "Rudolf the Third", "Miss Anville of Bath", "Dean who pouted".
  if (name && !lowerCase && form[next] !== Form.punctuation)
    return word[next] === mark.of || word[next] === mark.the || (bits[next]! & WordClass.relative) !== 0
  const pos = tokens.pos[next]!
  if (pos === Tag.aux || tokens.word[next] === mark.possessive) return false
  if (pos === Tag.verb) return /(?:ing|ed|n|t)$/.test(tokens.vocabulary[tokens.word[next]!]!)
  // "the hunters and the angel" are two mentions, "their uncle and guardian" is one.
  if (pos === Tag.cconj)
    return next + 1 < tokens.length && (tokens.pos[next + 1] === Tag.noun || tokens.pos[next + 1] === Tag.adj)
  return (bits[next]! & WordClass.auxiliary) === 0
}

/** The end by rule: "of" takes its noun phrase along, "who" its clause up to the next mark. */
export function endByRule(reading: Reading, { head, name }: Candidate): number {
  const { tokens, bits, mark } = reading
  const { length, sentence } = tokens
  let end = head
  if (name) return end
  const inside = (j: number): boolean => j < length && sentence[j] === sentence[head]
  while (inside(end + 2) && tokens.word[end + 1] === mark.of) {
    let j = end + 2
    while (inside(j) && !isNounEnd(reading, j)) {
      if (tokens.form[j] === Form.punctuation && tokens.word[j] !== mark.hyphen) return end
      j++
      if (j > end + 8) return end
    }
    if (!inside(j)) return end
    end = j
  }
  if (inside(end + 2) && (bits[end + 1]! & WordClass.relative) !== 0 && tokens.word[end + 1] !== tokens.wordId('what')) {
    let j = end + 2
    while (inside(j) && tokens.form[j] !== Form.punctuation) j++
    return Math.max(end, j - 1)
  }
  return end
}

const isNounEnd = ({ tokens, bits }: Reading, i: number): boolean => {
  const pos = tokens.pos[i]!
  const noun = pos === Tag.noun || pos === Tag.propn || (pos === Tag.pron && (bits[i]! & WordClass.possessive) === 0)
  const next = i + 1 < tokens.length ? tokens.pos[i + 1]! : Tag.punct
  return noun && next !== Tag.noun && next !== Tag.propn && next !== Tag.part
}
