/** Speaker turns: a story's quotations as a script, for charts and for reading aloud. */
import type { CharacterId, QuotationId, Span, Story } from '../types.js'

/** What one speaker says at a stretch. */
export interface SpeakerTurn extends Span {
  readonly speaker: CharacterId | null
  readonly addressee: CharacterId | null
  readonly quotations: readonly QuotationId[]
  /** Words spoken, in words. */
  readonly words: number
  /** Index of the conversation, from 0: turns with little narration between them, in one scene. */
  readonly conversation: number
  /** Index into `scenes`. */
  readonly scene: number
}

/** Paragraphs without speech after which a conversation is over. */
const longestGap = 5

/**
 * Joins quotations into turns per conversation. Successive quotations of the same speaker are one turn, whether a tag parts
 * them or a paragraph's end; thoughts and quoted words are left out. Linear.
 */
export function speakerTurns({
  text,
  paragraphs,
  quotations,
  scenes,
}: Pick<Story, 'text' | 'paragraphs' | 'quotations' | 'scenes'>): SpeakerTurn[] {
  const turns: { -readonly [K in keyof SpeakerTurn]: K extends 'quotations' ? QuotationId[] : SpeakerTurn[K] }[] = []
  let p = 0
  let scene = 0
  let lastParagraph = -1
  let conversation = -1
  for (const { id, start, end, kind, speaker, addressee } of quotations) {
    while (p + 1 < paragraphs.length && paragraphs[p]!.end <= start) p++
    const before = scene
    while (scene + 1 < scenes.length && scenes[scene]!.end <= start) scene++
    if (kind !== 'speech') continue
    const turn = turns.at(-1)
    const goesOn = turn !== undefined && scene === before && turn.scene === scene && p - lastParagraph <= longestGap + 1
    lastParagraph = p
    const words = text.slice(start, end).match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0
    if (goesOn && turn.speaker === speaker && speaker !== null) {
      turn.quotations.push(id)
      turn.end = end
      turn.words += words
      turn.addressee ??= addressee
      continue
    }
    if (!goesOn) conversation++
    turns.push({ start, end, speaker, addressee, quotations: [id], words, conversation, scene })
  }
  return turns
}
