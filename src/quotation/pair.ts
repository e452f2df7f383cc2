/** Marks put together into quotations, one paragraph at a time, so that a lost mark costs its paragraph and not the book. */
import type { Mark, MarkFamily } from './mark.js'

/** A marked stretch of a paragraph. */
export interface Pair {
  readonly start: number
  readonly end: number
  /** False when the paragraph ended first. */
  readonly closed: boolean
  /** False when its opening mark was lost. */
  readonly opened: boolean
}

/** Families that belong to the same outermost level as the document's own: careless typists mix curly, straight and angled. */
const sameLevel = (family: MarkFamily, style: MarkFamily): boolean => (style === 'single') === (family === 'single')

const endsSpeech = /[,.!?;:…—–\-―]/

/** Longest stretch that a mark after a bare letter may close when a surer one follows, in characters: 'the boys' room'. */
const nearMark = 60

/**
 * Pairs the marks of one paragraph at the outermost level. An opening mark inside an open quotation is a nested one when two
 * closing marks follow it; otherwise the closing mark before it was lost, and the quotation ends where its tag begins.
 *
 * @param carried true when the paragraph before ended inside a quotation.
 */
export function pairMarks(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  all: readonly Mark[],
  style: MarkFamily,
  carried: boolean,
  closingPlace: (from: number, to: number) => number,
): Pair[] {
  const marks = all.filter(({ family }) => sameLevel(family, style))
  const pairs: Pair[] = []
  let open = -1
  let depth = 0
  for (let i = 0; i < marks.length; i++) {
    const mark = marks[i]!
    if (open < 0) {
      if (mark.side === 'open' || mark.side === 'either') open = mark.start
      else if (mark.side === 'close' && pairs.length === 0 && style !== 'single') {
        // `Come in," she said.`: the paragraph's opening mark was lost.
        if (carried || endsSpeech.test(text[mark.start - 1] ?? ' '))
          pairs.push({ start, end: mark.end, closed: true, opened: false })
      }
      depth = 0
    } else if (mark.side === 'open') {
      if (isNested(marks, i)) depth++
      else {
        const close = closingPlace(open, mark.start)
        pairs.push({ start: open, end: close, closed: true, opened: true })
        open = mark.start
        depth = 0
      }
    } else if (mark.side === 'weak-close' && !closesHere(marks, i)) {
      // An apostrophe, or inches.
    } else if (depth > 0) depth--
    else {
      pairs.push({ start: open, end: mark.end, closed: true, opened: true })
      open = -1
    }
  }
  if (open >= 0) pairs.push({ start: open, end, closed: false, opened: true })
  return pairs
}

/** The next two marks both close: one for the inner quotation, one for the outer. */
function isNested(marks: readonly Mark[], i: number): boolean {
  const inner = marks[i + 1]
  const outer = marks[i + 2]
  return inner !== undefined && outer !== undefined && isClosing(inner) && isClosing(outer)
}

const isClosing = ({ side }: Mark): boolean => side === 'close' || side === 'weak-close'

/** A mark after a bare letter closes when no surer mark follows before the next quotation opens. */
function closesHere(marks: readonly Mark[], i: number): boolean {
  const at = marks[i]!.start
  for (let j = i + 1; j < marks.length; j++) {
    const { side, start } = marks[j]!
    if (side === 'open') return true
    if (side === 'close' || side === 'either') return false
    if (side === 'weak-close' && start - at < nearMark) return false
  }
  return true
}
