/** The cast: persons as the speaker rules see them, called figures, and what is known of each. */
import type { CoreferenceLayer, Gender } from '../layers.js'
import { femaleFirstNames, femaleNouns, femaleTitles, maleFirstNames, maleNouns, maleTitles } from '../lexicon/person.js'
import { flagWords } from '../text/token.js'
import { type Reading, Role } from './subject.js'

/** Sexes as codes, so that they compare fast. */
export const Sex = { unknown: 0, he: 1, she: 2, other: 3 } as const

/**
 * Figures: a named cluster with its names; a nominal ("the old gentleman") with the mentions of the same words; whoever
 * says "I". Nominals stay apart from names here, because a link of theirs is a guess that the conversation can better.
 */
export interface Cast {
  readonly size: number
  /** Figure of each mention, -1 for none (third-person pronouns, groups). */
  readonly figureOf: Int32Array
  /** Cluster that a figure's speech is published under. */
  readonly clusterOfFigure: Int32Array
  /** Figure of each named cluster, -1 for others. */
  readonly figureOfCluster: Int32Array
  /** A code of `Sex` per figure. */
  readonly sex: Uint8Array
  /** 1 for a figure with a name. */
  readonly named: Uint8Array
  /** Cluster of each mention. */
  readonly clusterOf: Int32Array
  readonly confidence: Float32Array
  /** Figures that say "I" in the narration. */
  readonly narrators: readonly number[]
}

const sexOfPronoun: Readonly<Record<string, number>> = {
  he: Sex.he,
  him: Sex.he,
  his: Sex.he,
  himself: Sex.he,
  she: Sex.she,
  her: Sex.she,
  hers: Sex.she,
  herself: Sex.she,
}
/** Sex that a pronoun states, `unknown` for all others. */
export const pronounSex = (word: string): number => sexOfPronoun[word] ?? Sex.unknown

const firstPerson = new Set(['i', 'me', 'my', 'myself', 'mine'])
const possessives = new Set(['his', 'her', 'my', 'your', 'their', 'our', 'its'])
const determiners = new Set(['the', 'this', 'that', 'a', 'an', 'these', 'those', 'another', 'some'])
/** Words for anyone: "the man" here is not "the man" a chapter later. */
const anyone = new Set('man woman boy girl gentleman lady fellow stranger person other child voice youth one creature guy lad'.split(' '))
/** Paragraphs after which such words mean somebody else. */
const anyoneReach = 40

/** What title, noun, first name and pronouns are worth as evidence of sex, in votes. */
const sexVotes = { title: 1000, firstName: 3, pronoun: 1, cluster: 2 }

class Figures {
  readonly cluster: number[] = []
  readonly named: number[] = []
  readonly he: number[] = []
  readonly she: number[] = []

  add(cluster: number, named: boolean): number {
    this.named.push(named ? 1 : 0)
    this.he.push(0)
    this.she.push(0)
    return this.cluster.push(cluster) - 1
  }

  vote(figure: number, sex: number, weight: number): void {
    if (sex === Sex.he) this.he[figure]! += weight
    else if (sex === Sex.she) this.she[figure]! += weight
  }
}

