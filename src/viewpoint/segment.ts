import type {
  BoundaryLayer,
  CoreferenceLayer,
  MentionSpan,
  PersonLayer,
  QuotationLayer,
  SpeakerLayer,
  TextLayer,
  ViewpointLayer,
} from '../layers.js'

/** Finds viewpoints. (First version: runs of one person.) */
export function findViewpoints({
  text,
  person: { personOf },
}: {
  text: TextLayer
  quotations: QuotationLayer
  mentions: readonly MentionSpan[]
  coreference: CoreferenceLayer
  speakers: SpeakerLayer
  person: PersonLayer
  boundaries: BoundaryLayer
}): ViewpointLayer {
  const segments: ViewpointLayer['segments'][number][] = []
  for (let p = 0, first = 0; p < text.paragraphs.length; p++) {
    if (personOf[p + 1] === personOf[p]) continue
    segments.push({
      person: personOf[p] === 1 ? 'first' : personOf[p] === 2 ? 'second' : 'third',
      tense: 'past',
      form: 'narration',
      cue: null,
      confidence: 0.5,
      first,
      last: p,
      narrator: -1,
      focal: -1,
      name: null,
    })
    first = p + 1
  }
  return { segments }
}
