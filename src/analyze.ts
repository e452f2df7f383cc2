/** The pipeline: the only file that knows the order of the stages. */
import { resolveCoreference } from './character/coreference.js'
import { findMentions } from './character/mention.js'
import { publish } from './publish.js'
import { detectQuotations } from './quotation/detect.js'
import { attributeSpeakers } from './quotation/speaker.js'
import { findBoundaries } from './scene/boundary.js'
import { readText } from './text/layer.js'
import type { AnalyzeOptions, Story } from './types.js'
import { findPersons } from './viewpoint/person.js'
import { findViewpoints } from './viewpoint/segment.js'

/**
 * Reads a story as a narrative. Pure, synchronous and deterministic; about a quarter of a second per 100,000 words, linear.
 *
 * @throws {TypeError} when `text` is not a string or an option has the wrong form. No text throws.
 */
export function analyze(text: string, options: AnalyzeOptions = {}): Story {
  if (typeof text !== 'string') throw new TypeError(`analyze: expected \`text\` to be a string, got ${describe(text)}`)
  const { given = {}, onProgress = () => {} } = options
  const layer = readText(text, given)
  onProgress({ stage: 'text', done: 0.3 })
  const quotations = detectQuotations(layer)
  const person = findPersons({ text: layer, quotations })
  const mentions = findMentions({ text: layer, quotations, cast: options.cast ?? [] })
  onProgress({ stage: 'mentions', done: 0.5 })

  // Speakers need to know who is who, and who is who needs to know who says "I": a draft first, then the final word.
  const draft = resolveCoreference({ text: layer, quotations, mentions, person, speakers: null, viewpoints: null, options })
  const draftSpeakers = attributeSpeakers({ text: layer, quotations, mentions, coreference: draft, person })
  const boundaries = findBoundaries({
    text: layer,
    quotations,
    mentions,
    coreference: draft,
    sensitivity: options.sensitivity ?? 1,
  })
  const viewpointsOf = { text: layer, quotations, mentions, person, boundaries }
  const draftViewpoints = findViewpoints({ ...viewpointsOf, coreference: draft, speakers: draftSpeakers })
  onProgress({ stage: 'draft', done: 0.75 })

  const coreference = resolveCoreference({
    text: layer,
    quotations,
    mentions,
    person,
    speakers: draftSpeakers,
    viewpoints: draftViewpoints,
    draft,
    options,
  })
  const speakers = attributeSpeakers({ text: layer, quotations, mentions, coreference, person })
  const viewpoints = findViewpoints({ ...viewpointsOf, coreference, speakers })
  const story = publish({ layer, quotations, mentions, coreference, speakers, boundaries, viewpoints, options })
  onProgress({ stage: 'story', done: 1 })
  return story
}

const describe = (value: unknown): string => (value === null ? '`null`' : `\`${String(value)}\` (${typeof value})`)
