/** Changes of speaker: what speaks for the one who spoke before last, and against the one who spoke last, from turn to turn. */
import { C, decoderWeights, firstChange, places, TurnClass } from './feature.js'
import { type TurnEvidence, turnClassOf } from './score.js'
import type { Reading } from './subject.js'

/** Speakers remembered in a sequence. */
export const memory = 4

const Place = {
  again: 0,
  onceMore: 1,
  backTwo: 2,
  backMany: 3,
  third: 4,
  thirdFar: 5,
  fourth: 6,
  fourthFar: 7,
  fresh: 8,
} as const

/** Turns back from which a third speaker counts as out of the talk; and a fourth. */
const thirdReach = 4
const fourthReach = 6

/** Place of the speaker with `rank` among the recent ones (-1: none of them) when turn `t` is theirs. */
export function placeOf(rank: number, streak: number, last: Int32Array, at: number, t: number): number {
  switch (rank) {
    case 0:
      return streak > 1 ? Place.onceMore : Place.again
    case 1:
      return last[at + 2]! >= 0 && t - last[at + 2]! <= thirdReach ? Place.backMany : Place.backTwo
    case 2:
      return t - last[at + 2]! <= thirdReach ? Place.third : Place.thirdFar
    case 3:
      return t - last[at + 3]! <= fourthReach ? Place.fourth : Place.fourthFar
    default:
      return Place.fresh
  }
}

/** Most tokens of a short turn, and least of a long one. */
const shortTurn = 5
const longTurn = 60
/** Paragraphs since a mention within which a person is there. */
const thereReach = 6

const answers = new Set("yes no yeah yep nope aye nay oh ah certainly never nothing perhaps because 'course".split(' '))

/** Conditions of each turn that bear on who comes after whom: `conditions[t]` in ascending order. */
export function readConditions(reading: Reading, turns: readonly TurnEvidence[]): number[][] {
  const { quotationStart, quotationEnd, text, quotations } = reading
  const tokens = text.tokens
  let asked = false
  let shortBefore = false
  let trailed = false
  let addressedBefore = false
  let classBefore: number = TurnClass.tagged
  return turns.map(({ turn, address, candidates }) => {
    const { quotations: own, gap, lead } = turn
    const first = own[0]!
    const last = own.at(-1)!
    let length = 0
    for (const q of own) length += quotationEnd[q]! - quotationStart[q]!
    let opener = quotationStart[first]!
    while (opener < quotationEnd[first]! && !/\p{L}/u.test(reading.word(opener))) opener++
    const answer = opener < quotationEnd[first]! && answers.has(reading.word(opener))
    const { start, end } = quotations.quotations[last]!
    const asks = /\?[\s"“”„‟«»‹›‘’'*_`]*$/u.test(text.text.slice(Math.max(start, end - 6), end))
    const trail = quotationEnd[last]! < (text.firstToken[turn.lastParagraph + 1] ?? tokens.length) - 1
    const turnClass = turnClassOf(reading, turn)
    const row: number[] = []
    if (turn.opens) row.push(C.opens)
    else {
      row.push((turnClass === TurnClass.bare ? C.bare0 : C.told0) + Math.min(gap + lead, 3))
      if (asked) row.push(C.afterQuestion)
      if (asks) row.push(C.question)
      if (answer) row.push(asked ? C.answerAfterQuestion : C.answer)
      if (length <= shortTurn) row.push(C.short)
      else if (length >= longTurn) row.push(C.long)
      if (shortBefore) row.push(C.afterShort)
      if (trailed) row.push(C.afterTrail)
      if (lead > 0) row.push(C.lead)
      if (addressedBefore) row.push(C.afterAddress)
      row.push(classBefore === TurnClass.bare ? C.afterBareTurn : C.afterTaggedTurn)
      if (turnClass === TurnClass.pronoun) row.push(C.pronounTag)
      else if (turnClass === TurnClass.tagged) row.push(C.nameTag)
      let there = 0
      for (const away of candidates.distance) if (away <= thereReach) there++
      row.push(there <= 2 ? C.pair : there === 3 ? C.three : C.crowd)
    }
    asked = asks
    shortBefore = length <= shortTurn
    trailed = trail
    addressedBefore = address.figures.length > 0
    classBefore = turnClass
    return row
  })
}

/** Log odds of each place, for a turn of these conditions. */
export function changesOf(conditions: readonly number[], into: Float64Array): Float64Array {
  const weights = decoderWeights()
  into.fill(0)
  for (const condition of conditions)
    for (let place = 0; place < places; place++) into[place]! += weights[firstChange + condition * places + place]!
  return into
}

/** Who spoke, latest first: what the next change is read from. */
export class History {
  readonly recent = new Int32Array(memory).fill(-1)
  readonly last = new Int32Array(memory).fill(-1)
  streak = 0

  copy({ recent, last, streak }: History): this {
    this.recent.set(recent)
    this.last.set(last)
    this.streak = streak
    return this
  }

  add(speaker: number, t: number): this {
    if (speaker < 0) return this
    this.streak = speaker === this.recent[0] ? this.streak + 1 : 1
    let at = 0
    while (at < memory - 1 && this.recent[at] !== speaker) at++
    for (; at > 0; at--) {
      this.recent[at] = this.recent[at - 1]!
      this.last[at] = this.last[at - 1]!
    }
    this.recent[0] = speaker
    this.last[0] = t
    return this
  }

  place(speaker: number, t: number): number {
    return placeOf(this.recent.indexOf(speaker), this.streak, this.last, 0, t)
  }
}
