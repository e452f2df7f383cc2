import type { CoreferenceLayer, MentionSpan, PersonLayer, QuotationLayer, SpeakerLayer, TextLayer } from '../layers.js'

/** Attributes each quotation. (First version: nobody.) */
export function attributeSpeakers({
  quotations,
}: {
  text: TextLayer
  quotations: QuotationLayer
  mentions: readonly MentionSpan[]
  coreference: CoreferenceLayer
  person: PersonLayer
}): SpeakerLayer {
  return {
    speakers: quotations.quotations.map(() => ({
      speaker: -1,
      addressee: -1,
      type: null,
      cue: null,
      confidence: 0,
      tagMention: -1,
    })),
  }
}
