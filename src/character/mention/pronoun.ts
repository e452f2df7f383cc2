/** Pronouns that stand for persons. */
import { Form, type MentionSpan } from '../../layers.js'
import { flagWords } from '../../text/token.js'
import type { Reading } from './reading.js'

const personal =
  "i me my myself we us our ourselves you your yourself yourselves he him his himself she her herself they them their themselves themself thou thee thy thyself ye yeh yer 'em xe xem xyr ze zir hir"
const contracted = /^(i|you|he|she|we|they|yeh|ye)['.]/
const plurals = new Set("we us our ourselves yourselves they them their themselves 'em".split(' '))

/** Per vocabulary index: 0 no pronoun, else the number of characters of it that are the pronoun ("i'm": 1). */
export function pronounLengths(vocabulary: readonly string[]): Uint8Array {
  const list = new Set(personal.split(' '))
  const lengths = new Uint8Array(vocabulary.length)
  vocabulary.forEach((word, i) => {
    if (list.has(word)) lengths[i] = word.length
    else {
      const match = contracted.exec(word)
      if (match !== null && word.length <= 7) lengths[i] = match[1]!.length
    }
  })
  return lengths
}

/** Every personal pronoun; a Roman numeral in a heading or after a name is none. */
export function findPronouns({ tokens }: Reading): MentionSpan[] {
  const lengths = pronounLengths(tokens.vocabulary)
  const pronouns: MentionSpan[] = []
  const small = tokens.wordId('i')
  let capitals = 0
  for (let i = 0; i < tokens.length; i++) if (tokens.word[i] === small && tokens.form[i] !== Form.lower) capitals++
  for (let i = 0; i < tokens.length; i++) {
    const size = lengths[tokens.word[i]!]!
    if (size === 0 || isNumeral(tokens, i)) continue
    // "i.e." where the narrator writes "I"
    if (
      tokens.form[i] === Form.lower &&
      tokens.word[i] === small &&
      capitals > 0 &&
      tokens.vocabulary[tokens.word[i + 1] ?? 0]?.startsWith('.')
    )
      continue
    const start = tokens.start[i]!
    const word = tokens.vocabulary[tokens.word[i]!]!
    pronouns.push({
      start,
      end: start + size,
      mentionType: 'PRON',
      first: i,
      last: i,
      head: i,
      score: 0.97,
      plural: plurals.has(word),
      vocative: false,
    })
  }
  return pronouns
}

const numbered = new Set('chapter book part volume act scene section canto letter chap. chap'.split(' '))

/** "CHAPTER I", "US" (the country) and a lone "I" or "I." line. */
function isNumeral(tokens: Reading['tokens'], i: number): boolean {
  const word = tokens.vocabulary[tokens.word[i]!]!
  if (word === 'us') return tokens.form[i] === Form.upper
  if (word !== 'i' && word !== 'i.') return false
  const paragraph = tokens.paragraph[i]
  if (i > 0 && tokens.paragraph[i - 1] === paragraph && numbered.has(tokens.vocabulary[tokens.word[i - 1]!]!)) return true
  const alone =
    (i === 0 || tokens.paragraph[i - 1] !== paragraph) &&
    (i + 1 === tokens.length ||
      tokens.paragraph[i + 1] !== paragraph ||
      (tokens.form[i + 1] === Form.punctuation && (i + 2 === tokens.length || tokens.paragraph[i + 2] !== paragraph)))
  return alone
}

const thirdPlural = new Set(['they', 'them', 'their', 'themselves', 'theirs'])
/** 1 for the pronouns that stand for persons or things alike, by vocabulary index. */
export const theyWords = (tokens: Reading['tokens']): Uint8Array => flagWords(tokens, thirdPlural)
