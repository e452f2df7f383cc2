/** The narration: what is left of a story without its quotations, counted per paragraph. */
import { Form, posTags, type QuotationLayer, type TextLayer, type Tokens } from '../layers.js'
import { isPastForm, isPresentForm } from '../lexicon/tense.js'

/** What the narration of each paragraph holds: one column per count. */
export interface NarrationCounts {
  /** Words outside quotations. */
  readonly words: Int32Array
  /** First person singular and plural: "I", "my", "we", "our", … */
  readonly first: Int32Array
  /** "I" and "we" as subject of a past form ("I went"): rare in speech without marks, usual in narration. */
  readonly firstPast: Int32Array
  /** "I" and "we" as subject of any other verb ("I am", "I'll go"): usual in speech and letters. */
  readonly firstPresent: Int32Array
  readonly second: Int32Array
  /** "You" as subject of a past form ("you went"). */
  readonly secondPast: Int32Array
  readonly third: Int32Array
  readonly past: Int32Array
  readonly present: Int32Array
  /** Words inside quotations. */
  readonly quoted: Int32Array
}

const Bit = { first: 1, second: 2, third: 4, subject: 8, past: 16, present: 32, plain: 64, peer: 128 } as const

const firstWords = new Set(['i', 'me', 'my', 'myself', 'mine', 'we', 'us', 'our', 'ours', 'ourselves'])
const secondWords = new Set(['you', 'your', 'yours', 'yourself', 'yourselves'])
const thirdWords = new Set([
  ...['he', 'him', 'his', 'himself', 'she', 'her', 'hers', 'herself'],
  ...['they', 'them', 'their', 'theirs', 'themselves'],
])
/** "My Lady" may be said of a peer by anybody, "my lady" by a servant who tells. */
const peers = new Set(['lady', 'lord', 'ladies', 'lords'])
/** Subjects that take the plain form in the present: "I walk", "they walk". */
const plainSubjects = new Set(['i', 'we', 'you', 'they'])
const subjects = new Set(['i', 'we', 'you', 'they', 'he', 'she', 'it', 'who', 'there', 'which'])

const posOf = (tag: (typeof posTags)[number]): number => posTags.indexOf(tag)
const verb = posOf('VERB')
const aux = posOf('AUX')
const adv = posOf('ADV')
const propn = posOf('PROPN')
const noun = posOf('NOUN')

/** Verb forms told by their ending alone: "-s" after a singular subject. */
const singularForm = /[^s]s$/

function flagsOf({ vocabulary }: Tokens): Uint8Array {
  const flags = new Uint8Array(vocabulary.length)
  for (let w = 0; w < flags.length; w++) {
    const word = vocabulary[w]!
    flags[w] =
      (firstWords.has(word) ? Bit.first : 0) |
      (secondWords.has(word) ? Bit.second : 0) |
      (thirdWords.has(word) ? Bit.third : 0) |
      (subjects.has(word) ? Bit.subject : 0) |
      (plainSubjects.has(word) ? Bit.plain : 0) |
      (isPastForm(word) ? Bit.past : 0) |
      (isPresentForm(word) ? Bit.present : 0) |
      (peers.has(word) ? Bit.peer : 0)
  }
  return flags
}

/** Speech opened by a dash, as in Joyce: "—Come up, Kinch! he called." Speech and tag cannot be told apart, so neither counts. */
const dashSpeech = /^[—–―-]\s*["“‘']?\p{Lu}/u

/** Counts the narration of every prose paragraph. One pass over the tokens. */
export function countNarration(
  { text, tokens, paragraphs, firstToken }: TextLayer,
  { quotationOf }: QuotationLayer,
): NarrationCounts {
  const column = () => new Int32Array(paragraphs.length)
  const counts = {
    words: column(),
    first: column(),
    firstPast: column(),
    firstPresent: column(),
    second: column(),
    secondPast: column(),
    third: column(),
    past: column(),
    present: column(),
    quoted: column(),
  }
  const flags = flagsOf(tokens)
  const { pos, word, form } = tokens
  const my = tokens.wordId('my')
  for (let p = 0; p < paragraphs.length; p++) {
    const { kind, start } = paragraphs[p]!
    if (kind !== 'prose') continue
    const end = firstToken[p + 1]!
    const dash = dashSpeech.test(text.slice(start, start + 4))
    for (let i = firstToken[p]!; i < end; i++) {
      if (form[i] === Form.punctuation) continue
      if (dash || quotationOf[i]! >= 0) {
        counts.quoted[p]!++
        continue
      }
      counts.words[p]!++
      const flag = flags[word[i]!]!
      if (flag & Bit.first) {
        const isTitle = word[i] === my && i + 1 < end && form[i + 1] === Form.capitalised && flags[word[i + 1]!]! & Bit.peer
        if (!isTitle) counts.first[p]!++
      } else if (flag & Bit.second) counts.second[p]!++
      else if (flag & Bit.third) counts.third[p]!++
      // A finite verb: the word after its subject, one adverb apart at most ("she slowly went").
      let subject = i - 1
      if (subject >= firstToken[p]! && pos[subject] === adv) subject--
      if (subject < firstToken[p]! || quotationOf[subject]! >= 0) continue
      const before = flags[word[subject]!]!
      const named = pos[subject] === propn || pos[subject] === noun
      if (!(before & Bit.subject) && !named) continue
      const tag = pos[i]
      if (before & Bit.first && before & Bit.subject && !(flag & Bit.past) && (tag === verb || tag === aux))
        counts.firstPresent[p]!++
      if (flag & Bit.past) {
        if (tag !== verb && tag !== aux) continue
        counts.past[p]!++
        if (before & Bit.first) counts.firstPast[p]!++
        else if (before & Bit.second) counts.secondPast[p]!++
      } else if (flag & Bit.present) counts.present[p]!++
      else if (tag === verb && form[i] === Form.lower) {
        const value = tokens.vocabulary[word[i]!]!
        if (before & Bit.plain ? !value.endsWith('ing') : before & Bit.subject && singularForm.test(value)) counts.present[p]!++
      }
    }
  }
  return counts
}
