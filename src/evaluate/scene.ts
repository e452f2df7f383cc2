/** Scenes: boundaries found, and kinds. */
import type { Span } from '../types.js'
import { matchWithin, paragraphAt, paragraphsOf, rankingOf, windowMeasures } from './boundary.js'
import { addTo, type Confusion, type Counts, confusionOf, countsOf, type Tally } from './counts.js'
import type { Gold, Prediction } from './gold.js'

/** "all" breaks; "inner" without chapters; "hr" the typed ones; "hidden" those nothing marks. A boundary at a break of another kind is left out. */
export type BreakView = 'all' | 'inner' | 'hr' | 'hidden'
export const breakViews: Readonly<Record<BreakView, (kind: string) => boolean>> = {
  all: () => true,
  inner: (kind) => kind !== 'chapter',
  hr: (kind) => kind === 'hr',
  hidden: (kind) => kind === 'hidden',
}

export interface BoundaryComparison {
  /** By paragraph, exactly and within one. */
  readonly exact: Counts
  readonly within1: Counts
  readonly pk: number
  readonly windowDiff: number
  /** Ranking measures from `candidates`, else from the scores of the scenes; `null` without gold breaks or scores. */
  readonly averagePrecision: number | null
  readonly recallAtK: number | null
}

/**
 * Compares boundaries. Paragraphs are the gold's own where it lists them (offsets in a heading, note mark or typed break then belong to
 * the paragraph after it), else the pieces between blank lines.
 */
export function compareBoundaries(gold: Gold, prediction: Prediction): Readonly<Record<BreakView, BoundaryComparison>> {
  const { text, breaks = [] } = gold
  const paragraphs: readonly Span[] =
    gold.paragraphs?.filter(({ kind }) => kind === 'prose' || kind === 'note') ?? paragraphsOf(text)
  const indexOf = (offset: number) => paragraphAt(paragraphs, offset)
  const ascending = (offsets: readonly number[]) =>
    [...new Set(offsets.map(indexOf))].filter((index) => index > 0).sort((a, b) => a - b)
  const kindAt = new Map(breaks.map(({ offset, kind }) => [indexOf(offset), kind]))
  const predicted = ascending(prediction.scenes.map(({ start }) => start))
  const ranked = (prediction.candidates ?? prediction.scenes.map(({ start, score }) => ({ offset: start, score })))
    .map(({ offset, score }) => ({ index: indexOf(offset), score }))
    .filter(({ index, score }) => index > 0 && Number.isFinite(score))
  const compare = (view: BreakView): BoundaryComparison => {
    const wanted = breakViews[view]
    const goldIndices = ascending(breaks.filter(({ kind }) => wanted(kind)).map(({ offset }) => offset))
    const isOther = (index: number) => kindAt.has(index) && !wanted(kindAt.get(index)!)
    const isWanted = (index: number) => kindAt.has(index) && wanted(kindAt.get(index)!)
    // With a tolerance, a boundary one off a break of another kind belongs to that break, unless a wanted one is as near.
    const nearOther = (index: number) =>
      (isOther(index - 1) || isOther(index + 1)) && ![index - 1, index, index + 1].some((near) => isWanted(near))
    const own = predicted.filter((index) => !isOther(index))
    const loose = own.filter((index) => !nearOther(index))
    const ranking = rankingOf(
      goldIndices,
      ranked.filter(({ index }) => !isOther(index)),
      0,
    )
    return {
      exact: countsOf(matchWithin(goldIndices, own, 0), own.length, goldIndices.length),
      within1: countsOf(matchWithin(goldIndices, loose, 1), loose.length, goldIndices.length),
      ...windowMeasures(paragraphs.length, goldIndices, own),
      averagePrecision: ranking?.averagePrecision ?? null,
      recallAtK: ranking?.recallAtK ?? null,
    }
  }
  return { all: compare('all'), inner: compare('inner'), hr: compare('hr'), hidden: compare('hidden') }
}

/** The value that covers most of a span among the values of spans beside it; `null` where none does. */
export function dominantValue<S extends Span, V>(spans: readonly S[], { start, end }: Span, pick: (span: S) => V): V | null {
  const shares = new Map<V, number>()
  for (const span of spans) {
    const shared = Math.min(end, span.end) - Math.max(start, span.start)
    if (shared > 0) addTo(shares, pick(span), shared)
  }
  let best: V | null = null
  let most = 0
  for (const [value, share] of shares)
    if (share > most) {
      best = value
      most = share
    }
  return best
}

export interface KindComparison {
  readonly right: Tally
  /** Gold kind, then predicted kind: number of gold scenes. */
  readonly confusion: Confusion
}

/** Compares the kind of every gold scene with the predicted kind that covers most of it. */
export function compareKinds({ scenes = [] }: Gold, prediction: Prediction): KindComparison {
  const pairs = scenes.map(
    (scene) => [scene.kind, dominantValue(prediction.scenes, scene, ({ kind }) => kind) ?? 'none', 1] as const,
  )
  const right = pairs.filter(([gold, predicted]) => gold === predicted).length
  return { right: { right, of: scenes.length }, confusion: confusionOf(pairs) }
}
