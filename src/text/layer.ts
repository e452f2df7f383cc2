/** The text layer: paragraphs with their kinds, chapters, typed breaks, tokens and sentences. */
import type { TextLayer } from '../layers.js'
import type { Chapter, Paragraph } from '../types.js'
import { classifyBlocks } from './marker.js'
import { splitBlocks } from './paragraph.js'
import { splitSentences } from './sentence.js'
import { tokenize } from './token.js'

/** Reads a text into units. Given chapters or paragraphs are taken as they are. Linear. */
export function readText(
  text: string,
  given: { readonly chapters?: readonly Chapter[]; readonly paragraphs?: readonly Paragraph[] } = {},
): TextLayer {
  const { paragraphs, chapters, breaks } = classifyBlocks(text, splitBlocks(text), given)
  const { tokens, firstToken } = tokenize(text, paragraphs)
  const sentences = splitSentences(text, tokens, firstToken)
  return { text, tokens, paragraphs, firstToken, chapters, breaks, sentences }
}
