/** What kinds of word speak for a scene's beginning: a set of flags per word. */
import type { Tokens } from '../layers.js'
import { type PlaceKind, placeWords } from '../lexicon/place.js'
import time from '../lexicon/time.json' with { type: 'json' }
import verbs from '../lexicon/verbs.json' with { type: 'json' }

/** One bit per class. A word may be of several. */
export const WordClass = {
  dayPart: 1 << 0,
  unit: 1 << 1,
  calendar: 1 << 2,
  sequence: 1 << 3,
  deictic: 1 << 4,
  habit: 1 << 5,
  meal: 1 << 6,
  weather: 1 << 7,
  arrival: 1 << 8,
  departure: 1 << 9,
  waking: 1 << 10,
  document: 1 << 11,
  room: 1 << 12,
  building: 1 << 13,
  way: 1 << 14,
  land: 1 << 15,
  vehicle: 1 << 16,
  motion: 1 << 17,
  perception: 1 << 18,
  cognition: 1 << 19,
  communication: 1 << 20,
  emotion: 1 << 21,
} as const

let classes: Map<string, number> | undefined

function wordClasses(): ReadonlyMap<string, number> {
  if (classes !== undefined) return classes
  const map = new Map<string, number>()
  const add = (words: string, flag: number): void => {
    for (const word of words.split(' ')) map.set(word, (map.get(word) ?? 0) | flag)
  }
  add(`${time.morning} ${time.midday} ${time.afternoon} ${time.evening} ${time.night}`, WordClass.dayPart)
  add(time.unit, WordClass.unit)
  add(`${time.weekday} ${time.month} ${time.season} ${time.holiday}`, WordClass.calendar)
  add(time.sequence, WordClass.sequence)
  add(time.deictic, WordClass.deictic)
  add(time.habit, WordClass.habit)
  add(time.meal, WordClass.meal)
  add(time.weather, WordClass.weather)
  add(time.arrival, WordClass.arrival)
  add(time.departure, WordClass.departure)
  add(time.waking, WordClass.waking)
  add(time.document, WordClass.document)
  add(verbs.motion, WordClass.motion)
  add(verbs.perception, WordClass.perception)
  add(verbs.cognition, WordClass.cognition)
  add(verbs.communication, WordClass.communication)
  add(verbs.emotion, WordClass.emotion)
  const placeFlag: Record<PlaceKind, number> = {
    room: WordClass.room,
    building: WordClass.building,
    way: WordClass.way,
    land: WordClass.land,
    vehicle: WordClass.vehicle,
  }
  for (const [word, kind] of placeWords()) map.set(word, (map.get(word) ?? 0) | placeFlag[kind])
  classes = map
  return map
}

/** The classes of each word of the story's vocabulary. */
export function classifyWords({ vocabulary, wordId }: Pick<Tokens, 'vocabulary' | 'wordId'>): Int32Array {
  const map = wordClasses()
  const classes = new Int32Array(vocabulary.length)
  if (vocabulary.length < map.size) for (let w = 0; w < classes.length; w++) classes[w] = map.get(vocabulary[w]!) ?? 0
  else
    for (const [word, flags] of map) {
      const id = wordId(word)
      if (id >= 0) classes[id] = flags
    }
  return classes
}
