/** Two unlike learners in plain arrays: logistic regression and a small neural net. Both deterministic. */
import { binCount } from '../src/scene/scorer.js'
import type { Dataset } from './scene-data.js'

/** Mulberry32. */
export function randomOf(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Rows to learn from, with a weight each. */
export interface Sample {
  readonly rows: Int32Array
  readonly weight: Float32Array
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const t = order[i]!
    order[i] = order[j]!
    order[j] = t
  }
}

export interface Linear {
  readonly bias: number
  /** Weight of each (feature, coarse bin). */
  readonly bins: Float32Array
  readonly ngrams: Float32Array
}

/** Logistic regression on 8 coarse bins per feature and the n-grams: Adagrad with L2, weights averaged over the last epochs. */
export function trainLinear(
  data: Dataset,
  { rows, weight }: Sample,
  { epochs = 6, rate = 0.06, l2 = 0.0004, seed = 1, coarse = 1 } = {},
): Linear {
  const F = data.features
  const B = binCount >> coarse
  const bins = new Float32Array(F * B)
  const binsG = new Float32Array(F * B).fill(1e-2)
  const grams = new Float32Array(data.ngrams.length)
  const gramsG = new Float32Array(data.ngrams.length).fill(1e-2)
  const sumBins = new Float64Array(F * B)
  const sumGrams = new Float64Array(data.ngrams.length)
  let sums = 0
  let sumBias = 0
  let bias = -2
  const order = Int32Array.from(rows, (_, i) => i)
  const random = randomOf(seed)
  for (let e = 0; e < epochs; e++) {
    shuffle(order, random)
    for (const s of order) {
      const r = rows[s]!
      let z = bias
      const at = r * F
      for (let f = 0; f < F; f++) z += bins[f * B + (data.bins[at + f]! >> coarse)]!
      for (let k = data.ngramStart[r]!; k < data.ngramStart[r + 1]!; k++) z += grams[data.ngramIds[k]!]!
      const g = (sigmoid(z) - (data.label[r]! > 0 ? 1 : 0)) * weight[s]!
      bias -= 0.002 * g
      for (let f = 0; f < F; f++) {
        const i = f * B + (data.bins[at + f]! >> coarse)
        const d = g + l2 * bins[i]!
        binsG[i]! += d * d
        bins[i]! -= (rate * d) / Math.sqrt(binsG[i]!)
      }
      for (let k = data.ngramStart[r]!; k < data.ngramStart[r + 1]!; k++) {
        const i = data.ngramIds[k]!
        const d = g + l2 * 4 * grams[i]!
        gramsG[i]! += d * d
        grams[i]! -= (rate * d) / Math.sqrt(gramsG[i]!)
      }
    }
    if (e >= epochs - 2) {
      for (let i = 0; i < bins.length; i++) sumBins[i]! += bins[i]!
      for (let i = 0; i < grams.length; i++) sumGrams[i]! += grams[i]!
      sumBias += bias
      sums++
    }
  }
  return {
    bias: sumBias / sums,
    bins: Float32Array.from(sumBins, (v) => v / sums),
    ngrams: Float32Array.from(sumGrams, (v) => v / sums),
  }
}

export function scoreLinear(data: Dataset, { bias, bins, ngrams }: Linear, from: number, to: number, coarse = 1): Float32Array {
  const F = data.features
  const B = binCount >> coarse
  const out = new Float32Array(to - from)
  for (let r = from; r < to; r++) {
    let z = bias
    for (let f = 0; f < F; f++) z += bins[f * B + (data.bins[r * F + f]! >> coarse)]!
    for (let k = data.ngramStart[r]!; k < data.ngramStart[r + 1]!; k++) z += ngrams[data.ngramIds[k]!]!
    out[r - from] = z
  }
  return out
}

export interface Net {
  readonly inputs: number
  readonly hidden: number
  /** hidden x (inputs + 1), the last of each row the bias. */
  readonly w1: Float32Array
  /** hidden + 1, the last the bias. */
  readonly w2: Float32Array
  /** Weights of the n-grams, added straight to the output ("wide and deep"). */
  readonly wide: Float32Array
}

/** Input matrix of a net: rows x inputs, bin positions scaled to [-1, 1], and any extra columns. */
export type Inputs = (row: number, into: Float32Array) => void

