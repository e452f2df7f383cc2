/** Names of one person that end like a plural: Monks, Mr. Phillips, Professor de Worms. */
import type { Tokens } from '../../layers.js'
import { femaleTitles, maleTitles, otherTitles } from '../../lexicon/person.js'
import { reportVerbs } from '../../lexicon/speech.js'

interface NameSpan {
  readonly first: number
  readonly head: number
}

/** Tags ("said Monks") that show a bare name to be one person's, and the share of its mentions that must have one, or a title. */
const leastTags = 2
const leastShare = 0.15

/**
 * Tells which of the names whose last word looks plural stand for one person: the story gives that word a title of one
 * ("Mr. Phillips"), or lets it speak alone ("said Monks"). "The Phillips" is a family all the same.
 */
export function singularNames(tokens: Tokens, names: readonly NameSpan[]): (name: NameSpan) => boolean {
  const word = (token: number): string => tokens.vocabulary[tokens.word[token]!] ?? ''
  const isTitle = (token: number): boolean => {
    const title = word(token).replace('.', '')
    return title !== 'miss' && (maleTitles().has(title) || femaleTitles().has(title) || otherTitles().has(title))
  }
  const isTitled = ({ first, head }: NameSpan): boolean => first < head && isTitle(first)
  const evidence = new Map<number, number>()
  const counts = new Map<number, number>()
  for (const name of names) {
    const { first, head } = name
    const tagged = first === head && (reportVerbs().has(word(head + 1)) || (head > 0 && reportVerbs().has(word(head - 1))))
    counts.set(tokens.word[head]!, (counts.get(tokens.word[head]!) ?? 0) + 1)
    const weight = isTitled(name) ? leastTags : tagged ? 1 : 0
    if (weight > 0) evidence.set(tokens.word[head]!, (evidence.get(tokens.word[head]!) ?? 0) + weight)
  }
  return ({ first, head }) => {
    const found = evidence.get(tokens.word[head]!) ?? 0
    return word(first) !== 'the' && found >= leastTags && found >= leastShare * counts.get(tokens.word[head]!)!
  }
}
