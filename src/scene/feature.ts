/** The features of a paragraph start: named columns of numbers, each looked at in the start's own unit or in units near it. */
import type { CoreferenceLayer, MentionSpan, QuotationLayer, TextLayer } from '../layers.js'
import { compareWindows, farewell, novelty, peopleOf, rarity, ties, wordsOf } from './cohesion.js'
import { openers } from './opener.js'
import { countUnits, type Units } from './unit.js'
import { depth, meanOf, meansAfter, meansBefore, rise, riseOfShare, runsBefore, runsFrom, sumsOf } from './window.js'

/** A number per unit, and the units around a start at which it is looked at: each of them is a feature. */
export interface Column {
  readonly name: string
  readonly values: Float32Array
  /** 0 is the unit that the start opens, -1 the one before. */
  readonly shifts: readonly number[]
}

export interface Features {
  readonly units: Units
  readonly columns: readonly Column[]
}

/** No shift is larger. */
export const furthestShift = 3

/** What a paragraph start is measured from. */
export interface Layers {
  readonly text: TextLayer
  readonly quotations: QuotationLayer
  readonly mentions: readonly MentionSpan[]
  readonly coreference: CoreferenceLayer
}

/** Clusters of fewer mentions count little: a passing "man" says less about the cast than a character. */
const steady = { mentions: 4, passing: 0.3 }
/** Things of a unit, where all of them count; and content words, where the first ones do. */
const limits = { all: 1000, content: 40 }

/** Puts a column among the features, seen from the given units around a start. */
type Put = (name: string, values: Float32Array, ...shifts: readonly number[]) => void

export function measure({ text, quotations, mentions, coreference }: Layers): Features {
  const units = countUnits(text, quotations)
  const columns: Column[] = []
  const put: Put = (name, values, ...shifts) => {
    columns.push({ name, values, shifts: shifts.length === 0 ? [0] : shifts })
  }
  putLengths(units, put)
  putDialogue(units, put)
  putWording(units, put)
  for (const [name, flags] of openers(units, text.tokens)) put(name, flags)
  putNarration(units, put)
  const { names, content } = wordsOf(units, text.tokens)

  // Names: new ones, and old ones that come back.
  const even = new Float32Array(names.size).fill(1)
  put('freshNames100', novelty(names, [100], even, limits.all)[0]!)
  const cast = compareWindows(names, 3, even)
  put('castFresh3', cast.fresh)
  put('castGone3', cast.gone)
  put('castFresh40', compareWindows(names, 40, even).fresh, -1, 0, 1)

  // People, as the character layer knows them: pronouns and descriptions count too.
  const people = peopleOf(units, text, quotations, mentions, coreference)
  const presence = Float32Array.from(coreference.clusters, (c) => (c.mentions.length >= steady.mentions ? 1 : steady.passing))
  const [fresh1, fresh5] = novelty(people, [1, 5], presence, limits.all)
  put('freshPeople1', fresh1!)
  put('freshPeople5', fresh5!, -1, 0, 1)
  const [first2, first10] = novelty(people, [2, 10], presence, 1)
  put('firstPersonFresh2', first2!)
  put('firstPersonFresh10', first10!, -2, -1, 0, 1, 2)
  put('lostPeople20', farewell(people, 20, presence))
  for (const reach of [3, 20]) {
    const { fresh, gone } = compareWindows(people, reach, presence)
    put(`peopleFresh${reach}`, fresh)
    put(`peopleGone${reach}`, gone)
  }

  // Words: new ones, ties over the start, and the valley they make.
  const weight = rarity(content)
  const [novel10, novel40] = novelty(content, [10, 40], weight, limits.content)
  put('novelty10', novel10!, -2, -1, 0, 1, 2)
  put('novelty40', novel40!, -1, 0, 1)
  put('farewell10', farewell(content, 10, weight))
  const over = ties(content, 12, weight)
  const overSums = sumsOf(over)
  put(
    'ties12',
    over.map((tied, u) => tied / (meanOf(overSums, u - 24, u + 25) + 1)),
  )
  for (const reach of [3, 12]) {
    const { cosine } = compareWindows(content, reach, weight)
    put(`cosine${reach}`, cosine)
    put(`valley${reach}`, depth(cosine, reach))
  }
  return { units, columns }
}

/** Lengths around. */
function putLengths({ counts }: Units, put: Put): void {
  const { words, sentences, firstSentence, lastSentence, commas } = counts
  put('words', words, -3, -2, -1, 0, 1, 2, 3)
  put('sentences', sentences, -1, 0, 1)
  put('firstSentence', firstSentence)
  put('lastSentence', lastSentence, -1)
  put('commas', commas, -1, 0, 1)
  const sums = sumsOf(words)
  for (const reach of [3, 8, 20]) {
    put(`words<${reach}`, meansBefore(sums, reach))
    put(`words>${reach}`, meansAfter(sums, reach))
  }
  put(
    'words/3',
    words.map((n, u) => (n + 1) / (meanOf(sums, u - 3, u) + 1)),
  )
}

