/** From the layers inside to the published Story: ids, order, counts. */
import { describeCharacters } from './character/character.js'
import { unnamedNarrator } from './character/naming.js'
import { characterIds } from './given.js'
import type {
  BoundaryLayer,
  CoreferenceLayer,
  MentionSpan,
  QuotationLayer,
  SpeakerLayer,
  TextLayer,
  ViewpointLayer,
} from './layers.js'
import { emptyMetadata } from './metadata.js'
import { describeScenes } from './scene/describe.js'
import { indexAt } from './span.js'
import type { AnalyzeOptions, Character, CharacterId, Diagnostic, Mention, Quotation, Scene, Story, Viewpoint } from './types.js'
import { findShifts } from './viewpoint/shift.js'

/** All that the stages made of one text. */
export interface Layers {
  readonly layer: TextLayer
  readonly quotations: QuotationLayer
  readonly mentions: readonly MentionSpan[]
  readonly coreference: CoreferenceLayer
  readonly speakers: SpeakerLayer
  readonly boundaries: BoundaryLayer
  readonly viewpoints: ViewpointLayer
  readonly diagnostics: readonly Diagnostic[]
  readonly options: AnalyzeOptions
}

/** Puts the layers together; what was given is published as it was given. */
export function publish(stages: Layers): Story {
  const layers = { ...stages, coreference: nameNarrators(stages) }
  const { layer, boundaries, diagnostics, options } = layers
  const given = options.given ?? {}
  const ids = characterIdsOf(layers)
  const quotations = given.quotations ?? publishQuotations(layers, ids)
  const viewpoints = given.viewpoints ?? publishViewpoints(layers, ids)
  const scenes = given.scenes ?? publishScenes(layers, ids)
  return {
    schemaVersion: 1,
    text: layer.text,
    metadata: { ...emptyMetadata, ...options.metadata },
    chapters: layer.chapters,
    paragraphs: layer.paragraphs,
    sentences: layer.sentences,
    quotations,
    characters: given.characters ?? publishCharacters(layers, ids, quotations),
    mentions: given.mentions ?? publishMentions(layers, ids, quotations),
    scenes,
    viewpoints,
    shifts: given.shifts ?? findShifts(viewpoints, scenes, layer.paragraphs),
    candidates: options.candidates
      ? layer.paragraphs.map(({ start }, p) => ({ offset: start, score: round(boundaries.scores[p]!) }))
      : null,
    diagnostics,
  }
}

/** A narrator whom only a header names is called by it. */
function nameNarrators({ coreference, viewpoints, mentions }: Layers): CoreferenceLayer {
  const names = new Map<number, string>()
  const isNameless = (narrator: number): boolean => {
    const cluster = coreference.clusters[narrator]
    if (cluster === undefined) return false
    // "Doctor" alone is no name.
    return cluster.name === unnamedNarrator || cluster.mentions.every((m) => mentions[m]!.mentionType !== 'PROP')
  }
  for (const { narrator, name } of viewpoints.segments)
    if (name !== null && isNameless(narrator)) names.set(narrator, name === name.toUpperCase() ? capitalised(name) : name)
  if (names.size === 0) return coreference
  return {
    ...coreference,
    clusters: coreference.clusters.map((cluster, c) => {
      const { mentions, gender, kind, narrator } = cluster
      return names.has(c) ? { mentions, gender, kind, narrator, name: names.get(c)! } : cluster
    }),
  }
}

const capitalised = (name: string): string => name.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase())

/** Probabilities are published with three decimals: more would only lengthen the JSON. */
const round = (probability: number): number => Math.round(probability * 1000) / 1000

