/** From scores to boundaries: the author's breaks, letters that follow letters, and the best of the other starts. */
import type { BoundaryLayer, TextLayer } from '../layers.js'
import { documentStarts, isDocument, linesOf } from './document.js'
import { marksScenes, typedStarts } from './typed.js'
import type { Units } from './unit.js'

/** One boundary in so many paragraphs at sensitivity 1, in a text whose author types no scene breaks. Set on the hidden breaks of 20 authors. */
const usualSpacing = 25
/** One inferred boundary in so many paragraphs of a text whose author types breaks: whoever marks scenes leaves few unmarked. */
const markedSpacing = 200
/** Inferred boundaries stand at least so many paragraphs from each other and from typed ones. */
const apart = 3
/** Score of a letter's head after another letter; there are too few in the gold to calibrate it. */
const documentScore = 0.9

/** A boundary, and the unit that it was inferred from (-1 for the others). */
export interface Decided {
  readonly paragraph: number
  readonly cause: BoundaryLayer['boundaries'][number]['cause']
  readonly score: number
  readonly unit: number
}

/** Decides which starts are boundaries. `opening` holds the units' scores, `probability` makes them probabilities. */
export function decide(
  text: TextLayer,
  units: Units,
  opening: Float32Array,
  probability: (score: number) => number,
  sensitivity: number,
): { decided: Decided[]; scores: Float32Array } {
  const { paragraphs, breaks } = text
  const scores = new Float32Array(paragraphs.length)
  if (paragraphs.length === 0) return { decided: [], scores }
  const starts = typedStarts(text)
  const documents = documentStarts(text, new Set(starts.keys()))
  const score = shiftTitles(units, opening)
  // Under a heading that is not the author's break, the scene begins at the heading.
  const paragraphOf = (u: number): number => {
    let p = units.paragraph[u]!
    while (p > 0 && paragraphs[p - 1]!.kind === 'heading' && !starts.has(p) && !starts.has(p - 1)) p--
    return p
  }
  for (let u = 0; u < units.length; u++) scores[paragraphOf(u)] = probability(score[u]!)
  for (const paragraph of starts.keys()) scores[paragraph] = 1
  scores[0] = 0
  const decided: Decided[] = [{ paragraph: 0, cause: 'start', score: 1, unit: -1 }]
  for (const [paragraph, cause] of starts) if (paragraph > 0) decided.push({ paragraph, cause, score: 1, unit: -1 })
  const typed = decided.length - 1
  const closed = new Set(starts.keys())
  for (const paragraph of sensitivity === 0 ? [] : documents) {
    scores[paragraph] = Math.max(scores[paragraph]!, documentScore)
    closed.add(paragraph)
    decided.push({ paragraph, cause: 'inferred', score: documentScore, unit: -1 })
  }
  const wanted = marksScenes(breaks, units.length)
    ? Math.round((units.length / markedSpacing) * sensitivity)
    : Math.round((units.length / usualSpacing) * sensitivity) - typed
  for (const u of chooseStarts(units, score, closed, insideDocuments(text, closed), wanted))
    decided.push({ paragraph: paragraphOf(u), cause: 'inferred', score: scores[paragraphOf(u)]!, unit: u })
  return { decided: decided.sort((a, b) => a.paragraph - b.paragraph), scores }
}
