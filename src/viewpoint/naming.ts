/** From a name in a header or signature to the cluster that carries it. */
import { type CoreferenceLayer, Form, type MentionSpan, type TextLayer } from '../layers.js'

const titles = new Set(
  'mr mrs ms miss dr doctor sir lady lord count countess captain capt colonel col major sergeant professor prof father sister mother hon rev the chevalier esq de'.split(
    ' ',
  ),
)
const sheTitles = new Set('mrs ms miss lady countess sister mother madame mme'.split(' '))
const heTitles = new Set('mr sir lord count captain colonel major sergeant father hon rev chevalier'.split(' '))

/** Words that stand where names stand in speech. */
const exclamations = new Set(
  'god gawd lord heaven heavens christ jesus sir madam ma\'am mum mom dad father mother papa mamma mama master mister missus boy doctor doc captain hullo hello hi hey oh ah tch ja nay yes no amen'.split(
    ' ',
  ),
)
/** A lone word that the story writes small for more than this share of its capitals is a word, not a name. */
const lowerShare = 0.2

interface Spelling {
  readonly whole: string
  /** The words without titles. */
  readonly own: readonly string[]
  readonly sex: 'he' | 'she' | null
  readonly canBeName: boolean
}

const sexOf = (words: readonly string[]): 'he' | 'she' | null =>
  words.some((word) => sheTitles.has(word)) ? 'she' : words.some((word) => heTitles.has(word)) ? 'he' : null

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
  private readonly spellings = new Map<string, Spelling>()
  private readonly spellingOf: (Spelling | undefined)[]
  /** By last word: the clusters called by it, and whether by more than it. */
  private readonly bearers = new Map<string, Map<number, boolean>>()

  constructor(
    { text, tokens }: TextLayer,
    mentions: readonly MentionSpan[],
    private readonly coreference: CoreferenceLayer,
  ) {
    const { clusterOf } = coreference
    const lower = new Uint8Array(tokens.vocabulary.length)
    const upper = new Uint8Array(tokens.vocabulary.length)
    for (let t = 0; t < tokens.length; t++) {
      const counts = tokens.form[t] === Form.lower ? lower : upper
      if (counts[tokens.word[t]!]! < 255) counts[tokens.word[t]!]!++
    }
    this.spellingOf = mentions.map(({ mentionType, start, end, plural, first, last }, m) => {
      if (mentionType !== 'PROP' || plural) return undefined
      const written = text.slice(start, end)
      let spelling = this.spellings.get(written)
      if (spelling === undefined) {
        const words = wordsOf(written)
        const own = words.filter((word) => !titles.has(word))
        const id = tokens.word[last]!
        const isWord = first === last && (lower[id]! > upper[id]! * lowerShare || exclamations.has(words[0] ?? ''))
        spelling = {
          whole: words.join(' '),
          own,
          sex: sexOf(words),
          canBeName: own.length > 0 && !isWord && !exclamations.has(own.at(-1)!) && /[aeiouy]/.test(own.at(-1)!),
        }
        this.spellings.set(written, spelling)
      }
      const cluster = clusterOf[m]!
      add(this.exact, spelling.whole, cluster)
      for (const word of spelling.own) add(this.partial, word, cluster)
      const key = spelling.own.at(-1)
      if (key !== undefined) {
        let bearers = this.bearers.get(key)
        if (bearers === undefined) this.bearers.set(key, (bearers = new Map()))
        bearers.set(cluster, (bearers.get(cluster) ?? false) || spelling.own.length > 1)
      }
      return spelling
    })
  }

  /** False for mentions whose words are no name: "Hullo", "Tch", "Sir", "Good God". */
  canBeName(mention: number): boolean {
    return this.spellingOf[mention]?.canBeName ?? false
  }

  /** Clusters that this mention may speak of as well as its own: those called by the same surname and nothing else that tells them apart. */
  *sharing(mention: number): Generator<number> {
    const spelling = this.spellingOf[mention]
    const key = spelling?.own.at(-1)
    if (spelling === undefined || key === undefined) return
    for (const [cluster, fuller] of this.bearers.get(key)!) {
      if (fuller && spelling.own.length > 1) continue
      const { gender } = this.coreference.clusters[cluster]!
      if (spelling.sex !== null && (gender === 'he' || gender === 'she') && gender !== spelling.sex) continue
      yield cluster
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
    const sex = sexOf(words)
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
