/** The cast: persons as the speaker rules see them, called figures, and what is known of each. */
import type { CoreferenceLayer, Gender, PersonLayer, TextLayer } from '../layers.js'
import { kinNouns } from '../lexicon/person.js'
import type { CastEntry } from '../types.js'
import { Calling, Figures, sexVotes } from './figure.js'
import { clustersOfCast, knownDescriptions, listedNames } from './known.js'
import { Sex } from './sex.js'
import { type Reading, Role } from './subject.js'

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
  /** True for a short text, whose clusters are good: nominals and pronouns follow them there, while novels mix people up. */
  readonly trusted: boolean
  /** Per paragraph: the figure that says "I" in the narration there, or is its "you"; -1 for none. */
  readonly teller: Int32Array
  /** 1 for a figure that tells some part of the story. */
  readonly narrates: Uint8Array
  /** How often a figure is the subject of a verb outside quotations: places and things seldom are. */
  readonly acts: Int32Array
  /** 1 for a figure called Mrs., Lady or Mr.: somebody's mother or husband sooner than somebody's daughter. */
  readonly adult: Uint8Array
  /** 1 for everybody outside the cast that the user lists; all 0 without one. */
  readonly unlisted: Uint8Array
  /** What makes a nominal somebody of their own: a code of `Calling` per figure. */
  readonly calling: Uint8Array
}

const possessives = new Set(['his', 'her', 'my', 'your', 'their', 'our', 'its'])
const determiners = new Set(['the', 'this', 'that', 'a', 'an', 'these', 'those', 'another', 'some'])
/** Words for anyone: "the young man" takes up somebody known unless a "young man" was brought in. */
const anyone = new Set(
  'man woman boy girl gentleman lady fellow stranger person other child youth one creature guy lad companion friend speaker visitor guest host hostess lass maiden listener narrator'.split(
    ' ',
  ),
)
/** Paragraphs after which the same words mean somebody else. */
const nominalReach = 40
/** Confidence from which a nominal of a short text is whom its cluster names (the half and none do as well). */
const leastSure = 0.4

