/** One document, and many: every layer the gold has, compared and summed. */
import { type CharacterComparison, compareCharacters } from './character.js'
import type { CoreferenceCounts } from './coreference.js'
import { accuracyOf, type Counts, confusionOf, meanOf, type Score, scoreOf, sumCounts, sumTallies, type Tally } from './counts.js'
import type { Gold, Prediction } from './gold.js'
import { compareMentions, type Matching, type MentionComparison, type MentionCounts } from './mention.js'
import { compareQuotations, type QuotationComparison } from './quotation.js'
import {
  type BoundaryComparison,
  type BreakView,
  breakViews,
  compareBoundaries,
  compareKinds,
  type KindComparison,
} from './scene.js'
import { compareViewpoints, type ViewpointComparison, type ViewpointField, viewpointFields } from './viewpoint.js'

/** The comparison of one document; `null` for layers its gold lacks. */
export interface DocumentComparison {
  readonly id: string
  readonly mentions: MentionComparison | null
  readonly characters: CharacterComparison | null
  readonly quotations: QuotationComparison | null
  readonly boundaries: Readonly<Record<BreakView, BoundaryComparison>> | null
  readonly kinds: KindComparison | null
  readonly viewpoints: ViewpointComparison | null
}

/** Compares a prediction with the gold of one document, layer by layer. */
export function compareDocument(gold: Gold, prediction: Prediction): DocumentComparison {
  return {
    id: gold.id,
    mentions: gold.mentions ? compareMentions(gold, prediction) : null,
    characters: gold.mentions ? compareCharacters(gold, prediction) : null,
    quotations: gold.quotes ? compareQuotations(gold, prediction) : null,
    boundaries: gold.breaks ? compareBoundaries(gold, prediction) : null,
    kinds: gold.scenes ? compareKinds(gold, prediction) : null,
    viewpoints: gold.segments ? compareViewpoints(gold, prediction) : null,
  }
}

export interface CoreferenceScores {
  readonly muc: Score
  readonly b3: Score
  readonly ceaf: Score
  readonly lea: Score
  /** Mean F1 of MUC, B³ and CEAF-φ₄. */
  readonly conll: number
}

/** Scores of a set of documents. Shares in [0, 1]; `null` for layers no gold has. */
export interface Summary {
  readonly documents: number
  readonly mentions: Readonly<Record<Matching, Readonly<Record<'all' | 'PROP' | 'NOM' | 'PRON', Score>>>> | null
  readonly coreference: Readonly<Record<Matching, Readonly<Record<'kept' | 'dropped', CoreferenceScores>>>> | null
  readonly characters: Readonly<Record<keyof CharacterComparison, number | null>> | null
  readonly quotations: {
    readonly exact: Score
    readonly overlap: Score
    readonly speakers: number | null
    readonly speakersByType: Readonly<Record<string, number | null>>
    readonly speakersOneToOne: number | null
    readonly speakersB3: Score
  } | null
  /** Precision, recall and F1 are pooled; window and ranking measures are means over the documents that have a break of the view. */
  readonly boundaries: Readonly<
    Record<
      BreakView,
      {
        readonly gold: number
        readonly exact: Score
        readonly within1: Score
        readonly pk: number | null
        readonly windowDiff: number | null
        readonly averagePrecision: number | null
        readonly recallAtK: number | null
      }
    >
  > | null
  readonly kinds: { readonly accuracy: number | null; readonly confusion: KindComparison['confusion'] } | null
  readonly viewpoints: {
    readonly segments: Readonly<Record<ViewpointField, number | null>>
    readonly chapters: Readonly<Record<ViewpointField, number | null>>
    readonly shifts: Readonly<Record<'within0' | 'within1' | 'within3', Score>>
    /** Mean over the documents with a shift of their own F1 within one paragraph. */
    readonly shiftsMean: number | null
  } | null
}

const matchings = ['exact', 'head'] as const
const mentionTypes = ['all', 'PROP', 'NOM', 'PRON'] as const

function record<K extends string, V>(keys: readonly K[], pick: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, pick(key)])) as Record<K, V>
}

