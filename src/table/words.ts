/** Counting words. */
import type { Span } from '../types.js'

/** Counts the words of spans of one text: runs without white space that hold a letter or digit. A word belongs where it begins. */
export function wordCounter(text: string): (span: Span) => number {
  const starts: number[] = []
  for (const { 0: run, index } of text.matchAll(/\S+/g)) if (/[\p{L}\p{N}]/u.test(run)) starts.push(index)
  const before = (offset: number): number => {
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (starts[middle]! < offset) low = middle + 1
      else high = middle
    }
    return low
  }
  return ({ start, end }) => before(end) - before(start)
}
