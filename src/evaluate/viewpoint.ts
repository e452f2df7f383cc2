/** Viewpoints: person, tense, narrator and focal character by segment, and where they change. */
import type { Span } from '../types.js'
import { matchWithin, paragraphAt, paragraphsOf } from './boundary.js'
import { type Counts, countsOf, type Tally } from './counts.js'
import type { Gold, GoldSegment, Prediction } from './gold.js'
import { dominantValue } from './scene.js'

export type ViewpointField = 'person' | 'personLoose' | 'tense' | 'tenseKnown' | 'name' | 'narrator' | 'focal'
export const viewpointFields: readonly ViewpointField[] = [
  'person',
  'personLoose',
  'tense',
  'tenseKnown',
  'name',
  'narrator',
  'focal',
]

export interface ViewpointComparison {
  /**
   * Right answers by field. "personLoose" counts diaries and letters as first person; "tenseKnown" leaves out tenses that were measured
   * by counting verbs; "name" is the narrator or else the focal character, any alias counts.
   */
  readonly segments: Readonly<Record<ViewpointField, Tally>>
  /** The same, one answer for each chapter. */
  readonly chapters: Readonly<Record<ViewpointField, Tally>>
  /** Changes of person (loosely) or of the narrator or focal character, matched exactly and within one and three paragraphs. */
  readonly shifts: Readonly<Record<'within0' | 'within1' | 'within3', Counts>>
}

const WRITTEN_TITLES: Readonly<Record<string, string>> = {
  dr: 'doctor',
  prof: 'professor',
  capt: 'captain',
  sgt: 'sergeant',
  col: 'colonel',
}
/** Paragraphs around a doubtful segment in which no shift is looked for. */
const DOUBTFUL_MARGIN = 3

