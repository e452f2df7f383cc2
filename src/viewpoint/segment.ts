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

/** Finds viewpoints. (First version: one.) */
export function findViewpoints({
  text,
  person,
}: {
  text: TextLayer
  quotations: QuotationLayer
  mentions: readonly MentionSpan[]
  coreference: CoreferenceLayer
  speakers: SpeakerLayer
  person: PersonLayer
  boundaries: BoundaryLayer
}): ViewpointLayer {
  const last = text.paragraphs.length - 1
  if (last < 0) return { segments: [] }
  return {
    segments: [
      {
        person: person.personOf[0] === 1 ? 'first' : 'third',
        tense: 'past',
        form: 'narration',
        cue: null,
        confidence: 0.5,
        first: 0,
        last,
        narrator: -1,
        focal: -1,
        name: null,
      },
    ],
  }
}
