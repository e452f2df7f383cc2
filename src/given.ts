/** Layers that the caller gives: checked against the text, then put into the form that the stages hand each other. */
import type {
  BoundaryLayer,
  Cluster,
  CoreferenceLayer,
  MentionSpan,
  QuotationLayer,
  QuotedSpan,
  SpeakerLayer,
  TextLayer,
  ViewpointLayer,
} from './layers.js'
import { posTags } from './layers.js'
import { firstEndingAfter, indexAt } from './span.js'
import type { CharacterId, GivenLayers, Span } from './types.js'

const nominal = new Set(['NOUN', 'PROPN', 'PRON', 'NUM'].map((tag) => posTags.indexOf(tag as 'NOUN')))

/** Throws on the first span or id of a given layer that does not fit, naming it. */
export function checkGiven(text: string, given: GivenLayers): void {
  const layers = ['chapters', 'paragraphs', 'quotations', 'mentions', 'scenes', 'viewpoints'] as const
  for (const name of layers) {
    const layer = given[name]
    if (layer === undefined) continue
    if (!Array.isArray(layer)) throw new TypeError(`analyze: expected \`given.${name}\` to be an array, got ${describe(layer)}`)
    checkSpans(text, name, layer, name === 'mentions')
    if (name === 'chapters' || name === 'scenes' || name === 'viewpoints') checkCover(text, name, layer)
  }
  if (given.characters !== undefined && given.mentions === undefined)
    throw new TypeError('analyze: `given.characters` needs `given.mentions`; names alone go into option `cast`')
  checkIds(given)
}

function checkSpans(text: string, name: string, layer: readonly Span[], mayNest: boolean): void {
  let last: Span = { start: 0, end: 0 }
  layer.forEach((span, i) => {
    const { start, end } = span
    const where = `analyze: \`given.${name}[${i}]\` (${start}–${end})`
    if (
      !Number.isInteger(start) ||
      !Number.isInteger(end) ||
      start < 0 ||
      end > text.length ||
      start > end ||
      (start === end && text.length > 0)
    )
      throw new RangeError(`${where} is no span of a text of ${text.length} code units`)
    if (mayNest ? start < last.start : start < last.end)
      throw new RangeError(`${where} comes before the end of the one before it (${last.start}–${last.end})`)
    last = span
  })
}

function checkCover(text: string, name: string, layer: readonly Span[]): void {
  layer.forEach(({ start }, i) => {
    const expected = i === 0 ? 0 : layer[i - 1]!.end
    if (start !== expected)
      throw new RangeError(
        `analyze: \`given.${name}[${i}]\` starts at ${start}; the layer must cover the text, so it has to start at ${expected}`,
      )
  })
  const end = layer.at(-1)?.end ?? 0
  if (end !== text.length)
    throw new RangeError(`analyze: \`given.${name}\` ends at ${end}; it must cover the text of ${text.length} code units`)
}

function checkIds({ characters, mentions, quotations, viewpoints }: GivenLayers): void {
  const known = characterIds({ characters, mentions } as GivenLayers)
  const check = (id: CharacterId | null, where: string): void => {
    if (id !== null && !known.has(id))
      throw new RangeError(`analyze: \`given.${where}\` names character ${describe(id)}, which no given character or mention has`)
  }
  if (characters !== undefined)
    mentions?.forEach(({ character }, i) => {
      check(character, `mentions[${i}]`)
    })
  quotations?.forEach(({ speaker, addressee }, i) => {
    check(speaker, `quotations[${i}].speaker`)
    check(addressee, `quotations[${i}].addressee`)
  })
  viewpoints?.forEach(({ narrator, focal }, i) => {
    check(narrator, `viewpoints[${i}].narrator`)
    check(focal, `viewpoints[${i}].focal`)
  })
}

/** Given character ids in order, each with its cluster index. */
export function characterIds({ characters, mentions }: GivenLayers): ReadonlyMap<CharacterId, number> {
  const ids = new Map<CharacterId, number>()
  for (const { id } of characters ?? []) ids.set(id, ids.size)
  if (characters === undefined) for (const { character } of mentions ?? []) if (!ids.has(character)) ids.set(character, ids.size)
  return ids
}

/** First token that ends after an offset. */
const tokenAt = ({ tokens }: TextLayer, offset: number): number => {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (tokens.end[middle]! > offset) high = middle
    else low = middle + 1
  }
  return low
}

