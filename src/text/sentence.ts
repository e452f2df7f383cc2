/** Sentences, with each quotation kept together with the clause that tags it. */
import { Form, posTags, type Tokens } from '../layers.js'
import { isSpeechVerb } from '../lexicon/speech.js'
import type { Span } from '../types.js'

const propn = posTags.indexOf('PROPN')
const pron = posTags.indexOf('PRON')
const verb = posTags.indexOf('VERB')
const det = posTags.indexOf('DET')

const enders = /^(?:[.!?…]+|\.\.\.+|[.!?]+["”’']?)$/
const closers = /^["”’')\]»]+$/
/** Words after which a full stop seldom ends a sentence. */
const abbreviations = new Set(
  'mr mrs ms dr prof st mt capt col gen lt sgt rev hon messrs mme mlle jr sr vs etc no vol'.split(' '),
)
/** How far after a closing mark a speech verb still belongs to a tag: "Stop!" old Mr. Harry Dent cried. */
const tagReach = 5

/**
 * Splits paragraphs into sentences and fills `tokens.sentence`. A sentence never crosses a paragraph. After `?`, `!` or `…`
 * a closing mark followed by lower case, or by a tag ("Stop!" he cried; "Stop!" Anna cried), does not end it. Linear.
 */
export function splitSentences(text: string, tokens: Tokens, firstToken: Int32Array): Span[] {
  const sentences: Span[] = []
  for (let p = 0; p + 1 < firstToken.length; p++) {
    const last = firstToken[p + 1]! - 1
    let first = firstToken[p]!
    for (let i = first; i <= last; i++) {
      tokens.sentence[i] = sentences.length
      let end = i
      if (!endsSentence(text, tokens, i, last)) {
        if (i < last) continue
      } else {
        while (end < last && isCloser(text, tokens, end + 1)) tokens.sentence[++end] = sentences.length
        const quoted = end > i && text[tokens.start[end]!] !== ')' && text[tokens.start[end]!] !== ']'
        if (end < last && goesOn(text, tokens, end + 1, last, quoted)) {
          i = end
          continue
        }
      }
      sentences.push({ start: tokens.start[first]!, end: tokens.end[end]! })
      first = end + 1
      i = end
    }
  }
  return sentences
}

function endsSentence(text: string, tokens: Tokens, i: number, last: number): boolean {
  if (tokens.form[i] !== Form.punctuation) return false
  const value = text.slice(tokens.start[i], tokens.end[i])
  if (!enders.test(value)) return false
  if (value !== '.' || i === last || i === 0) return true
  const before = tokens.vocabulary[tokens.word[i - 1]!]!
  const initial = before.length === 1 && tokens.form[i - 1] === Form.capitalised && before !== 'i'
  return !(initial || abbreviations.has(before))
}

/** A closing mark, or a straight one that stands right after the word: ` said "no." `. */
function isCloser(text: string, tokens: Tokens, i: number): boolean {
  const value = text.slice(tokens.start[i], tokens.end[i])
  if (!closers.test(value)) return false
  return tokens.start[i] === tokens.end[i - 1]
}

/** What follows an ending mark and still belongs to the sentence. */
function goesOn(text: string, tokens: Tokens, next: number, last: number, quoted: boolean): boolean {
  if (tokens.form[next] === Form.lower)
    return quoted || !/[a-z]/.test(text[tokens.start[next]!]!) || tokens.start[next]! > tokens.end[next - 1]!
  if (!quoted) return false
  const opener = tokens.pos[next]
  if (opener !== propn && opener !== pron && opener !== det && tokens.form[next] !== Form.capitalised) return false
  for (let i = next; i <= Math.min(last, next + tagReach); i++) {
    if (tokens.form[i] === Form.punctuation && text[tokens.start[i]!] !== '.') return false
    if (tokens.pos[i] === verb || i > next) if (isSpeechVerb(tokens.vocabulary[tokens.word[i]!]!)) return true
  }
  return false
}
