/** Signs of perception: what the narration of each paragraph tells of whose mind it is in. */

import type { CoreferenceLayer, MentionSpan, QuotationLayer, SpeakerLayer, TextLayer } from '../layers.js'
import { invokedWords } from '../lexicon/person.js'
import { Sign, signReader } from '../text/sign.js'
import { flagWords } from '../text/token.js'

/**
 * What each sign is worth, in the order of `Sign`: of a name, of a pronoun, and of a noun. Pronouns were resolved, and one wrong
 * antecedent takes hundreds along. Epithets see their bearer from outside, unless the narration calls its hero so throughout.
 * Proportions of a conditional logit of the focal character of stretches of gold/pov and corpus, books left out.
 */
const worth = {
  PROP: [0.2, 1, 0.6, 2.5, 0.6, 0, 0, 0, 1, 0.75, 0],
  PRON: [0.3, 0.2, 0.2, 1.1, 0.6, 0.25, 0, 0.2, 0.3, 0.75, 0.05],
  NOM: [0, 0, 0, 1, 0.6, 0, 0, 0, 0.5, 0.75, 0],
} as const
/** The first name that acts in a unit is often its own. */
const worthOfFirst = 1
/** A thought set apart, in italics or marks, speaks for who thinks it. */
const worthOfThought = 4
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
}

/** Reads the signs of all paragraphs. One pass over the mentions. */
export function readPerception({
  text,
  quotations: layer,
  mentions,
  coreference: { clusterOf, clusters },
  speakers: { speakers },
  unitOf,
}: {
  text: TextLayer
  quotations: QuotationLayer
  mentions: readonly MentionSpan[]
  coreference: CoreferenceLayer
  speakers: SpeakerLayer
  unitOf: Int32Array
}): Perception {
  const { tokens, paragraphs } = text
  const { quotations, quotationOf } = layer
  const nobody = flagWords(tokens, nobodyWords)
  const described = clusters.map(({ mentions: own }) => {
    let balance = 0
    for (const m of own) balance += mentions[m]!.mentionType === 'NOM' ? 1 : mentions[m]!.mentionType === 'PROP' ? -1 : 0
    return balance > 0
  })
  const perceives = clusters.map(({ kind, name }, c) => {
    if (kind === 'group') return false
    if (!isInvoked(name)) return true
    // "O Gawd" may have become the name of someone whom the story calls "the youth".
    return described[c]!
  })
  const { word, paragraph } = tokens
  const signOf = signReader(text, layer)
  const firstOf = new Int32Array(paragraphs.length + 1)
  const cluster: number[] = []
  const amount: number[] = []
  const named: number[] = []
  let open = 0
  const add = (p: number, c: number, value: number, isNamed: boolean): void => {
    while (open <= p) firstOf[open++] = cluster.length
    let i = firstOf[p]!
    while (i < cluster.length && cluster[i] !== c) i++
    if (i === cluster.length) {
      cluster.push(c)
      amount.push(0)
      named.push(0)
    }
    amount[i]! += value
    if (isNamed) named[i]! += value
  }
  let unit = -1
  let q = 0
  const addThoughts = (before: number): void => {
    for (; q < quotations.length && quotations[q]!.paragraph < before; q++) {
      const { speaker } = speakers[q]!
      if (quotations[q]!.kind === 'thought' && speaker >= 0 && perceives[speaker])
        add(quotations[q]!.paragraph, speaker, worthOfThought, false)
    }
  }
  for (let m = 0; m < mentions.length; m++) {
    const mention = mentions[m]!
    const c = clusterOf[m]!
    if (
      mention.plural ||
      nobody[word[mention.head]!] === 1 ||
      nobody[word[mention.first]!] === 1 ||
      quotationOf[mention.head]! >= 0 ||
      !perceives[c]
    )
      continue
    const p = paragraph[mention.head]!
    addThoughts(p)
    const sign = signOf(mention)
    const type = mention.mentionType === 'NOM' && described[c] ? 'PROP' : mention.mentionType
    let value: number = worth[type][sign]!
    if (type === 'PROP' && unitOf[p] !== unit && (sign === Sign.acts || sign === Sign.mind || sign === Sign.feels)) {
      unit = unitOf[p]!
      value += worthOfFirst
    }
    if (value > 0) add(p, c, value, mention.mentionType !== 'PRON')
  }
  addThoughts(paragraphs.length)
  while (open <= paragraphs.length) firstOf[open++] = cluster.length
  return { first: firstOf, cluster, amount, named }
}

/**
 * Nobody in particular; and whoever says "I" in third-person narration is the author, or someone whose thoughts or letter it gives.
 */
const nobodyWords = new Set(
  'i me my mine myself you your yours yourself nobody somebody anybody everybody no someone anyone everyone one ones none each every any some all both two three four five six seven eight nine ten most many few several another neither either whoever'.split(
    ' ',
  ),
)
