/** How far a mention reaches: what belongs to its core on the left and on the right. */
import { Form } from '../../layers.js'
import { type Candidate, type Reading, Tag } from './candidate.js'
import { WordClass } from './word.js'

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
  { first }: Candidate,
  startOf: (head: number) => number,
  options: number[],
): number {
  const { tokens, bits, mark } = reading
  const sentence = tokens.sentence[first]!
  let count = 0
  options[count++] = first
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
