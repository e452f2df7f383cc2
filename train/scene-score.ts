/** How well boundaries and scores find the hidden breaks: by the definitions of the gold's scorer, on paragraphs. */
import type { BreakClass } from './scene-books.js'

export interface Views {
  readonly f1: readonly number[]
  readonly near: readonly number[]
  readonly ap: readonly number[]
}

/** A book's breaks by paragraph, the paragraphs where boundaries were found, and every paragraph's score. */
export interface Judged {
  readonly breaks: ReadonlyMap<number, BreakClass>
  readonly found: readonly number[]
  readonly scores: ArrayLike<number>
}

const views: readonly ((kind: BreakClass) => boolean)[] = [() => true, (kind) => kind !== 'chapter', (kind) => kind === 'hr']

export function judge(books: readonly Judged[]): Views {
  const tp = [0, 0, 0]
  const pred = [0, 0, 0]
  const gold = [0, 0, 0]
  const tp1 = [0, 0, 0]
  const pred1 = [0, 0, 0]
  const aps: number[][] = [[], [], []]
  for (const { breaks, found, scores } of books)
    views.forEach((keep, v) => {
      const wanted = (p: number): boolean => breaks.has(p) && keep(breaks.get(p)!)
      const other = (p: number): boolean => breaks.has(p) && !keep(breaks.get(p)!)
      const near = (p: number): boolean => (other(p - 1) || other(p + 1)) && !(wanted(p - 1) || wanted(p) || wanted(p + 1))
      const g = [...breaks.keys()].filter(wanted).sort((a, b) => a - b)
      if (g.length === 0) return
      const p0 = found.filter((p) => p > 0 && !other(p))
      const p1 = p0.filter((p) => !near(p))
      gold[v]! += g.length
      pred[v]! += p0.length
      pred1[v]! += p1.length
      tp[v]! += matched(g, p0, 0)
      tp1[v]! += matched(g, p1, 1)
      const ranked = Array.from(scores, (_, p) => p)
        .filter((p) => p > 0 && !other(p))
        .sort((a, b) => scores[b]! - scores[a]! || a - b)
      let hit = 0
      let ap = 0
      ranked.forEach((p, i) => {
        if (wanted(p)) ap += ++hit / (i + 1)
      })
      aps[v]!.push(ap / g.length)
    })
  const f = (t: number[], p: number[]): number[] => t.map((x, v) => (200 * x) / (p[v]! + gold[v]!))
  return { f1: f(tp, pred), near: f(tp1, pred1), ap: aps.map((list) => (100 * list.reduce((a, b) => a + b, 0)) / list.length) }
}

function matched(gold: readonly number[], pred: readonly number[], reach: number): number {
  let i = 0
  let j = 0
  let n = 0
  while (i < gold.length && j < pred.length) {
    const d = pred[j]! - gold[i]!
    if (d < -reach) j++
    else if (d > reach) i++
    else {
      n++
      i++
      j++
    }
  }
  return n
}

const row = (values: readonly number[]): string => values.map((x) => x.toFixed(1)).join(' / ')
export const show = ({ f1, near, ap }: Views): string => `F1 ${row(f1)}  ±1 ${row(near)}  AP ${row(ap)}`