/** Puts the cast together from the clusters and the words of the mentions. */
export function castOf(
  reading: Reading,
  { clusters, clusterOf, confidence }: CoreferenceLayer,
  { personOf }: PersonLayer,
  listed: readonly CastEntry[] = [],
  trusted = reading.text.tokens.length <= longestTrusted,
): Cast {
  const { mentions, text, quotations, word, sexOfWord: lexicon } = reading
  const { tokens } = text
  const figures = new Figures()
  const figureOf = new Int32Array(mentions.length).fill(-1)
  const figureOfCluster = new Int32Array(clusters.length).fill(-1)
  const narrators: number[] = []
  const teller = new Int32Array(text.paragraphs.length).fill(-1)
  clusters.forEach(({ narrator, kind, mentions: members, gender }, c) => {
    const names = members.some((m) => mentions[m]!.mentionType === 'PROP')
    if (kind === 'group' && !narrator) return
    const noun = names ? -1 : (members.find((m) => mentions[m]!.mentionType === 'NOM') ?? -1)
    const figure = figures.add(c, names, names ? Calling.name : noun < 0 ? Calling.anyone : callingOf(reading, noun))
    figureOfCluster[c] = figure
    if (narrator) narrators.push(figure)
    figures.vote(figure, sexOfGender(gender), sexVotes.cluster)
  })
  const usual = usualClusters(reading, clusterOf)
  const entryOf = knownDescriptions(reading, listed)
  const figureOfEntry = clustersOfCast(clusters, listed).map((c) => (c < 0 ? -1 : figureOfCluster[c]!))
  const adult = new Uint8Array(mentions.length + clusters.length + listed.length)
  const nominals = new Map<string, { figure: number; paragraph: number }>()
  for (let m = 0; m < mentions.length; m++) {
    const { mentionType, plural, first, head } = mentions[m]!
    const c = clusterOf[m]!
    if (mentionType === 'PRON') {
      if (quotations.quotationOf[head]! >= 0) continue
      const paragraph = tokens.paragraph[head]!
      if (reading.isFirstPerson[tokens.word[head]!] === 1)
        figureOf[m] = narrators.includes(figureOfCluster[c]!) ? figureOfCluster[c]! : (narrators[0] ?? -1)
      else if (personOf[paragraph] === 2 && secondPerson.has(word(head))) figureOf[m] = figureOfCluster[c]!
      if (figureOf[m]! >= 0) teller[paragraph] = figureOf[m]!
      continue
    }
    if (plural && mentionType !== 'PROP') continue
    if (mentionType === 'PROP') {
      const figure = figureOfCluster[usual(m)]!
      figureOf[m] = figure
      if (figure < 0) continue
      const titled = lexicon.title[tokens.word[first]!]!
      figures.vote(figure, titled, sexVotes.title)
      if (adultTitles.has(word(first))) adult[figure] = 1
      if (titled === 0) figures.vote(figure, lexicon.firstName[tokens.word[first]!]!, sexVotes.firstName / 3)
      continue
    }
    const entry = entryOf(m)
    if (entry >= 0) {
      if (figureOfEntry[entry]! < 0) figureOfEntry[entry] = figures.add(c, false)
      figureOf[m] = figureOfEntry[entry]!
      figures.vote(figureOf[m]!, lexicon.noun[tokens.word[head]!]!, sexVotes.title)
      continue
    }
    const clustered = figureOfCluster[c]!
    const stated = lexicon.noun[tokens.word[head]!]!
    if (
      clustered >= 0 &&
      (figures.named[clustered] === 0 || (trusted && confidence[m]! >= leastSure && !contradicts(clusters[c]!.gender, stated)))
    ) {
      figureOf[m] = clustered
      figures.vote(clustered, stated, figures.named[clustered] === 0 ? sexVotes.title : sexVotes.pronoun)
      continue
    }
    const key = nominalKey(reading, m)
    const paragraph = tokens.paragraph[head]!
    let known = nominals.get(key)
    if (known === undefined || paragraph - known.paragraph > nominalReach) {
      known = { figure: figures.add(c, false, callingOf(reading, m)), paragraph }
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
  const unlisted = new Uint8Array(size)
  if (listed.length > 0) {
    const isListed = listedNames(listed)
    for (let f = 0; f < size; f++) if (figures.named[f] === 0 || !isListed(clusters[figures.cluster[f]!]!.name)) unlisted[f] = 1
    for (const figure of [...figureOfEntry, ...narrators]) if (figure >= 0) unlisted[figure] = 0
  }
  const narrates = new Uint8Array(size)
  for (const figure of narrators) narrates[figure] = 1
  return {
    size,
    narrates,
    unlisted,
    figureOf,
    figureOfCluster,
    clusterOfFigure: Int32Array.from(figures.cluster),
    sex,
    named: Uint8Array.from(figures.named),
    clusterOf,
    confidence,
    teller: passOn(text, teller, personOf),
    adult,
    trusted,
    acts: actsOf(reading, figureOf, size),
    calling: Uint8Array.from(figures.calling),
  }
}

/** The cluster that most mentions of the same name have: "Archer, who had come in, said" is the Archer of every other page. */
function usualClusters({ nameOf, nameCount }: Reading, clusterOf: Int32Array): (m: number) => number {
  const counts: Map<number, number>[] = Array.from({ length: nameCount }, () => new Map())
  for (let m = 0; m < nameOf.length; m++) {
    const of = counts[nameOf[m]!]
    if (of !== undefined) of.set(clusterOf[m]!, (of.get(clusterOf[m]!) ?? 0) + 1)
  }
  const best = counts.map((clusters) => {
    let usual = -1
    let most = 0
    clusters.forEach((count, cluster) => {
      if (count <= most) return
      usual = cluster
      most = count
    })
    return usual
  })
  return (m) => best[nameOf[m]!]!
}

const secondPerson = new Set(['you', 'your', 'yourself', 'yours'])

/** Whoever tells goes on telling, up to the next heading or typed break; what stands before the first "I" there is theirs too. */
function passOn({ paragraphs, breaks }: TextLayer, teller: Int32Array, personOf: Uint8Array): Int32Array {
  const opens = new Uint8Array(paragraphs.length + 1)
  for (const { paragraph } of breaks) opens[paragraph] = 1
  const out = Int32Array.from(teller)
  let last = -1
  for (let p = 0; p < out.length; p++) {
    if (opens[p] === 1) last = -1
    if (out[p]! >= 0) last = out[p]!
    else out[p] = last
  }
  for (let p = out.length - 2; p >= 0; p--) if (out[p]! < 0 && opens[p + 1] === 0) out[p] = out[p + 1]!
  // A stretch told by "I" without one: whoever told last before.
  last = -1
  for (let p = 0; p < out.length; p++) {
    if (out[p]! < 0 && personOf[p] === 1) out[p] = last
    else if (out[p]! >= 0) last = out[p]!
  }
  return out
}

const sexOfGender = (gender: Gender): number => (gender === 'he' ? Sex.he : gender === 'she' ? Sex.she : Sex.unknown)

/** "His wife" is not the Mr. Holt whose cluster holds her. */
const contradicts = (gender: Gender, stated: number): boolean =>
  stated !== Sex.unknown && sexOfGender(gender) !== Sex.unknown && sexOfGender(gender) !== stated

/**
 * Longest text whose clusters are taken at their word, in tokens. Between LitBank's excerpts (2,000 words: trust gains 2.5
 * points) and PDNC's novels (40,000 words and more: links of our own gain 5 points on tags without a name).
 */
const longestTrusted = 15_000
const adultTitles = new Set(['mrs', 'mrs.', 'mr', 'mr.', 'lady', 'lord', 'madame', 'mme'])
const indefinite = new Set(['a', 'an', 'another', 'some', 'one'])

function callingOf({ mentions, word }: Reading, m: number): number {
  const { first, head } = mentions[m]!
  const opener = word(first)
  if (indefinite.has(opener) && first < head) return Calling.introduced
  if (kinNouns().has(word(head)) && (possessives.has(opener) || hasOwner(word, first, head))) return Calling.kin
  return anyone.has(word(head)) ? Calling.anyone : Calling.role
}

function hasOwner(word: (token: number) => string, first: number, head: number): boolean {
  for (let i = first + 1; i < head; i++) if (word(i) === "'s") return true
  return false
}

/** The words of a nominal without its determiner or owner: "her mother" and "Anna's mother" are "'s mother". */
function nominalKey({ mentions, word }: Reading, m: number): string {
  const { first, head } = mentions[m]!
  const opener = word(first)
  const words: string[] = possessives.has(opener) ? ["'s"] : []
  for (let i = first; i <= head; i++) {
    const w = word(i)
    if (w === "'s") words.length = 0
    if (i > first || !(determiners.has(w) || possessives.has(w))) words.push(w)
  }
  return words.join(' ')
}

function actsOf({ mentions, quotations, role }: Reading, figureOf: Int32Array, size: number): Int32Array {
  const acts = new Int32Array(size)
  for (let m = 0; m < mentions.length; m++) {
    const figure = figureOf[m]!
    if (figure >= 0 && role[m] === Role.subject && quotations.quotationOf[mentions[m]!.head]! < 0) acts[figure]!++
  }
  return acts
}

/** "Anna came in. She sat down.": a subject pronoun votes for the name that alone stands before it. */
function votePronouns({ mentions, text, quotations, role, pronounSex }: Reading, figureOf: Int32Array, figures: Figures): void {
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
      const sex = pronounSex[m]!
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
