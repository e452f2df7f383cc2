/** The dialogue as the text alone gives it: all that the speaker rules read before anyone knows who is who. */
import type { MentionSpan, QuotationLayer, TextLayer } from '../layers.js'
import { type Reading, readStory } from './subject.js'
import { type Passage, readPassages } from './turn.js'
import { type Addresses, readAddresses } from './vocative.js'

/** Made once per story; the draft of the speakers and the final word share it. */
export interface Dialogue {
  readonly reading: Reading
  readonly speeches: readonly Passage[]
  readonly thoughts: readonly Passage[]
  readonly addresses: Addresses
}

export function readDialogue({
  text,
  quotations,
  mentions,
}: {
  text: TextLayer
  quotations: QuotationLayer
  mentions: readonly MentionSpan[]
}): Dialogue {
  const reading = readStory(text, quotations, mentions)
  return {
    reading,
    speeches: readPassages(reading, 'speech'),
    thoughts: readPassages(reading, 'thought'),
    addresses: readAddresses(reading),
  }
}
