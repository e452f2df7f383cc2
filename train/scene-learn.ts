/** Three unlike learners in plain arrays: logistic regression, a small neural net, boosted trees. All deterministic. */
import { binCount, type Dataset } from './scene-data.js'

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
  { epochs = 6, rate = 0.06, l2 = 0.0004, seed = 1, use = null as Uint8Array | null, coarse = 1 } = {},
): Linear {
  const F = data.features.length
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
        if (use !== null && use[f] === 0) continue
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
  const F = data.features.length
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

/** A tree in arrays: node i splits on `bin < cut` to `left`, else `left + 1`; a leaf has feature -1 and a value. */
export interface Tree {
  readonly feature: Int16Array
  readonly cut: Uint8Array
  readonly left: Int16Array
  readonly value: Float32Array
}

export type Bins = { readonly columns: number; readonly at: (row: number, column: number) => number }

/** Gradient-boosted trees on binned columns (row-major `matrix` of the sample), best leaf first, second-order gains. */
export function trainTrees(
  matrix: Uint8Array,
  columns: number,
  target: Uint8Array,
  weight: Float32Array,
  { trees = 80, leaves = 12, rate = 0.1, lambda = 5, minimum = 30, share = 0.4, seed = 1, bins = binCount } = {},
): { base: number; trees: Tree[] } {
  const n = target.length
  const random = randomOf(seed)
  let positive = 0
  let all = 0
  for (let i = 0; i < n; i++) {
    positive += target[i]! * weight[i]!
    all += weight[i]!
  }
  const base = Math.log(positive / (all - positive))
  const z = new Float32Array(n).fill(base)
  const grad = new Float32Array(n)
  const hess = new Float32Array(n)
  const out: Tree[] = []
  const rows = new Int32Array(n)
  const scratch = new Int32Array(n)
  for (let t = 0; t < trees; t++) {
    for (let i = 0; i < n; i++) {
      const p = sigmoid(z[i]!)
      grad[i] = (p - target[i]!) * weight[i]!
      hess[i] = p * (1 - p) * weight[i]!
      rows[i] = i
    }
    const chosen = Array.from({ length: columns }, (_, c) => c).filter(() => random() < share)
    interface Leaf {
      from: number
      to: number
      g: number
      h: number
      node: number
      gain: number
      feature: number
      cut: number
    }
    const feature: number[] = [-1]
    const cut: number[] = [0]
    const left: number[] = [0]
    const value: number[] = [0]
    const hg = new Float64Array(chosen.length * bins)
    const hh = new Float64Array(chosen.length * bins)
    const hn = new Int32Array(chosen.length * bins)
    const examine = (leaf: Leaf): Leaf => {
      hg.fill(0)
      hh.fill(0)
      hn.fill(0)
      for (let k = leaf.from; k < leaf.to; k++) {
        const i = rows[k]!
        const at = i * columns
        const gi = grad[i]!
        const hi = hess[i]!
        for (let c = 0; c < chosen.length; c++) {
          const slot = c * bins + matrix[at + chosen[c]!]!
          hg[slot]! += gi
          hh[slot]! += hi
          hn[slot]!++
        }
      }
      const parent = (leaf.g * leaf.g) / (leaf.h + lambda)
      leaf.gain = 0
      for (let c = 0; c < chosen.length; c++) {
        let gl = 0
        let hl = 0
        let nl = 0
        for (let b = 0; b + 1 < bins; b++) {
          gl += hg[c * bins + b]!
          hl += hh[c * bins + b]!
          nl += hn[c * bins + b]!
          if (nl < minimum || leaf.to - leaf.from - nl < minimum) continue
          const gr = leaf.g - gl
          const gain = (gl * gl) / (hl + lambda) + (gr * gr) / (leaf.h - hl + lambda) - parent
          if (gain > leaf.gain + 1e-9) {
            leaf.gain = gain
            leaf.feature = chosen[c]!
            leaf.cut = b + 1
          }
        }
      }
      return leaf
    }
    let G = 0
    let H = 0
    for (let i = 0; i < n; i++) {
      G += grad[i]!
      H += hess[i]!
    }
    const open: Leaf[] = [examine({ from: 0, to: n, g: G, h: H, node: 0, gain: 0, feature: -1, cut: 0 })]
    const done: Leaf[] = []
    while (open.length > 0 && open.length + done.length < leaves) {
      open.sort((a, b) => b.gain - a.gain)
      const leaf = open.shift()!
      if (leaf.gain <= 0) {
        done.push(leaf)
        continue
      }
      let a = leaf.from
      let b = 0
      let gl = 0
      let hl = 0
      for (let k = leaf.from; k < leaf.to; k++) {
        const i = rows[k]!
        if (matrix[i * columns + leaf.feature]! < leaf.cut) {
          rows[a++] = i
          gl += grad[i]!
          hl += hess[i]!
        } else scratch[b++] = i
      }
      for (let k = 0; k < b; k++) rows[a + k] = scratch[k]!
      const child = feature.length
      feature[leaf.node] = leaf.feature
      cut[leaf.node] = leaf.cut
      left[leaf.node] = child
      feature.push(-1, -1)
      cut.push(0, 0)
      left.push(0, 0)
      value.push(0, 0)
      open.push(
        examine({ from: leaf.from, to: a, g: gl, h: hl, node: child, gain: 0, feature: -1, cut: 0 }),
        examine({ from: a, to: leaf.to, g: leaf.g - gl, h: leaf.h - hl, node: child + 1, gain: 0, feature: -1, cut: 0 }),
      )
    }
    for (const { from, to, g, h, node } of [...open, ...done]) {
      value[node] = (-rate * g) / (h + lambda)
      for (let k = from; k < to; k++) z[rows[k]!]! += value[node]!
    }
    out.push({
      feature: Int16Array.from(feature),
      cut: Uint8Array.from(cut),
      left: Int16Array.from(left),
      value: Float32Array.from(value),
    })
  }
  return { base, trees: out }
}

export function scoreTrees({ base, trees }: { base: number; trees: readonly Tree[] }, bin: (column: number) => number): number {
  let z = base
  for (const { feature, cut, left, value } of trees) {
    let node = 0
    while (feature[node]! >= 0) node = left[node]! + (bin(feature[node]!) < cut[node]! ? 0 : 1)
    z += value[node]!
  }
  return z
}
