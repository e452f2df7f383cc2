/** What is counted in a paragraph, and by which words. */
import { WordClass } from './word-class.js'

/** Names of the counts. "open…": in the opening; "close…": in the closing; "end…": how the last sentence ends; "narrated…": outside quotations. */
// biome-ignore format: a table
export const counted = [
  'words', 'quotedWords', 'sentences', 'firstSentence', 'lastSentence', 'commas', 'had', 'present', 'past',
  'he', 'she', 'they', 'i', 'we', 'you', 'names', 'narratedNames', 'newNames',
  'verbs', 'adjectives', 'opensQuoted', 'closesQuoted', 'endQuestion', 'endExclamation', 'endEllipsis', 'endDash', 'endPlain',
  'openDayPart', 'openUnit', 'openCalendar', 'openSequence', 'openDeictic', 'openHabit', 'openMeal', 'openWeather', 'openArrival',
  'openDeparture', 'openWaking', 'openDocument', 'openRoom', 'openBuilding', 'openWay', 'openLand', 'openVehicle', 'openMotion',
  'openPerception', 'openCognition', 'openCommunication', 'openEmotion', 'openNames', 'openDefinite', 'openIndefinite', 'openHe', 'openShe',
  'openThey', 'openI', 'openHad', 'openPresent', 'openNumber', 'openPlaceName', 'firstTime', 'firstName', 'firstPronoun',
  'firstVerb', 'closeDeparture', 'closeWaking', 'closeCommunication', 'closeMotion', 'closeFuture', 'closeTime', 'closePlace',
] as const
export type Count = (typeof counted)[number]

/** Word classes counted in the opening, in the order of their bits. */
// biome-ignore format: a table
export const openClasses: readonly [Count, number][] = [
  ['openDayPart', WordClass.dayPart], ['openUnit', WordClass.unit], ['openCalendar', WordClass.calendar],
  ['openSequence', WordClass.sequence], ['openDeictic', WordClass.deictic], ['openHabit', WordClass.habit],
  ['openMeal', WordClass.meal], ['openWeather', WordClass.weather], ['openArrival', WordClass.arrival],
  ['openDeparture', WordClass.departure], ['openWaking', WordClass.waking], ['openDocument', WordClass.document],
  ['openRoom', WordClass.room], ['openBuilding', WordClass.building], ['openWay', WordClass.way],
  ['openLand', WordClass.land], ['openVehicle', WordClass.vehicle], ['openMotion', WordClass.motion],
  ['openPerception', WordClass.perception], ['openCognition', WordClass.cognition], ['openCommunication', WordClass.communication],
  ['openEmotion', WordClass.emotion],
]
export const timeClasses = WordClass.dayPart | WordClass.unit | WordClass.calendar
export const placeClasses = WordClass.room | WordClass.building | WordClass.way | WordClass.land | WordClass.vehicle

/** Pronouns and small verbs, and the count of each in the whole paragraph and in its opening. */
const small = {
  he: 'he him his himself',
  she: 'she her hers herself',
  they: 'they them their',
  i: 'i me my myself',
  we: 'we us our',
  you: 'you your',
  had: "had 'd",
  present: 'is are am has does',
  past: 'was were did',
} as const
const opening: Partial<Record<Count, Count>> = {
  he: 'openHe',
  she: 'openShe',
  they: 'openThey',
  i: 'openI',
  had: 'openHad',
  present: 'openPresent',
}

/** The counts that a small word adds to. */
export const smallWords = (): Map<string, { readonly all: Count; readonly open: Count | null }> =>
  new Map(
    Object.entries(small).flatMap(([count, words]) =>
      words.split(' ').map((word) => [word, { all: count as Count, open: opening[count as Count] ?? null }] as const),
    ),
  )

/** They speak of what is to come. */
export const future: ReadonlySet<string> = new Set(['will', 'shall', "'ll", 'tomorrow', 'tonight'])

/** Before a name they make it a place's: "in London". */
export const placePrepositions: ReadonlySet<string> = new Set(['in', 'at', 'to', 'from', 'near', 'into'])
