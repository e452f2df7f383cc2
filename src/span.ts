/** Arithmetic on half-open spans. */
import type { Span } from './types.js'

/** The words a span covers. */
export const textOf = (text: string, { start, end }: Span): string => text.slice(start, end)

/** True when `inner` lies within `outer`, ends included. */
export const contains = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end

/** True when the two share at least one code unit. */
export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end

/** Orders by start, the longer (outer) span first. */
export const bySpan = (a: Span, b: Span): number => a.start - b.start || b.end - a.end

/** Index of the first span that ends after `offset` in spans sorted by end; `spans.length` when none does. Logarithmic. */
export function firstEndingAfter(spans: readonly Span[], offset: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (spans[middle]!.end > offset) high = middle
    else low = middle + 1
  }
  return low
}

/** Index of the span that holds `offset` in sorted, non-overlapping spans; -1 in a gap. Logarithmic. */
export function indexAt(spans: readonly Span[], offset: number): number {
  const index = firstEndingAfter(spans, offset)
  return index < spans.length && spans[index]!.start <= offset ? index : -1
}
