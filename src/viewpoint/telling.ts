/** What the text alone says of its telling, before anyone is known: read once, for the draft of the viewpoints and the final word. */
import type { PersonLayer, QuotationLayer, TextLayer } from '../layers.js'
import { tenseAloud } from './aloud.js'
import type { Embedded } from './line.js'
import { countNarration, type NarrationCounts } from './narration.js'
import { Person, personPath } from './person.js'
import { Tense, tensePath } from './tense.js'
import { findUnits, readLayout, type Unit } from './unit.js'

export interface Telling extends PersonLayer {
  readonly units: readonly Unit[]
  /** Unit of each paragraph. */
  readonly unitOf: Int32Array
  readonly embedded: Embedded
  /** Code of `Tense` of each unit. */
  readonly tenses: Uint8Array
}

/** Reads person, tense and units. Linear. */
export function readTelling({ text, quotations }: { text: TextLayer; quotations: QuotationLayer }): Telling {
  const counts = countNarration(text, quotations)
  const layout = readLayout(text, quotations, counts)
  const { embedded } = layout
  const narrated = withoutLetters(counts, embedded)
  const personOf = personPath(text, narrated, layout.sections)
  const units = findUnits(layout, text, quotations, counts, personOf)
  const unitOf = new Int32Array(text.paragraphs.length)
  units.forEach(({ first, last }, u) => {
    unitOf.fill(u, first, last + 1)
  })
  return { personOf, units, unitOf, embedded, tenses: tensesOf(text, narrated, units) }
}

/** Who writes a letter that the story quotes is not its narrator. */
function withoutLetters(counts: NarrationCounts, embedded: Embedded): NarrationCounts {
  if (!embedded.includes(1)) return counts
  const without = (column: Int32Array) => column.map((count, p) => (embedded[p] === 1 ? 0 : count))
  const { first, firstPast, firstPresent, second, secondPast, words, past, present } = counts
  return {
    ...counts,
    ...{ words: without(words), first: without(first), firstPast: without(firstPast), firstPresent: without(firstPresent) },
    ...{ second: without(second), secondPast: without(secondPast), past: without(past), present: without(present) },
  }
}

/** The tense that most verbs of a unit are told in. */
function tensesOf(text: TextLayer, counts: NarrationCounts, units: readonly Unit[]): Uint8Array {
  const path = tensePath(text, counts)
  return Uint8Array.from(units, (unit) => {
    const { first, last, form, person } = unit
    if (unit.isAloud === true) return tenseAloud(text, unit)
    if (form === 'note') return Tense.present
    if (person === Person.unknown) return Tense.unknown
    const votes = [0, 0, 0]
    for (let p = first; p <= last; p++) votes[path[p]!]! += counts.past[p]! + counts.present[p]!
    if (votes[Tense.past]! + votes[Tense.present]! === 0) return Tense.unknown
    return votes[Tense.present]! > votes[Tense.past]! ? Tense.present : Tense.past
  })
}
