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

/** A net on bin numbers. */
interface Net {
  readonly hidden: number
  /** For each hidden unit the weights of the features, `width` of them with zeros at the end, and then its bias. */
  readonly inner: Float64Array
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
  /** Number of features, rounded up to a multiple of four. */
  readonly width: number
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
  const { bias, coarse, unit } = model.linear
  const coarseBins = signed(model.linear.bins)
  const linear = Float64Array.from({ length: views.length * binCount }, (_, i) => coarseBins[i >> coarse]! * unit)
  const width = Math.ceil(views.length / 4) * 4
  const nets = model.nets.map(({ hidden, units, inner, outer }): Net => {
    const weights = signed(inner)
    const folded = new Float64Array(hidden * (width + 1))
    let w = 0
    for (let j = 0; j < hidden; j++) {
      let start = 0
      views.forEach(({ column }, f) => {
        const weight = weights[w++]! * units[j]!
        folded[j * (width + 1) + f] = weight * binStep(edges[column]!)
        start -= weight
      })
      folded[j * (width + 1) + width] = start + weights[w++]! * units[j]!
    }
    return { hidden, inner: folded, outer: Float64Array.from(outer) }
  })
  return {
    alphabet: alphabetOf(model.words.split(' ')),
    columns,
    views,
    edges,
    ngrams: tableOf(model.ngrams.weights, model.ngrams.scale),
    bias,
    linear,
    width,
    nets,
    netShare: model.netShare,
    guess: model.guess,
    platt: model.platt,
  }
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
  const { views, edges, linear, ngrams, nets, guess } = scorer
  if (columns.length !== scorer.columns.length || columns.some((column, c) => nameOf(column) !== scorer.columns[c]))
    throw new Error('src/model/scene.json was trained for other features: run train/scene.ts')
  const { length } = units
  const bins = binColumns(columns, edges, length)
  const stride = length + 2 * furthestShift
  const at = Int32Array.from(views, ({ column, shift }) => column * stride + furthestShift + shift)
  const score = new Float64Array(length).fill(scorer.bias)
  for (let f = 0; f < at.length; f++) {
    const from = at[f]!
    const weights = linear.subarray(f * binCount, (f + 1) * binCount)
    for (let u = 0; u < length; u++) score[u]! += weights[bins[from + u]!]!
  }
  const read = openingReader(layers.text, layers.quotations, units, scorer.alphabet)
  const keys = new Int32Array(maxNgrams)
  for (let u = 0; u < length; u++) score[u]! += scoreSparse(ngrams, keys, read(u, keys))
  const inputs = new Float64Array(scorer.width)
  const readInputs = (u: number): void => {
    for (let f = 0; f < at.length; f++) inputs[f] = bins[at[f]! + u]!
  }
  const [scout, ...others] = nets
  if (scout !== undefined)
    for (let u = 0; u < length; u++) {
      readInputs(u)
      score[u]! += run(scout, inputs)
    }
  const looked = Math.min(length, Math.max(leastLooked, Math.ceil(length * scorer.netShare)))
  const floor = score.slice().sort()[length - looked] ?? 0
  for (let u = 0; u < length; u++) {
    if (score[u]! < floor) {
      score[u]! += score[u]! * guess[0] + guess[1]
      continue
    }
    readInputs(u)
    for (const net of others) score[u]! += run(net, inputs)
  }
  return { features, score: Float32Array.from(score) }
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

function run({ hidden, inner, outer }: Net, inputs: Float64Array): number {
  const width = inputs.length
  let z = outer[hidden]!
  let w = 0
  for (let j = 0; j < hidden; j++) {
    // Four sums side by side: one alone would wait for itself at every step.
    let a = inner[w + width]!
    let b = 0
    let c = 0
    let d = 0
    for (let i = 0; i < width; i += 4, w += 4) {
      a += inner[w]! * inputs[i]!
      b += inner[w + 1]! * inputs[i + 1]!
      c += inner[w + 2]! * inputs[i + 2]!
      d += inner[w + 3]! * inputs[i + 3]!
    }
    w++
    z += outer[j]! * Math.tanh(a + b + (c + d))
  }
  return z
}

/** Estimated probability that a scene begins, from a score. */
export const probability = (score: number, [a, b]: readonly [number, number]): number => 1 / (1 + Math.exp(-(a * score + b)))
