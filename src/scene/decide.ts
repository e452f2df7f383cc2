/** From scores to boundaries: the author's breaks, letters that follow letters, and the best of the other starts. */
import type { BoundaryLayer, TextLayer } from '../layers.js'
import { documentStarts, isDocument, linesOf } from './document.js'
import { marksScenes, typedStarts } from './typed.js'
import type { Units } from './unit.js'

/**
 * One boundary in so many paragraphs is usual in a text whose author types no scene breaks: so it is on the hidden breaks of 20 authors. Half
 * the number goes by this, half by what the scores expect of the text.
 */
const usualSpacing = 25
/** One inferred boundary in so many paragraphs of a text whose author types breaks: whoever marks scenes leaves few unmarked. */
const markedSpacing = 200
/** Inferred boundaries stand at least so many paragraphs from each other and from typed ones. */
const apart = 3
/** Score of a letter's head after another letter; there are too few in the gold to calibrate it. */
const documentScore = 0.5
/** A start loses this share of what the best of the units so near scores above the floor: where one scene begins, another seldom does. */
const crowding = { share: 0.3, reach: 4, floor: -6 }

/** A boundary, and the unit that it was inferred from (-1 for the others). */
export interface Decided {
  readonly paragraph: number
  readonly cause: BoundaryLayer['boundaries'][number]['cause']
  readonly score: number
  readonly unit: number
}

/** Decides which starts are boundaries. `score` holds the settled scores of the units, `probability` makes them probabilities. */
export function decide(
  text: TextLayer,
  units: Units,
  score: Float32Array,
  probability: (score: number) => number,
  sensitivity: number,
): { decided: Decided[]; scores: Float32Array } {
  const { paragraphs, breaks } = text
  const scores = new Float32Array(paragraphs.length)
  if (paragraphs.length === 0) return { decided: [], scores }
  const starts = typedStarts(text)
  const documents = documentStarts(text, new Set(starts.keys()))
  // Under a heading that is not the author's break, the scene begins at the heading.
  const paragraphOf = (u: number): number => {
    let p = units.paragraph[u]!
    while (p > 0 && paragraphs[p - 1]!.kind === 'heading' && !starts.has(p) && !starts.has(p - 1)) p--
    return p
  }
  let expected = 0
  for (let u = 0; u < units.length; u++) {
    const p = probability(score[u]!)
    scores[paragraphOf(u)] = p
    expected += p
  }
  for (const paragraph of starts.keys()) scores[paragraph] = 1
  scores[0] = 0
  const decided: Decided[] = [{ paragraph: 0, cause: 'start', score: 1, unit: -1 }]
  for (const [paragraph, cause] of starts) if (paragraph > 0) decided.push({ paragraph, cause, score: 1, unit: -1 })
  const typed = decided.length - 1
  const closed = new Set(starts.keys())
  const letters = sensitivity === 0 ? [] : documents
  for (const paragraph of letters) {
    scores[paragraph] = Math.max(scores[paragraph]!, documentScore)
    closed.add(paragraph)
    decided.push({ paragraph, cause: 'inferred', score: scores[paragraph]!, unit: -1 })
  }
  const wanted = marksScenes(breaks, units.length)
    ? Math.round((units.length / markedSpacing) * sensitivity)
    : Math.round(((units.length / usualSpacing + expected) / 2) * sensitivity) - typed - letters.length
  for (const u of chooseStarts(units, score, closed, insideDocuments(text, closed), wanted))
    decided.push({ paragraph: paragraphOf(u), cause: 'inferred', score: scores[paragraphOf(u)]!, unit: u })
  return { decided: decided.sort((a, b) => a.paragraph - b.paragraph), scores }
}

/** What the learned scores of the units say when each is seen beside its neighbours': a line of title or date, a better start near by. */
export const settle = (units: Units, score: Float32Array): Float32Array => crowd(shiftTitles(units, score))

/** Words of a title or date line, at most. */
const titleWords = 9

/** "June the third" above a paragraph: a short line without end takes its follower's score, for the scene begins at the line. */
function shiftTitles({ length, counts }: Units, score: Float32Array): Float32Array {
  const shifted = score.slice()
  const isTitle = (u: number): boolean =>
    counts.words[u]! <= titleWords &&
    counts.endPlain[u]! + counts.endQuestion[u]! + counts.endExclamation[u]! + counts.endEllipsis[u]! + counts.endDash[u]! ===
      0 &&
    counts.opensQuoted[u] === 0
  for (let u = 0; u + 1 < length; u++)
    if (score[u + 1]! > score[u]! && isTitle(u) && !isTitle(u + 1)) {
      shifted[u] = score[u + 1]!
      shifted[u + 1] = score[u]!
    }
  return shifted
}

function crowd(score: Float32Array): Float32Array {
  const { share, reach, floor } = crowding
  const settled = new Float32Array(score.length)
  for (let u = 0; u < score.length; u++) {
    let best = floor
    for (let v = Math.max(0, u - reach); v < Math.min(score.length, u + reach + 1); v++)
      if (v !== u && score[v]! > best) best = score[v]!
    settled[u] = score[u]! - share * (best - floor)
  }
  return settled
}

/** Paragraphs of a letter's or chat's passage, at most: a whole chapter of diary has scenes inside. */
const longestDocument = 60

/** Marks the paragraphs that lie inside letters, mails and chats: no scene is inferred there. */
function insideDocuments({ text, paragraphs }: TextLayer, starts: ReadonlySet<number>): Uint8Array {
  const inside = new Uint8Array(paragraphs.length)
  for (let from = 0; from < paragraphs.length; ) {
    let to = from + 1
    while (to < paragraphs.length && !starts.has(to)) to++
    if (to - from <= longestDocument) {
      const lines = paragraphs
        .slice(from, to)
        .flatMap(({ start, end, kind }) => (kind === 'prose' || kind === 'heading' ? linesOf(text, start, end) : []))
      if (isDocument(lines)) inside.fill(1, from, to)
    }
    from = to
  }
  return inside
}

/** The best `wanted` units that no better one stands near. */
function chooseStarts(
  units: Units,
  score: Float32Array,
  starts: ReadonlySet<number>,
  inside: Uint8Array,
  wanted: number,
): number[] {
  const closed = Uint8Array.from(units.paragraph, (paragraph) => inside[paragraph]!)
  const close = (u: number): void => {
    for (let v = Math.max(0, u - apart + 1); v < Math.min(units.length, u + apart); v++) closed[v] = 1
  }
  let u = 0
  closed[0] = 1
  for (const paragraph of [...starts].sort((a, b) => a - b)) {
    while (u < units.length && units.paragraph[u]! < paragraph) u++
    if (u < units.length) close(u)
  }
  const tops = Int32Array.from(score.keys())
    .filter((u) => closed[u] === 0 && isTop(score, u))
    .sort((a, b) => score[b]! - score[a]! || a - b)
  const chosen: number[] = []
  for (const start of tops) {
    if (chosen.length >= wanted) break
    if (closed[start] === 1) continue
    chosen.push(start)
    close(start)
  }
  return chosen
}

const isTop = (score: Float32Array, u: number): boolean => {
  for (let v = Math.max(0, u - apart + 1); v < Math.min(score.length, u + apart); v++) if (score[v]! > score[u]!) return false
  return true
}
