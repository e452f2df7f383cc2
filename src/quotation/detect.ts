/** Quotations: what is said, thought or quoted, in whichever marks a document uses. */
import type { QuotationLayer, QuotedSpan, TextLayer } from '../layers.js'
import type { Span } from '../types.js'
import { withoutAsides } from './aside.js'
import { findBlocks } from './block.js'
import { splitDashSpeech } from './dash.js'
import { findItalicSpeech } from './italic.js'
import { kindOf } from './kind.js'
import { findLetters } from './letter.js'
import { findMarks, type Mark, type MarkFamily, type MarkStyle, opensWithDash, recogniseStyle } from './mark.js'
import { pairMarks } from './pair.js'
import { isReported } from './report.js'
import { findScriptLines } from './script.js'
import { findThoughts } from './thought.js'
import { findVerses } from './verse.js'
import { startsTag } from './words.js'
import { isNamed, isWriting } from './writing.js'

/**
 * Finds what the text sets between quotation marks, after dashes, after names (scripts, chats) and in italics as thought.
 * The document's style is recognised first. A quotation ends with its paragraph at the latest: a mark left open is a long
 * speech that continues when the next paragraph opens with a mark too. Linear in the text.
 */
export function detectQuotations({ text, tokens, paragraphs }: TextLayer): QuotationLayer {
  const prose = paragraphs.filter(({ kind }) => kind === 'prose')
  const style = recogniseStyle(text, prose)
  const isUnmarked = style.family !== 'dash' && style.marks.every((marks) => marks.length === 0)
  const script = new Map(findScriptLines(text, paragraphs).map((line) => [line.paragraph, line]))
  const quotations: QuotedSpan[] = []
  let carried: Found | null = null
  let ofProse = 0
  paragraphs.forEach((paragraph, p) => {
    const { kind } = paragraph
    const marks = kind === 'prose' ? style.marks[ofProse++]! : []
    const line = script.get(p)
    if (line !== undefined) {
      for (const { start, end } of withoutAsides(text, line.words, true))
        quotations.push({ start, end, kind: 'speech', continues: false, paragraph: p, label: line.label, silent: false })
      carried = null
      return
    }
    if (kind !== 'prose') return
    const found = quotationsOf(text, paragraph, paragraphs[p - 1], paragraphs[p + 1], style, marks, carried)
    if (paragraphs[p - 1]?.kind === 'heading' && isEpigraph(text, paragraph, found)) found[0] = { ...found[0]!, kind: 'quoted' }
    if (isUnmarked) for (const speech of findItalicSpeech(text, paragraph)) found.push(foundAt(speech, 'speech', false, false))
    const last: Found | undefined = found.at(-1)
    carried = last?.continues ? last : null
    for (const thought of findThoughts(text, paragraph, found)) found.push(foundAt(thought, 'thought', false, true))
    if (found.length > 1) found.sort((a, b) => a.start - b.start)
    for (const { start, end, kind, continues, label, silent } of found)
      quotations.push({ start, end, kind, continues, paragraph: p, label, silent })
  })
  const read = [
    ...findLetters(text, paragraphs, quotations),
    ...findVerses(text, paragraphs, quotations),
    ...inBlocks(findBlocks(text, paragraphs), quotations),
  ]
  for (const q of read) quotations[q] = { ...quotations[q]!, kind: 'quoted', continues: false }
  return { quotations, quotationOf: quotationOfTokens(tokens, quotations) }
}

const inBlocks = (blocks: ReadonlySet<number>, quotations: readonly QuotedSpan[]): number[] =>
  blocks.size === 0
    ? []
    : [...quotations.keys()].filter((q) => quotations[q]!.kind === 'speech' && blocks.has(quotations[q]!.paragraph))

/** Verses in marks, and nothing else, under a heading. */
const isEpigraph = (text: string, { start, end }: Span, found: readonly Found[]): boolean =>
  found.length === 1 &&
  !found[0]!.continues &&
  found[0]!.start === start &&
  end - found[0]!.end <= 1 &&
  /\n\s*\p{Lu}.*\n/u.test(text.slice(start, end))

/** The end of a sentence, which "Mrs." is not. */
const sentenceBreak = /(?<!\b(?:Mrs?|Ms|Dr|St|Mme|Mlle|Messrs|Capt|Col|Rev))[.!?]\s/

type Found = Omit<QuotedSpan, 'paragraph'>
/** Written out, as all that is made in great number: an object spread costs ten times as much. */
const foundAt = ({ start, end }: Span, kind: Found['kind'], continues: boolean, silent: boolean): Found => ({
  start,
  end,
  kind,
  continues,
  label: null,
  silent,
})

