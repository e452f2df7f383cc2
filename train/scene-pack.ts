/** From trained learners to the model's file. */
import { packSparse } from '../src/model/sparse.js'
import type { StoredModel } from '../src/scene/scorer.js'
import type { Dataset } from './scene-data.js'
import type { Linear, Net } from './scene-learn.js'

/** N-grams kept: those whose weight moves the score most over the training rows. */
const keptNgrams = 8000

const base64 = (values: Int8Array): string => Buffer.from(values.buffer, values.byteOffset, values.length).toString('base64')
const quantise = (values: ArrayLike<number>, unit: number): Int8Array =>
  Int8Array.from(values, (v) => Math.max(-127, Math.min(127, Math.round(v / unit))))
const digits = (v: number): number => Number(v.toPrecision(4))
const largest = (values: ArrayLike<number>): number => Array.from(values).reduce((m, v) => Math.max(m, Math.abs(v)), 1e-6)

export function pack(
  data: Dataset,
  linear: Linear,
  nets: readonly Net[],
  { coarse = 1 } = {},
): Omit<StoredModel, 'guess' | 'platt' | 'netShare'> {
  const total = Float32Array.from(linear.ngrams, (w, i) => nets.reduce((sum, net) => sum + net.wide[i]!, w))
  const uses = new Int32Array(total.length)
  for (const id of data.ngramIds) uses[id]!++
  const worth = (i: number): number => Math.abs(total[i]!) * Math.sqrt(uses[i]!)
  const kept = Array.from(total, (_, i) => i)
    .sort((a, b) => worth(b) - worth(a) || a - b)
    .slice(0, keptNgrams)
  const scale = digits(largest(kept.map((i) => total[i]!)) / 127)
  const unit = digits(largest(linear.bins) / 127)
  return {
    version: 2,
    features: data.columns.join(' '),
    edges: data.edges,
    words: data.alphabet.join(' '),
    ngrams: { scale, weights: packSparse(new Map(kept.map((i) => [data.ngrams[i]!, total[i]!])), scale) },
    linear: { bias: digits(linear.bias), coarse, unit, bins: base64(quantise(linear.bins, unit)) },
    nets: nets.map(({ hidden, inputs, w1, w2 }) => {
      const units: number[] = []
      const inner = new Int8Array(w1.length)
      for (let j = 0; j < hidden; j++) {
        const row = w1.subarray(j * (inputs + 1), (j + 1) * (inputs + 1))
        const rowUnit = digits(largest(row) / 127)
        units.push(rowUnit)
        inner.set(quantise(row, rowUnit), j * (inputs + 1))
      }
      return { hidden, units, inner: base64(inner), outer: Array.from(w2, digits) }
    }),
  }
}
