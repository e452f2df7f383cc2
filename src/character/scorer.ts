/** The trained weights of the first pass, unpacked once. */
import model from '../model/coreference.json' with { type: 'json' }
import { joinFeatures } from './join.js'
import { baseFeatures, groupCount, headFeatures, templateSignature } from './template.js'

/** A linear scorer over feature indexes. */
export interface Scorer {
  readonly weights: Float32Array
  /** Weights of `Joiner`'s features; none of them: nothing is joined. */
  readonly joins: Float32Array
  /** Listed head nouns, each with its place. */
  readonly heads: ReadonlyMap<string, number>
}

/** Weights are kept as whole numbers of this part. */
export const weightUnit = 1 / 32

let scorer: Scorer | undefined

/** The linear scorer of `src/model/coreference.json`. */
export function linkScorer(): Scorer {
  scorer ??= unpack(model)
  return scorer
}

/** Weights are strings of one number per feature that has one: see `packWeights`. */
export function unpack({ templates, heads, weights, joins }: StoredScorer): Scorer {
  if (templates !== templateSignature)
    throw new Error('coreference.json was trained for other features: run train/coreference.ts')
  const list = heads === '' ? [] : heads.split(' ')
  const table = new Float32Array(groupCount * (baseFeatures + list.length * headFeatures))
  unpackWeights(weights, table)
  const joinTable = new Float32Array(joinFeatures)
  unpackWeights(joins, joinTable)
  return { weights: table, joins: joinTable, heads: new Map(list.map((head, place) => [head, place])) }
}

export interface StoredScorer {
  readonly templates: string
  readonly heads: string
  readonly weights: string
  readonly joins: string
}

function unpackWeights(packed: string, table: Float32Array): void {
  let at = 0
  for (const part of packed === '' ? [] : packed.split(' ')) {
    // "skip:value" in base 36; a value alone follows the one before.
    const colon = part.indexOf(':')
    if (colon >= 0) at += Number.parseInt(part.slice(0, colon), 36)
    table[at++] = Number.parseInt(part.slice(colon + 1), 36) * weightUnit
  }
}

/** Packs weights as whole units, zeros left out: the inverse of reading them. */
export function packWeights(weights: Float32Array): string {
  const parts: string[] = []
  let skipped = 0
  for (const weight of weights) {
    const units = Math.round(weight / weightUnit)
    if (units === 0) skipped++
    else {
      parts.push(skipped === 0 ? units.toString(36) : `${skipped.toString(36)}:${units.toString(36)}`)
      skipped = 0
    }
  }
  return parts.join(' ')
}

/** Puts another scorer in the place of the stored one: for training and for measuring out of fold. */
export function useScorer(other: Scorer): void {
  scorer = other
}
