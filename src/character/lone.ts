/** A last look at entities of one mention. */
import type { Entity } from './entity.js'
import { Group } from './template.js'

/** A mention that opened an entity of its own: who came next and by how much the new one led. */
export interface RunnerUp {
  readonly mention: number
  readonly group: number
  /** Entity that scored best after a new one. */
  readonly entity: number
  readonly lead: number
}

/**
 * Leads below which a mention that stayed alone goes to the runner-up after all: what seemed the first of many was none. Most lone
 * "they", "we" and nouns are someone's known. Set on LitBank dev and corpus/, held out.
 */
const closeLead: Readonly<Record<number, number>> = { [Group.they]: 1, [Group.we]: 0.5, [Group.nominal]: 0.7 }

/** Moves lone mentions; changes `entityOf` and `certainty`. */
export function rejoinLone(
  runnersUp: readonly RunnerUp[],
  entities: readonly Entity[],
  entityOf: Int32Array,
  certainty: Float32Array,
): void {
  const moved = new Set<number>()
  for (const { mention, group, entity, lead } of runnersUp) {
    const own = entities[entityOf[mention]!]!
    if (own.size > 1 || own.person >= 0 || own.firstMention !== mention || lead >= (closeLead[group] ?? 0)) continue
    // Two lone mentions never take each other in: who is moved takes nobody.
    if (moved.has(entity)) continue
    moved.add(own.id)
    entities[entity]!.size++
    own.size = 0
    entityOf[mention] = entity
    certainty[mention]! *= Math.exp(-lead)
  }
}
