/** Stories told aloud: speeches of pages, each paragraph opened by a mark that the last one closes. */
import { type CoreferenceLayer, posTags, type QuotationLayer, type SpeakerLayer, type TextLayer } from '../layers.js'
import { isPastForm } from '../lexicon/tense.js'
import type { NarrationCounts } from './narration.js'
import { Person } from './person.js'
import { Tense } from './tense.js'
import type { Unit } from './unit.js'

/** A paragraph is part of a speech that runs on when so much of it is quoted. */
const quotedShare = 0.9
/** Paragraphs and words of narration that interrupt a telling without ending it, at most. */
const longestPause = { paragraphs: 3, words: 120 } as const
/** So many words make a speech a telling of its own, or so much of its unit, with so many at least: a tale at table is shorter. */
const shortestTelling = { words: 6000, share: 0.85, least: 600 } as const
/** Who tells of himself says "I" at least once in so many words. */
const wordsPerFirst = 100
/** Between two tellings everything is told aloud of which so much is quoted. */
const quotedBetween = 0.7
/** What is left of a unit beside a telling, in words, when it is no more than the way into it or out of it. */
const shortestRest = 50

/** The paragraphs of a story that are spoken, and how much is. */
class Speech {
  private readonly runsOn: Uint8Array
  private readonly i: number

  constructor(
    private readonly text: TextLayer,
    private readonly quotations: QuotationLayer,
    private readonly counts: NarrationCounts,
  ) {
    this.i = text.tokens.wordId('i')
    this.runsOn = new Uint8Array(text.paragraphs.length + 1)
    for (const { continues, paragraph } of quotations.quotations) if (continues) this.runsOn.fill(1, paragraph, paragraph + 2)
  }

  isSpeech(p: number): boolean {
    const quoted = this.counts.quoted[p]!
    return this.runsOn[p] === 1 && quoted >= (this.counts.words[p]! + quoted) * quotedShare
  }

  /** Words of narration, or quoted ones, or both. */
  sum(column: 'words' | 'quoted' | 'all', first: number, last: number): number {
    const { words, quoted } = this.counts
    let sum = 0
    for (let p = first; p <= last; p++)
      sum += column === 'words' ? words[p]! : column === 'quoted' ? quoted[p]! : words[p]! + quoted[p]!
    return sum
  }

  saysI(first: number, last: number): number {
    const { tokens, firstToken } = this.text
    let count = 0
    for (let t = firstToken[first]!; t < firstToken[last + 1]!; t++)
      if (tokens.word[t] === this.i && this.quotations.quotationOf[t]! >= 0) count++
    return count
  }

  /** Last paragraph of the speech that begins with paragraph `first`, pauses included. */
  endOf(first: number, limit: number): number {
    let end = first
    for (let p = first + 1; p <= limit && p - end <= longestPause.paragraphs + 1; p++) {
      if (this.isSpeech(p)) end = p
      else if (this.sum('words', end + 1, p) > longestPause.words) break
    }
    return end
  }
}

/** Cuts units where a story is told aloud in the first person. Linear. */
export function cutTellings(
  units: readonly Unit[],
  text: TextLayer,
  quotations: QuotationLayer,
  counts: NarrationCounts,
): Unit[] {
  const speech = new Speech(text, quotations, counts)
  const cut: Unit[] = []
  for (const unit of units) {
    let rest = unit.first
    const add = (first: number, last: number, more: Partial<Unit>): void => {
      const opens = first === unit.first
      cut.push({
        ...unit,
        ...{ first, last, words: speech.sum('words', first, last) },
        mark: opens ? unit.mark : 'aloud',
        headers: opens ? unit.headers : [],
        voice: opens ? unit.voice : null,
        signature: last === unit.last ? unit.signature : null,
        ...more,
      })
      rest = last + 1
    }
    for (let p = unit.first; unit.form === 'narration' && p <= unit.last; p++) {
      if (!speech.isSpeech(p)) continue
      const end = speech.endOf(p, unit.last)
      const spoken = speech.sum('quoted', p, end)
      const share = spoken / speech.sum('all', unit.first, unit.last)
      const isLong = spoken >= shortestTelling.words || (spoken >= shortestTelling.least && share >= shortestTelling.share)
      const goesOn = cut.at(-1)?.isAloud === true && rest === unit.first
      if (isLong && (goesOn || speech.saysI(p, end) * wordsPerFirst >= spoken)) {
        if (speech.sum('all', rest, p - 1) >= shortestRest) add(rest, p - 1, {})
        const last = speech.sum('all', end + 1, unit.last) < shortestRest ? unit.last : end
        add(rest, last, { isAloud: true, person: Person.first, words: spoken, headers: [], voice: null, signature: null })
      }
      p = end
    }
    if (rest === unit.first) cut.push(unit)
    else if (rest <= unit.last) add(rest, unit.last, {})
  }
  return cut.map((unit, u) => {
    if (cut[u - 1]?.isAloud !== true || cut[u + 1]?.isAloud !== true || unit.isAloud === true) return unit
    const quoted = speech.sum('quoted', unit.first, unit.last)
    if (quoted < speech.sum('all', unit.first, unit.last) * quotedBetween) return unit
    return { ...unit, isAloud: true, person: Person.first, words: quoted }
  })
}

const verb = posTags.indexOf('VERB')
const aux = posTags.indexOf('AUX')
const presentForms = new Set('am is are has does have do'.split(' '))
/** From this share of past forms on a speech tells of what was: between, it says what it thinks of it. */
const pastShare = 0.5

/** The tense in which something is told aloud. */
export function tenseAloud({ tokens, firstToken }: TextLayer, { first, last }: Unit): number {
  let past = 0
  let present = 0
  for (let t = firstToken[first]!; t < firstToken[last + 1]!; t++) {
    if (tokens.pos[t] !== verb && tokens.pos[t] !== aux) continue
    const word = tokens.vocabulary[tokens.word[t]!]!
    if (presentForms.has(word)) present++
    else if (isPastForm(word)) past++
  }
  if (past + present === 0) return Tense.unknown
  return past >= (past + present) * pastShare ? Tense.past : Tense.present
}

/** A speech tag with a name says more than all guesses. */
const worthOfTag = 1000

/** Who tells each story told aloud: whom most of its speech tags name, else whoever is taken to speak; -1 for nobody and for other units. */
export function tellersOf(
  { units, unitOf }: { readonly units: readonly Unit[]; readonly unitOf: Int32Array },
  { quotations }: QuotationLayer,
  { speakers }: SpeakerLayer,
  { clusters }: CoreferenceLayer,
): Int32Array {
  const tellers = new Int32Array(units.length).fill(-1)
  if (!units.some(({ isAloud }) => isAloud === true)) return tellers
  // A telling that goes on in the next chapter is one.
  const votes: Map<number, number>[] = []
  for (const { isAloud } of units) votes.push(isAloud === true && votes.length > 0 ? votes.at(-1)! : new Map())
  quotations.forEach(({ paragraph }, q) => {
    const { speaker, type } = speakers[q]!
    const u = unitOf[paragraph]!
    if (units[u]!.isAloud !== true || speaker < 0 || clusters[speaker]!.narrator) return
    votes[u]!.set(speaker, (votes[u]!.get(speaker) ?? 0) + (type === 'explicit' ? worthOfTag : 1))
  })
  units.forEach(({ isAloud }, u) => {
    let most = 0
    if (isAloud === true)
      for (const [cluster, count] of votes[u]!)
        if (count > most) {
          most = count
          tellers[u] = cluster
        }
  })
  return tellers
}
