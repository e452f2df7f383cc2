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

/** An author who types at least one mark in so many paragraphs marks scenes; headings and blank runs must come more often to count. */
const markingSpacing = { mark: 150, weak: 40 }

/** True for a text whose author types scene breaks. */
export function marksScenes(breaks: TextLayer['breaks'], length: number): boolean {
  const weak = breaks.filter(({ kind }) => kind === 'heading' || kind === 'blank').length
  return (breaks.length - weak) * markingSpacing.mark >= length + 1 || weak * markingSpacing.weak >= length + 1
}

/** Where an author's note begins below the story, and where the story goes on below a note. */
function noteEdges({ text, paragraphs }: TextLayer): number[] {
  const edges: number[] = []
  let story = false
  let note = false
  for (let p = 0; p < paragraphs.length; p++) {
    const { kind } = paragraphs[p]!
    if (kind === 'break') continue
    if (kind === 'note') {
      if (story && !note) edges.push(p)
      note = true
      continue
    }
    if (note) {
      edges.push(p)
      story = false
    }
    note = false
    // A title above the first note is not yet the story.
    if (kind === 'prose' && (p > 0 || /[.!?…”"']$/.test(text.slice(paragraphs[p]!.start, paragraphs[p]!.end)))) story = true
  }
  return edges
}