/** One hidden layer of tanh units, cross-entropy, Adam in small batches, L2. */
export function trainNet(
  data: Dataset,
  { rows, weight }: Sample,
  inputs: number,
  read: Inputs,
  { hidden = 24, epochs = 6, rate = 0.002, l2 = 0.0002, batch = 64, seed = 1, drop = 0.1, wideRate = 0.01, wideL2 = 0.04 } = {},
): Net {
  const random = randomOf(seed)
  const n1 = hidden * (inputs + 1)
  const n2 = hidden + 1
  const w = new Float32Array(n1 + n2)
  const scale = Math.sqrt(1 / inputs)
  for (let i = 0; i < n1; i++) w[i] = (random() * 2 - 1) * scale * 1.5
  for (let i = 0; i < n2 - 1; i++) w[n1 + i] = (random() * 2 - 1) * Math.sqrt(1 / hidden)
  w[n1 + hidden] = -1.5
  const g = new Float32Array(w.length)
  const m = new Float32Array(w.length)
  const v = new Float32Array(w.length)
  const x = new Float32Array(inputs)
  const h = new Float32Array(hidden)
  const wide = new Float32Array(data.ngrams.length)
  const wideG = new Float32Array(wide.length).fill(1e-2)
  const wideSum = new Float64Array(wide.length)
  const order = Int32Array.from(rows, (_, i) => i)
  let step = 0
  const total = epochs * Math.ceil(rows.length / batch)
  const average = new Float64Array(w.length)
  let averaged = 0
  for (let e = 0; e < epochs; e++) {
    shuffle(order, random)
    for (let b = 0; b < order.length; b += batch) {
      g.fill(0)
      const stop = Math.min(order.length, b + batch)
      for (let s = b; s < stop; s++) {
        const r = rows[order[s]!]!
        read(r, x)
        if (drop > 0) for (let i = 0; i < inputs; i++) if (random() < drop) x[i] = 0
        let z = w[n1 + hidden]!
        for (let j = 0; j < hidden; j++) {
          const at = j * (inputs + 1)
          let a = w[at + inputs]!
          for (let i = 0; i < inputs; i++) a += w[at + i]! * x[i]!
          const t = Math.tanh(a)
          h[j] = t
          z += w[n1 + j]! * t
        }
        if (wideRate > 0) for (let k = data.ngramStart[r]!; k < data.ngramStart[r + 1]!; k++) z += wide[data.ngramIds[k]!]!
        const d = (sigmoid(z) - (data.label[r]! > 0 ? 1 : 0)) * weight[order[s]!]!
        if (wideRate > 0)
          for (let k = data.ngramStart[r]!; k < data.ngramStart[r + 1]!; k++) {
            const i = data.ngramIds[k]!
            const di = d + wideL2 * wide[i]!
            wideG[i]! += di * di
            wide[i]! -= (wideRate * di) / Math.sqrt(wideG[i]!)
          }
        g[n1 + hidden]! += d
        for (let j = 0; j < hidden; j++) {
          g[n1 + j]! += d * h[j]!
          const dj = d * w[n1 + j]! * (1 - h[j]! * h[j]!)
          const at = j * (inputs + 1)
          for (let i = 0; i < inputs; i++) g[at + i]! += dj * x[i]!
          g[at + inputs]! += dj
        }
      }
      step++
      const lr = (rate * Math.min(1, step / 50) * (1 - (0.9 * step) / total) * Math.sqrt(1 - 0.999 ** step)) / (1 - 0.9 ** step)
      const size = stop - b
      for (let i = 0; i < w.length; i++) {
        const gi = g[i]! / size + l2 * w[i]!
        m[i] = 0.9 * m[i]! + 0.1 * gi
        v[i] = 0.999 * v[i]! + 0.001 * gi * gi
        w[i]! -= (lr * m[i]!) / (Math.sqrt(v[i]!) + 1e-8)
      }
    }
    if (e >= epochs - 2) {
      for (let i = 0; i < w.length; i++) average[i]! += w[i]!
      for (let i = 0; i < wide.length; i++) wideSum[i]! += wide[i]!
      averaged++
    }
  }
  const final = Float32Array.from(average, (a) => a / averaged)
  return { inputs, hidden, w1: final.slice(0, n1), w2: final.slice(n1), wide: Float32Array.from(wideSum, (a) => a / averaged) }
}

export function scoreNet(
  data: Dataset,
  { inputs, hidden, w1, w2, wide }: Net,
  read: Inputs,
  from: number,
  to: number,
): Float32Array {
  const out = new Float32Array(to - from)
  const x = new Float32Array(inputs)
  for (let r = from; r < to; r++) {
    read(r, x)
    let z = w2[hidden]!
    for (let j = 0; j < hidden; j++) {
      const at = j * (inputs + 1)
      let a = w1[at + inputs]!
      for (let i = 0; i < inputs; i++) a += w1[at + i]! * x[i]!
      z += w2[j]! * Math.tanh(a)
    }
    for (let k = data.ngramStart[r]!; k < data.ngramStart[r + 1]!; k++) z += wide[data.ngramIds[k]!]!
    out[r - from] = z
  }
  return out
}