function quotationsOf(
  text: string,
  paragraph: Span,
  previous: Span | undefined,
  next: Span | undefined,
  style: MarkStyle,
  marks: readonly Mark[],
  /** The quotation of the paragraph before that goes on in this one. */
  carried: Found | null,
): Found[] {
  const { start } = paragraph
  if (style.family === 'dash' && opensWithDash(text, start))
    return splitDashSpeech(text, paragraph).map((span) => foundAt(span, 'speech', false, false))
  const family = style.family === 'dash' ? 'double' : style.family
  if (marks.length === 0) return []
  const place = (from: number, to: number): number => closingPlace(text, from, to)
  const found: Found[] = []
  for (const pair of pairMarks(text, paragraph, marks, family, carried !== null, place)) {
    const continues = !pair.closed && next !== undefined && reopens(text, next, family, style)
    const close = pair.closed || continues ? pair.end : place(pair.start, pair.end)
    const span = { start: pair.start, end: close }
    if (!pair.closed && span.end - span.start < 3) continue
    const before = found[found.length - 1]
    const resumes = before?.kind === 'speech' && !sentenceBreak.test(text.slice(before.end, span.start))
    const goesOn =
      before === undefined
        ? carried !== null && carried.kind === 'quoted' && span.start === start
        : before.kind === 'quoted' &&
          isNamed(text, before.end, span.start) &&
          !sentenceBreak.test(text.slice(before.end, span.start))
    const writing = goesOn || isWriting(text, span, paragraph, previous)
    const silently = before === undefined && pair.opened && pair.closed && isReported(text, span, paragraph)
    const kind = writing || silently ? 'quoted' : pair.opened && pair.closed ? kindOf(text, span, paragraph, resumes) : 'speech'
    // "No," thought Anna: in the marks of speech, so a quotation like the others.
    const silent = kind === 'thought'
    const parts = kind === 'quoted' ? [span] : withoutAsides(text, span)
    for (let i = 0; i < parts.length; i++)
      found.push(foundAt(parts[i]!, silent ? 'speech' : kind, continues && i === parts.length - 1, silent))
  }
  if (marks.some((mark) => (mark.family === 'single') !== (family === 'single')))
    found.push(...minorQuotations(text, paragraph, marks, family, found))
  return found
}

/** True when the paragraph opens with a mark of the document's style: a speech that goes on. */
function reopens(text: string, { start, end }: Span, family: MarkFamily, style: MarkStyle): boolean {
  const first = findMarks(text, start, Math.min(end, start + 3), style.anglesOpenInwards)[0]
  return first !== undefined && first.start === start && (first.family === 'single') === (family === 'single')
}

/**
 * Where a quotation ends whose closing mark was lost: before its tag (`"Come in, she said.`), else at the end of the stretch.
 */
function closingPlace(text: string, from: number, to: number): number {
  const breaks = /[,.!?…—-]\s+(?=\p{L})/gu
  breaks.lastIndex = from
  for (let found = breaks.exec(text); found !== null && found.index < to; found = breaks.exec(text))
    if (startsTag(text, found.index + found[0].length, to)) return found.index + 1
  let end = to
  while (end > from + 1 && /\s/.test(text[end - 1]!)) end--
  return end
}

/** Longest stretch in the document's other marks that is taken for quoted words, in characters. */
const longestMinor = 80

/** Words in the other family of marks, outside quotations: scare quotes and titles ('the ‘younger set’' where speech has double marks). */
function minorQuotations(
  text: string,
  paragraph: Span,
  marks: readonly Mark[],
  family: MarkFamily,
  taken: readonly Span[],
): Found[] {
  const found: Found[] = []
  let open: Mark | null = null
  for (const mark of marks) {
    if ((mark.family === 'single') === (family === 'single')) open = null
    else if (mark.side === 'open') open = mark
    else if (open !== null && mark.side !== 'either') {
      const span = { start: open.start, end: mark.end }
      open = null
      if (span.end - span.start > longestMinor || taken.some((other) => other.start < span.end && span.start < other.end))
        continue
      const silent = kindOf(text, span, paragraph) === 'thought'
      found.push(foundAt(span, silent ? 'thought' : 'quoted', false, silent))
    }
  }
  return found
}

function quotationOfTokens({ length, start }: TextLayer['tokens'], quotations: readonly Span[]): Int32Array {
  const quotationOf = new Int32Array(length).fill(-1)
  let q = 0
  for (let i = 0; i < length; i++) {
    while (q < quotations.length && quotations[q]!.end <= start[i]!) q++
    if (q < quotations.length && quotations[q]!.start <= start[i]!) quotationOf[i] = q
  }
  return quotationOf
}
