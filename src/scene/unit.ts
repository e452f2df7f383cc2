/** The paragraphs at which a scene may begin, and what is counted in each: the columns that features are made of. */
import { Form, posTags, type QuotationLayer, type TextLayer } from '../layers.js'
import { classifyWords, WordClass } from './word-class.js'

/** Words of a paragraph's opening. Time and place stand there when a scene begins. */
export const openingLength = 30
/** Words of a paragraph's closing that are looked at. */
const closingLength = 15

const code = (tag: (typeof posTags)[number]): number => posTags.indexOf(tag)
const noun = code('NOUN')
const verb = code('VERB')
const adjective = code('ADJ')
const proper = code('PROPN')
const auxiliary = code('AUX')

/** Counted per unit; "Narrated": outside quotations. */
export const counted = [
  'words',
  'quotedWords',
  'sentences',
  'firstSentence',
  'lastSentence',
  'commas',
  'had',
  'present',
  'past',
  'he',
  'she',
  'they',
  'i',
  'we',
  'you',
  'names',
  'narratedNames',
  'newNames',
  'verbs',
  'adjectives',
  'opensQuoted',
  'closesQuoted',
  'endQuestion',
  'endExclamation',
  'endEllipsis',
  'endDash',
  'endPlain',
  'openDayPart',
  'openUnit',
  'openCalendar',
  'openSequence',
  'openDeictic',
  'openHabit',
  'openMeal',
  'openWeather',
  'openArrival',
  'openDeparture',
  'openWaking',
  'openDocument',
  'openRoom',
  'openBuilding',
  'openWay',
  'openLand',
  'openVehicle',
  'openMotion',
  'openPerception',
  'openCognition',
  'openCommunication',
  'openEmotion',
  'openNames',
  'openDefinite',
  'openIndefinite',
  'openHe',
  'openShe',
  'openThey',
  'openI',
  'openHad',
  'openPresent',
  'openNumber',
  'openPlaceName',
  'firstTime',
  'firstName',
  'firstPronoun',
  'firstVerb',
  'closeDeparture',
  'closeWaking',
  'closeCommunication',
  'closeMotion',
  'closeFuture',
  'closeTime',
  'closePlace',
] as const // prettier-ignore
export type Count = (typeof counted)[number]

export interface Units {
  readonly length: number
  /** Paragraph of each unit. */
  readonly paragraph: Int32Array
  /** First token of each unit, and one past its last. */
  readonly first: Int32Array
  readonly end: Int32Array
  readonly counts: Readonly<Record<Count, Float32Array>>
  /** Per token of the vocabulary: 1 when the story writes it as a name. */
  readonly nameWord: Uint8Array
  readonly classes: Int32Array
}

const openClasses: [Count, number][] = [
  ['openDayPart', WordClass.dayPart],
  ['openUnit', WordClass.unit],
  ['openCalendar', WordClass.calendar],
  ['openSequence', WordClass.sequence],
  ['openDeictic', WordClass.deictic],
  ['openHabit', WordClass.habit],
  ['openMeal', WordClass.meal],
  ['openWeather', WordClass.weather],
  ['openArrival', WordClass.arrival],
  ['openDeparture', WordClass.departure],
  ['openWaking', WordClass.waking],
  ['openDocument', WordClass.document],
  ['openRoom', WordClass.room],
  ['openBuilding', WordClass.building],
  ['openWay', WordClass.way],
  ['openLand', WordClass.land],
  ['openVehicle', WordClass.vehicle],
  ['openMotion', WordClass.motion],
  ['openPerception', WordClass.perception],
  ['openCognition', WordClass.cognition],
  ['openCommunication', WordClass.communication],
  ['openEmotion', WordClass.emotion],
]
const timeClasses = WordClass.dayPart | WordClass.unit | WordClass.calendar
export const placeClasses = WordClass.room | WordClass.building | WordClass.way | WordClass.land | WordClass.vehicle

