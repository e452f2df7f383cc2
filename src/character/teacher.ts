/** What training sees of the linking. */
import type { Proposal } from './join.js'

/** Told of each pair of entities that might be one, by training: its features and everyone's entity before any join. */
export type JoinWitness = (proposal: Proposal, features: Int32Array, entityOf: Int32Array) => void

/** Called at each scored decision, by training: says which entity is right and takes the features. */
export interface Teacher {
  /** Index of the right entity, -1 for a new one. */
  readonly answer: (m: number) => number
  /** Candidates' features, the last for a new one; `right` is -1 when the right entity is none of them. */
  readonly decide: (m: number, group: number, candidates: readonly Int32Array[], right: number) => void
  /** Told of each mention's entity. */
  readonly settle: (m: number, entity: number) => void
}
