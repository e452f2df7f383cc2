/** From the layers inside to the published Story: ids, counts, roles, order. */
import type {
  BoundaryLayer,
  CoreferenceLayer,
  MentionSpan,
  QuotationLayer,
  SpeakerLayer,
  TextLayer,
  ViewpointLayer,
} from './layers.js'
import type { AnalyzeOptions, Character, Mention, Metadata, Quotation, Scene, Shift, Story, Viewpoint } from './types.js'

export interface Layers {
  readonly layer: TextLayer
  readonly quotations: QuotationLayer
  readonly mentions: readonly MentionSpan[]
  readonly coreference: CoreferenceLayer
  readonly speakers: SpeakerLayer
  readonly boundaries: BoundaryLayer
  readonly viewpoints: ViewpointLayer
  readonly options: AnalyzeOptions
}

export const emptyMetadata: Metadata = {
  title: null,
  author: null,
  language: null,
  source: null,
  url: null,
  fandoms: [],
  relationships: [],
  characterTags: [],
  tags: [],
  rating: null,
  warnings: [],
  summary: null,
  published: null,
  words: null,
}

export function publish({ layer, quotations, mentions, coreference, speakers, boundaries, viewpoints, options }: Layers): Story {
  const { text, paragraphs, chapters, sentences } = layer
  const order = coreference.clusters
    .map((cluster, id) => ({ cluster, id }))
    .filter(({ cluster }) => cluster.mentions.length > 0)
    .sort((a, b) => b.cluster.mentions.length - a.cluster.mentions.length || a.cluster.mentions[0]! - b.cluster.mentions[0]!)
  const idOf = new Map(order.map(({ id }, rank) => [id, `c${rank}`]))
  const characterId = (cluster: number) => (cluster < 0 ? null : (idOf.get(cluster) ?? null))
  const published: Mention[] = mentions.map(({ start, end, mentionType, head }, m) => {
    const q = quotations.quotationOf[head]!
    return {
      start,
      end,
      character: idOf.get(coreference.clusterOf[m]!)!,
      mentionType,
      quotation: q < 0 ? null : `q${q}`,
      confidence: coreference.confidence[m]!,
    }
  })
  const quoted: Quotation[] = quotations.quotations.map(({ start, end, kind }, q) => {
    const { speaker, addressee, type, cue, confidence } = speakers.speakers[q]!
    return {
      id: `q${q}`,
      start,
      end,
      kind,
      speaker: characterId(speaker),
      addressee: characterId(addressee),
      type,
      cue,
      confidence,
    }
  })
  const quotationCounts = new Map<string | null, number>()
  for (const { speaker } of quoted) quotationCounts.set(speaker, (quotationCounts.get(speaker) ?? 0) + 1)
  const characters: Character[] = order.map(({ cluster }, rank) => {
    const names = new Map<string, { text: string; type: 'name' | 'epithet'; count: number }>()
    for (const m of cluster.mentions) {
      const { start, end, mentionType } = mentions[m]!
      if (mentionType === 'PRON') continue
      const name = text.slice(start, end)
      const alias = names.get(name) ?? {
        text: name,
        type: mentionType === 'PROP' ? ('name' as const) : ('epithet' as const),
        count: 0,
      }
      alias.count++
      names.set(name, alias)
    }
    return {
      id: `c${rank}`,
      name: options.rename?.[cluster.name] ?? cluster.name,
      kind: cluster.kind,
      role: cluster.mentions.length > 2 ? (rank < 10 ? 'major' : 'minor') : 'passing',
      narrator: cluster.narrator,
      aliases: [...names.values()].sort((a, b) => b.count - a.count),
      pronouns: cluster.gender,
      genderEvidence: { he: 0, she: 0, they: 0, it: 0, neo: 0, nouns: null, firstName: null },
      mentionCount: cluster.mentions.length,
      quotationCount: quotationCounts.get(`c${rank}`) ?? 0,
      firstMention: mentions[cluster.mentions[0]!]!.start,
      lastMention: mentions[cluster.mentions.at(-1)!]!.start,
    }
  })
  const scenes: Scene[] = boundaries.boundaries.map(({ paragraph, cause, cues, score }, s, all) => {
    const start = s === 0 ? 0 : paragraphs[paragraph]!.start
    const next = all[s + 1]
    return {
      id: `s${s}`,
      start,
      end: next === undefined ? text.length : paragraphs[next.paragraph]!.start,
      chapter: Math.max(
        0,
        chapters.findIndex((c) => c.start <= paragraphs[paragraph]!.start && paragraphs[paragraph]!.start < c.end),
      ),
      kind: 'scene',
      boundary: { cause, cues, score },
      cast: [],
      setting: { times: [], places: [], place: null },
    }
  })
  const views: Viewpoint[] = viewpoints.segments.map((s, v, all) => ({
    start: v === 0 ? 0 : paragraphs[s.first]!.start,
    end: all[v + 1] === undefined ? text.length : paragraphs[all[v + 1]!.first]!.start,
    person: s.person,
    tense: s.tense,
    form: s.form,
    narrator: characterId(s.narrator),
    focal: characterId(s.focal),
    cue: s.cue,
    confidence: s.confidence,
  }))
  const shifts: Shift[] = []
  return {
    schemaVersion: 1,
    text,
    metadata: { ...emptyMetadata, ...options.metadata },
    chapters,
    paragraphs,
    sentences,
    quotations: quoted,
    characters,
    mentions: published,
    scenes,
    viewpoints: views,
    shifts,
    candidates: options.candidates ? paragraphs.map(({ start }, p) => ({ offset: start, score: boundaries.scores[p]! })) : null,
    diagnostics: [],
  }
}