/** Pronouns and small words that are counted by name. */
const small: Record<string, Count> = {
  he: 'he',
  him: 'he',
  his: 'he',
  himself: 'he',
  she: 'she',
  her: 'she',
  hers: 'she',
  herself: 'she',
  they: 'they',
  them: 'they',
  their: 'they',
  i: 'i',
  me: 'i',
  my: 'i',
  myself: 'i',
  we: 'we',
  us: 'we',
  our: 'we',
  you: 'you',
  your: 'you',
  had: 'had',
  "'d": 'had',
  is: 'present',
  are: 'present',
  am: 'present',
  has: 'present',
  does: 'present',
  was: 'past',
  were: 'past',
  did: 'past',
} // prettier-ignore
const opening: Partial<Record<Count, Count>> = {
  he: 'openHe',
  she: 'openShe',
  they: 'openThey',
  i: 'openI',
  had: 'openHad',
  present: 'openPresent',
}
const future = new Set(['will', 'shall', "'ll", 'tomorrow', 'tonight'])

export function countUnits({ paragraphs, firstToken, tokens }: TextLayer, { quotationOf }: QuotationLayer): Units {
  const { word, pos, form, vocabulary, sentence } = tokens
  const classes = classifyWords(tokens)
  const nameWord = nameWords(tokens)
  const prose: number[] = []
  for (let p = 0; p < paragraphs.length; p++)
    if (paragraphs[p]!.kind === 'prose' && firstToken[p + 1]! > firstToken[p]!) prose.push(p)
  const length = prose.length
  const counts = Object.fromEntries(counted.map((name) => [name, new Float32Array(length)])) as Record<Count, Float32Array>
  // Columns looked up once: the loop below runs over every token.
  const smallOf = vocabulary.map((value) => small[value])
  const smallCount = smallOf.map((name) => (name === undefined ? null : counts[name]))
  const smallOpening = smallOf.map((name) => (name === undefined || opening[name] === undefined ? null : counts[opening[name]]))
  const the = tokens.wordId('the')
  const a = tokens.wordId('a')
  const an = tokens.wordId('an')
  const preposition = new Set(['in', 'at', 'to', 'from', 'near', 'into'].map((w) => tokens.wordId(w)))
  const seen = new Uint8Array(vocabulary.length)
  const first = new Int32Array(length)
  const end = new Int32Array(length)
  for (let u = 0; u < length; u++) {
    const p = prose[u]!
    const from = firstToken[p]!
    const to = firstToken[p + 1]!
    first[u] = from
    end[u] = to
    let words = 0
    let quoted = 0
    counts.firstTime[u] = openingLength
    counts.firstName[u] = openingLength
    counts.firstPronoun[u] = openingLength
    counts.firstVerb[u] = openingLength
    for (let i = from; i < to; i++) {
      const w = word[i]!
      if (form[i] === Form.punctuation) {
        if (sentence[i] === sentence[from] && vocabulary[w] === ',') counts.commas[u]!++
        continue
      }
      words++
      const open = words <= openingLength
      const said = quotationOf[i]! >= 0
      if (said) quoted++
      const tag = pos[i]!
      const isName = nameWord[w] === 1 && (form[i] === Form.capitalised || form[i] === Form.mixed || form[i] === Form.upper)
      if (isName) {
        counts.names[u]!++
        if (!said) counts.narratedNames[u]!++
        if (open) {
          counts.openNames[u]!++
          if (words < counts.firstName[u]!) counts.firstName[u] = words - 1
          if (i > from && preposition.has(word[i - 1]!)) counts.openPlaceName[u]!++
        }
        if (seen[w] === 0) {
          seen[w] = 1
          counts.newNames[u]!++
        }
      }
      const flags = isName ? 0 : classes[w]!
      if (open) {
        if (flags !== 0) {
          for (const [name, flag] of openClasses) if ((flags & flag) !== 0) counts[name][u]!++
          if ((flags & timeClasses) !== 0 && words < counts.firstTime[u]!) counts.firstTime[u] = words - 1
        }
        if (w === the) counts.openDefinite[u]!++
        else if (w === a || w === an) counts.openIndefinite[u]!++
        if (form[i] === Form.number) counts.openNumber[u]!++
        if ((tag === verb || tag === auxiliary) && words < counts.firstVerb[u]!) counts.firstVerb[u] = words - 1
        const column = said ? null : smallOpening[w]
        if (column) {
          column[u]!++
          if (column !== counts.openHad && column !== counts.openPresent && words < counts.firstPronoun[u]!)
            counts.firstPronoun[u] = words - 1
        }
      }
      if (!said) {
        const column = smallCount[w]
        if (column) column[u]!++
        else if (tag === verb && vocabulary[w]!.endsWith('ed')) counts.past[u]!++
      }
      if (tag === verb) counts.verbs[u]!++
      else if (tag === adjective) counts.adjectives[u]!++
      if (i >= to - closingLength) {
        if ((flags & WordClass.departure) !== 0) counts.closeDeparture[u]!++
        if ((flags & WordClass.waking) !== 0) counts.closeWaking[u]!++
        if ((flags & WordClass.communication) !== 0) counts.closeCommunication[u]!++
        if ((flags & WordClass.motion) !== 0) counts.closeMotion[u]!++
        if ((flags & timeClasses) !== 0) counts.closeTime[u]!++
        if ((flags & placeClasses) !== 0) counts.closePlace[u]!++
        if (future.has(vocabulary[w]!)) counts.closeFuture[u]!++
      }
    }
    counts.words[u] = words
    counts.quotedWords[u] = quoted
    counts.sentences[u] = sentence[to - 1]! - sentence[from]! + 1
    counts.opensQuoted[u] = quotationOf[from]! >= 0 ? 1 : 0
    counts.closesQuoted[u] = quotationOf[to - 1]! >= 0 ? 1 : 0
    let i = from
    while (i < to && sentence[i] === sentence[from]) i++
    counts.firstSentence[u] = i - from
    i = to
    while (i > from && sentence[i - 1] === sentence[to - 1]) i--
    counts.lastSentence[u] = to - i
    let last = to - 1
    while (last > from && form[last] === Form.punctuation && /["”’')*_]/.test(vocabulary[word[last]!]!)) last--
    const mark = vocabulary[word[last]!]!
    const kind = mark.includes('?')
      ? 'endQuestion'
      : mark.includes('!')
        ? 'endExclamation'
        : mark.includes('…') || mark.startsWith('..')
          ? 'endEllipsis'
          : /[—–-]$/.test(mark)
            ? 'endDash'
            : mark === '.'
              ? 'endPlain'
              : null
    if (kind !== null) counts[kind][u] = 1
  }
  return { length, paragraph: Int32Array.from(prose), first, end, counts, nameWord, classes }
}

const notNames = new Set(
  'i god lord heaven heavens mr mrs miss ms dr sir madam lady english french german american oh'.split(' '),
)

/** Words that the story writes with a capital inside sentences, more often than without: names, as a rule. */
function nameWords({ length, word, form, sentence, vocabulary, pos }: TextLayer['tokens']): Uint8Array {
  const capital = new Int32Array(vocabulary.length)
  const lower = new Int32Array(vocabulary.length)
  for (let i = 1; i < length; i++) {
    const w = word[i]!
    if (form[i] === Form.lower) lower[w]!++
    else if (form[i] === Form.capitalised || form[i] === Form.mixed)
      if (sentence[i] === sentence[i - 1] && form[i - 1] !== Form.punctuation && pos[i] === proper) capital[w]!++
  }
  const names = new Uint8Array(vocabulary.length)
  for (let w = 0; w < names.length; w++)
    if (capital[w]! > 0 && capital[w]! > lower[w]! && !notNames.has(vocabulary[w]!)) names[w] = 1
  return names
}

/** Nouns, verbs, adjectives and names: the words that carry what a passage is about. */
export const isContent = (tag: number): boolean => tag === noun || tag === verb || tag === adjective || tag === proper
