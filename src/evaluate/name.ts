/** Which gold character a predicted cluster is, judged by names: needed where the gold has no mentions, as in PDNC. */
import { addTo } from './counts.js'
import type { GoldCharacter, Prediction } from './gold.js'

const TITLES = new Set(
  (
    'mr mrs miss ms mister missus master dr doctor sir lady lord madam madame mme mlle monsieur m mademoiselle captain capt colonel col ' +
    'major general gen lieutenant lt sergeant sgt corporal private admiral commander inspector professor prof reverend rev father mother ' +
    'brother sister uncle aunt cousin saint st king queen prince princess duke duchess count countess baron baroness earl squire judge ' +
    'old young little poor dear the a an'
  ).split(' '),
)
const MALE_TITLES = new Set(
  'mr mister master sir lord monsieur king prince duke count baron earl squire father brother uncle'.split(' '),
)
const FEMALE_TITLES = new Set(
  'mrs miss ms missus lady madam madame mme mlle mademoiselle queen princess duchess countess baroness mother sister aunt'.split(
    ' ',
  ),
)
const PRONOUNS = new Set(
  (
    'i me my mine myself we us our ours ourselves you your yours yourself yourselves thou thee thy thine thyself ye he him his himself she ' +
    'her hers herself it its itself they them their theirs themselves themself one oneself who whom whose which that this these those em ' +
    'yourn hisn hern somebody someone anybody anyone everybody everyone nobody noone each other another y’all'
  ).split(' '),
)

/** Half a hit: the words of one name contain those of the other. */
const PARTIAL_HIT = 0.5
/** What an equal article adds: "A Waiter" and "The Waiter" can be two people. */
const ARTICLE_HIT = 0.01

/** Lower case, straight apostrophes, without full stops, marks, emphasis and a possessive ending. */
function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[’‘]/gu, "'")
    .toLowerCase()
    .replace(/[_*."“”]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/'s?$/u, '')
}
const withoutArticle = (name: string): string => name.replace(/^(?:the|a|an) (?=\S)/u, '')
const withoutTitles = (name: string): string[] => name.split(' ').filter((word) => word && !TITLES.has(word))

function titleSex(name: string): 'M' | 'F' | null {
  const first = name.split(' ')[0]!
  return MALE_TITLES.has(first) ? 'M' : FEMALE_TITLES.has(first) ? 'F' : null
}

/** Weight of evidence that a predicted cluster (first key) is a gold character or cluster (second key). */
export type Evidence = Map<string, Map<string, number>>

/** The names of every predicted cluster, pronouns left out; a cluster without names takes the capitalised ones of its mentions. */
export function clusterNames(text: string, { clusters, mentions }: Prediction): Map<string, { name: string; count: number }[]> {
  const isPronoun = (name: string) => PRONOUNS.has(name.toLowerCase().replace(/[_*]/gu, '').replace(/^[’']/u, ''))
  const names = new Map(clusters.map((cluster) => [cluster.id, cluster.names.filter(({ name }) => name && !isPronoun(name))]))
  const fromMentions = new Map<string, Set<string>>()
  for (const { start, end, cluster } of mentions) {
    const words = text.slice(start, end).trim()
    if (names.get(cluster)?.length || isPronoun(words) || !/\p{Lu}/u.test(words)) continue
    fromMentions.set(cluster, (fromMentions.get(cluster) ?? new Set()).add(words))
  }
  for (const [cluster, words] of fromMentions)
    names.set(
      cluster,
      [...words].map((name) => ({ name, count: 1 })),
    )
  return names
}

/**
 * Evidence from names alone. Every distinct name that equals a character's name or alias adds its count; a narrating cluster adds one to
 * the gold narrator. A cluster without such a hit gets half of it where its words without titles contain, or lie in, those of exactly
 * one character whose title does not contradict in sex.
 */
export function nameEvidence(
  characters: readonly GoldCharacter[],
  names: ReadonlyMap<string, readonly { name: string; count: number }[]>,
  narrators: ReadonlySet<string> = new Set(),
  goldNarrator: string | null = null,
): Evidence {
  const cast = characters.map(({ id, name, aliases = [], gender }) => {
    const literal = new Set([name, ...aliases].map(plainName))
    return { id, literal, forms: new Set([...literal].map(withoutArticle)), gender: gender ?? null }
  })
  const evidence: Evidence = new Map()
  for (const [cluster, list] of names) {
    const weights = new Map<string, number>()
    const distinct = new Map<string, number>()
    for (const { name, count } of list) {
      const form = withoutArticle(plainName(name))
      if (form) addTo(distinct, form, count)
    }
    for (const [form, count] of distinct) for (const { id, forms } of cast) if (forms.has(form)) addTo(weights, id, count)
    for (const literal of new Set(list.map(({ name }) => plainName(name))))
      for (const character of cast)
        if (weights.has(character.id) && character.literal.has(literal)) addTo(weights, character.id, ARTICLE_HIT)
    if (goldNarrator !== null && narrators.has(cluster)) addTo(weights, goldNarrator)
    if (!weights.size)
      for (const [form, count] of distinct) {
        const words = withoutTitles(form)
        if (!words.length) continue
        const sex = titleSex(form)
        const fits = (other: string, gender: string | null) => {
          const otherWords = withoutTitles(other)
          const otherSex = titleSex(other) ?? gender
          if (!otherWords.length || (sex && otherSex && sex !== otherSex)) return false
          return words.every((word) => otherWords.includes(word)) || otherWords.every((word) => words.includes(word))
        }
        const hits = cast.filter(({ forms, gender }) => [...forms].some((other) => fits(other, gender)))
        if (hits.length === 1) addTo(weights, hits[0]!.id, PARTIAL_HIT * count)
      }
    evidence.set(cluster, weights)
  }
  return evidence
}
