/** Viewpoints: who tells or sees, in which person and tense, from where to where. */
import type { CoreferenceLayer, MentionSpan, QuotationLayer, SpeakerLayer, TextLayer, ViewpointLayer } from '../layers.js'
import { tellersOf } from './aloud.js'
import { findFocals } from './focal.js'
import { NameIndex } from './naming.js'
import { findNarrators } from './narrator.js'
import { Person } from './person.js'
import type { Telling } from './telling.js'
import type { Unit } from './unit.js'

/** Of a story told to you, you are the one who sees. */
const confidenceOfYou = 0.95

type Segment = ViewpointLayer['segments'][number]

const personName = [null, 'first', 'second', 'third'] as const
const tenseName = [null, 'past', 'present'] as const

/**
 * Finds the viewpoints of a story: units between the author's own marks are told by one narrator or seen by one character each;
 * the cheapest path over them decides whom. Near-linear.
 */
export function findViewpoints({
  text,
  quotations,
  mentions,
  coreference,
  speakers,
  telling: { units, unitOf, embedded, tenses },
}: {
  text: TextLayer
  quotations: QuotationLayer
  mentions: readonly MentionSpan[]
  coreference: CoreferenceLayer
  speakers: SpeakerLayer
  telling: Telling
}): ViewpointLayer {
  if (text.paragraphs.length === 0) return { segments: [] }
  const names = new NameIndex(text, mentions, coreference)
  const shared = { text, quotations, mentions, coreference, speakers, units, unitOf, embedded, names }
  const narrators = findNarrators(shared)
  const focals = findFocals(shared)
  const tellers = tellersOf({ units, unitOf }, quotations, speakers, coreference)
  const voices = voicesOf({ text, quotations, mentions, coreference, units, unitOf })
  const segments = units.flatMap((unit, u): Segment[] => {
    const narration = narrators[u]
    const told = {
      person: unit.words === 0 && units.length === 1 ? null : personName[unit.person]!,
      tense: tenseName[tenses[u]!]!,
      form: unit.form,
    }
    const { first, last } = unit
    if (focals[u]!.length === 0)
      return [
        {
          ...told,
          ...{ first, last, focal: -1 },
          narrator: narration == null ? tellers[u]! : narration.cluster >= 0 ? narration.cluster : voices[u]!,
          name: nameUnlessBorne(narration, coreference),
          cue: unit.isAloud === true ? 'quotation' : (narration?.cue ?? null),
          confidence: narration?.confidence ?? 0.5,
        },
      ]
    if (unit.person === Person.second && voices[u]! >= 0)
      return [{ ...told, first, last, focal: voices[u]!, narrator: -1, name: null, cue: 'person', confidence: confidenceOfYou }]
    return focals[u]!.map((focal) => ({
      ...told,
      ...{ first: focal.first, last: focal.last, focal: focal.cluster, narrator: -1 },
      name: nameUnlessBorne(focal, coreference),
      cue: focal.cue,
      confidence: focal.confidence,
    }))
  })
  return { segments: mergeSegments(segments) }
}

/** The name of a narrator or focal character, unless the cluster already goes by it. */
function nameUnlessBorne(
  known: { readonly cluster: number; readonly name: string | null } | null | undefined,
  { clusters }: CoreferenceLayer,
): string | null {
  if (known == null || known.name === null) return null
  const cluster = clusters[known.cluster]
  return cluster?.name.toLowerCase().includes(known.name.toLowerCase()) ? null : known.name
}

/**
 * The cluster of whoever says "I" in the narration of each unit, or of "you" where it is told to you; where nobody is called so,
 * whoever was before, or -1.
 */
function voicesOf({
  text: { tokens },
  quotations: { quotationOf },
  mentions,
  coreference: { clusterOf },
  units,
  unitOf,
}: {
  text: TextLayer
  quotations: QuotationLayer
  mentions: readonly MentionSpan[]
  coreference: CoreferenceLayer
  units: readonly Unit[]
  unitOf: Int32Array
}): Int32Array {
  const i = tokens.wordId('i')
  const you = tokens.wordId('you')
  const votes = units.map(() => new Map<number, number>())
  for (let m = 0; m < mentions.length; m++) {
    const { head } = mentions[m]!
    const word = tokens.word[head]!
    if ((word !== i && word !== you) || quotationOf[head]! >= 0) continue
    const u = unitOf[tokens.paragraph[head]!]!
    if (word !== (units[u]!.person === Person.second ? you : i)) continue
    const vote = votes[u]!
    vote.set(clusterOf[m]!, (vote.get(clusterOf[m]!) ?? 0) + 1)
  }
  let before = -1
  return Int32Array.from(votes, (vote, u) => {
    if (vote.size === 0) return units[u]!.person === Person.first ? before : -1
    let voice = -1
    let most = 0
    for (const [cluster, count] of vote) {
      if (count <= most) continue
      most = count
      voice = cluster
    }
    before = voice
    return voice
  })
}

/** Neighbours that tell alike become one; an unknown tense joins any, and a nameless narrator no named one, whoever the draft takes both for. */
function mergeSegments(segments: readonly Segment[]): Segment[] {
  const merged: Segment[] = []
  for (const segment of segments) {
    const before = merged.at(-1)
    const alike =
      before !== undefined &&
      before.person === segment.person &&
      before.form === segment.form &&
      before.narrator === segment.narrator &&
      (before.person !== 'first' || (before.cue === null) === (segment.cue === null)) &&
      before.focal === segment.focal &&
      before.name === segment.name &&
      (before.tense === segment.tense || before.tense === null || segment.tense === null)
    if (!alike) merged.push(segment)
    else
      merged[merged.length - 1] = {
        ...before,
        last: segment.last,
        tense: before.tense ?? segment.tense,
        cue: before.confidence >= segment.confidence ? before.cue : segment.cue,
        confidence: Math.max(before.confidence, segment.confidence),
      }
  }
  return merged
}
