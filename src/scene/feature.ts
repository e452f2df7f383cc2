/** The features of a paragraph start: some 170 numbers, each named, from the columns of `unit` and `cohesion`. */
import type { CoreferenceLayer, MentionSpan, QuotationLayer, TextLayer } from '../layers.js'
import {
  compareWindows,
  contentOf,
  farewell,
  leadChange,
  namesOf,
  novelty,
  peopleOf,
  placesOf,
  rarity,
  ties,
} from './cohesion.js'
import type { Count } from './count.js'
import { dayPartChange, openers } from './opener.js'
import { countUnits, type Units } from './unit.js'

/** Named columns of equal length, one value per unit. */
export interface Features {
  readonly units: Units
  readonly names: readonly string[]
  readonly columns: readonly Float32Array[]
}

/** Reach of the windows, in units. */
const reaches = [3, 8, 20] as const

/** What a paragraph start is measured from. */
export interface Layers {
  readonly text: TextLayer
  readonly quotations: QuotationLayer
  readonly mentions: readonly MentionSpan[]
  readonly coreference: CoreferenceLayer
}

/** Clusters of fewer mentions count little: a passing "man" says less about the cast than a character. */
const steady = { mentions: 4, passing: 0.3 }

export function measure({ text, quotations, mentions, coreference }: Layers): Features {
  const units = countUnits(text, quotations)
  const { length, counts, first, end } = units
  const names: string[] = []
  const columns: Float32Array[] = []
  const put = (name: string, column: Float32Array): Float32Array => {
    names.push(name)
    columns.push(column)
    return column
  }
  const make = (name: string, value: (u: number) => number): Float32Array => {
    const column = new Float32Array(length)
    for (let u = 0; u < length; u++) column[u] = value(u)
    return put(name, column)
  }
  const at = (column: Float32Array, u: number): number => (u < 0 || u >= length ? 0 : column[u]!)
  const log = (x: number): number => Math.log(1 + x)

  // Lengths around.
  const { words, quotedWords } = counts
  for (const d of [-2, -1, 0, 1, 2]) make(`words${sign(d)}`, (u) => log(at(words, u + d)))
  make('sentences', (u) => log(counts.sentences[u]!))
  make('firstSentence', (u) => log(counts.firstSentence[u]!))
  make('lastSentence-1', (u) => log(at(counts.lastSentence, u - 1)))
  make('commas', (u) => counts.commas[u]!)
  const wordSums = sums(words)
  const mean = (s: Float64Array, from: number, to: number): number => {
    const a = Math.max(0, from)
    const b = Math.min(length, to)
    return b > a ? (s[b]! - s[a]!) / (b - a) : 0
  }
  for (const w of reaches) {
    make(`words<${w}`, (u) => log(mean(wordSums, u - w, u)))
    make(`words>${w}`, (u) => log(mean(wordSums, u, u + w)))
    make(`words/${w}`, (u) => log(words[u]!) - log(mean(wordSums, u - w, u)))
  }

  // Dialogue rhythm.
  const dialogue = counts.opensQuoted
  const quotedSums = sums(quotedWords)
  const opensSums = sums(dialogue)
  for (const d of [-2, -1, 0, 1, 2, 3]) make(`opensQuoted${sign(d)}`, (u) => at(dialogue, u + d))
  for (const d of [-2, -1, 0, 1, 2]) make(`quoted${sign(d)}`, (u) => at(quotedWords, u + d) / (at(words, u + d) || 1))
  make('closesQuoted-1', (u) => at(counts.closesQuoted, u - 1))
  make('closesQuoted', (u) => counts.closesQuoted[u]!)
  for (const w of reaches) {
    const share = (a: number, b: number): number => mean(quotedSums, a, b) / (mean(wordSums, a, b) || 1)
    make(`quoted<${w}`, (u) => share(u - w, u))
    make(`quoted>${w}`, (u) => share(u, u + w))
    make(`quoted/${w}`, (u) => share(u, u + w) - share(u - w, u))
    make(`opens/${w}`, (u) => mean(opensSums, u, u + w) - mean(opensSums, u - w, u))
  }
  const runBefore = new Float32Array(length)
  const runAfter = new Float32Array(length)
  for (let u = 1; u < length; u++)
    runBefore[u] = quotedWords[u - 1]! > 0 ? Math.max(0, runBefore[u - 1]!) + 1 : Math.min(0, runBefore[u - 1]!) - 1
  for (let u = length - 1; u >= 0; u--) {
    const next = u + 1 < length ? runAfter[u + 1]! : 0
    runAfter[u] = quotedWords[u]! > 0 ? Math.max(0, next) + 1 : Math.min(0, next) - 1
  }
  const signedLog = (x: number): number => Math.sign(x) * log(Math.abs(x))
  make('dialogueRunBefore', (u) => signedLog(runBefore[u]!))
  make('dialogueRunAfter', (u) => signedLog(runAfter[u]!))

  // How the paragraph before closes.
  for (const name of ['endQuestion', 'endExclamation', 'endEllipsis', 'endDash', 'endPlain'] as const)
    make(`${name}-1`, (u) => at(counts[name], u - 1))
  make('endPlain', (u) => counts.endPlain[u]!)
  for (const name of [
    'closeDeparture',
    'closeWaking',
    'closeCommunication',
    'closeMotion',
    'closeFuture',
    'closeTime',
    'closePlace',
  ] as const)
    make(`${name}-1`, (u) => at(counts[name], u - 1))

  // The opening: time, place, arrival, articles, names, pronouns, and where the first of each stands.
  const openings = (Object.keys(counts) as Count[]).filter((name) => name.startsWith('open') && name !== 'opensQuoted')
  for (const name of openings) make(name, (u) => counts[name][u]!)
  for (const name of ['firstTime', 'firstName', 'firstPronoun', 'firstVerb'] as const) make(name, (u) => log(counts[name][u]!))
  make('nameBeforePronoun', (u) => Math.sign(counts.firstPronoun[u]! - counts.firstName[u]!))
  const time = sumOf(counts.openDayPart, counts.openUnit, counts.openCalendar, counts.openSequence)
  const place = sumOf(counts.openRoom, counts.openBuilding, counts.openWay, counts.openLand, counts.openVehicle)
  for (const d of [-2, -1, 0, 1, 2]) {
    make(`time${sign(d)}`, (u) => at(time, u + d))
    make(`place${sign(d)}`, (u) => at(place, u + d))
  }
  const timeSums = sums(time)
  const placeSums = sums(place)
  make('time/8', (u) => time[u]! - mean(timeSums, u - 8, u))
  make('place/8', (u) => place[u]! - mean(placeSums, u - 8, u))
  make('definiteShare', (u) => counts.openDefinite[u]! / (counts.openDefinite[u]! + counts.openIndefinite[u]! + 1))

  // Tense and person.
  const hadSums = sums(counts.had)
  const presentSums = sums(counts.present)
  const pastSums = sums(counts.past)
  const heSums = sums(counts.he)
  const sheSums = sums(counts.she)
  const theySums = sums(counts.they)
  const iSums = sums(counts.i)
  const weSums = sums(counts.we)
  make('had', (u) => counts.had[u]! / (words[u]! - quotedWords[u]! + 5))
  make('had-1', (u) => at(counts.had, u - 1) / (at(words, u - 1) - at(quotedWords, u - 1) + 5))
  make('present', (u) => counts.present[u]! / (counts.present[u]! + counts.past[u]! + 1))
  for (const w of [3, 8] as const) {
    const rate = (s: Float64Array, a: number, b: number): number =>
      mean(s, a, b) / (mean(pastSums, a, b) + mean(presentSums, a, b) + 1)
    make(`had/${w}`, (u) => rate(hadSums, u, u + w) - rate(hadSums, u - w, u))
    make(`present/${w}`, (u) => rate(presentSums, u, u + w) - rate(presentSums, u - w, u))
    const sex = (a: number, b: number): number =>
      (mean(heSums, a, b) - mean(sheSums, a, b)) / (mean(heSums, a, b) + mean(sheSums, a, b) + 0.5)
    make(`sexShift/${w}`, (u) => Math.abs(sex(u, u + w) - sex(u - w, u)))
    const perWord = (s: Float64Array, a: number, b: number): number => mean(s, a, b) / (mean(wordSums, a, b) + 5)
    for (const [name, s] of [
      ['i', iSums],
      ['we', weSums],
      ['they', theySums],
    ] as const)
      make(`${name}/${w}`, (u) => perWord(s, u, u + w) - perWord(s, u - w, u))
  }
  make('i', (u) => perWordOf(counts.i, words, u))
  make('i-1', (u) => (u > 0 ? perWordOf(counts.i, words, u - 1) : 0))
  make('pronouns', (u) => (counts.he[u]! + counts.she[u]! + counts.they[u]!) / (words[u]! + 5))
  make('adjectives', (u) => counts.adjectives[u]! / (words[u]! + 5))
  make('verbs', (u) => counts.verbs[u]! / (words[u]! + 5))
  make('verbs-1', (u) => at(counts.verbs, u - 1) / (at(words, u - 1) + 5))

  // Names: how many, new ones, old ones that come back.
  const nameLists = namesOf(units, text.tokens)
  const ones = new Float32Array(nameLists.size).fill(1)
  make('names', (u) => counts.names[u]! / (words[u]! + 5))
  make('names-1', (u) => at(counts.names, u - 1) / (at(words, u - 1) + 5))
  make('narratedNames', (u) => log(counts.narratedNames[u]!))
  make('newNames', (u) => log(counts.newNames[u]!))
  make('newNames+1', (u) => log(at(counts.newNames, u + 1)))
  const newSums = sums(counts.newNames)
  make('newNames>3', (u) => mean(newSums, u, u + 3))
  make('newNames/8', (u) => mean(newSums, u, u + 8) - mean(newSums, u - 8, u))
  const nameSums = sums(counts.names)
  make('names/3', (u) => mean(nameSums, u, u + 3) - mean(nameSums, u - 3, u))
  for (const reach of [2, 5, 20, 100]) put(`freshNames${reach}`, novelty(nameLists, reach, ones, 1000))
  put('firstNameFresh5', novelty(nameLists, 5, ones, 1))
  put('firstNameFresh20', novelty(nameLists, 20, ones, 1))
  for (const reach of [5, 20]) put(`lostNames${reach}`, farewell(nameLists, reach, ones))
  for (const reach of [3, 8, 20, 40]) {
    const { fresh, gone, cosine } = compareWindows(nameLists, reach, ones)
    put(`castFresh${reach}`, fresh)
    put(`castGone${reach}`, gone)
    put(`castCosine${reach}`, cosine)
  }

  // People, as the character layer knows them: pronouns and descriptions count too.
  const people = peopleOf(units, text, quotations, mentions, coreference)
  const presence = Float32Array.from(coreference.clusters, (c) => (c.mentions.length >= steady.mentions ? 1 : steady.passing))
  for (const reach of [1, 2, 5, 20]) put(`freshPeople${reach}`, novelty(people, reach, presence, 1000))
  for (const reach of [2, 10, 60]) put(`firstPersonFresh${reach}`, novelty(people, reach, presence, 1))
  for (const reach of [5, 20]) put(`lostPeople${reach}`, farewell(people, reach, presence))
  for (const reach of [3, 8, 20]) {
    const { fresh, gone, cosine } = compareWindows(people, reach, presence)
    put(`peopleFresh${reach}`, fresh)
    put(`peopleGone${reach}`, gone)
    put(`peopleCosine${reach}`, cosine)
  }
  for (const reach of [4, 12]) put(`leadChange${reach}`, leadChange(people, reach))
  const entrance = novelty(people, 10, presence, 1)
  make('firstPersonFresh10-1', (u) => at(entrance, u - 1))
  make('firstPersonFresh10+1', (u) => at(entrance, u + 1))
  make('firstSentencePeople', (u) => {
    let n = 0
    for (let m = people.start[u]!; m < people.start[u + 1]!; m++)
      if (text.tokens.sentence[people.heads[m]!] === text.tokens.sentence[first[u]!]) n++
    return n
  })
  make('people', (u) => (people.start[u + 1]! - people.start[u]!) / (words[u]! + 5))

  // Places and times of day: others than before?
  const spots = placesOf(units, text.tokens)
  const even = new Float32Array(spots.size).fill(1)
  for (const reach of [3, 10]) {
    const { fresh, gone } = compareWindows(spots, reach, even)
    put(`placeFresh${reach}`, fresh)
    put(`placeGone${reach}`, gone)
  }
  put('firstPlaceFresh10', novelty(spots, 10, even, 1))
  put('dayPartChange', dayPartChange(units, text.tokens))
  for (const d of [-1, 1]) {
    make(`openDayPart${sign(d)}`, (u) => at(counts.openDayPart, u + d))
    make(`openArrival${sign(d)}`, (u) => at(counts.openArrival, u + d))
    make(`firstVerb${sign(d)}`, (u) => log(at(counts.firstVerb, u + d)))
    make(`openHad${sign(d)}`, (u) => at(counts.openHad, u + d))
  }

  // What the first word is.
  for (const [name, flags] of openers(units, text.tokens)) put(name, flags)

  // Words: new ones, ties over the start, and the valley they make.
  const content = contentOf(units, text.tokens)
  const weight = rarity(content)
  for (const reach of [1, 3, 10, 40]) put(`novelty${reach}`, novelty(content, reach, weight, 40))
  const novel = novelty(content, 10, weight, 40)
  make('novelty-1', (u) => at(novel, u - 1))
  make('novelty+1', (u) => at(novel, u + 1))
  for (const reach of [3, 10, 40]) put(`farewell${reach}`, farewell(content, reach, weight))
  for (const reach of [2, 5, 12]) {
    const over = ties(content, reach, weight)
    const overSums = sums(over)
    make(`ties${reach}`, (u) => over[u]! / (mean(overSums, u - 2 * reach, u + 2 * reach + 1) + 1))
  }
  for (const reach of [3, 6, 12]) {
    const { cosine, fresh } = compareWindows(content, reach, weight)
    put(`cosine${reach}`, cosine)
    put(`contentFresh${reach}`, fresh)
    make(`valley${reach}`, (u) => highest(cosine, u, -1, reach) + highest(cosine, u, 1, reach) - 2 * cosine[u]!)
  }
  make('tokens', (u) => log(end[u]! - first[u]!))
  return { units, names, columns }
}

const sign = (d: number): string => (d === 0 ? '' : d > 0 ? `+${d}` : `${d}`)
const perWordOf = (count: Float32Array, words: Float32Array, u: number): number => count[u]! / (words[u]! + 5)

/** Running sums: the sum of [a, b) is `s[b] - s[a]`. */
function sums(column: Float32Array): Float64Array {
  const s = new Float64Array(column.length + 1)
  for (let u = 0; u < column.length; u++) s[u + 1] = s[u]! + column[u]!
  return s
}

function sumOf(...columns: readonly Float32Array[]): Float32Array {
  const total = columns[0]!.slice()
  for (const column of columns.slice(1)) for (let u = 0; u < total.length; u++) total[u]! += column[u]!
  return total
}

/** Climbs from a valley to the nearest top within reach (Hearst's depth). */
function highest(column: Float32Array, u: number, step: 1 | -1, reach: number): number {
  let top = column[u]!
  for (let d = 1; d <= reach; d++) {
    const v = column[u + d * step]
    if (v === undefined || v < top) break
    top = v
  }
  return top
}
