/** Names as the story spells them: which are called alike, and which cluster a written name stands for. */
import { type CoreferenceLayer, Form, type MentionSpan, type TextLayer } from '../layers.js'

const titles = new Set(
  'mr mrs ms miss mis mas mars dr doctor sir lady lord count countess captain capt colonel col major sergeant professor prof father sister mother aunt uncle hon rev madam madame mme monsieur m signor signora herr frau fraulein fräulein friend brother cousin the chevalier esq de dear my old young poor little good a an o'.split(
    ' ',
  ),
)
const sheTitles = new Set(
  'mrs ms miss mis lady countess sister mother aunt madam madame mme frau fraulein fräulein signora'.split(' '),
)
const heTitles = new Set(
  'mr sir lord count captain colonel major sergeant father uncle hon rev chevalier monsieur herr'.split(' '),
)

/** Words that stand where names stand in speech. */
const exclamations = new Set(
  "god gawd lord heaven heavens christ jesus sir madam ma'am mum mom dad daddy father mother papa mamma mama master mister missus boy doctor doc captain hullo hello hi hey oh ah tch ja nay yes no amen".split(
    ' ',
  ),
)
/** A lone word that the story writes small for more than this share of its capitals is a word, not a name. */
const lowerShare = 0.2

/** A first name used less often than this is not what the person is called by. */
const fewestUses = 3

/** One way of writing a name. */
interface Spelling {
  readonly whole: string
  /** As written, from the first own word or capitalised title on. */
  readonly bare: string
  /** The words without titles. */
  readonly own: readonly string[]
  readonly sex: 'he' | 'she' | null
  /** False for "Hullo", "Tch", "Good God". */
  readonly canBeName: boolean
  /** Index of the family, -1 without own words. */
  readonly family: number
}

/** Names that are called alike: "Watson", "Dr. Watson", "my dear Watson"; "Mrs. Watson" is another. */
export interface Family {
  readonly word: string
  readonly sex: 'she' | null
  /** The cluster that most of its mentions belong to. */
  cluster: number
  /** Its usual spelling, titles and epithets left out. */
  name: string
  count: number
}

