/** What each block is: prose, a heading, a typed break or a note. */
import type { TypedBreak } from '../layers.js'
import type { Paragraph } from '../types.js'
import { breakKind } from './break.js'
import { bareLine, type HeadingKind, headingKind, isCapitals, isTitleForm, numberOf } from './heading.js'
import { longestNote, opensNote, speaksToReaders } from './note.js'
import type { Block } from './paragraph.js'

/** A block and what it was recognised as. */
export interface Marked extends Paragraph {
  /** Set on headings. */
  readonly heading: HeadingKind | null
}

/** A mark that stands on this share of the paragraphs, or more, is ornament and divides nothing. */
const ornamentShare = 0.35
/** A blank run longer than the usual one divides only where such runs are rarer than this share of the gaps. */
const rareShare = 0.15
/** Blocks between two titles, at least, and titles, at least, in a text that is divided by titles alone. */
const dividing = { blocks: 8, titles: 3 }
/** Characters of a motto (one paragraph under a heading), at most. */
const longestMotto = 400
/** Lines that are sources of mottoes: this share of them under a short paragraph, and different; by chance they would all stand so with this probability at most. */
const mottoShare = 0.85
const mottoChance = 0.05
/** Words of a subtitle, right under a heading, at most. */
const subtitleWords = 16
/** A title is followed by speech or by a paragraph of at least this many characters; shorter ones are letters and lists. */
const proseUnderTitle = 60

/** "XX" and "XXX" are ornaments of an x, or numbers: the sequence decides. */
const romanLine = /^[XV]{2,4}\.?$/

/** "by Anna", under the title of the work. */
const byline = /^(?:by|written by|author:?)\s\S.{0,40}$/i

/** `~*~ Draco ~*~`, `[Azkaban]`, `-- Harry --`: a title set between ornaments. */
const decoratedLine =
  /^(?:[~\-–—=+|•·<>.\s*_]*[~\-–—=+|•·<>][~\-–—=+|•·<>.\s*_]*|\*{2,}\s*|[[({]\s*)[\p{L}\p{N}].*[~\-–—=+|•·<>*\])}]\s*$/u

/** Classifies blocks (given kinds stand) in four passes: each line by itself; titles by their surroundings; notes; then where breaks fall. Linear. */
export function classifyBlocks(
  text: string,
  blocks: readonly Block[],
  given?: readonly Paragraph[],
): { paragraphs: Marked[]; breaks: TypedBreak[] } {
  const lines = blocks.map(({ start, end }) => (end - start <= 400 ? text.slice(start, end) : ''))
  const breakOf = lines.map((line) => (line === '' ? null : breakKind(line)))
  const headingOf = lines.map((line, b) =>
    line === '' || (breakOf[b] !== null && !romanLine.test(line)) ? null : headingKind(line),
  )
  dropLoneNumbers(lines, headingOf)
  for (let b = 0; b < blocks.length; b++) if (headingOf[b] !== null) breakOf[b] = null
  findTitles(text, blocks, lines, breakOf, headingOf)
  const kinds = blocks.map((_, b): Paragraph['kind'] =>
    breakOf[b] !== null ? (breakOf[b] === 'time' ? 'heading' : 'break') : headingOf[b] !== null ? 'heading' : 'prose',
  )
  findNotes(text, blocks, kinds)
  for (let b = 0; given !== undefined && b < given.length; b++) kinds[b] = given[b]!.kind
  const paragraphs = blocks.map(({ start, end }, b) => ({
    start,
    end,
    kind: kinds[b]!,
    heading: kinds[b] === 'heading' ? headingOf[b]! : null,
  }))
  return { paragraphs, breaks: findBreaks(blocks, lines, breakOf, headingOf, kinds) }
}

/** A number line is a heading only in a sequence: its neighbour among the number lines is one less or one more, or it restarts at 1. */
function dropLoneNumbers(lines: readonly string[], headingOf: (HeadingKind | null)[]): void {
  const at = headingOf.flatMap((kind, b) => (kind === 'number' ? [b] : []))
  const numbers = at.map((b) => numberOf(lines[b]!))
  at.forEach((b, i) => {
    const number = numbers[i]
    const before = numbers[i - 1]
    const after = numbers[i + 1]
    const sequence =
      number != null &&
      ((before != null && number === before + 1) ||
        (after != null && (after === number + 1 || (number > 1 && after === 1 && before != null))))
    if (!sequence) headingOf[b] = null
  })
}

/**
 * Titles have the form of names, dates and signatures, so they count only by their surroundings: right under another
 * heading, at the head of the text, after a longer blank run, in capitals, or where such lines divide the whole text.
 */
