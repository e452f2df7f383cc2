/** Clauses, and a mention's part in its clause, as far as tags and marks show them. */
import { posTags, type TextLayer } from '../layers.js'
import { flagWords } from '../text/token.js'

/** Codes of a mention's part in its clause. */
export const Role = { subject: 0, object: 1, oblique: 2, possessive: 3, vocative: 4, other: 5 } as const
const tag = (name: (typeof posTags)[number]): number => posTags.indexOf(name)
/** Codes of the tags that rules ask for. */
export const Pos = {
  adp: tag('ADP'),
  aux: tag('AUX'),
  verb: tag('VERB'),
  adv: tag('ADV'),
  part: tag('PART'),
  sconj: tag('SCONJ'),
  cconj: tag('CCONJ'),
  punct: tag('PUNCT'),
  adj: tag('ADJ'),
  noun: tag('NOUN'),
  propn: tag('PROPN'),
  num: tag('NUM'),
}

const clauseOpeners = new Set(
  'who whom whose which that when where while because if though although as before after until since than'.split(' '),
)

/** Subject before a verb, object after one, oblique after a preposition. */
export function roleOf(
  pos: Uint8Array,
  word: Int32Array,
  first: number,
  last: number,
  length: number,
  sentence: Int32Array,
): number {
  const before = first > 0 && sentence[first - 1] === sentence[first] ? pos[first - 1]! : Pos.punct
  if (before === Pos.adp) return Role.oblique
  let next = last + 1
  while (next < length && next < last + 3 && (pos[next] === Pos.adv || pos[next] === Pos.part)) next++
  const verbAfter = next < length && sentence[next] === sentence[last] && (pos[next] === Pos.verb || pos[next] === Pos.aux)
  if (before === Pos.verb && !verbAfter) return Role.object
  if (verbAfter) return Role.subject
  // "said Anna": inverted after a closing mark; "gave Anna": an object.
  if (before === Pos.verb || before === Pos.part) return Role.object
  return word[first] === word[last] && before === Pos.aux ? Role.object : Role.other
}

/** Numbers the clauses: a new one at strong punctuation, a subordinator, a relative, or "and" and "but" before a subject. */
export function splitClauses({ tokens, text }: Pick<TextLayer, 'tokens' | 'text'>): Int32Array {
  const { length, pos, word, sentence, start } = tokens
  const opener = flagWords(tokens, clauseOpeners)
  const clauseOf = new Int32Array(length)
  let clause = 0
  for (let t = 0; t < length; t++) {
    if (t > 0 && sentence[t] !== sentence[t - 1]) clause++
    else if (pos[t] === Pos.punct) {
      const mark = text[start[t]!]!
      if (mark !== "'" && mark !== '’' && mark !== '-' && mark !== '.') clause++
    } else if (pos[t] === Pos.sconj || opener[word[t]!]) clause++
    else if (pos[t] === Pos.cconj && t + 2 < length && (pos[t + 2] === Pos.verb || pos[t + 2] === Pos.aux)) clause++
    clauseOf[t] = clause
  }
  return clauseOf
}
