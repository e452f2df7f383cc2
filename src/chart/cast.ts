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
 * The characters that carry the story, most prominent first, at most `limit`. Left out as long as others remain: those mentioned in passing, and
 * those the text knows by pronouns alone (a "her" that was never resolved is nobody to draw).
 */
export function leadingPlayers(story: Pick<Story, 'characters'>, limit: number): Player[] {
  const players = playersOf(story)
  const called = story.characters.filter(({ aliases, narrator }) => aliases.length > 0 || narrator)
  const carrying = called.filter(({ role }) => role !== 'passing')
  const shown = carrying.length > 0 ? carrying : called.length > 0 ? called : story.characters
  return shown.slice(0, Math.max(0, limit)).map(({ id }) => players.get(id)!)
}
