/** What the words beside a mention tell of a mind: whose eyes a passage is told through is known by them. */
import type { MentionSpan, TextLayer } from '../layers.js'
import { innerNouns, mindVerbs } from '../lexicon/mind.js'
import { flagWords } from '../text/token.js'
import { Pos } from './clause.js'

/** Codes: no subject; of a verb of doing; of one of the mind ("he wondered"); before "had" and a verb ("he had heard"); owner of what only he knows ("his heart"). */
export const Mind = { none: 0, does: 1, minds: 2, past: 3, inner: 4 } as const
export const mindCodes = 5

/** Auxiliaries and adverbs between a subject and its verb, at most: "she had never really known". */
const mostBetween = 5

/** The code of each mention. One pass over the mentions. */
export function readMinds({ tokens }: Pick<TextLayer, 'tokens'>, mentions: readonly MentionSpan[]): Uint8Array {
  const { pos, word, sentence, length } = tokens
  const mind = flagWords(tokens, mindVerbs())
  const inner = flagWords(tokens, innerNouns())
  const had = tokens.wordId('had')
  const shortHad = tokens.wordId("'d")
  return Uint8Array.from(mentions, ({ last }) => {
    let next = last + 1
    let isPast = false
    const furthest = Math.min(length, next + mostBetween)
    while (next < furthest && (pos[next] === Pos.aux || pos[next] === Pos.adv || pos[next] === Pos.part)) {
      if (word[next] === had || word[next] === shortHad) isPast = true
      next++
    }
    if (next >= length || sentence[next] !== sentence[last]) return Mind.none
    if (pos[next] === Pos.verb) return mind[word[next]!] === 1 ? Mind.minds : isPast ? Mind.past : Mind.does
    if (next > last + 1) return Mind.does
    return inner[word[next]!] === 1 ? Mind.inner : Mind.none
  })
}
