/** The text layer: paragraphs with their kinds, chapters, typed breaks, tokens and sentences. */
import type { TextLayer } from '../layers.js'
import type { Chapter, Paragraph } from '../types.js'
import { splitChapters } from './chapter.js'
import { classifyBlocks } from './marker.js'
import { type Block, splitBlocks } from './paragraph.js'
import { splitSentences } from './sentence.js'
import { tokenize } from './token.js'

/** Layers that stand as they are instead of being recognised. */
export interface GivenUnits {
  readonly chapters?: readonly Chapter[]
  readonly paragraphs?: readonly Paragraph[]
}

/** Paragraphs, chapters and typed breaks, without reading a word. Linear. */
export function readUnits(text: string, given: GivenUnits = {}): Pick<TextLayer, 'paragraphs' | 'chapters' | 'breaks'> {
  const blocks = given.paragraphs === undefined ? splitBlocks(text).blocks : blocksOf(text, given.paragraphs)
  const marked = classifyBlocks(text, blocks, given.paragraphs)
  return {
    paragraphs: marked.paragraphs.map(({ start, end, kind }) => ({ start, end, kind })),
    chapters: given.chapters ?? splitChapters(text, marked.paragraphs),
    breaks: marked.breaks,
  }
}

/** Reads a text into units. Linear. */
export function readText(text: string, given: GivenUnits = {}): TextLayer {
  const units = readUnits(text, given)
  const { tokens, firstToken } = tokenize(text, units.paragraphs)
  const sentences = splitSentences(text, tokens, firstToken)
  return { text, tokens, firstToken, sentences, ...units }
}

/** Blank lines before each given paragraph, as the text between them shows. */
const blocksOf = (text: string, paragraphs: readonly Paragraph[]): Block[] =>
  paragraphs.map(({ start, end }, p) => {
    const between = p === 0 ? '' : text.slice(paragraphs[p - 1]!.end, start)
    return { start, end, gap: Math.max(0, (between.match(/\r\n|\n|\r/g)?.length ?? 1) - 1) }
  })
