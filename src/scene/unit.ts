/** The paragraphs at which a scene may begin, and what is counted in each: the columns that features are made of. */
import { Form, posTags, type QuotationLayer, type TextLayer } from '../layers.js'
import { flagWords } from '../text/token.js'
import { type Count, counted, future, openClasses, placeClasses, placePrepositions, smallWords, timeClasses } from './count.js'
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
  const small = smallWords()
  const smallCount: (Float32Array | null)[] = []
  const smallOpening: (Float32Array | null)[] = []
  for (const value of vocabulary) {
    const of = small.get(value)
    smallCount.push(of === undefined ? null : counts[of.all])
    smallOpening.push(of === undefined || of.open === null ? null : counts[of.open])
  }
  const {
    firstTime,
    firstName,
    firstPronoun,
    firstVerb,
    commas,
    names,
    narratedNames,
    openNames,
    openPlaceName,
    newNames,
    openDefinite,
    openIndefinite,
    openNumber,
    past,
    verbs,
    adjectives,
    closeDeparture,
    closeWaking,
    closeCommunication,
    closeMotion,
    closeTime,
    closePlace,
    closeFuture,
    quotedWords,
    sentences,
    opensQuoted,
    closesQuoted,
    firstSentence,
    lastSentence,
  } = counts
  const classCounts = openClasses.map(([name]) => counts[name])
  const toCome = flagWords(tokens, future)
  const regularPast = Uint8Array.from(vocabulary, (value) => (value.endsWith('ed') ? 1 : 0))
  const comma = tokens.wordId(',')
  const the = tokens.wordId('the')
  const a = tokens.wordId('a')
  const an = tokens.wordId('an')
  const preposition = flagWords(tokens, placePrepositions)
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
    firstTime[u] = openingLength
    firstName[u] = openingLength
    firstPronoun[u] = openingLength
    firstVerb[u] = openingLength
    for (let i = from; i < to; i++) {
      const w = word[i]!
      if (form[i] === Form.punctuation) {
        if (sentence[i] === sentence[from] && w === comma) commas[u]!++
        continue
      }
      words++
      const open = words <= openingLength
      const said = quotationOf[i]! >= 0
      if (said) quoted++
      const tag = pos[i]!
      const isName = nameWord[w] === 1 && (form[i] === Form.capitalised || form[i] === Form.mixed || form[i] === Form.upper)
      if (isName) {
        names[u]!++
        if (!said) narratedNames[u]!++
        if (open) {
          openNames[u]!++
          if (words < firstName[u]!) firstName[u] = words - 1
          if (i > from && preposition[word[i - 1]!] === 1) openPlaceName[u]!++
        }
        if (seen[w] === 0) {
          seen[w] = 1
          newNames[u]!++
        }
      }
      const flags = isName ? 0 : classes[w]!
      if (open) {
        if (flags !== 0) {
          for (let rest = flags; rest !== 0; rest &= rest - 1) classCounts[31 - Math.clz32(rest & -rest)]![u]!++
          if ((flags & timeClasses) !== 0 && words < firstTime[u]!) firstTime[u] = words - 1
        }
        if (w === the) openDefinite[u]!++
        else if (w === a || w === an) openIndefinite[u]!++
        if (form[i] === Form.number) openNumber[u]!++
        if ((tag === verb || tag === auxiliary) && words < firstVerb[u]!) firstVerb[u] = words - 1
        const column = said ? null : smallOpening[w]
        if (column) {
          column[u]!++
          if (column !== counts.openHad && column !== counts.openPresent && words < firstPronoun[u]!) firstPronoun[u] = words - 1
        }
      }
      if (!said) {
        const column = smallCount[w]
        if (column) column[u]!++
        else if (tag === verb && regularPast[w] === 1) past[u]!++
      }
      if (tag === verb) verbs[u]!++
      else if (tag === adjective) adjectives[u]!++
      if (i >= to - closingLength) {
        if ((flags & WordClass.departure) !== 0) closeDeparture[u]!++
        if ((flags & WordClass.waking) !== 0) closeWaking[u]!++
        if ((flags & WordClass.communication) !== 0) closeCommunication[u]!++
        if ((flags & WordClass.motion) !== 0) closeMotion[u]!++
        if ((flags & timeClasses) !== 0) closeTime[u]!++
        if ((flags & placeClasses) !== 0) closePlace[u]!++
        if (toCome[w] === 1) closeFuture[u]!++
      }
    }
    counts.words[u] = words
    quotedWords[u] = quoted
    sentences[u] = sentence[to - 1]! - sentence[from]! + 1
    opensQuoted[u] = quotationOf[from]! >= 0 ? 1 : 0
    closesQuoted[u] = quotationOf[to - 1]! >= 0 ? 1 : 0
    let i = from
    while (i < to && sentence[i] === sentence[from]) i++
    firstSentence[u] = i - from
    i = to
    while (i > from && sentence[i - 1] === sentence[to - 1]) i--
    lastSentence[u] = to - i
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

/** By tag code: 1 for nouns, verbs, adjectives and names, the words that carry what a passage is about. */
export const isContent = Uint8Array.from(posTags, (_, tag) =>
  tag === noun || tag === verb || tag === adjective || tag === proper ? 1 : 0,
)
