/** Signs of perception: what the narration of each paragraph tells of whose mind it is in. */

import {
  type CoreferenceLayer,
  type MentionSpan,
  posTags,
  type QuotationLayer,
  type SpeakerLayer,
  type TextLayer,
} from '../layers.js'
import { mindVerbs } from '../lexicon/mind.js'
import { invokedWords } from '../lexicon/person.js'
import trained from '../model/perception.json' with { type: 'json' }
import { Sign, signReader } from '../text/sign.js'
import { flagWords } from '../text/token.js'
import { bearersOf } from './bearer.js'

/** What `Sign.seen` does not tell apart: "Anna looked pale" is seen from outside, "Anna looked at him" sees. */
const kinds = [...Object.keys(Sign), 'seems', 'looks']
const seems = kinds.indexOf('seems')
const looks = kinds.indexOf('looks')
/** Pronouns were resolved, and one wrong antecedent takes hundreds along; epithets see their bearer from outside. */
const types = ['PROP', 'PRON', 'NOM'] as const
const ofType = { PROP: 0, PRON: kinds.length, NOM: 2 * kinds.length } as const
/** Not of a mention: the first name that acts in a unit; who thinks what is set apart, in italics or marks; who speaks; who is spoken to. */
const first = types.length * kinds.length
const thinks = first + 1
const speaks = first + 2
const spokenTo = first + 3
/** The names of all signs, in the order of their codes: "PROP.mind". */
export const perceptionSigns: readonly string[] = [
  ...types.flatMap((type) => kinds.map((kind) => `${type}.${kind}`)),
  ...['first', 'thinks', 'speaks', 'spokenTo'],
]

