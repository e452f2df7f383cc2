/** Mentions as clause subjects, and where mentions and quotations lie among the tokens: columns the speaker rules look things up in. */
import { type MentionSpan, posTags, type QuotationLayer, type TextLayer } from '../layers.js'
import { reportVerbs, speechVerbs } from '../lexicon/speech.js'
import { flagWords } from '../text/token.js'
import { type SexOfWords, sexOfWords } from './sex.js'

export const Pos = Object.fromEntries(posTags.map((tag, code) => [tag, code])) as Record<(typeof posTags)[number], number>

/** Role of a mention in its clause. */
export const Role = { other: 0, subject: 1, possessor: 2, object: 3 } as const

const firstPerson = new Set(['i', 'me', 'my', 'myself', 'mine'])

/** The story as the speaker rules read it. */
export interface Reading {
  readonly text: TextLayer
  readonly quotations: QuotationLayer
  readonly mentions: readonly MentionSpan[]
  /** Outermost mention that starts at a token, -1 elsewhere. */
  readonly mentionAt: Int32Array
  /** First mention of each paragraph, with one entry more. */
  readonly firstMention: Int32Array
  /** A code of `Role` per mention. */
  readonly role: Uint8Array
  /** First token of each quotation, and the token after its last. */
  readonly quotationStart: Int32Array
  readonly quotationEnd: Int32Array
  /** Per word: 2 for a verb of reporting, 1 for another verb of communication. */
  readonly speaks: Uint8Array
  /** Per word: 1 for things that speak for a person ("his voice"), 2 for what is said ("her reply"). */
  readonly voices: Uint8Array
  /** Per word: 1 for the pronouns of whoever tells, or speaks. */
  readonly isFirstPerson: Uint8Array
  readonly sexOfWord: SexOfWords
  /** Sex that a pronoun mention states, a code of `Sex`; `unknown` for other mentions. */
  readonly pronounSex: Uint8Array
  /** Number of a name mention's string without what follows its head, -1 for other mentions; and how many there are. */
  readonly nameOf: Int32Array
  readonly nameCount: number
  /** The word of a token. */
  readonly word: (token: number) => string
}

/** Verbs that report what is not said aloud. */
const thoughtVerbs = new Set('thought thinks think thinking wondered wonders mused muses reflected realised realized'.split(' '))
const voiceNouns = new Set('voice tone tones lips eyes whisper cry shout murmur mouth words'.split(' '))
const replyNouns = new Set(
  'reply answer response retort rejoinder comment question remark cry exclamation greeting observation suggestion verdict explanation inquiry enquiry words'.split(
    ' ',
  ),
)
const nominative = new Set('i he she we they you it ze xe'.split(' '))
const objective = new Set('me him us them'.split(' '))

export function readStory(text: TextLayer, quotations: QuotationLayer, mentions: readonly MentionSpan[]): Reading {
  const { tokens, paragraphs } = text
  const mentionAt = new Int32Array(tokens.length + 1).fill(-1)
  const firstMention = new Int32Array(paragraphs.length + 1)
  let p = 0
  for (let m = 0; m < mentions.length; m++) {
    const { first } = mentions[m]!
    while (p < tokens.paragraph[first]!) firstMention[++p] = m
    const held = mentionAt[first]!
    if (held < 0 || mentions[held]!.last < mentions[m]!.last) mentionAt[first] = m
  }
  while (p < paragraphs.length) firstMention[++p] = mentions.length
  const speaks = flagWords(tokens, reportVerbs())
  const also = flagWords(tokens, speechVerbs())
  const thinks = flagWords(tokens, thoughtVerbs)
  for (let w = 0; w < speaks.length; w++) speaks[w] = speaks[w] === 1 || thinks[w] === 1 ? 2 : also[w]!
  const voices = flagWords(tokens, replyNouns)
  const voice = flagWords(tokens, voiceNouns)
  for (let w = 0; w < voices.length; w++) voices[w] = voice[w] === 1 ? 1 : voices[w]! * 2
  const { start: quotationStart, end: quotationEnd } = quotationTokens(tokens.length, quotations)
  const word = (token: number): string => tokens.vocabulary[tokens.word[token]!] ?? ''
  const sexOfWord = sexOfWords(tokens)
  return {
    text,
    quotations,
    mentions,
    mentionAt,
    firstMention,
    role: rolesOf(text, mentions, word),
    quotationStart,
    quotationEnd,
    speaks,
    voices,
    isFirstPerson: flagWords(tokens, firstPerson),
    sexOfWord,
    pronounSex: Uint8Array.from(mentions, ({ mentionType, head }) =>
      mentionType === 'PRON' ? sexOfWord.pronoun[tokens.word[head]!]! : 0,
    ),
    ...numberNames(text, mentions),
    word,
  }
}

