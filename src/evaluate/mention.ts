/** Mentions: pairing predicted with gold spans, by exact span or by head. */
import type { Span } from '../types.js'
import { type CoreferenceCounts, coreferenceCounts, type Partition, withoutSingletons } from './coreference.js'
import { type Counts, countsOf, groupBy } from './counts.js'
import type { Gold, MentionType, Prediction } from './gold.js'

/** "exact": the same span. "head": also spans that overlap and end in the same word, the widest overlap first, one to one. */
export type Matching = 'exact' | 'head'

export interface ComparedMention extends Span {
  readonly cluster: string
  readonly mentionType: MentionType
}

const keyOf = ({ start, end }: Span): string => `${start}-${end}`
const isWordCharacter = (char: string): boolean => /[\p{L}\p{N}]/u.test(char)

/** Offset of the word in which a span ends; a final 's and closing punctuation do not count ("Anne's" ends in "Anne"). */
export function headOffset(text: string, { start, end }: Span): number {
  const tail = /(?:['’]s?)?[^\p{L}\p{N}]*$/u.exec(text.slice(start, end))
  let at = tail && tail.index > 0 ? start + tail.index : end
  while (at > start && !isWordCharacter(text[at - 1]!)) at--
  while (at > 0 && isWordCharacter(text[at - 1]!)) at--
  return at
}

/** Predicted mentions with white space at their ends taken off, without those out of bounds, empty or on a span already taken. */
export function cleanMentions<M extends Span>(text: string, mentions: readonly M[]): M[] {
  const seen = new Set<string>()
  const out: M[] = []
  for (const mention of mentions) {
    if (!(mention.start >= 0 && mention.start < mention.end && mention.end <= text.length)) continue
    const words = text.slice(mention.start, mention.end)
    const start = mention.start + (words.length - words.trimStart().length)
    const end = mention.end - (words.length - words.trimEnd().length)
    const key = keyOf({ start, end })
    if (start >= end || seen.has(key)) continue
    seen.add(key)
    out.push({ ...mention, start, end })
  }
  return out
}

/** One-to-one pairs, predicted mention → gold mention. */
export function pairMentions<P extends Span, G extends Span>(
  text: string,
  gold: readonly G[],
  predicted: readonly P[],
  matching: Matching,
): Map<P, G> {
  const pairs = new Map<P, G>()
  const taken = new Set<G>()
  const pair = (p: P, g: G) => {
    if (pairs.has(p) || taken.has(g)) return
    pairs.set(p, g)
    taken.add(g)
  }
  const bySameSpan = new Map(gold.map((g) => [keyOf(g), g]))
  for (const p of predicted) {
    const g = bySameSpan.get(keyOf(p))
    if (g) pair(p, g)
  }
  if (matching === 'exact') return pairs
  const byHead = groupBy(
    gold.filter((g) => !taken.has(g)),
    (g) => headOffset(text, g),
  )
  const close: { p: P; g: G; overlap: number }[] = []
  for (const p of predicted) {
    if (pairs.has(p)) continue
    for (const g of byHead.get(headOffset(text, p)) ?? []) {
      const overlap = Math.min(p.end, g.end) - Math.max(p.start, g.start)
      if (overlap > 0) close.push({ p, g, overlap })
    }
  }
  close.sort((a, b) => b.overlap - a.overlap || a.p.start - b.p.start || a.g.start - b.g.start)
  for (const { p, g } of close) pair(p, g)
  return pairs
}

/** Counts over all mentions and by type: recall by the gold's type, a wrong mention against the type it states. */
export type MentionCounts = Readonly<Record<'all' | MentionType, Counts>>

export interface MentionComparison {
  readonly mentions: Readonly<Record<Matching, MentionCounts>>
  /** By matching, then with singletons kept or dropped on both sides. */
  readonly coreference: Readonly<Record<Matching, Readonly<Record<'kept' | 'dropped', CoreferenceCounts>>>>
}

/** Compares mentions and their clusters. Persons only: gold mentions of another entity type are left out. */
export function compareMentions({ text, mentions = [] }: Gold, prediction: Prediction): MentionComparison {
  const gold = mentions.filter(({ entityType }) => (entityType ?? 'PER') === 'PER')
  const predicted = cleanMentions(text, prediction.mentions)
  const compare = (matching: Matching) => {
    const pairs = pairMentions(text, gold, predicted, matching)
    const ofType = (type: MentionType): Counts => {
      const hits = [...pairs.values()].filter((g) => g.mentionType === type).length
      const wrong = predicted.filter((p) => !pairs.has(p) && p.mentionType === type).length
      return countsOf(hits, hits + wrong, gold.filter((g) => g.mentionType === type).length)
    }
    const goldClusters = partitionOf(gold, (g) => `g${keyOf(g)}`)
    const predictedClusters = partitionOf(predicted, (p) => (pairs.has(p) ? `g${keyOf(pairs.get(p)!)}` : `p${keyOf(p)}`))
    return {
      mentions: {
        all: countsOf(pairs.size, predicted.length, gold.length),
        PROP: ofType('PROP'),
        NOM: ofType('NOM'),
        PRON: ofType('PRON'),
      },
      coreference: {
        kept: coreferenceCounts(goldClusters, predictedClusters),
        dropped: coreferenceCounts(withoutSingletons(goldClusters), withoutSingletons(predictedClusters)),
      },
    }
  }
  const exact = compare('exact')
  const head = compare('head')
  return {
    mentions: { exact: exact.mentions, head: head.mentions },
    coreference: { exact: exact.coreference, head: head.coreference },
  }
}

function partitionOf<M extends { cluster: string }>(mentions: readonly M[], key: (mention: M) => string): Partition {
  return [...groupBy(mentions, ({ cluster }) => cluster).values()].map((cluster) => cluster.map(key))
}
