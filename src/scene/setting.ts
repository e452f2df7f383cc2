/** Where and when a scene takes place, as its narration says. */
import { Form, posTags, type TextLayer } from '../layers.js'
import { placeWords } from '../lexicon/place.js'
import time from '../lexicon/time.json' with { type: 'json' }
import type { Setting, Span, TimeExpression } from '../types.js'

type TimeOfDay = NonNullable<TimeExpression['timeOfDay']>

/** Days that a unit of time lasts; months and years are round. */
const daysOf: Record<string, number> = { day: 1, night: 1, morning: 1, evening: 1, week: 7, fortnight: 14, month: 30, year: 365 }
const numberWords =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  )
/** Narrated words at a scene's start within which "the next morning" counts from the scene before. */
const openingWords = 60

interface TimeLexicon {
  readonly dayPart: ReadonlyMap<string, TimeOfDay>
  readonly calendar: ReadonlySet<string>
  readonly unit: ReadonlySet<string>
}
let lexicon: TimeLexicon | undefined

function timeLexicon(): TimeLexicon {
  if (lexicon !== undefined) return lexicon
  const dayPart = new Map<string, TimeOfDay>()
  for (const part of ['morning', 'midday', 'afternoon', 'evening', 'night'] as const)
    for (const word of time[part].split(' ')) if (!time.meal.split(' ').includes(word)) dayPart.set(word, part)
  lexicon = {
    dayPart,
    calendar: new Set(`${time.weekday} ${time.month} ${time.season} ${time.holiday}`.split(' ')),
    unit: new Set(
      'moment minute hour day night morning evening week fortnight month year moments minutes hours days nights mornings evenings weeks fortnights months years'.split(
        ' ',
      ),
    ),
  }
  return lexicon
}

/** Words that may stand before the noun of a time expression and belong to it. */
const timeModifiers = new Set(
  'the a an that this one same next following previous last early late later mid every each next another few several some many two three four five six seven eight nine ten eleven twelve half first second third whole good of middle couple cold hot dark warm grey gray bright summer winter spring autumn monday tuesday wednesday thursday friday saturday sunday'.split(
    ' ',
  ),
)
const after = new Set(['later', 'after', 'afterwards', 'afterward', 'on'])
const before = new Set(['before', 'earlier', 'ago', 'previously'])
const placePrepositions = new Set('in at into inside on onto to through from outside near across beyond by behind'.split(' '))
/** Places by a capital need one of these before them: "in London". */
const namePrepositions = new Set(['in', 'at', 'to', 'from', 'into', 'near', 'outside'])
const placeModifiers = new Set(['DET', 'ADJ', 'NOUN', 'PROPN', 'NUM'])
const possessives = new Set(['his', 'her', 'their', 'my', 'our', 'your', 'its', "'s"])

