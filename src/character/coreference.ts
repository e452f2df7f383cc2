import type {
  Cluster,
  CoreferenceLayer,
  MentionSpan,
  PersonLayer,
  QuotationLayer,
  SpeakerLayer,
  TextLayer,
  ViewpointLayer,
} from '../layers.js'
import type { AnalyzeOptions } from '../types.js'

/** Puts the mentions of one person together. (First version: identical strings.) */
export function resolveCoreference({
  text: { text },
  mentions,
}: {
  text: TextLayer
  quotations: QuotationLayer
  mentions: readonly MentionSpan[]
  person: PersonLayer
  /** Known from an earlier round; `null` in the first. */
  speakers: SpeakerLayer | null
  viewpoints: ViewpointLayer | null
  options: Pick<AnalyzeOptions, 'cast' | 'merge' | 'split'>
}): CoreferenceLayer {
  const ids = new Map<string, number>()
  const clusterOf = new Int32Array(mentions.length)
  const members: number[][] = []
  mentions.forEach(({ start, end }, m) => {
    const name = text.slice(start, end).toLowerCase()
    const id = ids.get(name) ?? members.push([]) - 1
    ids.set(name, id)
    clusterOf[m] = id
    members[id]!.push(m)
  })
  const clusters: Cluster[] = members.map((list) => ({
    mentions: list,
    name: text.slice(mentions[list[0]!]!.start, mentions[list[0]!]!.end),
    gender: null,
    kind: 'person',
    narrator: false,
  }))
  return { clusters, clusterOf, confidence: new Float32Array(mentions.length).fill(0.5) }
}