/** The published id of every cluster that has mentions: ranked by how many, then by who comes first; or as given. */
function characterIdsOf({ coreference, options }: Layers): ReadonlyMap<number, CharacterId> {
  if (options.given?.mentions !== undefined)
    return new Map([...characterIds(options.given)].map(([id, cluster]) => [cluster, id]))
  const ranked = coreference.clusters
    .map(({ mentions }, cluster) => ({ cluster, count: mentions.length, first: mentions[0]! }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || a.first - b.first)
  return new Map(ranked.map(({ cluster }, rank) => [cluster, `c${rank}`]))
}

function publishMentions(
  { mentions, coreference, layer }: Layers,
  ids: ReadonlyMap<number, CharacterId>,
  quotations: readonly Quotation[],
): Mention[] {
  return mentions.map(({ start, end, mentionType, head }, m) => {
    const quotation = indexAt(quotations, layer.tokens.start[head]!)
    return {
      start,
      end,
      character: ids.get(coreference.clusterOf[m]!)!,
      mentionType,
      quotation: quotation < 0 ? null : quotations[quotation]!.id,
      confidence: round(coreference.confidence[m]!),
    }
  })
}

function publishQuotations({ quotations, speakers }: Layers, ids: ReadonlyMap<number, CharacterId>): Quotation[] {
  return quotations.quotations.map(({ start, end, kind }, q) => {
    const { speaker, addressee, type, cue, confidence } = speakers.speakers[q]!
    const who = ids.get(speaker) ?? null
    return {
      id: `q${q}`,
      start,
      end,
      kind,
      speaker: who,
      addressee: ids.get(addressee) ?? null,
      type: who === null ? null : type,
      cue: who === null ? null : cue,
      confidence: who === null ? 0 : round(confidence),
    }
  })
}

function publishCharacters(
  { layer, mentions, coreference, options }: Layers,
  ids: ReadonlyMap<number, CharacterId>,
  quotations: readonly Quotation[],
): Character[] {
  const quotationCounts = new Map<string | null, number>()
  for (const { speaker } of quotations) quotationCounts.set(speaker, (quotationCounts.get(speaker) ?? 0) + 1)
  const portraits = describeCharacters({ text: layer, mentions, coreference, options })
  return [...ids].map(([index, id]): Character => {
    const cluster = coreference.clusters[index]!
    const { name, kind, role, aliases, pronouns, genderEvidence } = portraits[index]!
    return {
      id,
      name,
      kind,
      role,
      aliases,
      pronouns,
      genderEvidence,
      narrator: cluster.narrator,
      mentionCount: cluster.mentions.length,
      quotationCount: quotationCounts.get(id) ?? 0,
      firstMention: mentions[cluster.mentions[0]!]!.start,
      lastMention: mentions[cluster.mentions.at(-1)!]!.start,
    }
  })
}

function publishScenes(layers: Layers, ids: ReadonlyMap<number, CharacterId>): Scene[] {
  const { layer, boundaries } = layers
  const { text, paragraphs, chapters } = layer
  if (paragraphs.length === 0) return []
  const descriptions = describeScenes({ ...layers, text: layer })
  return boundaries.boundaries.map(({ paragraph, cause, cues, score }, s, all) => {
    const opening = paragraphs[paragraph]!.start
    const chapter = Math.max(0, indexAt(chapters, opening))
    const next = all[s + 1]
    // A scene that opens a chapter takes the chapter's start, white space and all, so that the two layers fit.
    const startOf = (at: number): number => {
      const { start } = chapters[Math.max(0, indexAt(chapters, paragraphs[at]!.start))]!
      return text.slice(start, paragraphs[at]!.start).trim() === '' ? start : paragraphs[at]!.start
    }
    const { kind, cast, setting } = descriptions[s]!
    return {
      id: `s${s}`,
      start: s === 0 ? 0 : startOf(paragraph),
      end: next === undefined ? text.length : startOf(next.paragraph),
      chapter,
      kind,
      boundary: { cause, cues, score: round(score) },
      cast: cast.flatMap(({ cluster, ...part }) => (ids.has(cluster) ? [{ character: ids.get(cluster)!, ...part }] : [])),
      setting,
    }
  })
}

function publishViewpoints(
  { layer: { text, paragraphs }, viewpoints }: Layers,
  ids: ReadonlyMap<number, CharacterId>,
): Viewpoint[] {
  return viewpoints.segments.map(({ first, person, tense, form, narrator, focal, cue, confidence }, v, all) => {
    const next = all[v + 1]
    return {
      start: v === 0 ? 0 : paragraphs[first]!.start,
      end: next === undefined ? text.length : paragraphs[next.first]!.start,
      person,
      tense,
      form,
      narrator: ids.get(narrator) ?? null,
      focal: ids.get(focal) ?? null,
      cue,
      confidence: round(confidence),
    }
  })
}
