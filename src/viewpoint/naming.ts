/** From a name in a header or signature to the cluster that carries it. */
import type { CoreferenceLayer, MentionSpan, TextLayer } from '../layers.js'

const titles = new Set(
  'mr mrs ms miss dr doctor sir lady lord count countess captain capt colonel col major sergeant professor prof father sister mother hon rev the chevalier esq de'.split(
    ' ',
  ),
)
const sheTitles = new Set('mrs ms miss lady countess sister mother madame mme'.split(' '))
const heTitles = new Set('mr sir lord count captain colonel major sergeant father hon rev chevalier'.split(' '))

const wordsOf = (name: string): string[] =>
  name
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/'s?(?=\s|$)/g, '')
    .split(/[^\p{L}\p{N}'-]+/u)
    .filter((word) => word !== '')

/** The names of every cluster, indexed by their words. Built once; a look-up costs a few map reads. */
export class NameIndex {
  private readonly exact = new Map<string, Map<number, number>>()
  private readonly partial = new Map<string, Map<number, number>>()
  /** How many mentions by name each cluster has. */
  readonly named: Int32Array

  constructor(
    { text }: TextLayer,
    mentions: readonly MentionSpan[],
    private readonly coreference: CoreferenceLayer,
  ) {
    const { clusterOf, clusters } = coreference
    this.named = new Int32Array(clusters.length)
    const known = new Map<string, readonly [string, readonly string[]]>()
    for (let m = 0; m < mentions.length; m++) {
      const { mentionType, start, end, plural } = mentions[m]!
      if (mentionType !== 'PROP' || plural) continue
      const cluster = clusterOf[m]!
      this.named[cluster]!++
      const spelling = text.slice(start, end)
      let entry = known.get(spelling)
      if (entry === undefined) {
        const words = wordsOf(spelling)
        entry = [words.join(' '), words.filter((word) => !titles.has(word))]
        known.set(spelling, entry)
      }
      add(this.exact, entry[0], cluster)
      for (const word of entry[1]) add(this.partial, word, cluster)
    }
  }

  /**
   * The cluster that a written name stands for, -1 for none: one that bears it exactly; else one that bears all its words
   * (or its surname, or the words that it shares), with no title of the other sex. The more often so named wins.
   */
  find(name: string): number {
    const words = wordsOf(name)
    const whole = best(this.exact.get(words.join(' ')))
    if (whole >= 0) return whole
    const own = words.filter((word) => !titles.has(word))
    const sex = words.some((word) => sheTitles.has(word)) ? 'she' : words.some((word) => heTitles.has(word)) ? 'he' : null
    const scores = new Map<number, number>()
    for (const word of own) {
      const bearers = this.partial.get(word)
      if (bearers === undefined) continue
      const most = Math.max(...bearers.values())
      for (const [cluster, count] of bearers) {
        const { gender } = this.coreference.clusters[cluster]!
        if (sex !== null && (gender === 'he' || gender === 'she') && gender !== sex) continue
        scores.set(cluster, (scores.get(cluster) ?? 0) + 1 + count / most)
      }
    }
    return best(scores)
  }
}

function add(index: Map<string, Map<number, number>>, key: string, cluster: number): void {
  if (key === '') return
  let bearers = index.get(key)
  if (bearers === undefined) {
    bearers = new Map()
    index.set(key, bearers)
  }
  bearers.set(cluster, (bearers.get(cluster) ?? 0) + 1)
}

function best(scores: ReadonlyMap<number, number> | undefined): number {
  let winner = -1
  let most = 0
  for (const [cluster, score] of scores ?? []) {
    if (score <= most) continue
    most = score
    winner = cluster
  }
  return winner
}
