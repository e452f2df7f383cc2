/** What to call a cluster. */
import type { MentionSpan, TextLayer } from '../layers.js'
import { type Attributes, Kind } from './attribute.js'

/** Share of the commonest name's uses that a fuller name needs to be the usual one. */
const fullerShare = 0.1
/** Words of a name, at most: longer ones are "John Watson of the Medical Department". */
const longestName = 4

/** "my Holly", "poor little Em’ly", "a Campbell": what stands before a name and is no part of it. */
const before =
  /^(?:(?:an?|the|my|your|his|her|our|their|this|that|old|young|poor|dear(?:est)?|little|good|great|big|sweet|lovely|beloved|late|own)\s+)+(?=\p{Lu}\p{L})/iu
const titles =
  /^(?:mrs?|ms|miss|dr|doctor|sir|lady|lord|madam|mme|aunt|uncle|captain|capt|colonel|col|major|sergeant|professor|prof|herr|frau|massa|mas[’']?r|mars|mis|monsieur|signor|brother|sister|father|mother)\.?$/i

/** The fullest usual name; without names the commonest description; of pronouns alone the first. */
export function nameCluster(
  list: readonly number[],
  { text }: TextLayer,
  mentions: readonly MentionSpan[],
  { kind }: Attributes,
): string {
  for (const wanted of [Kind.name, Kind.nominal, Kind.pronoun]) {
    const counts = new Map<string, number>()
    for (const m of list) {
      if (kind[m] !== wanted) continue
      const { start, end } = mentions[m]!
      const written = text
        .slice(start, end)
        .replace(/[\s_*]+/g, ' ')
        .trim()
      const name = wanted === Kind.name ? written.replace(before, '') : written
      counts.set(name, (counts.get(name) ?? 0) + 1)
      if (wanted === Kind.pronoun) break
    }
    if (counts.size === 0) continue
    const [[usual, most]] = [...counts].sort((a, b) => b[1] - a[1] || b[0].length - a[0].length) as [[string, number]]
    if (wanted !== Kind.name) return usual
    let best = usual
    for (const [name, count] of counts)
      if (
        count >= most * fullerShare &&
        /^\p{Lu}/u.test(name) &&
        ownWords(name) > ownWords(best) &&
        ownWords(name) <= longestName
      )
        best = name
    return best
  }
  return ''
}

/** Words that are no title: "Miss Lucy" says no more than "Lucy". */
const ownWords = (name: string): number => name.split(' ').filter((word) => !titles.test(word)).length
