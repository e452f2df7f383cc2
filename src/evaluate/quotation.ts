/** Quotations: spans found, and whom each is given to. */
import { firstEndingAfter } from '../span.js'
import type { Span } from '../types.js'
import { bestAssignment } from './assignment.js'
import { bCubed } from './coreference.js'
import { addTo, type Counts, countsOf, groupBy, type Tally } from './counts.js'
import type { Gold, Prediction } from './gold.js'
import { cleanMentions, pairMentions } from './mention.js'
import { clusterNames, type Evidence, nameEvidence } from './name.js'

const LEADING_MARKS = /^(?:[\s"“”„«»‘’'`_*]|--|[—–―-])+/u
const TRAILING_MARKS = /[\s"“”„«»‘’'`_*]+$/u
/** What speech decides when two clusters have the same evidence: below any real difference. */
const TALK_TIE = 1e-6
const LARGEST_TALK_TIE = 0.49

/** The span without its quotation marks, white space, emphasis marks and dialogue dash: conventions on these differ. */
export function innerSpan(text: string, { start, end }: Span): Span {
  const words = text.slice(start, end)
  const before = LEADING_MARKS.exec(words)?.[0].length ?? 0
  const after = TRAILING_MARKS.exec(words.slice(before))?.[0].length ?? 0
  return start + before < end - after ? { start: start + before, end: end - after } : { start, end }
}

export interface QuotationComparison {
  /** The same words between the marks. */
  readonly exact: Counts
  /** Any overlap. */
  readonly overlap: Counts
  /** Speakers over all gold quotations that have one; a predicted cluster may stand for the same person as another. */
  readonly speakers: Tally
  /** Of these, by the gold's type (explicit, anaphoric, implicit), where it states one. */
  readonly speakersByType: Readonly<Record<string, Tally>>
  /** Each person may be matched by one predicted cluster only: splitting a character costs. */
  readonly speakersOneToOne: Tally
  /** B³ over quotations clustered by speaker: does not care who is who. */
  readonly speakersB3: Counts
}

/** Compares speech. Predicted clusters are matched to gold ones by shared mentions where the gold has mentions, else by names. */
export function compareQuotations(gold: Gold, prediction: Prediction): QuotationComparison {
  const { text } = gold
  const predicted = prediction.quotes
    .filter(({ start, end }) => start >= 0 && start < end && end <= text.length)
    .map((quotation) => ({ ...innerSpan(text, quotation), speaker: quotation.speaker }))
    .sort((a, b) => a.start - b.start)
  const goldQuotations = (gold.quotes ?? []).map((quotation) => ({
    ...innerSpan(text, quotation),
    group: quotation.quoteId ?? quotation.id ?? `${quotation.start}`,
    type: quotation.type ?? null,
    speaker: (quotation.speakerCluster === undefined ? quotation.speaker : quotation.speakerCluster) ?? null,
  }))
  const spanKey = ({ start, end }: Span) => `${start}-${end}`
  const goldSpans = new Set(goldQuotations.map(spanKey))
  const predictedSpans = new Set(predicted.map(spanKey))
  const same = [...goldSpans].filter((key) => predictedSpans.has(key)).length

  // Of each gold quotation, the characters shared with each predicted speaker.
  const overlapping = overlapFinder(predicted)
  const touched = new Set<Span>()
  let overlapped = 0
  const attributed = new Map<string, { speaker: string | null; type: string | null; shared: Map<string | null, number> }>()
  for (const quotation of goldQuotations) {
    const entry = attributed.get(quotation.group) ?? { speaker: quotation.speaker, type: quotation.type, shared: new Map() }
    attributed.set(quotation.group, entry)
    const hits = overlapping(quotation)
    if (hits.length) overlapped++
    for (const { item, shared } of hits) {
      touched.add(item)
      addTo(entry.shared, item.speaker, shared)
    }
  }

  const { manyToOne, oneToOne } = matchSpeakers(gold, prediction, predicted)
  const answers = [...attributed].flatMap(([group, { speaker, type, shared }]) => {
    if (speaker === null) return []
    const best = [...shared].sort((a, b) => b[1] - a[1])[0]
    const answer = best ? best[0] : null
    return [{ group, speaker, type, answer }]
  })
  const tally = (list: typeof answers, mapping: ReadonlyMap<string, string>): Tally => ({
    right: list.filter(({ answer, speaker }) => answer !== null && mapping.get(answer) === speaker).length,
    of: list.length,
  })
  const byType = groupBy(
    answers.filter(({ type }) => type !== null),
    ({ type }) => type!,
  )
  const clustersBy = (keyOf: (answer: (typeof answers)[number]) => string) =>
    [...groupBy(answers, keyOf).values()].map((list) => list.map(({ group }) => group))
  return {
    exact: countsOf(same, predictedSpans.size, goldSpans.size),
    overlap: { right: touched.size, predicted: predicted.length, found: overlapped, gold: goldQuotations.length },
    speakers: tally(answers, manyToOne),
    speakersByType: Object.fromEntries([...byType].map(([type, list]) => [type, tally(list, manyToOne)])),
    speakersOneToOne: tally(answers, oneToOne),
    speakersB3: bCubed(
      clustersBy(({ speaker }) => speaker),
      clustersBy(({ answer, group }) => (answer === null ? `unanswered ${group}` : `cluster ${answer}`)),
    ),
  }
}

/** Finds the items that overlap a span, with the number of characters shared. `items` are sorted by start. */
function overlapFinder<T extends Span>(items: readonly T[]): (span: Span) => { item: T; shared: number }[] {
  // Running maximum of the ends, itself sorted, so that the first item that can reach a span is found by bisection.
  let furthest = 0
  const reach = items.map(({ start, end }) => {
    furthest = Math.max(furthest, end)
    return { start, end: furthest }
  })
  return ({ start, end }) => {
    const out: { item: T; shared: number }[] = []
    for (let i = firstEndingAfter(reach, start); i < items.length && items[i]!.start < end; i++) {
      const item = items[i]!
      const shared = Math.min(end, item.end) - Math.max(start, item.start)
      if (shared > 0) out.push({ item, shared })
    }
    // The last first: where two quotations share as much, the later one answers.
    return out.reverse()
  }
}

interface SpeakerMatch {
  readonly manyToOne: ReadonlyMap<string, string>
  readonly oneToOne: ReadonlyMap<string, string>
}

function matchSpeakers(gold: Gold, prediction: Prediction, spoken: readonly { speaker: string | null }[]): SpeakerMatch {
  const turns = new Map<string, number>()
  for (const { speaker } of spoken) if (speaker !== null) addTo(turns, speaker)
  const names = clusterNames(gold.text, prediction)
  for (const cluster of turns.keys()) if (!names.has(cluster)) names.set(cluster, [])
  const { evidence, order } = gold.mentions
    ? mentionEvidence(gold, prediction, turns, names)
    : castEvidence(gold, prediction, names)
  const rank = new Map(order.map((id, index) => [id, index]))
  const rankOf = (id: string) => rank.get(id) ?? Number.MAX_SAFE_INTEGER
  const manyToOne = new Map<string, string>()
  const weights = new Map<string, Map<string, number>>()
  for (const [cluster, list] of evidence) {
    const best = [...list].sort((a, b) => b[1] - a[1] || rankOf(a[0]) - rankOf(b[0]))[0]
    if (!best) continue
    manyToOne.set(cluster, best[0])
    const tie = Math.min(LARGEST_TALK_TIE, (turns.get(cluster) ?? 0) * TALK_TIE)
    weights.set(cluster, new Map([...list].map(([id, weight]) => [id, weight + tie])))
  }
  return { manyToOne, oneToOne: bestAssignment(weights).pairs }
}

/** By shared mentions (paired by head, all entity types); by names only for clusters that share none. */
function mentionEvidence(
  { text, mentions = [] }: Gold,
  prediction: Prediction,
  turns: ReadonlyMap<string, number>,
  names: ReadonlyMap<string, readonly { name: string; count: number }[]>,
): { evidence: Evidence; order: string[] } {
  const evidence: Evidence = new Map([...turns.keys()].map((cluster) => [cluster, new Map()]))
  for (const [p, g] of pairMentions(text, mentions, cleanMentions(text, prediction.mentions), 'head')) {
    const list = evidence.get(p.cluster) ?? new Map<string, number>()
    evidence.set(p.cluster, list)
    addTo(list, g.cluster)
  }
  const forms = groupBy(
    mentions.filter(({ mentionType }) => mentionType !== 'PRON'),
    ({ cluster }) => cluster,
  )
  const cast = [...forms].map(([id, list]) => {
    const aliases = list.map(({ start, end }) => text.slice(start, end))
    return { id, name: aliases[0]!, aliases }
  })
  const unmatched = new Map([...names].filter(([cluster]) => !evidence.get(cluster)?.size))
  for (const [cluster, list] of nameEvidence(cast, unmatched)) evidence.set(cluster, list)
  const sizes = new Map<string, number>()
  for (const { cluster } of mentions) addTo(sizes, cluster)
  return { evidence, order: [...sizes].sort((a, b) => b[1] - a[1]).map(([id]) => id) }
}

const PROMINENCE: Readonly<Record<string, number>> = { major: 0, intermediate: 1, minor: 2 }

function castEvidence(
  { characters = [], narrator = null }: Gold,
  { clusters }: Prediction,
  names: ReadonlyMap<string, readonly { name: string; count: number }[]>,
): { evidence: Evidence; order: string[] } {
  const narrators = new Set(clusters.filter((cluster) => cluster.narrator).map(({ id }) => id))
  const prominence = ({ category }: { category?: string }) => PROMINENCE[category ?? ''] ?? 3
  const order = [...characters].sort((a, b) => prominence(a) - prominence(b)).map(({ id }) => id)
  return { evidence: nameEvidence(characters, names, narrators, narrator), order }
}
