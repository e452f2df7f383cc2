/** Which characters a chart shows, and in which paint. */
import type { CharacterId, Story } from '../types.js'
import { type Paint, paintOf } from './palette.js'

/** A character as charts show it. */
export interface Player extends Paint {
  readonly id: CharacterId
  /** The name, made distinct ("Anna (2)") when two characters share it. */
  readonly name: string
}

/** Every character of the story with the name and paint it has in all charts, by id. */
export function playersOf({ characters }: Pick<Story, 'characters'>): Map<CharacterId, Player> {
  const used = new Map<string, number>()
  return new Map(
    characters.map(({ id, name }, rank) => {
      const shown = name.trim() === '' ? 'unnamed' : name.replace(/\s+/g, ' ').trim()
      const count = (used.get(shown) ?? 0) + 1
      used.set(shown, count)
      return [id, { id, name: count === 1 ? shown : `${shown} (${count})`, ...paintOf(rank) }]
    }),
  )
}

/**
 * The characters that carry the story, most prominent first, at most `limit`. Those mentioned in passing are left out unless
 * nobody else is there.
 */
export function leadingPlayers(story: Pick<Story, 'characters'>, limit: number): Player[] {
  const players = playersOf(story)
  const carrying = story.characters.filter(({ role }) => role !== 'passing')
  return (carrying.length > 0 ? carrying : story.characters).slice(0, Math.max(0, limit)).map(({ id }) => players.get(id)!)
}
