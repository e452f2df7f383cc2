/** From the first pass's certainty to the probability that a mention is right, span and cluster both. */
import trained from '../model/confidence.json' with { type: 'json' }
import { type Attributes, Kind } from './attribute.js'
import { Sex } from './pronoun.js'

/** What speaks for a mention's being right. */
export interface Evidence {
  /** One of `confidenceGroups`. */
  readonly group: ConfidenceGroup
  /** Probability of the choice among the candidates, 1 where no score was needed. */
  readonly certainty: number
  /** The detector's probability that this is a mention of a person. */
  readonly score: number
  /** Mentions of the cluster. */
  readonly size: number
}

/** Mentions whose errors have causes of their own. */
export const confidenceGroups = ['narrator', 'name', 'newNominal', 'nominal', 'third', 'first', 'second', 'plural'] as const
export type ConfidenceGroup = (typeof confidenceGroups)[number]

/** The terms of a group's logistic function: constant, log-odds of certainty and score, logarithm of the cluster's size. */
export const confidenceTerms = ({ certainty, score, size }: Evidence): readonly number[] => [
  1,
  logit(certainty),
  logit(score),
  Math.log(size),
]

/** Log-odds, kept off the ends: nothing is known for certain. */
function logit(probability: number): number {
  const kept = Math.min(0.99, Math.max(0.01, probability))
  return Math.log(kept / (1 - kept))
}

/**
 * Probability that a mention is one and belongs to its cluster, by the sum of `confidenceTerms`. The weights were fitted on held-out
 * documents.
 */
export function confidenceOf({ group, certainty, score, size }: Evidence): number {
  const weights = trained.weights[group]
  const sum = weights[0]! + weights[1]! * logit(certainty) + weights[2]! * logit(score) + weights[3]! * Math.log(size)
  return 1 / (1 + Math.exp(-sum))
}

/** The group of mention m; `opens` when it is the first of its cluster. */
export function confidenceGroupOf(m: number, opens: boolean, narrates: boolean, a: Attributes): ConfidenceGroup {
  if (narrates) return 'narrator'
  if (a.kind[m] === Kind.name) return 'name'
  if (a.kind[m] === Kind.nominal) return opens ? 'newNominal' : 'nominal'
  if (a.plural[m] || a.sex[m] === Sex.they) return 'plural'
  return a.person[m] === 1 ? 'first' : a.person[m] === 2 ? 'second' : 'third'
}
