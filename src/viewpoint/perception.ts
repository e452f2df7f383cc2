/** Signs of perception: what the narration of each paragraph tells of whose mind it is in. */
import {
  type CoreferenceLayer,
  type MentionSpan,
  posTags,
  type QuotationLayer,
  type SpeakerLayer,
  type TextLayer,
} from '../layers.js'
import { innerNouns, mindVerbs } from '../lexicon/mind.js'
import { flagWords } from '../text/token.js'

/**
 * What a mention counts as a sign that its character perceives: as subject of a verb of the mind ("Anna knew") or of another, after
 * "it seemed to", before what only its owner knows of ("her heart"), or elsewhere. Set on the third-person novels of gold/pov.
 */
const worth = { subject: 1, mind: 4, experiencer: 3, inner: 2, other: 0.1 } as const
/** A thought set apart, in italics or marks, speaks for who thinks it. */
const worthOfThought = 4
/** Names and nouns say whom they mean. Pronouns were resolved, and one wrong antecedent takes hundreds of them along. */
const worthOfPronoun = 0.25
/** Who is called upon and never there: "God knew". */
const invoked = /^(?:(?:o|oh|my|good|great|dear|the)\s+)*(?:god|gawd|lord|heavens?|christ|jesus|devil|sir|madam|ma[’']am)$/i

/** The signs of every paragraph, as columns; those of paragraph p are `[first[p], first[p + 1])`, one per cluster. */
export interface Perception {
  readonly first: Int32Array
  readonly cluster: readonly number[]
  readonly amount: readonly number[]
}

const posOf = (tag: (typeof posTags)[number]): number => posTags.indexOf(tag)
const verb = posOf('VERB')
const aux = posOf('AUX')
const adv = posOf('ADV')
const part = posOf('PART')
/** Auxiliaries and adverbs between a subject and its verb, at most: "she had never really known". */
const mostBetween = 5

/** Reads the signs of all paragraphs. One pass over the mentions. */
export function readPerception({
  text: { tokens, paragraphs },
  quotations: { quotations, quotationOf },
  mentions,
  coreference: { clusterOf, clusters },
  speakers: { speakers },
}: {
  text: TextLayer
  quotations: QuotationLayer
  mentions: readonly MentionSpan[]
  coreference: CoreferenceLayer
  speakers: SpeakerLayer
}): Perception {
  const mind = flagWords(tokens, mindVerbs())
  const inner = flagWords(tokens, innerNouns())
  const experiencer = flagWords(tokens, experiencerVerbs)
  const nobody = flagWords(tokens, nobodyWords)
  const perceives = clusters.map(({ kind, name, mentions: own }) => {
    if (kind === 'group') return false
    if (!invoked.test(name)) return true
    // "O Gawd" may have become the name of someone whom the story calls "the youth".
    let balance = 0
    for (const m of own) balance += mentions[m]!.mentionType === 'NOM' ? 1 : mentions[m]!.mentionType === 'PROP' ? -1 : 0
    return balance > 0
  })
  const { pos, word, paragraph, length } = tokens
  const to = tokens.wordId('to')
  const amountOf = ({ first, last, head }: MentionSpan): number => {
    const p = paragraph[head]!
    let next = last + 1
    let isSubject = false
    const furthest = Math.min(length, next + mostBetween)
    while (next < furthest && paragraph[next] === p && (pos[next] === aux || pos[next] === adv || pos[next] === part)) {
      if (pos[next] === aux) isSubject = true
      next++
    }
    if (next < length && paragraph[next] === p && pos[next] === verb) return mind[word[next]!] === 1 ? worth.mind : worth.subject
    if (isSubject) return worth.subject
    if (next === last + 1 && next < length && inner[word[next]!] === 1) return worth.inner
    return first > 1 && word[first - 1] === to && experiencer[word[first - 2]!] === 1 ? worth.experiencer : worth.other
  }
  const firstOf = new Int32Array(paragraphs.length + 1)
  const cluster: number[] = []
  const amount: number[] = []
  let open = 0
  const add = (p: number, c: number, value: number): void => {
    while (open <= p) firstOf[open++] = cluster.length
    for (let i = firstOf[p]!; i < cluster.length; i++)
      if (cluster[i] === c) {
        amount[i]! += value
        return
      }
    cluster.push(c)
    amount.push(value)
  }
  let q = 0
  const addThoughts = (before: number): void => {
    for (; q < quotations.length && quotations[q]!.paragraph < before; q++) {
      const { speaker } = speakers[q]!
      if (quotations[q]!.kind === 'thought' && speaker >= 0 && perceives[speaker])
        add(quotations[q]!.paragraph, speaker, worthOfThought)
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
    add(p, c, amountOf(mention) * (mention.mentionType === 'PRON' ? worthOfPronoun : 1))
  }
  addThoughts(paragraphs.length)
  while (open <= paragraphs.length) firstOf[open++] = cluster.length
  return { first: firstOf, cluster, amount }
}

/**
 * Nobody in particular; and whoever says "I" in third-person narration is the author, or someone whose thoughts or letter it gives.
 */
const nobodyWords = new Set(
  'i me my mine myself you your yours yourself nobody somebody anybody everybody no someone anyone everyone one ones none each every any some all both two three four five six seven eight nine ten most many few several another neither either whoever'.split(
    ' ',
  ),
)
/** "It seemed to him", "it occurred to her". */
const experiencerVerbs = new Set('seemed seems seem occurred occurs appeared came happened'.split(' '))
