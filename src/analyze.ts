/** The pipeline: the only file that knows the order of the stages. */
import { readCharacters, resolveCoreference } from './character/coreference.js'
import { findMentions } from './character/mention.js'
import { diagnose } from './diagnose.js'
import {
  checkGiven,
  givenBoundaries,
  givenCoreference,
  givenMentions,
  givenQuotations,
  givenSpeakers,
  givenViewpoints,
} from './given.js'
import type { CoreferenceLayer, SpeakerLayer, ViewpointLayer } from './layers.js'
import { publish } from './publish.js'
import { detectQuotations } from './quotation/detect.js'
import { readDialogue } from './quotation/dialogue.js'
import { attributeSpeakers } from './quotation/speaker.js'
import { findBoundaries } from './scene/boundary.js'
import { readText } from './text/layer.js'
import type { AnalyzeOptions, Story } from './types.js'
import { findViewpoints } from './viewpoint/segment.js'
import { readTelling } from './viewpoint/telling.js'

/**
 * Reads a story as a narrative. Pure, synchronous and deterministic; less than a second per 100,000 words, linear.
 *
 * @throws {TypeError} when `text` is not a string or an option has the wrong form. No text throws.
 */
export function analyze(text: string, options: AnalyzeOptions = {}): Story {
  if (typeof text !== 'string') throw new TypeError(`analyze: expected \`text\` to be a string, got ${describe(text)}`)
  const { given = {}, onProgress = () => {} } = options
  checkOptions(options)
  checkGiven(text, given)
  const layer = readText(text, given)
  onProgress({ stage: 'text', done: 0.3 })
  const quotations = given.quotations ? givenQuotations(layer, given) : detectQuotations(layer)
  const telling = readTelling({ text: layer, quotations })
  const mentions = given.mentions
    ? givenMentions(layer, given)
    : findMentions({ text: layer, quotations, cast: options.cast ?? [] })
  onProgress({ stage: 'mentions', done: 0.5 })

  const read = { text: layer, quotations, mentions, person: telling }
  const reading = given.mentions ? null : readCharacters({ ...read, options })
  const whoIsWho = (
    known: Pick<Parameters<typeof resolveCoreference>[0], 'speakers' | 'viewpoints' | 'draft'>,
  ): CoreferenceLayer =>
    reading === null ? givenCoreference(text, given) : resolveCoreference({ ...read, ...known, reading, options })
  const dialogue = given.quotations ? null : readDialogue(read)
  const whoSpeaks = (coreference: CoreferenceLayer, draft: boolean): SpeakerLayer =>
    dialogue === null
      ? givenSpeakers(given)
      : attributeSpeakers({ dialogue, coreference, person: telling, listed: options.cast ?? [], draft })

  // Speakers need to know who is who, and who is who needs to know who says "I": a draft first, then the final word.
  const draft = whoIsWho({ speakers: null, viewpoints: null })
  const draftSpeakers = whoSpeaks(draft, true)
  const boundaries = given.scenes
    ? givenBoundaries(layer, given)
    : findBoundaries({ text: layer, quotations, mentions, coreference: draft, sensitivity: options.sensitivity ?? 1 })
  const whoSees = (coreference: CoreferenceLayer, speakers: SpeakerLayer): ViewpointLayer =>
    given.viewpoints
      ? givenViewpoints(layer, given)
      : findViewpoints({ text: layer, quotations, mentions, telling, coreference, speakers })
  const draftViewpoints = whoSees(draft, draftSpeakers)
  onProgress({ stage: 'draft', done: 0.75 })

  const coreference = whoIsWho({ speakers: draftSpeakers, viewpoints: draftViewpoints, draft })
  const speakers = whoSpeaks(coreference, false)
  const viewpoints = whoSees(coreference, speakers)
  const diagnostics = [...diagnose(layer, quotations), ...(coreference.diagnostics ?? [])]
  const story = publish({ layer, quotations, mentions, coreference, speakers, boundaries, viewpoints, diagnostics, options })
  onProgress({ stage: 'story', done: 1 })
  return story
}

/** The options whose mistakes would otherwise show only as a strange result. */
function checkOptions({ cast, merge, split, rename, sensitivity }: AnalyzeOptions): void {
  const check = (name: string, value: unknown, right: boolean, expected: string): void => {
    if (value !== undefined && !right)
      throw new TypeError(`analyze: expected option \`${name}\` to be ${expected}, got ${describe(value)}`)
  }
  const areNames = (list: unknown): boolean => Array.isArray(list) && list.every((name) => typeof name === 'string')
  check(
    'cast',
    cast,
    Array.isArray(cast) &&
      cast.every((entry) => typeof entry?.name === 'string' && (entry.aliases === undefined || areNames(entry.aliases))),
    'a list of { name, aliases?, pronouns? }',
  )
  check('merge', merge, Array.isArray(merge) && merge.every(areNames), 'a list of lists of names')
  check('split', split, areNames(split), 'a list of names')
  check(
    'rename',
    rename,
    typeof rename === 'object' && rename !== null && Object.values(rename).every((name) => typeof name === 'string'),
    'an object from old names to new',
  )
  check(
    'sensitivity',
    sensitivity,
    typeof sensitivity === 'number' && sensitivity >= 0 && sensitivity <= 4,
    'a number from 0 to 4',
  )
}

const describe = (value: unknown): string => {
  if (value === null || value === undefined) return `\`${value}\``
  return `\`${typeof value === 'object' ? JSON.stringify(value) : String(value)}\` (${typeof value})`
}
