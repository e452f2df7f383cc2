/** What ties two characters, and which ties are worth a line. */
import type { CharacterId, Story } from '../../types.js'
import type { Player } from '../cast.js'
import { presentIn } from '../steps.js'

/** Ties kept for each character besides its strongest overall: more lines than that hide each other. */
const tiesPerCharacter = 4

/** A tie between two characters. */
export interface Tie {
  readonly source: number
  readonly target: number
  /** Shared scenes, or quotations either way. */
  readonly weight: number
}

export function tiesOf(story: Story, players: readonly Player[], tie: 'presence' | 'conversation'): Tie[] {
  const rank = new Map(players.map(({ id }, k) => [id, k]))
  const weights = new Map<number, number>()
  const add = (a: CharacterId | null, b: CharacterId | null): void => {
    const [i, j] = [a === null ? undefined : rank.get(a), b === null ? undefined : rank.get(b)]
    if (i === undefined || j === undefined || i === j) return
    const key = Math.min(i, j) * players.length + Math.max(i, j)
    weights.set(key, (weights.get(key) ?? 0) + 1)
  }
  if (tie === 'conversation') for (const { speaker, addressee } of story.quotations) add(speaker, addressee)
  else
    for (const scene of story.scenes) {
      const present = presentIn(scene)
      for (let i = 0; i < present.length; i++)
        for (let j = i + 1; j < present.length; j++) add(present[i]!.character, present[j]!.character)
    }
  return [...weights]
    .map(([key, weight]) => ({ source: Math.floor(key / players.length), target: key % players.length, weight }))
    .sort((a, b) => a.source - b.source || a.target - b.target)
}

/** The ties that are among the strongest of either of their characters. */
export function strongest(ties: readonly Tie[]): Tie[] {
  const kept = new Map<number, number>()
  const chosen = new Set<Tie>()
  for (const tie of [...ties].sort((a, b) => b.weight - a.weight)) {
    const count = Math.min(kept.get(tie.source) ?? 0, kept.get(tie.target) ?? 0)
    if (count >= tiesPerCharacter) continue
    chosen.add(tie)
    for (const end of [tie.source, tie.target]) kept.set(end, (kept.get(end) ?? 0) + 1)
  }
  return ties.filter((tie) => chosen.has(tie))
}