function numberNames({ text, tokens }: TextLayer, mentions: readonly MentionSpan[]): { nameOf: Int32Array; nameCount: number } {
  const numbers = new Map<string, number>()
  const nameOf = new Int32Array(mentions.length).fill(-1)
  mentions.forEach(({ mentionType, first, head }, m) => {
    if (mentionType !== 'PROP') return
    const name = text.slice(tokens.start[first], tokens.end[head])
    const number = numbers.get(name) ?? numbers.size
    numbers.set(name, number)
    nameOf[m] = number
  })
  return { nameOf, nameCount: numbers.size }
}

function quotationTokens(length: number, { quotations, quotationOf }: QuotationLayer): { start: Int32Array; end: Int32Array } {
  const start = new Int32Array(quotations.length).fill(-1)
  const end = new Int32Array(quotations.length)
  for (let i = 0; i < length; i++) {
    const q = quotationOf[i]!
    if (q < 0) continue
    if (start[q]! < 0) start[q] = i
    end[q] = i + 1
  }
  // A quotation without a token of its own (a lone ellipsis the tokenizer swallowed) is empty where the next one starts.
  for (let q = quotations.length - 1, next = length; q >= 0; q--) {
    if (start[q]! < 0) end[q] = start[q] = next
    next = start[q]!
  }
  return { start, end }
}

/** A subject stands before its verb: [Anna] slowly rose; not "to [Anna] was". A possessor stands before 's or is "her" before a noun. */
function rolesOf({ tokens }: TextLayer, mentions: readonly MentionSpan[], word: (token: number) => string): Uint8Array {
  const { pos, length } = tokens
  const role = new Uint8Array(mentions.length)
  for (let m = 0; m < mentions.length; m++) {
    const { first, last, mentionType } = mentions[m]!
    const name = mentionType === 'PRON' ? word(first) : ''
    if (name !== '' && objective.has(name)) {
      role[m] = Role.object
      continue
    }
    let next = last + 1
    if (next < length && word(next) === "'s") {
      role[m] = Role.possessor
      continue
    }
    const isNominative = nominative.has(name)
    if (name !== '' && !isNominative) {
      role[m] = next < length && (pos[next] === Pos.NOUN || pos[next] === Pos.ADJ) ? Role.possessor : Role.object
      continue
    }
    const before = first > 0 && tokens.paragraph[first - 1] === tokens.paragraph[first] ? pos[first - 1]! : Pos.PUNCT
    if (before === Pos.ADP && !isNominative) {
      role[m] = Role.object
      continue
    }
    for (let skipped = 0; next < length && skipped < 3 && (pos[next] === Pos.ADV || pos[next] === Pos.PART); skipped++) next++
    if (next < length && (pos[next] === Pos.VERB || pos[next] === Pos.AUX)) role[m] = Role.subject
    else if (before === Pos.VERB && !isNominative) role[m] = Role.object
    else if (isNominative) role[m] = Role.subject
  }
  return role
}
