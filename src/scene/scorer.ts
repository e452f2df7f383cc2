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
  const width = names.length
  const { linear, coarse, stride, edges } = scorer
  const inputs = new Float32Array(units.length * width)
  const score = new Float32Array(units.length).fill(scorer.bias)
  for (let f = 0; f < width; f++) {
    const column = columns[f]!
    const edge = edges[f]!
    const count = edge.length
    const scale = 2 / (count || 1)
    for (let u = 0; u < units.length; u++) {
      const value = column[u]!
      let bin = 0
      while (bin < count && value >= edge[bin]!) bin++
      score[u]! += linear[f * stride + (bin >> coarse)]!
      inputs[u * width + f] = bin * scale - 1
    }
  }
  const wide = new Float32Array(units.length)
  const read = openingReader(layers.text, layers.quotations, units, scorer.alphabet)
  const seen = new Set<number>()
  for (let u = 0; u < units.length; u++) {
    seen.clear()
    read(u, (ngram) => {
      if (seen.has(ngram)) return
      seen.add(ngram)
      wide[u]! += scorer.ngrams.get(ngram) ?? 0
    })
    score[u]! += wide[u]!
  }
  const looked = units.length <= 200 ? units.length : Math.ceil(units.length * scorer.netShare)
  const order = Int32Array.from(score, (_, u) => u).sort((a, b) => score[b]! - score[a]! || a - b)
  for (let k = 0; k < order.length; k++) {
    const u = order[k]!
    if (k >= looked) score[u] = score[u]! * (1 + scorer.guess[0]) + scorer.guess[1]
    else for (const net of scorer.nets) score[u]! += run(net, inputs, u * width, width)
  }
  return { features, score }
}

function run({ hidden, inner, outer }: Scorer['nets'][number], inputs: Float32Array, at: number, width: number): number {
  let z = outer[hidden]!
  for (let j = 0, w = 0; j < hidden; j++, w++) {
    let a = 0
    for (let i = 0; i < width; i++, w++) a += inner[w]! * inputs[at + i]!
    z += outer[j]! * Math.tanh(a + inner[w]!)
  }
  return z
}

/** Estimated probability that a scene begins, from a score. */
export const probability = (score: number, [a, b]: readonly [number, number]): number => 1 / (1 + Math.exp(-(a * score + b)))
