/** Descriptions that the user's cast lists for somebody: "the Stranger" is Tom Brook, "the miller" a person of that name. */
import type { Cluster } from '../layers.js'
import { femaleTitles, maleTitles, otherTitles } from '../lexicon/person.js'
import type { CastEntry } from '../types.js'
import type { Reading } from './subject.js'

/** Index of the entry of the cast that a noun phrase is listed for, -1 for none or for several. */
export function knownDescriptions({ mentions, text }: Reading, cast: readonly CastEntry[]): (m: number) => number {
  const entryOf = new Map<string, number>()
  cast.forEach(({ name, aliases = [] }, entry) => {
    for (const alias of new Set([name, ...aliases].map(plain))) {
      const other = entryOf.get(alias)
      entryOf.set(alias, other === undefined || other === entry ? entry : -1)
    }
  })
  if (entryOf.size === 0) return () => -1
  return (m) => {
    const { start, end, head } = mentions[m]!
    const whole = entryOf.get(plain(text.text.slice(start, end)))
    return whole ?? entryOf.get(plain(text.text.slice(start, text.tokens.end[head]))) ?? -1
  }
}

const plain = (phrase: string): string =>
  phrase
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/^(?:the|an?) /, '')

/** Tells a name that shares a word with a name of the cast: "Grey" where "Anna Grey" is listed. */
export function listedNames(cast: readonly CastEntry[]): (name: string) => boolean {
  const wordsOf = (name: string): string[] => name.toLowerCase().match(/\p{L}{3,}/gu) ?? []
  const words = new Set(cast.flatMap(({ name, aliases = [] }) => [name, ...aliases].flatMap(wordsOf)))
  for (const title of [...maleTitles(), ...femaleTitles(), ...otherTitles()]) words.delete(title)
  return (name) => wordsOf(name).some((word) => words.has(word))
}

/** Cluster of each entry of the cast, -1 where no name of the entry stands in the text. */
export function clustersOfCast(clusters: readonly Cluster[], cast: readonly CastEntry[]): number[] {
  if (cast.length === 0) return []
  const byName = new Map(clusters.map(({ name }, c) => [name, c]))
  return cast.map(({ name }) => byName.get(name) ?? -1)
}