/** "Anna’s Brother" is not Anna. */
const belongsTo = /[’']s\s+\p{L}/u

/** What stands before a name and is no part of it. */
const leading = /^(?:\p{Ll}[\p{L}’'-]*\s+)*(?:(?:The|An?|My|O|Oh|Dear|Poor|Old|Young)\s+)?(?=\p{Lu})/u

const sexOf = (words: readonly string[]): 'he' | 'she' | null =>
  words.some((word) => sheTitles.has(word)) ? 'she' : words.some((word) => heTitles.has(word)) ? 'he' : null

const wordsOf = (name: string): string[] =>
  name
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/'s?(?=\s|$)/g, '')
    .split(/[^\p{L}\p{N}'-]+/u)
    .filter((word) => word !== '')

/** The names of a story. Built once per call; a look-up costs a few map reads. */
export class NameIndex {
  readonly families: Family[] = []
  private readonly sameAs = new Map<number, number>()
  private readonly familyByKey: ReadonlyMap<string, number>
  private readonly exact = new Map<string, Map<number, number>>()
  private readonly partial = new Map<string, Map<number, number>>()
  private readonly spellingOf: (Spelling | undefined)[]

  constructor(
    { text, tokens }: TextLayer,
    mentions: readonly MentionSpan[],
    private readonly coreference: CoreferenceLayer,
  ) {
    const small = new Int32Array(tokens.vocabulary.length)
    const large = new Int32Array(tokens.vocabulary.length)
    for (let t = 0; t < tokens.length; t++) (tokens.form[t] === Form.lower ? small : large)[tokens.word[t]!]!++
    const spellings = new Map<string, Spelling>()
    const familyOf = new Map<string, number>()
    const members: Map<number, number>[] = []
    const usual: Map<string, number>[] = []
    this.spellingOf = mentions.map(({ mentionType, start, end, plural, first, last }, m) => {
      if (mentionType !== 'PROP' || plural) return undefined
      const written = text.slice(start, end)
      let spelling = spellings.get(written)
      if (spelling === undefined) {
        const words = wordsOf(written)
        const own = words.filter((word) => !titles.has(word))
        const id = tokens.word[last]!
        const isWord = first === last && small[id]! > large[id]! * lowerShare
        const sex = sexOf(words)
        // "Sherlock Holmes" is called "Sherlock": by his surname alone others of the family are called too.
        const key = own.length === 0 ? null : `${own[0]!}${own.length === 1 && sex === 'she' ? '/she' : ''}`
        let family = key === null ? -1 : familyOf.get(key)
        if (family === undefined) {
          family =
            this.families.push({
              word: own[0]!,
              sex: own.length === 1 && sex === 'she' ? 'she' : null,
              cluster: -1,
              name: '',
              count: 0,
            }) - 1
          members.push(new Map())
          usual.push(new Map())
          familyOf.set(key!, family)
        }
        const canBeName = own.length > 0 && !isWord && !exclamations.has(own.at(-1)!) && /[aeiouy]/.test(own.at(-1)!)
        spelling = { whole: words.join(' '), bare: written.replace(leading, ''), own, sex, canBeName, family }
        spellings.set(written, spelling)
      }
      const cluster = coreference.clusterOf[m]!
      add(this.exact, spelling.whole, cluster)
      for (const word of spelling.own) add(this.partial, word, cluster)
      if (spelling.family >= 0) {
        increase(members[spelling.family]!, cluster)
        increase(usual[spelling.family]!, spelling.bare)
        this.families[spelling.family]!.count++
      }
      return spelling
    })
    members.forEach((counts, family) => {
      this.families[family]!.cluster = best(counts)
      this.families[family]!.name = best(usual[family], '')
    })
    // "Miss Lucy" is Lucy, where they are one person; "Mrs. Brook" is not Brook.
    for (const [key, family] of familyOf) {
      const plain = key.endsWith('/she') ? familyOf.get(key.slice(0, -'/she'.length)) : undefined
      if (plain === undefined || this.families[plain]!.cluster !== this.families[family]!.cluster) continue
      this.sameAs.set(family, plain)
      familyOf.set(key, plain)
    }
    this.familyByKey = familyOf
  }

  /** The family that a written name belongs to: by its first word when the story uses it, else by its surname; -1 for none. */
  familyNamed(name: string): number {
    if (belongsTo.test(name)) return -1
    const words = wordsOf(name)
    const own = words.filter((word) => !titles.has(word))
    if (own.length === 0) return -1
    const find = (word: string, lone: boolean): number =>
      (lone && sexOf(words) === 'she' ? this.familyByKey.get(`${word}/she`) : undefined) ?? this.familyByKey.get(word) ?? -1
    const first = find(own[0]!, own.length === 1)
    // "John Watson" is not whoever else is called John.
    if (own.length > 1) {
      const cluster = this.find(name)
      for (const word of [own[0]!, own.at(-1)!]) {
        const family = find(word, word !== own[0])
        if (family >= 0 && cluster >= 0 && this.families[family]!.cluster === cluster) return family
      }
    }
    if (own.length === 1 || (first >= 0 && this.families[first]!.count >= fewestUses)) return first
    const last = find(own.at(-1)!, true)
    return last >= 0 ? last : first
  }

  /** The family of a mention by name; -1 for other mentions, and for words that are no name. */
  familyOf(mention: number): number {
    const family = this.calledOf(mention)
    return this.sameAs.get(family) ?? family
  }

  /** The same with "Miss Lucy" apart from "Lucy", since tellers differ in what they call people. */
  calledOf(mention: number): number {
    const spelling = this.spellingOf[mention]
    return spelling?.canBeName ? spelling.family : -1
  }

  /**
   * The cluster that a written name stands for, -1 for none: one that bears it exactly; else the one that bears most of its
   * words, with no title of the other sex. The more often so named wins.
   */
  find(name: string): number {
    const words = wordsOf(name)
    const whole = best(this.exact.get(words.join(' ')))
    if (whole >= 0 || belongsTo.test(name)) return whole
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
  increase(bearers, cluster)
}

function increase<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function best(scores: ReadonlyMap<number, number> | undefined): number
function best(scores: ReadonlyMap<string, number> | undefined, none: string): string
function best<K>(scores: ReadonlyMap<K, number> | undefined, none: K = -1 as K): K {
  let winner = none
  let most = 0
  for (const [key, score] of scores ?? []) {
    if (score <= most) continue
    most = score
    winner = key
  }
  return winner
}