/** Puts the cast together from the clusters and the words of the mentions. */
export function castOf(reading: Reading, { clusters, clusterOf, confidence }: CoreferenceLayer): Cast {
  const { mentions, text, quotations, word } = reading
  const { tokens } = text
  const lexicon = sexLexicon(reading)
  const figures = new Figures()
  const figureOf = new Int32Array(mentions.length).fill(-1)
  const figureOfCluster = new Int32Array(clusters.length).fill(-1)
  const narrators: number[] = []
  clusters.forEach(({ narrator, kind, mentions: members, gender }, c) => {
    const names = members.some((m) => mentions[m]!.mentionType === 'PROP' && !mentions[m]!.plural)
    if (!(names && kind !== 'group') && !narrator) return
    const figure = figures.add(c, names)
    figureOfCluster[c] = figure
    if (narrator) narrators.push(figure)
    figures.vote(figure, sexOfGender(gender), sexVotes.cluster)
  })
  const nominals = new Map<string, { figure: number; paragraph: number }>()
  for (let m = 0; m < mentions.length; m++) {
    const { mentionType, plural, first, head } = mentions[m]!
    const c = clusterOf[m]!
    if (mentionType === 'PRON') {
      if (firstPerson.has(word(head)) && quotations.quotationOf[head]! < 0) figureOf[m] = narrators.includes(figureOfCluster[c]!) ? figureOfCluster[c]! : (narrators[0] ?? -1)
      continue
    }
    if (plural) continue
    if (mentionType === 'PROP') {
      const figure = figureOfCluster[c]!
      figureOf[m] = figure
      if (figure < 0) continue
      const titled = lexicon.title[tokens.word[first]!]!
      figures.vote(figure, titled, sexVotes.title)
      if (titled === 0) figures.vote(figure, lexicon.firstName[tokens.word[first]!]!, sexVotes.firstName / 3)
      continue
    }
    const key = nominalKey(reading, m, c)
    const paragraph = tokens.paragraph[head]!
    let known = nominals.get(key)
    if (known === undefined || (anyone.has(key) && paragraph - known.paragraph > anyoneReach)) {
      known = { figure: figures.add(c, false), paragraph }
      nominals.set(key, known)
      figures.vote(known.figure, lexicon.noun[tokens.word[head]!]!, sexVotes.title)
    }
    known.paragraph = paragraph
    figureOf[m] = known.figure
  }
  votePronouns(reading, figureOf, figures)
  const size = figures.cluster.length
  const sex = new Uint8Array(size)
  for (let f = 0; f < size; f++) {
    const [he, she] = [figures.he[f]!, figures.she[f]!]
    sex[f] = he > she * 1.5 ? Sex.he : she > he * 1.5 ? Sex.she : Sex.unknown
  }
  return {
    size,
    figureOf,
    figureOfCluster,
    clusterOfFigure: Int32Array.from(figures.cluster),
    sex,
    named: Uint8Array.from(figures.named),
    clusterOf,
    confidence,
    narrators,
  }
}

const sexOfGender = (gender: Gender): number => (gender === 'he' ? Sex.he : gender === 'she' ? Sex.she : Sex.unknown)

/** The words of a nominal without its determiner; one with an owner ("her mother") goes by its cluster. */
function nominalKey({ mentions, word }: Reading, m: number, cluster: number): string {
  const { first, head } = mentions[m]!
  const opener = word(first)
  if (possessives.has(opener)) return `#${cluster}`
  const words: string[] = []
  for (let i = first; i <= head; i++) {
    const w = word(i)
    if (w === "'s") return `#${cluster}`
    if (i > first || !determiners.has(w)) words.push(w)
  }
  return words.join(' ')
}

/** "Anna came in. She sat down.": a subject pronoun votes for the name that alone stands before it. */
function votePronouns({ mentions, text, quotations, word, role }: Reading, figureOf: Int32Array, figures: Figures): void {
  const { paragraph, sentence } = text.tokens
  let last = -1
  let names = 0
  let lastSentence = -1
  let lastParagraph = -1
  for (let m = 0; m < mentions.length; m++) {
    const { mentionType, head } = mentions[m]!
    if (quotations.quotationOf[head]! >= 0) continue
    if (paragraph[head] !== lastParagraph || sentence[head]! > lastSentence + 1) {
      last = -1
      names = 0
    }
    lastParagraph = paragraph[head]!
    if (mentionType === 'PRON') {
      const sex = pronounSex(word(head))
      if (sex !== Sex.unknown && last >= 0 && names === 1) figures.vote(last, sex, sexVotes.pronoun)
      continue
    }
    const figure = figureOf[m]!
    if (figure < 0 || figure === last) {
      if (figure === last) lastSentence = sentence[head]!
      continue
    }
    if (sentence[head] === lastSentence || sentence[head] === lastSentence + 1) names++
    else names = 1
    last = role[m] === Role.subject ? figure : last
    lastSentence = sentence[head]!
  }
}

/** Codes of `Sex` per word: titles, nouns and first names. */
function sexLexicon({ text: { tokens } }: Reading): { title: Uint8Array; noun: Uint8Array; firstName: Uint8Array } {
  const codes = (he: ReadonlySet<string>, she: ReadonlySet<string>): Uint8Array => {
    const flags = flagWords(tokens, he)
    const other = flagWords(tokens, she)
    for (let w = 0; w < flags.length; w++) if (other[w] === 1) flags[w] = flags[w] === 1 ? Sex.unknown : Sex.she
    return flags
  }
  return {
    title: codes(maleTitles(), femaleTitles()),
    noun: codes(maleNouns(), femaleNouns()),
    firstName: codes(maleFirstNames(), femaleFirstNames()),
  }
}
