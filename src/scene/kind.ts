/** What kind of passage a scene is: played out, summed up, a document, or the author speaking. */
import { Form, type QuotationLayer, type TextLayer } from '../layers.js'
import type { Scene } from '../types.js'
import { isDocument, linesOf } from './document.js'
import { WordClass } from './word-class.js'

/** Time-condensing words per 100 narrated ones from which a passage is a summary: without any speech, and with a word or two. */
const summaryRate = { silent: 2.5, spoken: 3 }
/** Share of quoted words up to which a passage can be a summary. */
const summaryQuoted = 0.06
/** Narrated words of a summary, at most: a longer passage plays out somewhere. */
const longestSummary = 700

/** Kind of the passage of paragraphs `[first, last]`. `classes` are the story's word classes. */
export function kindOf(
  { text, paragraphs, tokens, firstToken }: TextLayer,
  { quotationOf }: QuotationLayer,
  classes: Int32Array,
  first: number,
  last: number,
): Scene['kind'] {
  const lines: string[] = []
  let notes = 0
  let prose = 0
  for (let p = first; p <= last; p++) {
    const { kind, start, end } = paragraphs[p]!
    if (kind === 'note') notes++
    // A title above a note belongs to it.
    if (kind === 'prose' && (p > first || /[.!?…”"']$/.test(text.slice(start, end)))) prose++
    if (kind !== 'break' && kind !== 'note') lines.push(...linesOf(text, start, end))
  }
  if (notes > 0 && prose === 0) return 'note'
  if (isDocument(lines)) return 'document'
  const { words, quoted, rate } = condensation({ text, paragraphs, tokens, firstToken }, { quotationOf }, classes, first, last)
  const summed =
    words > 0 &&
    words <= longestSummary &&
    quoted <= summaryQuoted &&
    rate >= (quoted === 0 ? summaryRate.silent : summaryRate.spoken)
  return summed ? 'summary' : 'scene'
}

/**
 * How much time the narration of a passage condenses: "In the weeks after that we had tickets every other Saturday". Words, share of
 * quoted ones, and time-condensing words per 100.
 */
export function condensation(
  { paragraphs, tokens, firstToken }: Pick<TextLayer, 'text' | 'paragraphs' | 'tokens' | 'firstToken'>,
  { quotationOf }: Pick<QuotationLayer, 'quotationOf'>,
  classes: Int32Array,
  first: number,
  last: number,
): { words: number; quoted: number; rate: number } {
  let words = 0
  let quoted = 0
  let condensing = 0
  for (let p = first; p <= last; p++) {
    if (paragraphs[p]!.kind !== 'prose') continue
    for (let i = firstToken[p]!; i < firstToken[p + 1]!; i++) {
      if (tokens.form[i] === Form.punctuation) continue
      words++
      if (quotationOf[i]! >= 0) {
        quoted++
        continue
      }
      const flags = classes[tokens.word[i]!]!
      const value = tokens.vocabulary[tokens.word[i]!]!
      if ((flags & (WordClass.habit | WordClass.calendar)) !== 0) condensing++
      if ((flags & WordClass.unit) !== 0 && longUnit.test(value)) condensing++
      if (sequence.has(value)) condensing += 0.5
    }
  }
  return { words, quoted: words === 0 ? 0 : quoted / words, rate: (100 * condensing) / (words + 15) }
}

const longUnit = /^(?:days?|nights|weeks?|fortnight|months?|years?|decades?|centuries|winters|summers)$/
const sequence = new Set(['after', 'since', 'until', 'till', 'later', 'when', 'afterwards'])