/** Micro-averaged scores of a set of compared documents. */
export function summarise(list: readonly DocumentComparison[]): Summary {
  const mentions = list.flatMap((document) => document.mentions ?? [])
  const characters = list.flatMap((document) => document.characters ?? [])
  const quotations = list.flatMap((document) => document.quotations ?? [])
  const boundaries = list.flatMap((document) => document.boundaries ?? [])
  const kinds = list.flatMap((document) => document.kinds ?? [])
  const viewpoints = list.flatMap((document) => document.viewpoints ?? [])
  return {
    documents: list.length,
    mentions: mentions.length
      ? record(matchings, (matching) => mentionScores(mentions.map((each) => each.mentions[matching])))
      : null,
    coreference: mentions.length
      ? record(matchings, (matching) =>
          record(['kept', 'dropped'] as const, (singletons) =>
            coreferenceScores(mentions.map((each) => each.coreference[matching][singletons])),
          ),
        )
      : null,
    characters: characters.length
      ? record(['whole', 'names', 'epithets'] as const, (share) => accuracy(characters.map((each) => each[share])))
      : null,
    quotations: quotations.some(({ overlap }) => overlap.gold > 0) ? quotationScores(quotations) : null,
    boundaries: boundaries.length
      ? record(Object.keys(breakViews) as BreakView[], (view) => boundaryScores(boundaries.map((each) => each[view])))
      : null,
    kinds: kinds.length ? kindScores(kinds) : null,
    viewpoints: viewpoints.length ? viewpointScores(viewpoints) : null,
  }
}

const pooled = (list: readonly Counts[]): Score => scoreOf(sumCounts(list))
const accuracy = (list: readonly Tally[]): number | null => accuracyOf(sumTallies(list))

function mentionScores(list: readonly MentionCounts[]): Record<(typeof mentionTypes)[number], Score> {
  return record(mentionTypes, (type) => pooled(list.map((counts) => counts[type])))
}

function coreferenceScores(list: readonly CoreferenceCounts[]): CoreferenceScores {
  const scores = record(['muc', 'b3', 'ceaf', 'lea'] as const, (measure) => pooled(list.map((counts) => counts[measure])))
  return { ...scores, conll: (scores.muc.f1 + scores.b3.f1 + scores.ceaf.f1) / 3 }
}

function quotationScores(list: readonly QuotationComparison[]): Summary['quotations'] {
  const types = [...new Set(list.flatMap(({ speakersByType }) => Object.keys(speakersByType)))].sort()
  return {
    exact: pooled(list.map(({ exact }) => exact)),
    overlap: pooled(list.map(({ overlap }) => overlap)),
    speakers: accuracy(list.map(({ speakers }) => speakers)),
    speakersByType: record(types, (type) => accuracy(list.flatMap(({ speakersByType }) => speakersByType[type] ?? []))),
    speakersOneToOne: accuracy(list.map(({ speakersOneToOne }) => speakersOneToOne)),
    speakersB3: pooled(list.map(({ speakersB3 }) => speakersB3)),
  }
}

function boundaryScores(all: readonly BoundaryComparison[]): NonNullable<Summary['boundaries']>[BreakView] {
  const list = all.filter(({ exact }) => exact.gold > 0)
  const mean = (pick: (comparison: BoundaryComparison) => number | null) =>
    meanOf(list.flatMap((comparison) => pick(comparison) ?? []))
  return {
    gold: sumCounts(list.map(({ exact }) => exact)).gold,
    exact: pooled(list.map(({ exact }) => exact)),
    within1: pooled(list.map(({ within1 }) => within1)),
    pk: mean(({ pk }) => pk),
    windowDiff: mean(({ windowDiff }) => windowDiff),
    averagePrecision: mean(({ averagePrecision }) => averagePrecision),
    recallAtK: mean(({ recallAtK }) => recallAtK),
  }
}

function kindScores(list: readonly KindComparison[]): Summary['kinds'] {
  const entries = list.flatMap(({ confusion }) =>
    Object.entries(confusion).flatMap(([gold, row]) =>
      Object.entries(row).map(([predicted, count]) => [gold, predicted, count] as const),
    ),
  )
  return { accuracy: accuracy(list.map(({ right }) => right)), confusion: confusionOf(entries) }
}

function viewpointScores(list: readonly ViewpointComparison[]): Summary['viewpoints'] {
  const shifting = list.filter(({ shifts }) => shifts.within0.gold > 0)
  return {
    segments: record(viewpointFields, (field) => accuracy(list.map(({ segments }) => segments[field]))),
    chapters: record(viewpointFields, (field) => accuracy(list.map(({ chapters }) => chapters[field]))),
    shifts: record(['within0', 'within1', 'within3'] as const, (within) => pooled(list.map(({ shifts }) => shifts[within]))),
    shiftsMean: meanOf(shifting.map(({ shifts }) => scoreOf(shifts.within1).f1)),
  }
}
