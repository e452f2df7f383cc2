/** Mentions of persons: names, noun phrases and pronouns, as maximal spans that nest and never cross. */
import type { MentionSpan, QuotationLayer, TextLayer } from '../layers.js'
import trained from '../model/mention.json' with { type: 'json' }
import type { SparseModel } from '../model/sparse.js'
import { bySpan } from '../span.js'
import type { CastEntry } from '../types.js'
import { decide, findThings, prepare } from './mention/decide.js'
import { findInserts } from './mention/insert.js'
import { findLabels } from './mention/label.js'
import { findPronouns } from './mention/pronoun.js'
import { singularNames } from './mention/singular.js'
import { isVocative } from './mention/vocative.js'
import { WordClass } from './mention/word.js'

/**
 * Finds the mentions of persons, outer before inner. Linear.
 *
 * @param input.model Weights to decide by, for measuring by cross-validation; the shipped ones by default.
 */
export function findMentions({
  text,
  quotations,
  cast,
  model = trained,
}: {
  text: TextLayer
  quotations: QuotationLayer
  cast: readonly CastEntry[]
  model?: SparseModel
}): MentionSpan[] {
  const prepared = prepare(text, quotations, cast)
  const { reading } = prepared
  const { tokens } = text
  const things = findThings(prepared, model)
  const decisions = decide(prepared, model)
  // "he who wore it" is one mention, a noun phrase.
  const heads = new Uint8Array(tokens.length)
  for (const { candidate } of decisions) heads[candidate.head] = 1
  const looksPlural = ({ candidate }: (typeof decisions)[number]): boolean =>
    (reading.bits[candidate.head]! & (WordClass.plural | WordClass.collective)) !== 0
  const isSingular = singularNames(
    tokens,
    decisions
      .filter((each) => each.candidate.name && looksPlural(each))
      .map(({ first, candidate: { head } }) => ({ first, head })),
  )
  const mentions = findPronouns(reading).filter(({ head }) => heads[head] === 0 && !things.has(head))
  for (const decision of decisions) {
    const { candidate, first, last, probability } = decision
    mentions.push({
      start: tokens.start[first]!,
      end: tokens.end[last]!,
      mentionType: candidate.name ? 'PROP' : 'NOM',
      first,
      last,
      head: candidate.head,
      score: probability,
      plural: looksPlural(decision) && !(candidate.name && isSingular({ first, head: candidate.head })),
      vocative: isVocative(reading, quotations, first, last),
    })
  }
  const inserts = findInserts(tokens).map((each) => ({
    ...each,
    vocative: isVocative(reading, quotations, each.first, each.last),
  }))
  const labels = [...inserts, ...findLabels(text, quotations)]
  const labelled = new Set(labels.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i)))
  const others =
    labels.length === 0 ? mentions : mentions.filter(({ first, last }) => !labelled.has(first) && !labelled.has(last))
  return uncrossed([...labels, ...others].sort(bySpan))
}

/** Keeps of two crossing spans the one that opens first; the same span once. */
function uncrossed(sorted: readonly MentionSpan[]): MentionSpan[] {
  const kept: MentionSpan[] = []
  const open: MentionSpan[] = []
  for (const mention of sorted) {
    while (open.length > 0 && open[open.length - 1]!.end <= mention.start) open.pop()
    const outer = open[open.length - 1]
    if (outer !== undefined && (mention.end > outer.end || (mention.start === outer.start && mention.end === outer.end))) continue
    kept.push(mention)
    open.push(mention)
  }
  return kept
}
