/** What to call a cluster. */
import type { MentionSpan, TextLayer } from '../layers.js'
import { type Attributes, Kind } from './attribute.js'

/** Share of the commonest name's uses that a fuller name needs to be the usual one. */
const fullerShare = 0.1

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
      const name = text
        .slice(start, end)
        .replace(/[\s_*]+/g, ' ')
        .trim()
      counts.set(name, (counts.get(name) ?? 0) + 1)
      if (wanted === Kind.pronoun) break
    }
    if (counts.size === 0) continue
    const [[usual, most]] = [...counts].sort((a, b) => b[1] - a[1] || b[0].length - a[0].length) as [[string, number]]
    if (wanted !== Kind.name) return usual
    let best = usual
    for (const [name, count] of counts)
      if (count >= most * fullerShare && wordCount(name) > wordCount(best) && wordCount(name) <= 4) best = name
    return best
  }
  return ''
}

const wordCount = (name: string): number => name.split(' ').length