/** Times and places that the narration of `[from, to)` names, quotations left out. `person` is 1 for tokens inside a person's mention. */
export function findSetting(
  { text, tokens }: TextLayer,
  quotationOf: Int32Array,
  person: Uint8Array,
  from: number,
  to: number,
): Setting {
  const { word, vocabulary, form, pos, start, end } = tokens
  const value = (i: number): string => (i < from || i >= to ? '' : vocabulary[word[i]!]!)
  const span = (a: number, b: number): Span => ({ start: start[a]!, end: end[b]! })
  const { dayPart, calendar, unit } = timeLexicon()
  const places = placeWords()
  const times: TimeExpression[] = []
  const found: { span: Span; at: number; weight: number; key: string }[] = []
  let narrated = 0
  let done = from
  for (let i = from; i < to; i++) {
    if (quotationOf[i]! >= 0) continue
    if (form[i] === Form.punctuation) continue
    narrated++
    if (i < done) continue
    const word = value(i)
    const part = dayPart.get(word)
    const isCalendar =
      calendar.has(word) &&
      (form[i] !== Form.lower || /^(?:spring|summer|autumn|winter|christmas|midsummer|midwinter)$/.test(word)) &&
      word !== 'may' &&
      word !== 'march'
    if (part !== undefined || isCalendar || unit.has(word) || word === "o'clock" || word === 'tonight') {
      let first = i
      while (first > done && first > from && quotationOf[first - 1]! < 0 && isTimeModifier(value(first - 1), form[first - 1]!))
        first--
      let last = i
      const next = value(i + 1)
      if (isCalendar && dayPart.has(next)) last = i + 1
      const direction = after.has(value(last + 1)) ? 1 : before.has(value(last + 1)) ? -1 : 0
      if (direction !== 0) last++
      const sure =
        part !== undefined ||
        isCalendar ||
        word === "o'clock" ||
        direction !== 0 ||
        /^(?:next|following|previous|same|that)$/.test(value(i - 1))
      if (sure) {
        const timeOfDay = part ?? dayPart.get(value(last)) ?? null
        times.push({
          ...span(first, last),
          timeOfDay,
          dayOffset: narrated <= openingWords ? dayOffset(first, last, i, direction) : null,
        })
        done = last + 1
      }
      continue
    }
    const kind = form[i] === Form.lower ? places.get(word) : undefined
    if (kind !== undefined && posTags[pos[i]!] === 'NOUN') {
      let first = i
      while (
        first > done &&
        first > from &&
        i - first < 4 &&
        (placeModifiers.has(posTags[pos[first - 1]!]!) || possessives.has(value(first - 1))) &&
        form[first - 1] !== Form.punctuation &&
        quotationOf[first - 1]! < 0
      )
        first--
      // "the kitchen", "his room": a bare noun ("house arrest", "by boat") names no place.
      if (first === i || value(first) === 'no') continue
      if (places.has(value(i + 1)) || value(i + 1) === 'for') continue
      const governed = placePrepositions.has(value(first - 1))
      if (!governed && kind === 'vehicle') continue
      found.push({ span: span(first, i), at: narrated, weight: governed ? 3 : 1, key: word })
      done = i + 1
      continue
    }
    if (
      form[i] === Form.capitalised &&
      person[i] === 0 &&
      posTags[pos[i]!] === 'PROPN' &&
      namePrepositions.has(value(i - 1)) &&
      !calendar.has(word)
    ) {
      let last = i
      while (
        last + 1 < to &&
        form[last + 1] === Form.capitalised &&
        posTags[pos[last + 1]!] === 'PROPN' &&
        person[last + 1] === 0 &&
        quotationOf[last + 1]! < 0
      )
        last++
      found.push({ span: span(i, last), at: narrated, weight: 2, key: text.slice(start[i]!, end[last]!).toLowerCase() })
      done = last + 1
    }
  }
  return { times, places: found.map(({ span }) => span), place: placeLabel(text, found) }

  function dayOffset(first: number, last: number, at: number, direction: number): number | null {
    const phrase = Array.from({ length: last - first + 1 }, (_, k) => value(first + k))
    const noun = value(at).replace(/s$/, '')
    if (phrase.includes('next') || phrase.includes('following'))
      return daysOf[noun] !== undefined && noun !== 'night' ? daysOf[noun]! : dayPart.has(value(at)) ? 1 : null
    if (phrase.includes('same')) return 0
    if (direction !== 0 && daysOf[noun] !== undefined) {
      const number = phrase.map((p) => (/^\d+$/.test(p) ? Number(p) : numberWords.indexOf(p))).find((n) => n > 0)
      const one = phrase.includes('a') || phrase.includes('an') || phrase.includes('the') || phrase.includes('one')
      if (number !== undefined) return direction * number * daysOf[noun]!
      if (
        one &&
        !phrase.some((p) => p === 'few' || p === 'several' || p === 'some' || p === 'many' || p === 'couple') &&
        value(at) === noun
      )
        return direction * daysOf[noun]!
    }
    return null
  }
  function isTimeModifier(word: string, form: number): boolean {
    return timeModifiers.has(word) || form === Form.number
  }
}

/** The place to name the scene by: governed by a preposition, named again, and early. */
function placeLabel(text: string, found: readonly { span: Span; at: number; weight: number; key: string }[]): string | null {
  const totals = new Map<string, { score: number; first: Span }>()
  for (const { span, at, weight, key } of found) {
    const score = weight * (at <= 40 ? 3 : at <= 120 ? 2 : 1)
    const total = totals.get(key)
    if (total === undefined) totals.set(key, { score, first: span })
    else total.score += score
  }
  let best: { score: number; first: Span } | null = null
  for (const total of totals.values()) if (best === null || total.score > best.score) best = total
  // One passing mention deep inside is no place to name a scene by.
  return best === null || best.score < 3 ? null : text.slice(best.first.start, best.first.end).replace(/\s+/g, ' ')
}
