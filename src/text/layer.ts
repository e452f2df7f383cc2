/** The text layer: paragraphs with their kinds, chapters, typed breaks, tokens and sentences. */
import type { TextLayer } from '../layers.js'
import type { Chapter, Paragraph } from '../types.js'
import { splitChapters } from './chapter.js'
import { classifyBlocks } from './marker.js'
import { type Block, splitBlocks } from './paragraph.js'
import { splitSentences } from './sentence.js'
import { tokenize } from './token.js'

/** Reads a text into units. Given chapters or paragraphs are taken as they are. Linear. */
export function readText(
  text: string,
  given: { readonly chapters?: readonly Chapter[]; readonly paragraphs?: readonly Paragraph[] } = {},
): TextLayer {
  const blocks = given.paragraphs === undefined ? splitBlocks(text).blocks : blocksOf(text, given.paragraphs)
  const marked = classifyBlocks(text, blocks, given.paragraphs)
  const chapters = given.chapters ?? splitChapters(text, marked.paragraphs)
  const paragraphs = marked.paragraphs.map(({ start, end, kind }) => ({ start, end, kind }))
  const { tokens, firstToken } = tokenize(text, paragraphs)
  const sentences = splitSentences(text, tokens, firstToken)
  return { text, tokens, paragraphs, firstToken, chapters, breaks: marked.breaks, sentences }
}

/** Blank lines before each given paragraph, as the text between them shows. */
const blocksOf = (text: string, paragraphs: readonly Paragraph[]): Block[] =>
  paragraphs.map(({ start, end }, p) => {
    const between = p === 0 ? '' : text.slice(paragraphs[p - 1]!.end, start)
    return { start, end, gap: Math.max(0, (between.match(/\r\n|\n|\r/g)?.length ?? 1) - 1) }
  })
