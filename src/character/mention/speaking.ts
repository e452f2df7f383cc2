/** Words for whoever speaks: "said the Cat" makes a person of a cat, and "the dragon replied" of a dragon. */
import { reportVerbs } from '../../lexicon/speech.js'
import { flagWords } from '../../text/token.js'
import type { Candidate } from './candidate.js'
import type { FeatureReading } from './key.js'

/** What is said to speak and is nobody, or a person in that place alone ("said the other"). */
const nobody = new Set(
  'i i. one other others another latter former first last more most less some few van der de voice voices whisper tone tones sign note letter message text screen phone book paper card poster label page song saying proverb bible law time clock day night word words way thing things moment minute second'.split(
    ' ',
  ),
)

/**
 * How often a word is the subject of a tag beside a quotation, per word of the vocabulary. Nothing but a verb of reporting
 * stands between the two: "…," said the Cat; "…," the Cat said.
 *
 * @param ruled first token of each candidate.
 */
export function speakingWords(
  { tokens, quotationOf, mark }: FeatureReading,
  candidates: readonly Candidate[],
  ruled: Int32Array,
): Uint8Array {
  const reports = flagWords(tokens, reportVerbs())
  const silent = flagWords(tokens, nobody)
  const count = new Uint8Array(tokens.vocabulary.length)
  const isReport = (token: number): boolean =>
    token >= 0 && token < tokens.length && quotationOf[token]! < 0 && reports[tokens.word[token]!] === 1
  const isSpeech = (token: number): boolean => token >= 0 && quotationOf[token]! >= 0
  candidates.forEach(({ head }, c) => {
    // A name's rule leaves the article out, which is a title's ("the Duke") as often as not.
    const start = ruled[c]! > 0 && tokens.word[ruled[c]! - 1] === mark.the ? ruled[c]! - 1 : ruled[c]!
    const word = tokens.word[head]!
    if (quotationOf[head]! >= 0 || silent[word] === 1 || count[word] === 255) return
    if ((isReport(start - 1) && isSpeech(start - 2)) || (isReport(head + 1) && isSpeech(start - 1))) count[word]!++
  })
  return count
}
