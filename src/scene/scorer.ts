/** The learned score of a paragraph start: a linear model and small nets over binned features and opening n-grams. */
import stored from '../model/scene.json' with { type: 'json' }
import { decodeBase64, type SparseWeights, scoreSparse, tableOf } from '../model/sparse.js'
import { type Column, type Features, furthestShift, type Layers, measure } from './feature.js'
import { type Alphabet, alphabetOf, maxNgrams, openingReader } from './opening.js'

/** The file's form: numbers packed, everything named. */
export interface StoredModel {
  readonly version: number
  /** The columns in order, each with its shifts; a mismatch with the code is an error. */
  readonly features: string
  /** Inner edges of each column's bins; a value is in the bin numbered by the edges not above it. */
  readonly edges: readonly (readonly number[])[]
  /** Words that stay themselves in n-grams. */
  readonly words: string
  /** Weights of n-grams by key, in units of `scale`. */
  readonly ngrams: { readonly scale: number; readonly weights: string }
  readonly linear: { readonly bias: number; readonly coarse: number; readonly unit: number; readonly bins: string }
  /** The first sees every start, the others only those that are best by it and the linear part. */
  readonly nets: readonly {
    readonly hidden: number
    readonly units: readonly number[]
    readonly inner: string
    readonly outer: readonly number[]
  }[]
  /** Share of the starts that the other nets look at. */
  readonly netShare: number
  /** Where they do not look, their sum is guessed from the rest: slope and intercept. */
  readonly guess: readonly [number, number]
  /** Platt's two numbers: probability = 1 / (1 + exp(-(a * score + b))). */
  readonly platt: readonly [number, number]
}

/** Hidden units computed side by side: one sum alone would wait for itself at every step. */
const abreast = 4

/** A net on bin numbers. */
interface Net {
  /** A multiple of `abreast`. */
  readonly hidden: number
  /** For every four hidden units their biases, and then for each feature their weights. */
  readonly inner: Float64Array
  /** A weight for each hidden unit, and the bias. */
  readonly outer: Float64Array
}

/** Where a feature's bins lie: in which column's, and how many units from the start. */
interface View {
  readonly column: number
  readonly shift: number
}

export interface Scorer {
  readonly alphabet: Alphabet
  readonly columns: readonly string[]
  readonly views: readonly View[]
  readonly edges: readonly Float64Array[]
  readonly ngrams: SparseWeights
  readonly bias: number
  /** Weights by feature and bin, `binCount` per feature. */
  readonly linear: Float64Array
  readonly nets: readonly Net[]
  readonly netShare: number
  readonly guess: readonly [number, number]
  readonly platt: readonly [number, number]
}

/** Bins of a column, at most. */
export const binCount = 16

let shipped: Scorer | undefined

/** The scorer of src/model/scene.json, unpacked on first use. */
export const sceneScorer = (): Scorer => {
  shipped ??= unpack(stored as unknown as StoredModel)
  return shipped
}

/** A column's name with its shifts, as the model's file has it. */
export const nameOf = ({ name, shifts }: Pick<Column, 'name' | 'shifts'>): string => `${name}:${shifts.join()}`

/** The features of columns so named. */
export const viewsOf = (columns: readonly string[]): View[] =>
  columns.flatMap((name, column) =>
    name
      .slice(name.indexOf(':') + 1)
      .split(',')
      .map((shift) => ({ column, shift: Number(shift) })),
  )

/** Value of one bin's step to the nets, which know each feature as a number from -1 to 1. */
export const binStep = (edges: { readonly length: number }): number => 2 / (edges.length || 1)

export function unpack(model: StoredModel): Scorer {
  const columns = model.features.split(' ')
  const views = viewsOf(columns)
  const edges = model.edges.map((list) => Float64Array.from(list))
  const steps = views.map(({ column }) => binStep(edges[column]!))
  const { bias, coarse, unit } = model.linear
  const coarseBins = signed(model.linear.bins)
  const linear = Float64Array.from({ length: views.length * binCount }, (_, i) => coarseBins[i >> coarse]! * unit)
  return {
    alphabet: alphabetOf(model.words.split(' ')),
    columns,
    views,
    edges,
    ngrams: tableOf(model.ngrams.weights, model.ngrams.scale),
    bias,
    linear,
    nets: model.nets.map((net) => unpackNet(net, steps)),
    netShare: model.netShare,
    guess: model.guess,
    platt: model.platt,
  }
}

/** The nets know a feature as a number from -1 to 1; here the steps go into the weights, so that bins can be read as they are. */
function unpackNet({ hidden, units, inner, outer }: StoredModel['nets'][number], steps: readonly number[]): Net {
  const weights = signed(inner)
  const padded = Math.ceil(hidden / abreast) * abreast
  const folded = new Float64Array(padded * (steps.length + 1))
  for (let j = 0, w = 0; j < hidden; j++) {
    const block = (j - (j % abreast)) * (steps.length + 1) + (j % abreast)
    let bias = 0
    steps.forEach((step, f) => {
      const weight = weights[w++]! * units[j]!
      folded[block + (f + 1) * abreast] = weight * step
      bias -= weight
    })
    folded[block] = bias + weights[w++]! * units[j]!
  }
  const last = new Float64Array(padded + 1)
  last.set(outer.slice(0, hidden))
  last[padded] = outer[hidden]!
  return { hidden: padded, inner: folded, outer: last }
}

