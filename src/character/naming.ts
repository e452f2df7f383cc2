/** What to call a cluster. */
import type { MentionSpan, TextLayer } from '../layers.js'
import { type Attributes, Kind } from './attribute.js'
import { isTitle, nameTokens } from './name.js'

/** A mention as a name to show: "old Mrs. Mingott, who was fond of" gives "Mrs. Mingott"; a noun keeps its article. */
export function spellName(mention: MentionSpan, { text, tokens }: TextLayer): string {
  let { start, end } = mention
  if (mention.mentionType === 'PROP') {
    const [from, to] = nameTokens(tokens, mention)
    const noun = from === to && isTitle(tokens.vocabulary[tokens.word[from]!]!)
    start = noun ? start : tokens.start[from]!
    end = tokens.end[to]!
    if (text[end] === '.' && mention.end > end) end++
  }
  return text
    .slice(start, end)
    .replace(/[\s_*]+/g, ' ')
    .trim()
}

/** Share of the commonest name's uses that a fuller name needs to be the usual one. */
const fullerShare = 0.1
/** Words of a name, at most: longer ones are "John Watson of the Medical Department". */
const longestName = 4

/** What a narrator is called whom nobody names: what others call them in passing is no name. */
export const unnamedNarrator = 'the narrator'

/** The fullest usual name; without names the commonest description; of pronouns alone the first. */
export function nameCluster(
  list: readonly number[],
  layer: TextLayer,
  mentions: readonly MentionSpan[],
  { kind }: Attributes,
  narrator = false,
): string {
  if (list.length === 1) {
    const m = list[0]!
    return narrator && kind[m] !== Kind.name ? unnamedNarrator : spellName(mentions[m]!, layer)
  }
  const isName = narrator || !isHardlyNamed(list, kind)
  for (const wanted of isName ? [Kind.name, Kind.nominal, Kind.pronoun] : [Kind.nominal]) {
    const spelled = new Map<string, { mention: MentionSpan; count: number }>()
    for (const m of list) {
      if (kind[m] !== wanted) continue
      const mention = mentions[m]!
      const spelling = layer.text.slice(mention.start, mention.end)
      const known = spelled.get(spelling)
      if (known === undefined) spelled.set(spelling, { mention, count: 1 })
      else known.count++
      if (wanted === Kind.pronoun) break
    }
    const counts = new Map<string, number>()
    for (const { mention, count } of spelled.values()) {
      const name = spellName(mention, layer)
      counts.set(name, (counts.get(name) ?? 0) + count)
    }
    if (counts.size === 0) {
      if (narrator) return unnamedNarrator
      continue
    }
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

/** Names that come less often than this for each description, among so many descriptions, are strays: "the youth" is who he is. */
const stray = { share: 0.02, descriptions: 50 } as const

/** True for a character whom the story describes throughout and hardly names. */
function isHardlyNamed(list: readonly number[], kind: Attributes['kind']): boolean {
  let names = 0
  let descriptions = 0
  for (const m of list)
    if (kind[m] === Kind.name) names++
    else if (kind[m] === Kind.nominal) descriptions++
  return descriptions >= stray.descriptions && names < descriptions * stray.share
}

/** Words that are no title: "Miss Lucy" says no more than "Lucy". */
const ownWords = (name: string): number =>
  name.split(' ').filter((word) => !isTitle(word.toLowerCase().replace(/\.$/, ''))).length
