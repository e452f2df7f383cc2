import type {
  Cluster,
  CoreferenceLayer,
  Gender,
  MentionSpan,
  PersonLayer,
  QuotationLayer,
  SpeakerLayer,
  TextLayer,
  ViewpointLayer,
} from '../layers.js'
import type { AnalyzeOptions } from '../types.js'
import { type AliasLayer, clusterAliases } from './alias.js'
import { type Attributes, Kind, readAttributes } from './attribute.js'
import { joinCalled } from './called.js'
import { kindOf } from './character.js'
import { confidenceGroupOf, confidenceOf } from './confidence.js'
import { type LinkInput, linkMentions } from './link.js'
import type { NamedPerson } from './name.js'
import { nameCluster } from './naming.js'
import { findNarrators, personOfCluster } from './narrator.js'
import { findPossibleAliases } from './possible.js'
import { Sex } from './pronoun.js'
import { linkScorer, type Scorer } from './scorer.js'
import { readTalk, type TalkCues } from './talk.js'

/** What the mentions say before anyone knows whose they are: the same in both rounds. */
export interface CharacterReading {
  readonly attributes: Attributes
  readonly aliases: AliasLayer
  /** Tags, beats and turns as the text shows them. */
  readonly talk: TalkCues
}

export interface CoreferenceInput {
  readonly text: TextLayer
  readonly quotations: QuotationLayer
  readonly mentions: readonly MentionSpan[]
  readonly person: PersonLayer
  /** Known from an earlier round; `null` in the first. */
  readonly speakers: SpeakerLayer | null
  readonly viewpoints: ViewpointLayer | null
  /** The earlier round's clusters, to which `speakers` and `viewpoints` refer; `null` in the first. */
  readonly draft?: CoreferenceLayer | null
  /** From `readCharacters`, so that two rounds read only once. */
  readonly reading?: CharacterReading
  readonly options: Pick<AnalyzeOptions, 'cast' | 'merge' | 'split'>
}

/** Reads what both rounds of `resolveCoreference` need. */
export function readCharacters({
  text,
  quotations,
  mentions,
  options,
}: Pick<CoreferenceInput, 'text' | 'quotations' | 'mentions' | 'options'>): CharacterReading {
  const attributes = readAttributes(text, quotations, mentions)
  return {
    attributes,
    aliases: clusterAliases(text.tokens, mentions, attributes, options),
    talk: readTalk(text, quotations, mentions, attributes),
  }
}

/** Puts the mentions of one person together. Linear in the mentions. */
export function resolveCoreference(input: CoreferenceInput): CoreferenceLayer {
  const prepared = prepareLinking(input, linkScorer())
  const { entities, entityOf, certainty } = linkMentions(prepared)
  const members: number[][] = entities.map(() => [])
  for (let m = 0; m < entityOf.length; m++) members[entityOf[m]!]!.push(m)
  const kept = members.map((list, id) => ({ list, id })).filter(({ list }) => list.length > 0)
  const place = new Int32Array(entities.length)
  kept.forEach(({ id }, c) => {
    place[id] = c
  })
  const personOf = (id: number): NamedPerson | undefined => prepared.aliases.persons[entities[id]!.person]
  const isNarrator = (id: number): boolean => entities[id]!.narrator && !entities[id]!.you
  const nameOf = (id: number, list: readonly number[]): string =>
    personOf(id)?.display ??
    (entities[id]!.you ? 'you' : nameCluster(list, input.text, input.mentions, prepared.attributes, isNarrator(id)))
  const clusters: Cluster[] = kept.map(({ list, id }) => {
    const gender = personOf(id)?.pronouns ?? genderOf(list, prepared.attributes, entities[id]!)
    const kind = kindOf(list, entities[id]!.plural, prepared.attributes)
    return new NamedCluster(list, gender, kind, isNarrator(id), id, nameOf)
  })
  const clusterOf = Int32Array.from(entityOf)
  for (let m = 0; m < clusterOf.length; m++) clusterOf[m] = place[clusterOf[m]!]!
  const confidence = new Float32Array(certainty.length)
  for (let m = 0; m < confidence.length; m++) {
    const { mentions: list } = clusters[clusterOf[m]!]!
    const group = confidenceGroupOf(m, list[0] === m, prepared.narratorOf[m]! >= 0, prepared.attributes)
    confidence[m] = confidenceOf({ group, certainty: certainty[m]!, score: input.mentions[m]!.score, size: list.length })
  }
  const layer = { clusters, clusterOf, confidence }
  const { draft = null, speakers } = input
  if (draft === null || speakers === null) return layer
  const { attributes, aliases } = prepared
  const persons = draft.clusters.map((): number | undefined => undefined)
  const speakerOf = (q: number): number => {
    const cluster = speakers.speakers[q]?.speaker ?? -1
    if (cluster < 0) return -1
    persons[cluster] ??= personOfCluster(draft.clusters[cluster]!.mentions, aliases)
    return persons[cluster]
  }
  return { ...layer, diagnostics: findPossibleAliases(attributes, aliases, input.mentions, speakerOf) }
}

