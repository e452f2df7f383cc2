/** Tokens as other tools' formats want them: words and marks, cut so that every span of the story is a whole number of tokens. */
import { indexAt } from '../span.js'
import type { Span, Story } from '../types.js'

export interface FileToken extends Span {
  readonly text: string
  readonly paragraph: number
  readonly sentence: number
  /** Index within its sentence. */
  readonly inSentence: number
}

type Layers = Pick<Story, 'text' | 'paragraphs' | 'sentences' | 'mentions' | 'quotations'>

/** Words (with inner apostrophes and hyphens) and single marks, cut at the ends of mentions and quotations. Linear. */
export function fileTokens({ text, paragraphs, sentences, mentions, quotations }: Layers): FileToken[] {
  const cuts = new Set<number>()
  for (const { start, end } of [...mentions, ...quotations, ...sentences]) cuts.add(start).add(end)
  const tokens: FileToken[] = []
  let sentence = 0
  let inSentence = 0
  let lastKey = ''
  const push = (start: number, end: number): void => {
    const found = indexAt(sentences, start)
    const paragraph = Math.max(0, indexAt(paragraphs, start))
    // Headings and breaks may lie outside every sentence: each paragraph's stray tokens are a sentence of their own.
    const key = found >= 0 ? `s${found}` : `p${paragraph}`
    if (key !== lastKey) {
      if (lastKey !== '') sentence++
      inSentence = 0
      lastKey = key
    }
    tokens.push({ start, end, text: text.slice(start, end), paragraph, sentence, inSentence: inSentence++ })
  }
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*|[^\s]/gu)) {
    let start = index
    for (let at = index + 1; at < index + word.length; at++) {
      if (!cuts.has(at)) continue
      push(start, at)
      start = at
    }
    push(start, index + word.length)
  }
  return tokens
}

/** First and last token (inclusive) of a span; `null` when no token lies in it. Logarithmic. */
export function tokenRange(tokens: readonly Span[], { start, end }: Span): [first: number, last: number] | null {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (tokens[middle]!.end > start) high = middle
    else low = middle + 1
  }
  const first = low
  high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (tokens[middle]!.start >= end) high = middle
    else low = middle + 1
  }
  return low > first ? [first, low - 1] : null
}

/** How far ahead a token may be looked for when a tool has dropped or changed some text, in code units. */
const lookAhead = 200
/** Share of tokens that may be missing before the file is taken for another text's. */
const missingShare = 0.02

/**
 * Finds another tool's tokens in the text, one after the other: independent of how that tool counts (bytes, code points, line
 * ends). A token the tool has changed gets an empty span. Throws when too many are not found: the file belongs to another text.
 */
export function alignTokens(text: string, words: readonly string[], format: string): Span[] {
  const spans: Span[] = []
  let cursor = 0
  let missing = 0
  for (const word of words) {
    while (cursor < text.length && /\s/.test(text[cursor]!)) cursor++
    let at = text.startsWith(word, cursor) ? cursor : -1
    if (at < 0 && word !== '') {
      const found = text.slice(cursor, cursor + lookAhead + word.length).indexOf(word)
      at = found < 0 ? -1 : cursor + found
    }
    if (at < 0) {
      missing++
      spans.push({ start: cursor, end: cursor })
    } else {
      spans.push({ start: at, end: at + word.length })
      cursor = at + word.length
    }
  }
  if (missing > words.length * missingShare) {
    throw new TypeError(`${format}: ${missing} of ${words.length} tokens are not in \`text\`; the file belongs to another text`)
  }
  return spans
}