const signed = (packed: string): Int8Array => new Int8Array(decodeBase64(packed).buffer)

/** Starts that all nets look at, at least: in a short story their share would be too few to find the best among. */
const leastLooked = 50

/** Scores of a story's paragraph starts, per unit, and what they were made of. */
export interface Scored {
  readonly features: Features
  /** Log-odds, before calibration. */
  readonly score: Float32Array
}

export function scoreStarts(layers: Layers, scorer: Scorer): Scored {
  const features = measure(layers)
  const { units, columns } = features
  if (columns.length !== scorer.columns.length || columns.some((column, c) => nameOf(column) !== scorer.columns[c]))
    throw new Error('src/model/scene.json was trained for other features: run train/scene.ts')
  const { length } = units
  const bins = binColumns(columns, scorer.edges, length)
  const stride = length + 2 * furthestShift
  const at = Int32Array.from(scorer.views, ({ column, shift }) => column * stride + furthestShift + shift)
  const score = new Float64Array(length).fill(scorer.bias)
  for (let f = 0; f < at.length; f++) addWeights(score, bins, at[f]!, scorer.linear.subarray(f * binCount, (f + 1) * binCount))
  const read = openingReader(layers.text, layers.quotations, units, scorer.alphabet)
  const keys = new Int32Array(maxNgrams)
  for (let u = 0; u < length; u++) score[u]! += scoreSparse(scorer.ngrams, keys, read(u, keys))
  const inputs = new Float64Array(at.length)
  const [scout, ...others] = scorer.nets
  for (let u = 0; u < length; u++) score[u]! += runNet(scout!, inputs, bins, at, u)
  const looked = Math.min(length, Math.max(leastLooked, Math.ceil(length * scorer.netShare)))
  const floor = score.slice().sort()[length - looked] ?? 0
  const [slope, intercept] = scorer.guess
  for (let u = 0; u < length; u++) {
    const known = score[u]!
    if (known < floor) score[u] = known + known * slope + intercept
    else for (const net of others) score[u]! += runNet(net, inputs, bins, at, u)
  }
  return { features, score: Float32Array.from(score) }
}

// The two loops that run most are functions of their own: what is called once per story is never compiled as a whole.

function addWeights(score: Float64Array, bins: Uint8Array, at: number, weights: Float64Array): void {
  for (let u = 0; u < score.length; u++) score[u]! += weights[bins[at + u]!]!
}

/** Cells of the table that says near which edge a value lies. */
const cells = 64

/** The bins of every column, row by row, with the bin of 0 for the units before the first and after the last. */
export function binColumns(columns: readonly Column[], edges: readonly Float64Array[], length: number): Uint8Array {
  const stride = length + 2 * furthestShift
  const bins = new Uint8Array(columns.length * stride)
  const firstEdge = new Uint8Array(cells)
  columns.forEach(({ values }, c) => {
    const edge = edges[c]!
    const { length: count } = edge
    const low = edge[0] ?? 0
    const high = edge[count - 1] ?? 0
    const scale = high > low ? (cells - 1) / (high - low) : 0
    // An edge in an earlier cell than the value's lies below it.
    for (let cell = 0, e = 0; cell < cells; cell++) {
      while (e < count && Math.floor((edge[e]! - low) * scale) < cell) e++
      firstEdge[cell] = e
    }
    const binOf = (value: number): number => {
      if (value < low || count === 0) return 0
      if (value >= high) return count
      let bin = firstEdge[((value - low) * scale) | 0]!
      while (value >= edge[bin]!) bin++
      return bin
    }
    const row = bins.subarray(c * stride, (c + 1) * stride).fill(binOf(0))
    for (let u = 0; u < length; u++) row[furthestShift + u] = binOf(values[u]!)
  })
  return bins
}

/** A net's output for a start; `inputs` is room for the bins of its features, which lie `at` their places in `bins`. */
function runNet({ hidden, inner, outer }: Net, inputs: Float64Array, bins: Uint8Array, at: Int32Array, u: number): number {
  for (let f = 0; f < inputs.length; f++) inputs[f] = bins[at[f]! + u]!
  let z = outer[hidden]!
  let w = 0
  for (let j = 0; j < hidden; j += abreast) {
    let a = inner[w]!
    let b = inner[w + 1]!
    let c = inner[w + 2]!
    let d = inner[w + 3]!
    w += abreast
    for (let f = 0; f < inputs.length; f++, w += abreast) {
      const input = inputs[f]!
      a += inner[w]! * input
      b += inner[w + 1]! * input
      c += inner[w + 2]! * input
      d += inner[w + 3]! * input
    }
    z += outer[j]! * Math.tanh(a) + outer[j + 1]! * Math.tanh(b) + outer[j + 2]! * Math.tanh(c) + outer[j + 3]! * Math.tanh(d)
  }
  return z
}

/** Estimated probability that a scene begins, from a score. */
export const probability = (score: number, [a, b]: readonly [number, number]): number => 1 / (1 + Math.exp(-(a * score + b)))
