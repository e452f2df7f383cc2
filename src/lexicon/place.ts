/** Words for places. */
import places from './places.json' with { type: 'json' }

export const placeKinds = ['room', 'building', 'way', 'land', 'vehicle'] as const
export type PlaceKind = (typeof placeKinds)[number]

let kinds: Map<string, PlaceKind> | undefined

/** Kind of place by noun, singular and regular plural: "kitchen" a room, "street" a way. */
export function placeWords(): ReadonlyMap<string, PlaceKind> {
  if (kinds === undefined) {
    kinds = new Map()
    for (const kind of placeKinds)
      for (const noun of places[kind].split(' ')) {
        kinds.set(noun, kind)
        kinds.set(plural(noun), kind)
      }
  }
  return kinds
}

const plural = (noun: string): string =>
  /(?:s|x|z|ch|sh)$/.test(noun) ? `${noun}es` : /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`
