/** What the whole story shows about a word that is written with a capital: this, not a list, tells persons from places. */
import { Form } from '../../layers.js'
import { flagWords } from '../../text/token.js'
import { type Reading, Tag } from './reading.js'
import { isPossessive } from './span.js'
import { WordClass } from './word.js'

/** Counts by vocabulary index. */
export interface NameStatistics {
  /** With a capital where lower case is usual. */
  readonly inside: Int32Array
  readonly opening: Int32Array
  readonly lower: Int32Array
  /** After a title. */
  readonly titled: Int32Array
  /** After a preposition of place. */
  readonly place: Int32Array
  /** Before a verb. */
  readonly acts: Int32Array
  /** Beside a verb of speech. */
  readonly speaks: Int32Array
  readonly possesses: Int32Array
  /** After "the". */
  readonly article: Int32Array
  /** With he, she, his or her within the next ten tokens. */
  readonly taken: Int32Array
  /** In lower case as a noun: in all, before a verb, beside a verb of speech, before "who". */
  readonly nounUses: Int32Array
  readonly nounActs: Int32Array
  readonly nounSpeaks: Int32Array
  readonly who: Int32Array
}

const sexedPronouns = new Set(['he', 'she', 'his', 'her', 'him', 'himself', 'herself'])

export function readStatistics(reading: Reading): NameStatistics {
  const { tokens, bits, opening, capital, mark } = reading
  const column = (): Int32Array => new Int32Array(tokens.vocabulary.length)
  const counts = {
    inside: column(),
    opening: column(),
    lower: column(),
    titled: column(),
    place: column(),
    acts: column(),
    speaks: column(),
    possesses: column(),
    article: column(),
    taken: column(),
    nounUses: column(),
    nounActs: column(),
    nounSpeaks: column(),
    who: column(),
  }
  const who = tokens.wordId('who')
  const { word, form, pos } = tokens
  const sexed = flagWords(tokens, sexedPronouns)
  let nextSexed = -1
  const near = new Uint8Array(tokens.length)
  for (let i = tokens.length - 1; i >= 0; i--) {
    if (nextSexed >= 0 && nextSexed - i <= 10) near[i] = 1
    if (sexed[word[i]!] === 1) nextSexed = i
  }
  for (let i = 0; i < tokens.length; i++) {
    const w = word[i]!
    const f = form[i]!
    const before = i > 0 ? i - 1 : i
    const after = i + 1 < tokens.length ? i + 1 : i
    const acts = pos[after] === Tag.verb || pos[after] === Tag.aux
    const speaks = ((bits[after]! | bits[before]!) & WordClass.speech) !== 0
    if (capital[i] === 0 && f === Form.lower) {
      counts.lower[w]!++
      if (pos[i] === Tag.noun) {
        counts.nounUses[w]!++
        if (acts) counts.nounActs[w]!++
        if ((bits[after]! & WordClass.speech) !== 0) counts.nounSpeaks[w]!++
        if (word[after] === who) counts.who[w]!++
      }
    }
    if (capital[i] === 0) continue
    if (opening[i] === 1) counts.opening[w]!++
    else counts.inside[w]!++
    if ((bits[before]! & WordClass.title) !== 0 && capital[before] === 1 && i > 0) counts.titled[w]!++
    if ((bits[before]! & WordClass.place) !== 0) counts.place[w]!++
    if (word[before] === mark.the) counts.article[w]!++
    if (acts) counts.acts[w]!++
    if (speaks) counts.speaks[w]!++
    if (isPossessive(reading, after)) counts.possesses[w]!++
    if (near[i] === 1) counts.taken[w]!++
  }
  return counts
}