/** A cluster whose name is made when it is asked for: of the draft hardly one is. */
class NamedCluster implements Cluster {
  private known: string | null = null
  constructor(
    readonly mentions: readonly number[],
    readonly gender: Gender,
    readonly kind: Cluster['kind'],
    readonly narrator: boolean,
    private readonly id: number,
    private readonly nameOf: (id: number, list: readonly number[]) => string,
  ) {}

  get name(): string {
    this.known ??= this.nameOf(this.id, this.mentions)
    return this.known
  }
}

/** Everything that the first pass takes, read from the layers. */
export function prepareLinking(input: CoreferenceInput, scorer: Scorer): LinkInput {
  const { text, quotations, mentions, person, speakers, viewpoints, draft = null } = input
  const { attributes, aliases: read, talk } = input.reading ?? readCharacters(input)
  const aliases =
    draft === null || speakers === null ? read : joinCalled(attributes, read, talk, draft, speakers, input.options.split)
  const narrators = findNarrators({ attributes, aliases, viewpoints, draft, person })
  const known = { text, quotations, mentions, attributes, aliases, person, ...narrators, scorer }
  if (draft === null || speakers === null) return { ...known, talk, earlier: null }
  const speaker = Int32Array.from(speakers.speakers, ({ speaker }) => speaker)
  const addressee = Int32Array.from(speakers.speakers, ({ addressee }) => addressee)
  const tag = talk.tag.map((mention, q) => {
    const known = speakers.speakers[q]?.tagMention ?? -1
    return known >= 0 ? known : mention
  })
  return {
    ...known,
    talk: { ...talk, tag },
    earlier: { speaker, addressee, clusterOf: draft.clusterOf, focalOf: focalsOf(text.paragraphs.length, viewpoints) },
  }
}

/** Cluster of the focal character of each paragraph, -1 for none. */
function focalsOf(paragraphs: number, viewpoints: ViewpointLayer | null): Int32Array {
  const focalOf = new Int32Array(paragraphs).fill(-1)
  for (const { first, last, focal } of viewpoints?.segments ?? []) focalOf.fill(focal, first, last + 1)
  return focalOf
}

/** The pronoun set of a cluster: by its pronouns, else by its nouns and titles, else by its first name. */
function genderOf(
  list: readonly number[],
  { kind, sex, nameSex, plural }: Attributes,
  { he, she }: { he: number; she: number },
): Gender {
  const counts = new Float64Array(6)
  for (const m of list) {
    const code = sex[m] === Sex.unknown ? nameSex[m]! : sex[m]!
    if (plural[m] && code !== Sex.they) continue
    counts[code]! += kind[m] === Kind.pronoun ? 2 : sex[m] === Sex.unknown ? 0.5 : 3
  }
  counts[Sex.he]! += he * 0.01
  counts[Sex.she]! += she * 0.01
  let best: number = Sex.unknown
  for (const code of [Sex.he, Sex.she, Sex.they, Sex.it, Sex.neo])
    if (counts[code]! > (best === 0 ? 0 : counts[best]!)) best = code
  return ([null, 'he', 'she', 'they', 'it', 'neo'] as const)[best]!
}
