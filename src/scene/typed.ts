/** The author's own scene breaks: chapters, typed marks, and the edges of notes. */
import type { TextLayer } from '../layers.js'

/** Paragraphs that the author's layout opens, and how. */
export type TypedStarts = Map<number, 'chapter' | 'marker'>

/** Titles, one in so many paragraphs at least, that divide a text which shows no other mark. */
const titleSpacing = 100

/** Collects the author's breaks. */
export function typedStarts(text: TextLayer): TypedStarts {
  const { paragraphs, chapters, breaks } = text
  const starts: TypedStarts = new Map()
  const trusted = trustsTitles(text)
  for (const { paragraph, kind } of breaks) if (trusted || kind !== 'heading') starts.set(paragraph, 'marker')
  let p = 0
  for (const { start } of chapters) {
    while (p < paragraphs.length && paragraphs[p]!.start < start) p++
    if (p < paragraphs.length) starts.set(p, 'chapter')
  }
  for (const paragraph of noteEdges(text))
    if (!starts.has(paragraph)) starts.set(paragraph, paragraphs[paragraph]!.kind === 'heading' ? 'chapter' : 'marker')
  return starts
}

/** An author who marks neither chapters nor scenes types no handful of titles: they are the ends of mottoes, headlines, signatures. */
function trustsTitles({ paragraphs, chapters, breaks }: TextLayer): boolean {
  const titles = breaks.filter(({ kind }) => kind === 'heading').length
  return chapters.length > 1 || titles < breaks.length || titles * titleSpacing >= paragraphs.length
}
