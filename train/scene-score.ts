/** How well scores find the hidden breaks: by the definitions of the gold's scorer, on paragraph starts. */
import type { Dataset } from './scene-data.js'

export interface Views {
  readonly f1: readonly number[]
  readonly near: readonly number[]
  readonly ap: readonly number[]
}

const views = [(k: number) => k > 0, (k: number) => k === 1 || k === 2, (k: number) => k === 1]

export interface Rule {
  readonly every?: number
  readonly apart?: number
  readonly titles?: boolean
}

/** A title line takes its follower's score; the follower keeps little. */
export function shiftTitles(data: Dataset, scores: Float32Array, first: number): Float32Array {
  const out = scores.slice()
  for (let u = 0; u + 1 < out.length; u++)
    if (data.title[first + u] === 1 && data.title[first + u + 1] === 0 && scores[u + 1]! > scores[u]!) {
      out[u] = scores[u + 1]!
      out[u + 1] = scores[u]!
    }
  return out
}

/** The paragraphs chosen: local maxima, best first, one in `every`. */
export function choose(scores: Float32Array, { every = 25, apart = 2 }: Rule = {}): Set<number> {
  const wanted = Math.round(scores.length / every)
  const order = Int32Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b)
  const taken = new Set<number>()
  for (const u of order) {
    if (taken.size >= wanted) break
    if (u === 0) continue
    let top = true
    for (let d = 1; d <= apart && top; d++)
      if ((scores[u - d] ?? -1e9) > scores[u]! || (scores[u + d] ?? -1e9) > scores[u]! || taken.has(u - d) || taken.has(u + d))
        top = false
    if (top) taken.add(u)
  }
  return taken
}

export function judge(data: Dataset, scoresOf: (book: number) => Float32Array | null, rule: Rule = {}): Views {
  const tp = [0, 0, 0]
  const pred = [0, 0, 0]
  const gold = [0, 0, 0]
  const tp1 = [0, 0, 0]
  const pred1 = [0, 0, 0]
  const aps: number[][] = [[], [], []]
  data.books.forEach(({ first, end }, b) => {
    let scores = scoresOf(b)
    if (scores === null) return
    if (rule.titles !== false) scores = shiftTitles(data, scores, first)
    const chosen = [...choose(scores, rule)].sort((a, b) => a - b)
    const label = (u: number): number => (u > 0 && u < end - first ? data.label[first + u]! : 0)
    views.forEach((keep, v) => {
      const g: number[] = []
      for (let u = 1; u < end - first; u++) if (keep(label(u))) g.push(u)
      if (g.length === 0) return
      const other = (u: number): boolean => label(u) > 0 && !keep(label(u))
      const near = (u: number): boolean =>
        (other(u - 1) || other(u + 1)) && !(keep(label(u - 1)) || keep(label(u)) || keep(label(u + 1)))
      const p0 = chosen.filter((u) => !other(u))
      const p1 = p0.filter((u) => !near(u))
      gold[v]! += g.length
      pred[v]! += p0.length
      pred1[v]! += p1.length
      tp[v]! += matched(g, p0, 0)
      tp1[v]! += matched(g, p1, 1)
      const ranked = Array.from({ length: end - first - 1 }, (_, i) => i + 1)
        .filter((u) => !other(u))
        .sort((a, b) => scores[b]! - scores[a]!)
      let hit = 0
      let ap = 0
      ranked.forEach((u, i) => {
        if (keep(label(u))) ap += ++hit / (i + 1)
      })
      aps[v]!.push(ap / g.length)
    })
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
