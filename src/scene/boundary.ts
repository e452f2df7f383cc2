/** Where scenes begin: the author's own chapters and breaks, and between them the starts that read like one. */
import type { BoundaryLayer, TextLayer } from '../layers.js'
import type { BoundaryCue } from '../types.js'
import { documentStarts, isDocument, linesOf } from './document.js'
import type { Features, Layers } from './feature.js'
import { probability, type Scorer, sceneScorer, scoreStarts } from './scorer.js'

/** One inferred boundary in so many paragraphs at sensitivity 1, in a text whose author types none. Set on the hidden breaks of 20 authors. */
const usualSpacing = 25
/** ... and in a text whose author types breaks: whoever marks scenes leaves few unmarked. */
const markedSpacing = 200
/** Inferred boundaries stand at least so many paragraphs from each other and from typed ones. */
const apart = 3

/** Score of a letter's head after another letter; there are too few in the gold to calibrate it. */
const documentScore = 0.9

type Found = BoundaryLayer['boundaries'][number]

/**
 * Finds where scenes begin. Boundaries of cause "start", "chapter" and "marker" are the author's and always there; the others are
 * local maxima of the learned score, best first, as many as `sensitivity` allows: 0 none, 1 (default) one in 25 paragraphs of a text
 * without typed breaks and one in 200 of a text with them, 2 twice as many. Linear but for one sort.
 */
export function findBoundaries(layers: Layers & { readonly sensitivity: number }, scorer: Scorer = sceneScorer()): BoundaryLayer {
  const { text, sensitivity } = layers
  const { paragraphs, chapters, breaks } = text
  const causes = new Map<number, 'chapter' | 'marker'>()
  for (const { paragraph } of breaks) causes.set(paragraph, 'marker')
  let p = 0
  for (const { start } of chapters) {
    while (p < paragraphs.length && paragraphs[p]!.start < start) p++
    if (p < paragraphs.length) causes.set(p, 'chapter')
  }
  for (const paragraph of noteEdges(text))
    if (!causes.has(paragraph)) causes.set(paragraph, paragraphs[paragraph]!.kind === 'heading' ? 'chapter' : 'marker')
  const documents = documentStarts(text, new Set(causes.keys()))
  const { features, score: opening } = scoreStarts(layers, scorer)
  const score = shiftTitles(features, opening)
  const { units } = features
  const scores = new Float32Array(paragraphs.length)
  for (let u = 0; u < units.length; u++) scores[units.paragraph[u]!] = probability(score[u]!, scorer.platt)
  for (const paragraph of causes.keys()) scores[paragraph] = 1
  if (scores.length > 0) scores[0] = 0
  const found: Found[] = []
  if (paragraphs.length > 0) found.push({ paragraph: 0, cause: 'start', cues: [], score: 1 })
  for (const [paragraph, cause] of causes)
    if (paragraph > 0)
      found.push({
        paragraph,
        cause,
        cues: [cause === 'chapter' || paragraphs[paragraph]!.kind === 'heading' ? 'heading' : 'marker'],
        score: 1,
      })
  for (const paragraph of sensitivity === 0 ? [] : documents) {
    scores[paragraph] = Math.max(scores[paragraph]!, documentScore)
    causes.set(paragraph, 'marker')
    found.push({ paragraph, cause: 'inferred', cues: ['heading'], score: documentScore })
  }
  const spacing = marksScenes(breaks, units.length) ? markedSpacing : usualSpacing
  const wanted = Math.round((units.length / spacing) * sensitivity)
  for (const u of chooseStarts(features, score, causes, insideDocuments(text, causes), wanted))
    found.push({
      paragraph: units.paragraph[u]!,
      cause: 'inferred',
      cues: cuesAt(features, u),
      score: scores[units.paragraph[u]!]!,
    })
  return { boundaries: found.sort((a, b) => a.paragraph - b.paragraph), scores }
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

/** Words of a title or date line, at most. */
const titleWords = 9

/** "June the third" above a paragraph: a short line without end takes its follower's score, for the scene begins at the line. */
function shiftTitles({ units: { length, counts } }: Features, score: Float32Array): Float32Array {
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

/** An author who types at least one mark in so many paragraphs marks scenes; headings and blank runs must come more often to count. */
const markingSpacing = { mark: 150, weak: 40 }

function marksScenes(breaks: TextLayer['breaks'], length: number): boolean {
  const weak = breaks.filter(({ kind }) => kind === 'heading' || kind === 'blank').length
  return (breaks.length - weak) * markingSpacing.mark >= length + 1 || weak * markingSpacing.weak >= length + 1
}

/** Paragraphs of a letter's or chat's passage, at most: a whole chapter of diary has scenes inside. */
const longestDocument = 60

/** Marks the paragraphs that lie inside letters, mails and chats: no scene is inferred there. */
function insideDocuments({ text, paragraphs }: TextLayer, causes: ReadonlyMap<number, unknown>): Uint8Array {
  const inside = new Uint8Array(paragraphs.length)
  for (let from = 0; from < paragraphs.length; ) {
    let to = from + 1
    while (to < paragraphs.length && !causes.has(to)) to++
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
  { units }: Features,
  score: Float32Array,
  causes: ReadonlyMap<number, unknown>,
  inside: Uint8Array,
  wanted: number,
): number[] {
  const closed = Uint8Array.from(units.paragraph, (paragraph) => inside[paragraph]!)
  const close = (u: number): void => {
    for (let v = Math.max(0, u - apart + 1); v < Math.min(units.length, u + apart); v++) closed[v] = 1
  }
  let u = 0
  closed[0] = 1
  for (const paragraph of [...causes.keys()].sort((a, b) => a - b)) {
    while (u < units.length && units.paragraph[u]! < paragraph) u++
    if (u < units.length) close(u)
  }
  const chosen: number[] = []
  for (const start of Int32Array.from(score, (_, i) => i).sort((a, b) => score[b]! - score[a]! || a - b)) {
    if (chosen.length >= wanted) break
    if (closed[start] === 1 || !isTop(score, start)) continue
    chosen.push(start)
    close(start)
  }
  return chosen
}

const isTop = (score: Float32Array, u: number): boolean => {
  for (let v = Math.max(0, u - apart + 1); v < Math.min(score.length, u + apart); v++) if (score[v]! > score[u]!) return false
  return true
}

/** From these values on a feature is named as a cue. */
const cueFloor = { freshCast: 0.6, tense: 0.25, person: 0.03 }

/** What a reader can check at the opening: a time, a place, other people, another tense or person. */
function cuesAt({ names, columns }: Features, u: number): BoundaryCue[] {
  const value = (name: string): number => columns[names.indexOf(name)]![u]!
  const cues: BoundaryCue[] = []
  if (value('openDayPart') + value('openUnit') + value('openCalendar') > 0 || value('openSequence') > 1) cues.push('time')
  if (value('place') > 0 || value('openPlaceName') > 0) cues.push('place')
  if (value('peopleFresh3') >= cueFloor.freshCast || value('castFresh3') >= cueFloor.freshCast) cues.push('cast')
  if (Math.abs(value('i/8')) >= cueFloor.person) cues.push('viewpoint')
  if (Math.abs(value('present/8')) >= cueFloor.tense) cues.push('tense')
  return cues
}