/** Dialogue rhythm, and how the paragraph before closes. */
function putDialogue({ length, counts }: Units, put: Put): void {
  const { words, quotedWords, opensQuoted, closesQuoted } = counts
  put('opensQuoted', opensQuoted, -1, 0, 1, 2, 3)
  put('closesQuoted', closesQuoted, -2, -1, 0, 1)
  put(
    'quoted',
    quotedWords.map((n, u) => n / (words[u]! || 1)),
    ...[-3, -2, -1, 0, 1, 2, 3],
  )
  const quotedSums = sumsOf(quotedWords)
  const wordSums = sumsOf(words)
  for (const reach of [3, 8, 20]) {
    const before = new Float32Array(length)
    const after = new Float32Array(length)
    for (let u = 0; u < length; u++) {
      before[u] = meanOf(quotedSums, u - reach, u) / (meanOf(wordSums, u - reach, u) || 1)
      after[u] = meanOf(quotedSums, u, u + reach) / (meanOf(wordSums, u, u + reach) || 1)
    }
    put(`quoted<${reach}`, before)
    put(`quoted>${reach}`, after)
  }
  put('opens/8', rise(sumsOf(opensQuoted), 8))
  put('dialogueRunBefore', runsBefore(quotedWords))
  put('dialogueRunAfter', runsFrom(quotedWords))
  for (const name of ['endQuestion', 'endExclamation', 'endEllipsis', 'endDash', 'endPlain'] as const) put(name, counts[name], -1)
}

/** The opening's words by class, where the first of each stands, and the words of the paragraph before. */
function putWording({ length, counts }: Units, put: Put): void {
  for (const name of ['closeDeparture', 'closeWaking', 'closeMotion', 'closeFuture', 'closeTime', 'closePlace'] as const)
    put(name, counts[name], -1)
  put('openDayPart', counts.openDayPart, -1, 0, 1)
  put('openArrival', counts.openArrival, 0, 1)
  put('openCommunication', counts.openCommunication, -1, 0, 1)
  put('openPresent', counts.openPresent, -1, 0, 1)
  put('openHad', counts.openHad, -1)
  for (const name of [
    ...(['openUnit', 'openCalendar', 'openSequence', 'openWeather', 'openDeparture', 'openWaking', 'openDocument'] as const),
    ...(['openRoom', 'openBuilding', 'openMotion', 'openEmotion', 'openNames', 'openPlaceName', 'openNumber'] as const),
    ...(['openHe', 'openShe', 'openThey', 'openI', 'firstName'] as const),
  ])
    put(name, counts[name])
  put('firstTime', counts.firstTime, -1, 0, 1)
  put('firstVerb', counts.firstVerb, -1, 1)
  const { firstName, firstPronoun } = counts
  put(
    'nameBeforePronoun',
    firstName.map((at, u) => Math.sign(firstPronoun[u]! - at)),
    ...[-1, 0, 1],
  )
  const time = new Float32Array(length)
  const place = new Float32Array(length)
  const { openDayPart, openUnit, openCalendar, openSequence, openRoom, openBuilding, openWay, openLand, openVehicle } = counts
  for (let u = 0; u < length; u++) {
    time[u] = openDayPart[u]! + openUnit[u]! + openCalendar[u]! + openSequence[u]!
    place[u] = openRoom[u]! + openBuilding[u]! + openWay[u]! + openLand[u]! + openVehicle[u]!
  }
  put('time', time, -2, 0, 2)
  put('place', place, -2, 0, 1, 2)
  const timeSums = sumsOf(time)
  put(
    'time/8',
    time.map((n, u) => n - meanOf(timeSums, u - 8, u)),
  )
}

/** Tense, person, and how much is named and told. */
function putNarration({ length, counts }: Units, put: Put): void {
  const { words, quotedWords, had, present, past, he, she, they, i, names, newNames } = counts
  const rate = (count: Float32Array): Float32Array => count.map((n, u) => n / (words[u]! + 5))
  put(
    'had',
    had.map((n, u) => n / (words[u]! - quotedWords[u]! + 5)),
    -1,
  )
  put(
    'present',
    present.map((n, u) => n / (n + past[u]! + 1)),
  )
  put('i', rate(i))
  put('adjectives', rate(counts.adjectives), -1, 0, 1)
  put('verbs', rate(counts.verbs), -1, 0, 1)
  put('names', rate(names), -1, 0, 1)
  put('narratedNames', counts.narratedNames, -1, 0, 1)
  put('newNames', newNames, 0, 1)
  put('newNames>3', meansAfter(sumsOf(newNames), 3))
  const wordSums = sumsOf(words)
  const iSums = sumsOf(i)
  put('i/3', riseOfShare(iSums, wordSums, 3))
  put('i/8', riseOfShare(iSums, wordSums, 8))
  put('they/8', riseOfShare(sumsOf(they), wordSums, 8))
  const presentSums = sumsOf(present)
  const pastSums = sumsOf(past)
  const isPresent = (from: number, to: number): number => {
    const now = meanOf(presentSums, from, to)
    return now / (meanOf(pastSums, from, to) + now + 1)
  }
  const heSums = sumsOf(he)
  const sheSums = sumsOf(she)
  const sex = (from: number, to: number): number => {
    const his = meanOf(heSums, from, to)
    const hers = meanOf(sheSums, from, to)
    return (his - hers) / (his + hers + 0.5)
  }
  const tenseShift = new Float32Array(length)
  const sexShift = new Float32Array(length)
  for (let u = 0; u < length; u++) {
    tenseShift[u] = isPresent(u, u + 8) - isPresent(u - 8, u)
    sexShift[u] = Math.abs(sex(u, u + 3) - sex(u - 3, u))
  }
  put('present/8', tenseShift)
  put('sexShift/3', sexShift)
}