function plainName(name: string): string {
  const letters = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[’']/gu, "'")
    .replace(/[^\p{L}\p{N}' -]/gu, ' ')
  return letters
    .split(/\s+/u)
    .filter((word) => word && word !== 'the')
    .map((word) => WRITTEN_TITLES[word] ?? word)
    .join(' ')
}

/** Gives the gold's name for a predicted name, or an unknown one marked "?". `preferred` wins where two people share an alias. */
function nameResolver(aliases: Readonly<Record<string, readonly string[]>>) {
  const forms = Object.entries(aliases).map(([name, others]) => ({
    name,
    own: plainName(name),
    all: [name, ...others].map(plainName),
  }))
  return (name: string | null, preferred: string | null = null): string | null => {
    const plain = plainName(name ?? '')
    if (!plain) return null
    if (preferred !== null) {
      const known = forms.find((entry) => entry.name === preferred)?.all ?? [plainName(preferred)]
      if (known.includes(plain)) return preferred
    }
    return (forms.find(({ own }) => own === plain) ?? forms.find(({ all }) => all.includes(plain)))?.name ?? `?${plain}`
  }
}

const loosePerson = (person: string | null): string | null => (person === 'epistolary-first' ? 'first' : person)
const nameOf = ({ narrator, focal }: { narrator: string | null; focal: string | null }): string | null =>
  narrator || focal || null

type Wanted = Pick<GoldSegment, 'person' | 'tense' | 'narrator' | 'focal'> & {
  tenseBasis?: string | null
  personLoose: string | null
}

/** Compares viewpoints. Segments of low certainty, and fields that are `null` in the gold, are not scored. */
export function compareViewpoints(gold: Gold, prediction: Prediction): ViewpointComparison {
  const { text, segments = [], chapters = [], headings = [], aliases = {} } = gold
  const predicted = [...prediction.viewpoints].sort((a, b) => a.start - b.start)
  const resolve = nameResolver(aliases)

  const compareUnits = (units: readonly (Span & { wanted: Wanted })[]): Record<ViewpointField, Tally> => {
    const tallies = Object.fromEntries(viewpointFields.map((field) => [field, { right: 0, of: 0 }])) as Record<
      ViewpointField,
      { right: number; of: number }
    >
    const count = (field: ViewpointField, right: boolean) => {
      tallies[field].of++
      if (right) tallies[field].right++
    }
    for (const { wanted, ...span } of units) {
      if (wanted.person) {
        count('person', dominantValue(predicted, span, ({ person }) => person) === wanted.person)
        count('personLoose', dominantValue(predicted, span, ({ person }) => loosePerson(person)) === wanted.personLoose)
      }
      if (wanted.tense) {
        const right = dominantValue(predicted, span, ({ tense }) => tense) === wanted.tense
        count('tense', right)
        if (wanted.tenseBasis !== 'measured') count('tenseKnown', right)
      }
      const name = nameOf(wanted)
      if (name) {
        const right = dominantValue(predicted, span, (viewpoint) => resolve(nameOf(viewpoint), name)) === name
        count('name', right)
        count(wanted.narrator ? 'narrator' : 'focal', right)
      }
    }
    return tallies
  }

  const certain = segments.filter(({ certainty }) => certainty !== 'low')
  const chapterUnits = chapters.map(({ start, end }, index) => {
    // What covers most of the chapter, field by field.
    const own = segments.filter(({ chapterIndex }) => chapterIndex === index)
    const most = <V>(pick: (segment: GoldSegment) => V) => dominantValue(own, { start, end }, pick)
    const name = most(nameOf)
    const tense = most((segment) => segment.tense)
    const wanted: Wanted = {
      person: most(({ person }) => person),
      personLoose: most(({ person }) => loosePerson(person)),
      tense,
      tenseBasis: most((segment) => (segment.tense === tense ? (segment.tenseBasis ?? null) : null)) ?? 'measured',
      narrator: own.some(({ narrator }) => narrator !== null && narrator === name) ? name : null,
      focal: name,
    }
    return { start, end, wanted }
  })

  // Shifts, by paragraph. An offset at a heading belongs to the paragraph after it.
  const paragraphs: readonly Span[] =
    gold.paragraphs?.filter(({ kind }) => kind === 'prose' || kind === 'note') ?? paragraphsOf(text)
  const headingParagraphs = gold.paragraphs
    ? new Set<number>()
    : new Set(headings.map(({ start }) => paragraphAt(paragraphs, start)))
  const shiftParagraph = (offset: number): number => {
    let index = paragraphAt(paragraphs, offset)
    while (index >= 0 && headingParagraphs.has(index)) index = index + 1 < paragraphs.length ? index + 1 : -1
    return index
  }
  const lastParagraphOf = ({ end }: Span): number => {
    const index = paragraphAt(paragraphs, end - 1)
    return index < 0 ? paragraphs.length - 1 : index
  }
  const goldKey = (segment: GoldSegment) =>
    `${loosePerson(segment.person)}|${segment.unnamed ? '(unnamed)' : (nameOf(segment) ?? '')}`
  // Third person without a focal character: focal characters may change inside it unlisted.
  const isOpen = (segment: GoldSegment) => segment.person === 'third' && !nameOf(segment)
  const goldShifts: number[] = []
  const masked = new Set<number>()
  const mask = (from: number, to: number) => {
    for (let index = from; index <= to; index++) masked.add(index)
  }
  segments.forEach((segment, index) => {
    const at = shiftParagraph(segment.start)
    const last = lastParagraphOf(segment)
    if (segment.certainty === 'low') {
      mask(at - DOUBTFUL_MARGIN, last + DOUBTFUL_MARGIN + 1)
      return
    }
    if (isOpen(segment)) mask(at + DOUBTFUL_MARGIN + 1, last - DOUBTFUL_MARGIN)
    const previous = segments[index - 1]
    if (!previous || previous.certainty === 'low') return
    const unsure = (isOpen(segment) || isOpen(previous)) && segment.person === previous.person
    if (unsure) mask(at - DOUBTFUL_MARGIN, at + DOUBTFUL_MARGIN)
    else if (goldKey(segment) !== goldKey(previous)) goldShifts.push(at)
    else if (segment.unnamed) mask(at - DOUBTFUL_MARGIN, at + DOUBTFUL_MARGIN)
  })
  const predictedKeys = predicted.map((viewpoint) => `${loosePerson(viewpoint.person)}|${resolve(nameOf(viewpoint)) ?? ''}`)
  const predictedShifts = predicted.flatMap(({ start }, index) => {
    if (index === 0 || predictedKeys[index] === predictedKeys[index - 1]) return []
    const at = shiftParagraph(start)
    return at > 0 && !masked.has(at) ? [at] : []
  })
  const wantedShifts = goldShifts.filter((index) => !masked.has(index))
  const foundShifts = [...new Set(predictedShifts)].sort((a, b) => a - b)
  const shiftsWithin = (tolerance: number) =>
    countsOf(matchWithin(wantedShifts, foundShifts, tolerance), foundShifts.length, wantedShifts.length)
  return {
    segments: compareUnits(
      certain.map((segment) => ({
        start: segment.start,
        end: segment.end,
        wanted: { ...segment, personLoose: loosePerson(segment.person) },
      })),
    ),
    chapters: compareUnits(chapterUnits),
    shifts: { within0: shiftsWithin(0), within1: shiftsWithin(1), within3: shiftsWithin(3) },
  }
}
