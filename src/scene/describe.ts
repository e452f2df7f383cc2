/** What can be said of each scene: its kind, who is there, where and when. */
import type {
  BoundaryLayer,
  CoreferenceLayer,
  MentionSpan,
  QuotationLayer,
  SpeakerLayer,
  TextLayer,
  ViewpointLayer,
} from '../layers.js'
import type { Scene, Setting } from '../types.js'
import { castOf, type Part } from './cast.js'
import { kindOf } from './kind.js'
import { findSetting } from './setting.js'
import { classifyWords } from './word-class.js'

/** The layers that scenes are described from. */
export interface Describing {
  readonly text: TextLayer
  readonly quotations: QuotationLayer
  readonly mentions: readonly MentionSpan[]
  readonly coreference: CoreferenceLayer
  readonly speakers: SpeakerLayer
  readonly boundaries: BoundaryLayer
  readonly viewpoints: ViewpointLayer
}

export interface Description {
  readonly kind: Scene['kind']
  readonly cast: readonly Part[]
  readonly setting: Setting
}

/** Describes the scene after each boundary, in order. Linear. */
export function describeScenes(layers: Describing): Description[] {
  const { text, quotations, mentions, boundaries, viewpoints } = layers
  const { paragraphs, firstToken, tokens } = text
  const classes = classifyWords(tokens)
  const person = new Uint8Array(tokens.length)
  for (const { first, last, mentionType } of mentions) if (mentionType === 'PROP') person.fill(1, first, last + 1)
  let m = 0
  let q = 0
  let v = 0
  return boundaries.boundaries.map(({ paragraph }, s, all) => {
    const last = (all[s + 1]?.paragraph ?? paragraphs.length) - 1
    const end = paragraphs[last]!.end
    const firstMention = m
    while (m < mentions.length && mentions[m]!.start < end) m++
    const firstQuotation = q
    while (q < quotations.quotations.length && quotations.quotations[q]!.start < end) q++
    while (v + 1 < viewpoints.segments.length && viewpoints.segments[v + 1]!.first <= paragraph) v++
    const insiders: number[] = []
    for (let w = v; w < viewpoints.segments.length && viewpoints.segments[w]!.first <= last; w++)
      insiders.push(viewpoints.segments[w]!.narrator, viewpoints.segments[w]!.focal)
    return {
      kind: kindOf(text, quotations, classes, paragraph, last),
      cast: castOf(layers, insiders, firstMention, m, firstQuotation, q),
      setting: findSetting(text, quotations.quotationOf, person, firstToken[paragraph]!, firstToken[last + 1]!),
    }
  })
}