export function givenMentions(layer: TextLayer, { mentions = [], characters }: GivenLayers): MentionSpan[] {
  const groups = new Set(characters?.filter(({ kind }) => kind === 'group').map(({ id }) => id))
  const spans: MentionSpan[] = []
  for (const { start, end, mentionType, character, confidence } of mentions) {
    const first = Math.min(tokenAt(layer, start), Math.max(0, layer.tokens.length - 1))
    const last = Math.max(first, Math.min(layer.tokens.length, tokenAt(layer, end - 1) + 1) - 1)
    let head = last
    // The head of "the man with the hat" stands before the first preposition.
    if (mentionType === 'NOM') {
      const stop = posTags.indexOf('ADP')
      for (let t = first + 1; t <= last; t++)
        if (layer.tokens.pos[t] === stop && nominal.has(layer.tokens.pos[t - 1]!)) {
          head = t - 1
          break
        }
    }
    spans.push({ start, end, mentionType, first, last, head, score: confidence, plural: groups.has(character), vocative: false })
  }
  return spans
}

export function givenCoreference(text: string, { mentions = [], characters, viewpoints }: GivenLayers): CoreferenceLayer {
  const ids = characterIds({ mentions, ...(characters === undefined ? {} : { characters }) })
  const clusterOf = Int32Array.from(mentions, ({ character }) => ids.get(character)!)
  const members: number[][] = Array.from({ length: ids.size }, () => [])
  for (let m = 0; m < clusterOf.length; m++) members[clusterOf[m]!]!.push(m)
  const narrators = new Set(viewpoints?.map(({ narrator }) => narrator))
  const clusters = [...ids].map(([id, index]): Cluster => {
    const character = characters?.find((c) => c.id === id)
    const named = members[index]!.find((m) => mentions[m]!.mentionType === 'PROP') ?? members[index]![0]
    const { start, end } = mentions[named ?? 0] ?? { start: 0, end: 0 }
    return {
      mentions: members[index]!,
      name: character?.name ?? text.slice(start, end),
      gender: character?.pronouns ?? null,
      kind: character?.kind ?? 'person',
      narrator: character?.narrator ?? narrators.has(id),
    }
  })
  return { clusters, clusterOf, confidence: Float32Array.from(mentions, ({ confidence }) => confidence) }
}

export function givenQuotations({ tokens, paragraphs }: TextLayer, { quotations = [] }: GivenLayers): QuotationLayer {
  const spans = quotations.map(({ start, end, kind }): QuotedSpan => {
    const paragraph = Math.max(0, firstEndingAfter(paragraphs, start))
    return {
      start,
      end,
      kind,
      continues: false,
      paragraph: Math.min(paragraph, paragraphs.length - 1),
      label: null,
      silent: kind === 'thought',
    }
  })
  const quotationOf = Int32Array.from(tokens.start, (start) => indexAt(spans, start))
  return { quotations: spans, quotationOf }
}

export function givenSpeakers({ quotations = [], ...given }: GivenLayers): SpeakerLayer {
  const ids = characterIds(given)
  const cluster = (id: CharacterId | null): number => (id === null ? -1 : (ids.get(id) ?? -1))
  return {
    speakers: quotations.map(({ speaker, addressee, type, cue, confidence }) => ({
      speaker: cluster(speaker),
      addressee: cluster(addressee),
      type,
      cue,
      confidence,
      tagMention: -1,
    })),
  }
}

/** The paragraph that opens at or after an offset; the last one when none does. */
const paragraphFrom = ({ paragraphs }: TextLayer, offset: number): number =>
  Math.min(firstEndingAfter(paragraphs, offset), Math.max(0, paragraphs.length - 1))

export function givenBoundaries(layer: TextLayer, { scenes = [] }: GivenLayers): BoundaryLayer {
  const scores = new Float32Array(layer.paragraphs.length)
  const boundaries = scenes.map(({ start, boundary }) => ({ paragraph: paragraphFrom(layer, start), ...boundary }))
  for (const { paragraph, score } of boundaries) scores[paragraph] = score
  return { boundaries, scores }
}

export function givenViewpoints(layer: TextLayer, { viewpoints = [], ...given }: GivenLayers): ViewpointLayer {
  const ids = characterIds(given)
  const cluster = (id: CharacterId | null): number => (id === null ? -1 : (ids.get(id) ?? -1))
  return {
    segments: viewpoints.map(({ start, end, person, tense, form, cue, confidence, narrator, focal }) => ({
      person,
      tense,
      form,
      cue,
      confidence,
      name: null,
      first: paragraphFrom(layer, start),
      last: Math.max(paragraphFrom(layer, start), paragraphFrom(layer, end) - (end < layer.text.length ? 1 : 0)),
      narrator: cluster(narrator),
      focal: cluster(focal),
    })),
  }
}

const describe = (value: unknown): string => `\`${JSON.stringify(value) ?? String(value)}\``
