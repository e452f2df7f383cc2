import type { BoundaryLayer, CoreferenceLayer, MentionSpan, QuotationLayer, TextLayer } from '../layers.js'

/** Finds where scenes begin. (First version: chapters and typed breaks.) */
export function findBoundaries({
  text,
}: {
  text: TextLayer
  quotations: QuotationLayer
  mentions: readonly MentionSpan[]
  coreference: CoreferenceLayer
  sensitivity: number
}): BoundaryLayer {
  const { paragraphs, chapters, breaks } = text
  const boundaries: BoundaryLayer['boundaries'][number][] = []
  const chapterStarts = new Set(chapters.map((c) => paragraphs.findIndex((p) => p.start >= c.start)))
  const typed = new Set(breaks.map((b) => b.paragraph))
  for (let p = 0; p < paragraphs.length; p++) {
    const cause = p === 0 ? 'start' : chapterStarts.has(p) ? 'chapter' : typed.has(p) ? 'marker' : null
    if (cause !== null)
      boundaries.push({
        paragraph: p,
        cause,
        cues: cause === 'start' ? [] : cause === 'chapter' ? ['heading'] : ['marker'],
        score: 1,
      })
  }
  return { boundaries, scores: new Float32Array(paragraphs.length) }
}