function findTitles(
  text: string,
  blocks: readonly Block[],
  lines: readonly string[],
  breakOf: readonly unknown[],
  headingOf: (HeadingKind | null)[],
): void {
  const usual = usualGap(blocks)
  const candidates: number[] = []
  const spellings = new Map<string, number>()
  for (let b = 0; b < blocks.length; b++) {
    if (lines[b] === '' || breakOf[b] !== null || headingOf[b] !== null) continue
    if (b > 0 && b <= 2 && headingOf[0] !== null && byline.test(lines[b]!)) headingOf[b] = 'title'
    if (b === 0 && isTitleForm(lines[0]!)) headingOf[0] = 'title'
    const under = b > 0 && headingOf[b - 1] !== null && headingOf[b - 1] !== 'pov'
    if (!isTitleForm(lines[b]!, under ? subtitleWords : undefined)) continue
    if (b + 1 >= blocks.length || isSignature(lines, b)) continue
    // A longer blank run after it than before it: it closes what stands above (a signature, the source of a motto).
    if (b > 0 && !under && blocks[b + 1]!.gap > blocks[b]!.gap) continue
    candidates.push(b)
    spellings.set(bareLine(lines[b]!), (spellings.get(bareLine(lines[b]!)) ?? 0) + 1)
  }
  const isCandidate = new Set(candidates)
  // A motto under a heading or break ends in its author's name, which has the form of a title.
  const closesMotto = (b: number): boolean =>
    b >= 2 &&
    blocks[b - 1]!.end - blocks[b - 1]!.start <= longestMotto &&
    (breakOf[b - 2] !== null || headingOf[b - 2] !== null || blocks[b - 1]!.gap > usual)
  const standsAlone = (b: number): boolean =>
    !isCandidate.has(b - 1) && !isCandidate.has(b + 1) && standsBetweenProse(text, blocks, b) && !closesMotto(b)
  const explicit = headingOf.some((kind) => kind === 'chapter' || kind === 'markdown')
  const alone = candidates.filter(standsAlone)
  const spaced = alone.filter((b, i) => i === 0 || b - alone[i - 1]! >= dividing.blocks)
  const divides = new Set(!explicit && spaced.length >= dividing.titles ? spaced : [])
  // Whoever types as many breaks as there are such lines marks the chapters too, and a motto stands right under the mark.
  const marked = blocks.filter(({ gap }, b) => breakOf[b] !== null || gap > usual).length >= spaced.length
  const sources = marked ? new Set<number>() : sourcesOfMottoes(blocks, spaced, lines)
  for (const b of candidates) {
    if (sources.has(b)) continue
    const under = b > 0 && headingOf[b - 1] !== null && headingOf[b - 1] !== 'title'
    const opens = b === 0 || (b === 1 && headingOf[0] !== null)
    const gap = blocks[b]!.gap > usual && blocks[b + 1]!.gap <= blocks[b]!.gap
    const repeated = spellings.get(bareLine(lines[b]!))! >= 2 && standsAlone(b)
    const afterBreak = b > 0 && breakOf[b - 1] !== null && standsAlone(b)
    const capitals = isCapitals(bareLine(lines[b]!)) && standsAlone(b)
    const decorated = decoratedLine.test(lines[b]!) && !isCandidate.has(b - 1) && !isCandidate.has(b + 1)
    if (under || opens || gap || decorated || repeated || afterBreak || capitals || divides.has(b)) headingOf[b] = 'title'
  }
}

/**
 * Titles that nearly all stand under one short paragraph, and are nearly all different, in a text whose paragraphs are not all short:
 * where chapters open with a motto, these are the names of its source ("Othello").
 */
function sourcesOfMottoes(blocks: readonly Block[], titles: readonly number[], lines: readonly string[]): ReadonlySet<number> {
  const lengthOf = (b: number): number => (b < 0 ? 0 : blocks[b]!.end - blocks[b]!.start)
  const short = titles.map((b) => lengthOf(b - 1)).filter((length) => length <= longestMotto)
  const longest = Math.max(0, ...short)
  const usual = blocks.filter((_, b) => lengthOf(b) <= longest).length / Math.max(1, blocks.length)
  const different = new Set(titles.map((b) => bareLine(lines[b]!))).size
  const mottoes =
    short.length >= titles.length * mottoShare &&
    different >= titles.length * mottoShare &&
    titles.length ** (titles.length - short.length) * usual ** short.length < mottoChance
  return new Set(mottoes ? titles : [])
}