const calledUpon = new Set([...invokedWords, 'sir', 'madam', "ma'am"])
/** Who is called upon and never there, or only an address: "God knew". */
function isInvoked(name: string): boolean {
  const word = name.toLowerCase().replace(/^(?:(?:o|oh|my|good|great|dear|the)\s+)*/, '')
  return invokedWords.has(word) || /^(?:sir|madam|ma[’']am)$/.test(word)
}

/** The signs of every paragraph, as columns; those of paragraph p are `[first[p], first[p + 1])`, one per cluster. */
export interface Perception {
  readonly first: Int32Array
  readonly cluster: readonly number[]
  readonly amount: readonly number[]
  /** The part of `amount` that names and nouns give: they say whom they mean. */
  readonly named: readonly number[]
  /** What speaking and being spoken to adds: it tells who is there, not whose mind a paragraph is in. */
  readonly talk: readonly number[]
}

export interface PerceptionInput {
  readonly text: TextLayer
  readonly quotations: QuotationLayer
  readonly mentions: readonly MentionSpan[]
  readonly coreference: CoreferenceLayer
  readonly speakers: SpeakerLayer
  readonly unitOf: Int32Array
}

/** Reads the signs of all paragraphs, each worth what it was found to be worth. One pass over the mentions. */
export function readPerception(input: PerceptionInput): Perception {
  const worth = Float64Array.from(perceptionSigns, (sign) => (trained.weights as Readonly<Record<string, number>>)[sign] ?? 0)
  const { paragraphs } = input.text
  const firstOf = new Int32Array(paragraphs.length + 1)
  const cluster: number[] = []
  const amount: number[] = []
  const named: number[] = []
  const talk: number[] = []
  let open = 0
  readSigns(input, (p, c, sign) => {
    const value = worth[sign]!
    if (value === 0) return
    while (open <= p) firstOf[open++] = cluster.length
    let i = firstOf[p]!
    while (i < cluster.length && cluster[i] !== c) i++
    if (i === cluster.length) {
      cluster.push(c)
      amount.push(0)
      named.push(0)
      talk.push(0)
    }
    if (sign >= speaks) {
      talk[i]! += value
      return
    }
    amount[i]! += value
    if (sign < ofType.PRON || (sign >= ofType.NOM && sign <= first)) named[i]! += value
  })
  while (open <= paragraphs.length) firstOf[open++] = cluster.length
  return { first: firstOf, cluster, amount, named, talk }
}

/** Calls `visit` for every sign with its paragraph and cluster, paragraphs in order. */
export function readSigns(input: PerceptionInput, visit: (paragraph: number, cluster: number, sign: number) => void): void {
  const { text, quotations: layer, mentions, unitOf } = input
  const { clusterOf, clusters } = input.coreference
  const { speakers } = input.speakers
  const { tokens } = text
  const { quotations, quotationOf } = layer
  const nobody = flagWords(tokens, nobodyWords)
  const described = clusters.map(({ mentions: own }) => {
    let balance = 0
    for (const m of own) balance += mentions[m]!.mentionType === 'NOM' ? 1 : mentions[m]!.mentionType === 'PROP' ? -1 : 0
    return balance > 0
  })
  // Names are made when asked for, so only those are looked at that may be such.
  const isCalledUpon = flagWords(tokens, calledUpon)
  const perceives = Uint8Array.from(clusters, ({ kind }) => (kind === 'group' ? 0 : 1))
  for (let m = 0; m < mentions.length; m++) {
    const c = clusterOf[m]!
    // "O Gawd" may have become the name of someone whom the story calls "the youth".
    if (
      isCalledUpon[tokens.word[mentions[m]!.head]!] === 1 &&
      perceives[c] === 1 &&
      !described[c] &&
      isInvoked(clusters[c]!.name)
    )
      perceives[c] = 0
  }
  const { word, paragraph } = tokens
  const signOf = signReader(text, layer)
  const seenOf = seenReader(text)
  const bearer = bearersOf(input)
  let unit = -1
  let q = 0
  const visitQuotations = (before: number): void => {
    for (; q < quotations.length && quotations[q]!.paragraph < before; q++) {
      const { speaker, addressee } = speakers[q]!
      const isThought = quotations[q]!.kind === 'thought'
      if (speaker >= 0 && perceives[speaker] === 1) visit(quotations[q]!.paragraph, speaker, isThought ? thinks : speaks)
      if (addressee >= 0 && perceives[addressee] === 1 && !isThought) visit(quotations[q]!.paragraph, addressee, spokenTo)
    }
  }
  for (let m = 0; m < mentions.length; m++) {
    const mention = mentions[m]!
    const p = paragraph[mention.head]!
    const c = bearer(clusterOf[m]!, unitOf[p]!)
    if (
      mention.plural ||
      nobody[word[mention.head]!] === 1 ||
      nobody[word[mention.first]!] === 1 ||
      quotationOf[mention.head]! >= 0 ||
      perceives[c] === 0
    )
      continue
    visitQuotations(p)
    const read = signOf(mention)
    const sign = read === Sign.seen ? seenOf(mention) : read
    // The narration may call its hero by an epithet throughout.
    const type = mention.mentionType === 'NOM' && described[c] ? 'PROP' : mention.mentionType
    visit(p, c, ofType[type] + sign)
    const acts = sign === Sign.acts || sign === Sign.mind || sign === Sign.feels || sign === looks
    if (type === 'PROP' && unitOf[p] !== unit && acts) {
      unit = unitOf[p]!
      visit(p, c, first)
    }
  }
  visitQuotations(text.paragraphs.length)
}

const verb = posTags.indexOf('VERB')
const towards = new Set(['ADP', 'ADV', 'PART'].map((tag) => posTags.indexOf(tag as (typeof posTags)[number])))
/** Auxiliaries and adverbs before the verb, at most, as in `signReader`. */
const mostBetween = 5

/** Tells apart what `Sign.seen` holds: whom somebody sees, who seems, and who looks at something. */
function seenReader({ tokens }: TextLayer): ({ first, last }: MentionSpan) => number {
  const { pos, word, paragraph, length } = tokens
  const isMind = flagWords(tokens, mindVerbs())
  const isLook = flagWords(tokens, lookWords)
  const isLikeness = flagWords(tokens, likenessWords)
  return ({ first, last }) => {
    if (first > 0 && pos[first - 1] === verb && isMind[word[first - 1]!] === 1) return Sign.seen
    let t = last + 1
    while (t < length && t <= last + mostBetween && pos[t] !== verb) t++
    const after = t + 1
    return after < length &&
      isLook[word[t]!] === 1 &&
      paragraph[after] === paragraph[last] &&
      towards.has(pos[after]!) &&
      isLikeness[word[after]!] === 0
      ? looks
      : seems
  }
}
const lookWords = new Set(['look', 'looks', 'looked', 'looking'])
const likenessWords = new Set(['like', 'as'])

/**
 * Nobody in particular; and whoever says "I" in third-person narration is the author, or someone whose thoughts or letter it gives.
 */
const nobodyWords = new Set(
  'i me my mine myself you your yours yourself nobody somebody anybody everybody no someone anyone everyone one ones none each every any some all both two three four five six seven eight nine ten most many few several another neither either whoever'.split(
    ' ',
  ),
)
