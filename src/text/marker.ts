/** What a block is: prose, a heading, a typed break or a note; and where chapters begin. */
import type { TypedBreak } from '../layers.js'
import type { Chapter, Paragraph } from '../types.js'
import type { Block, ParagraphStyle } from './paragraph.js'

const symbolLine = /^[^\p{L}\p{N}"“”'‘’«»]+$/u
const silence = /^[?!.…\s]+$/

export function classifyBlocks(
  text: string,
  { blocks }: { blocks: readonly Block[]; style: ParagraphStyle },
  given: { readonly chapters?: readonly Chapter[]; readonly paragraphs?: readonly Paragraph[] },
): { paragraphs: readonly Paragraph[]; chapters: readonly Chapter[]; breaks: TypedBreak[] } {
  const paragraphs: Paragraph[] = []
  const breaks: TypedBreak[] = []
  for (const { start, end } of blocks) {
    const line = text.slice(start, end)
    const isBreak = symbolLine.test(line) && !silence.test(line)
    if (isBreak) breaks.push({ paragraph: paragraphs.length + 1, kind: 'symbol' })
    paragraphs.push({ start, end, kind: isBreak ? 'break' : 'prose' })
  }
  const chapters = given.chapters ?? [{ start: 0, end: text.length, title: null }]
  return { paragraphs: given.paragraphs ?? paragraphs, chapters, breaks: breaks.filter((b) => b.paragraph < paragraphs.length) }
}