/** What comes before has come to an end, and what follows is prose. */
function standsBetweenProse(text: string, blocks: readonly Block[], b: number): boolean {
  const next = blocks[b + 1]!
  const opening = text.slice(next.start, next.start + 4)
  if (/^(?:\(|p\.?\s?s\b)/i.test(opening)) return false
  if (next.end - next.start < proseUnderTitle && !/^(?:["“‘'«]|by )/i.test(opening)) return false
  return b === 0 || /[.!?…”’"'*_)\]]$/.test(text.slice(blocks[b - 1]!.start, blocks[b - 1]!.end))
}

const closing =
  /(?:\b(?:yours?|sincerely|faithfully|truly|love|respectfully|regards|affectionate(?:ly)?|devoted(?:ly)?|obedient|servant|friend|wishes|ever|signed|xoxo|blessings?|fondly|wife|husband|son|daughter|brother|sister|mother|father)\b[^.!?]{0,40},?|[—–-])$/i

/** A name under the closing words of a letter is a signature, not a title. */
const isSignature = (lines: readonly string[], b: number): boolean => {
  const before = lines[b - 1] ?? ''
  return before !== '' && before.length <= 120 && closing.test(before.trim())
}

/** Blank lines most often found between two blocks. */
function usualGap(blocks: readonly Block[]): number {
  const counts = new Map<number, number>()
  for (let b = 1; b < blocks.length; b++) counts.set(blocks[b]!.gap, (counts.get(blocks[b]!.gap) ?? 0) + 1)
  let usual = 1
  let most = 0
  for (const [gap, count] of counts) if (count > most) [usual, most] = [gap, count]
  return usual
}

/** Marks a note's label and what goes on from it: up to a break or heading at the edges of a chapter, else the one paragraph. */
function findNotes(text: string, blocks: readonly Block[], kinds: Paragraph['kind'][]): void {
  for (let b = 0; b < blocks.length; b++) {
    const { start, end } = blocks[b]!
    if (kinds[b] !== 'prose' && kinds[b] !== 'heading') continue
    if (!opensNote(text.slice(start, Math.min(end, start + 60)))) continue
    kinds[b] = 'note'
    let to = b + 1
    while (to < blocks.length && to - b <= longestNote && kinds[to] === 'prose') to++
    const closed = to === blocks.length || kinds[to] === 'break' || kinds[to] === 'heading'
    if (!closed || to - b > longestNote) continue
    let last = b
    for (let n = b + 1; n < to; n++)
      if (speaksToReaders(text.slice(blocks[n]!.start, Math.min(blocks[n]!.end, blocks[n]!.start + 2000)))) last = n
    for (let n = b + 1; n <= last; n++) kinds[n] = 'note'
    b = last
  }
}

/** Where the layout says that something new begins; marks stacked without prose between them are one break. */
function findBreaks(
  blocks: readonly Block[],
  lines: readonly string[],
  breakOf: readonly (TypedBreak['kind'] | null)[],
  headingOf: readonly (HeadingKind | null)[],
  kinds: readonly Paragraph['kind'][],
): TypedBreak[] {
  const prose = kinds.filter((kind) => kind === 'prose').length
  const spellings = new Map<string, number>()
  for (let b = 0; b < blocks.length; b++) if (breakOf[b] !== null) spellings.set(lines[b]!, (spellings.get(lines[b]!) ?? 0) + 1)
  const isOrnament = (b: number): boolean => spellings.get(lines[b]!)! >= Math.max(4, prose * ornamentShare)
  const usual = usualGap(blocks)
  const opensText = (b: number): boolean => kinds[b] === 'prose' || headingOf[b] === 'document'
  const isLonger = (b: number): boolean => b > 0 && blocks[b]!.gap > usual && opensText(b) && opensText(b - 1)
  const longer = blocks.filter((_, b) => isLonger(b)).length
  const gapsDivide = longer > 0 && longer <= Math.max(1, blocks.length * rareShare)
  const breaks: TypedBreak[] = []
  let pending: TypedBreak['kind'] | null = null
  let begun = false
  for (let b = 0; b < blocks.length; b++) {
    if (kinds[b] === 'break') {
      if (!isOrnament(b)) pending ??= breakOf[b]!
      continue
    }
    // The heading of a letter or diary inside a chapter opens a document; whether also a scene is for the scene stage to say.
    const heading = kinds[b] === 'heading' && headingOf[b] !== 'document' && (b === 0 || kinds[b - 1] !== 'heading')
    const kind = pending ?? (heading ? (breakOf[b] === 'time' ? 'time' : headingOf[b] === 'number' ? 'number' : 'heading') : null)
    const gap = b > 0 && gapsDivide && isLonger(b)
    if (begun && (kind !== null || gap)) breaks.push({ paragraph: b, kind: kind ?? 'blank' })
    if (kinds[b] === 'prose') begun = true
    pending = null
  }
  return breaks.filter(({ paragraph }) =>
    kinds.slice(paragraph, paragraph + 8).some((kind) => kind === 'prose' || kind === 'note'),
  )
}
