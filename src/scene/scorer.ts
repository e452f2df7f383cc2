/** The learned score of a paragraph start: a linear model and small nets over binned features and opening n-grams. */
import stored from '../model/scene.json' with { type: 'json' }
import { type Features, type Layers, measure } from './feature.js'
import { type Alphabet, alphabetOf, openingReader } from './opening.js'

/** The file's form: numbers packed, everything named. */
export interface StoredModel {
  readonly version: number
  /** Names of the features in order; a mismatch with the code is an error. */
  readonly features: string
  /** Inner edges of each feature's bins; a value is in the bin numbered by the edges not above it. */
  readonly edges: readonly (readonly number[])[]
  /** Words that stay themselves in n-grams. */
  readonly words: string
  /** N-grams in ascending order as "gap:weight", both base 36; the first gap counts from 0. Weights in `ngramUnit`. */
  readonly ngrams: string
  readonly ngramUnit: number
  readonly linear: { readonly bias: number; readonly coarse: number; readonly unit: number; readonly bins: string }
  readonly nets: readonly {
    readonly hidden: number
    readonly units: readonly number[]
    readonly inner: string
    readonly outer: readonly number[]
  }[]
  /** Share of the starts, best first by the linear part, that the nets look at. */
  readonly netShare: number
  /** Where nets do not look, their sum is guessed from the linear part: slope and intercept. */
  readonly guess: readonly [number, number]
  /** Platt's two numbers: probability = 1 / (1 + exp(-(a * score + b))). */
  readonly platt: readonly [number, number]
}

export interface Scorer {
  readonly alphabet: Alphabet
  readonly features: readonly string[]
  readonly edges: readonly (readonly number[])[]
  readonly ngrams: ReadonlyMap<number, number>
  readonly bias: number
  readonly coarse: number
  /** Weights by feature and coarse bin, `stride` per feature. */
  readonly linear: Float32Array
  readonly stride: number
  readonly nets: readonly { readonly hidden: number; readonly inner: Float32Array; readonly outer: Float32Array }[]
  readonly netShare: number
  readonly guess: readonly [number, number]
  readonly platt: readonly [number, number]
}

/** Bins of the linear part per feature, before coarsening. */
export const binCount = 16

let shipped: Scorer | undefined

/** The scorer of src/model/scene.json, unpacked on first use. */
export const sceneScorer = (): Scorer => {
  shipped ??= unpack(stored as unknown as StoredModel)
  return shipped
}

const bytes = (packed: string): Int8Array => Int8Array.from(atob(packed), (c) => (c.charCodeAt(0) << 24) >> 24)

export function unpack(model: StoredModel): Scorer {
  const features = model.features.split(' ')
  const ngrams = new Map<number, number>()
  let at = 0
  for (const part of model.ngrams === '' ? [] : model.ngrams.split(' ')) {
    const [gap, weight] = part.split(':')
    at += Number.parseInt(gap!, 36)
    ngrams.set(at, Number.parseInt(weight!, 36) * model.ngramUnit)
  }
  const { bias, coarse, unit } = model.linear
  return {
    alphabet: alphabetOf(model.words.split(' ')),
    features,
    edges: model.edges,
    ngrams,
    bias,
    coarse,
    linear: Float32Array.from(bytes(model.linear.bins), (w) => w * unit),
    stride: binCount >> coarse,
    nets: model.nets.map(({ hidden, units, inner, outer }) => {
      const width = features.length + 1
      return {
        hidden,
        inner: Float32Array.from(bytes(inner), (w, i) => w * units[Math.floor(i / width)]!),
        outer: Float32Array.from(outer),
      }
    }),
    netShare: model.netShare,
    guess: model.guess,
    platt: model.platt,
  }
}

/** Starts that the nets look at, at least: in a short story their share would be too few to find the best among. */
const leastLooked = 50

/** Scores of a story's paragraph starts, per unit, and what they were made of. */
export interface Scored {
  readonly features: Features
  /** Log-odds, before calibration. */
  readonly score: Float32Array
}

export function scoreStarts(layers: Layers, scorer: Scorer): Scored {
  const features = measure(layers)
  const { units, names, columns } = features
  if (names.length !== scorer.features.length || names.some((name, f) => name !== scorer.features[f]))
    throw new Error('src/model/scene.json was trained for other features: run train/scene.ts')
  const { length } = units
  const width = names.length
  const { linear, coarse, stride, edges } = scorer
  const bins = new Uint8Array(width * length)
  const score = new Float32Array(length).fill(scorer.bias)
  for (let f = 0; f < width; f++)
    binColumn(columns[f]!, edges[f]!, bins.subarray(f * length, (f + 1) * length), score, linear, f * stride, coarse)
  const read = openingReader(layers.text, layers.quotations, units, scorer.alphabet)
  for (let u = 0; u < length; u++) {
    let wide = 0
    read(u, (ngram) => {
      wide += scorer.ngrams.get(ngram) ?? 0
    })
    score[u]! += wide
  }
  const looked = Math.min(length, Math.max(leastLooked, Math.ceil(length * scorer.netShare)))
  const order = Int32Array.from(score, (_, u) => u).sort((a, b) => score[b]! - score[a]! || a - b)
  const scale = Float32Array.from(edges, (list) => 2 / (list.length || 1))
  const inputs = new Float32Array(width)
  for (let k = 0; k < length; k++) {
    const u = order[k]!
    if (k >= looked) {
      score[u] = score[u]! * (1 + scorer.guess[0]) + scorer.guess[1]
      continue
    }
    for (let f = 0; f < width; f++) inputs[f] = bins[f * length + u]! * scale[f]! - 1
    for (const net of scorer.nets) score[u]! += run(net, inputs)
  }
  return { features, score }
}

/** Puts each value of a column in its bin, by halving, and adds the bin's weight to the scores. */
function binColumn(
  column: Float32Array,
  edges: readonly number[],
  bins: Uint8Array,
  score: Float32Array,
  linear: Float32Array,
  at: number,
  coarse: number,
): void {
  const edge = Float64Array.from(edges)
  for (let u = 0; u < column.length; u++) {
    const value = column[u]!
    let low = 0
    let high = edge.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (value >= edge[middle]!) low = middle + 1
      else high = middle
    }
    bins[u] = low
    score[u]! += linear[at + (low >> coarse)]!
  }
}

function run({ hidden, inner, outer }: Scorer['nets'][number], inputs: Float32Array): number {
  const width = inputs.length
  let z = outer[hidden]!
  for (let j = 0, w = 0; j < hidden; j++, w++) {
    let a = 0
    for (let i = 0; i < width; i++, w++) a += inner[w]! * inputs[i]!
    z += outer[j]! * Math.tanh(a + inner[w]!)
  }
  return z
}

/** Estimated probability that a scene begins, from a score. */
export const probability = (score: number, [a, b]: readonly [number, number]): number => 1 / (1 + Math.exp(-(a * score + b)))
