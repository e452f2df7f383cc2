/** Units: the stretches within which the viewpoint is taken to stay, and what their edges say. */
import type { QuotationLayer, TextLayer } from '../layers.js'
import type { Viewpoint } from '../types.js'
import { cutTellings } from './aloud.js'
import type { Header } from './header.js'
import type { Opening } from './letter.js'
import { type Embedded, Lines } from './line.js'
import type { NarrationCounts } from './narration.js'
import { Person } from './person.js'
import { findSections, type Mark, type Section, type SectionForm } from './section.js'

export interface Unit {
  /** First paragraph, the headings over the unit included. */
  readonly first: number
  readonly last: number
  readonly mark: Mark
  readonly headers: readonly Header[]
  /** Whom the header over its section names. */
  readonly voice: string | null
  /** Code of `Person`. */
  readonly person: number
  readonly form: Viewpoint['form']
  readonly opening: Opening | null
  /** The name that the unit ends with. */
  readonly signature: string | null
  /** Words of narration. */
  readonly words: number
  /** True for a story told aloud: all of it stands in quotation marks. */
  readonly isAloud?: boolean
}

/** An unmarked change of person needs so many words of narration on its own side: shorter runs are letters, orations, advertisements. */
const shortestUnmarkedRun = 600

/** What the layout says: sections with their forms, and the letters within them. */
export interface Layout {
  readonly lines: Lines
  readonly sections: readonly Section[]
  readonly forms: readonly SectionForm[]
  readonly embedded: Embedded
}

/** Reads the layout. Linear. */
export function readLayout(text: TextLayer, quotations: QuotationLayer, counts: NarrationCounts): Layout {
  const lines = new Lines(text, quotations, counts)
  const embedded = new Uint8Array(text.paragraphs.length)
  const sections = findSections(text, lines)
  const forms = sections.map((section) => lines.formOf(section))
  sections.forEach((section, s) => {
    if (forms[s] === 'narration') lines.embedLetters(section, embedded)
  })
  return { lines, sections, forms, embedded }
}

/** Divides a story into units. Linear. */
export function findUnits(
  { lines, sections, forms: read, embedded }: Layout,
  text: TextLayer,
  quotations: QuotationLayer,
  counts: NarrationCounts,
  personOf: Uint8Array,
): Unit[] {
  const units: Unit[] = []
  const forms = fillDiaries(sections, read, personOf)
  sections.forEach((section, s) => {
    const form = forms[s]!
    if (section.apart !== null) {
      units.push(unitApart(section, section.apart))
      return
    }
    const entries = form === 'narration' ? [] : lines.entriesOf(section)
    const cuts = [section.body, ...entries.filter((p) => p > section.body)]
    cuts.forEach((cut, i) => {
      const last = (cuts[i + 1] ?? section.last + 1) - 1
      const { mark, headers, voice } = i === 0 ? section : { mark: 'entry' as const, headers: [], voice: null }
      const opening = lines.opening(cut)
      const sender = opening?.sender == null ? [] : [{ kind: 'teller' as const, name: opening.sender, form: 'letter' as const }]
      const entry = {
        first: i === 0 ? section.first : cut,
        body: cut,
        last,
        mark,
        headers: [...headers, ...sender],
        voice: voice ?? opening?.sender ?? null,
      }
      const letter =
        form === 'mixed' && (opening?.kind === 'mail' || opening?.kind === 'salutation' || lines.hasSalutation(cut, last))
      units.push(...unitsOf(lines, entry, personOf, embedded, letter ? 'letter' : form === 'mixed' ? 'diary' : form))
    })
  })
  return cutTellings(absorbLetters(units), text, quotations, counts)
}

/** An author’s note is told by its author here and now. Of messages nobody is the teller. */
const unitApart = ({ first, last, mark }: Section, form: 'note' | 'document'): Unit => ({
  first,
  last,
  mark,
  headers: [],
  voice: null,
  person: form === 'note' ? Person.first : Person.unknown,
  form,
  opening: null,
  signature: null,
  words: 0,
})

/** A section in another person that is shorter than this, in words, is a letter or a document of the one around it. */
const shortestSection = { headed: 600, broken: 150 } as const

/** And those around it, together, at least so many times as long. */
const shareAround = 2

/** Short sections between two of another person, with nothing over them that names a teller, are passed on by that teller. */
function absorbLetters(units: readonly Unit[]): Unit[] {
  const told = units.filter(isTold)
  const absorbed = new Map<Unit, Unit>()
  told.forEach((unit, u) => {
    const before = told[u - 1]
    const after = told[u + 1]
    const shortest = unit.mark === 'break' ? shortestSection.broken : shortestSection.headed
    if (before === undefined || isAnnounced(unit) || unit.words >= shortest || before.person === unit.person) return
    if (after !== undefined && after.person !== before.person) return
    if (before.words + (after?.words ?? 0) < unit.words * shareAround) return
    const form = before.form === unit.form ? unit.form : 'narration'
    absorbed.set(unit, { ...unit, person: before.person, form, signature: null })
  })
  return units.map((unit) => absorbed.get(unit) ?? unit)
}

/** "Anna’s POV", and "Normal POV", which is nobody’s. */
const isAnnounced = ({ voice, headers }: Unit): boolean => voice !== null || headers.some(({ kind }) => kind === 'pov')

/** False for an author’s note, for messages, which no one tells, and for what someone tells aloud. */
export const isTold = ({ form, person, isAloud }: Unit): boolean =>
  form !== 'note' && person !== Person.unknown && isAloud !== true

/** Undated sections between dated ones of a diary, at most. */
const longestGap = 3

/** A chapter without a date goes on with the diary when a dated one follows soon, with nothing between that says otherwise. */
function fillDiaries(sections: readonly Section[], read: readonly SectionForm[], personOf: Uint8Array): SectionForm[] {
  const forms = [...read]
  let diary = -1
  for (let s = 0; s < sections.length; s++) {
    const { mark, headers } = sections[s]!
    if (forms[s] === 'diary' || forms[s] === 'mixed') {
      if (diary >= 0 && s - diary - 1 <= longestGap)
        for (let gap = diary + 1; gap < s; gap++)
          if (sections[gap]!.mark !== 'break' && isFirst(personOf, sections[gap]!)) forms[gap] = 'diary'
      diary = s
    } else if (mark === 'restart' || forms[s] !== 'narration' || headers.some(({ kind }) => kind === 'pov' || kind === 'teller'))
      diary = -1
  }
  return forms
}

const isFirst = (personOf: Uint8Array, { body, last }: Section): boolean => personOf[(body + last) >> 1] === Person.first

/** A section, or an entry of one, as units: cut where the person changes for long. */
function unitsOf(
  lines: Lines,
  { first, body, last, mark, headers, voice }: Omit<Section, 'apart'>,
  personOf: Uint8Array,
  embedded: Embedded,
  form: Unit['form'],
): Unit[] {
  const runs: { first: number; last: number; person: number; words: number }[] = []
  for (let p = body; p <= last; p++) {
    const words = embedded[p] === 1 ? 0 : lines.wordsBetween(p, p)
    const run = runs.at(-1)
    const person = embedded[p] === 1 ? (run?.person ?? Person.third) : personOf[p]!
    if (run !== undefined && (run.person === person || words === 0)) {
      run.last = p
      run.words += words
    } else runs.push({ first: p, last: p, person: person, words })
  }
  // Short runs go to their longer neighbour, the shortest first.
  while (runs.length > 1) {
    let least = 0
    for (let r = 1; r < runs.length; r++) if (runs[r]!.words < runs[least]!.words) least = r
    const run = runs[least]!
    const alone = form !== 'narration'
    if (!alone && run.words >= shortestUnmarkedRun) break
    const before = runs[least - 1]
    const after = runs[least + 1]
    const other = before === undefined || (after !== undefined && after.words > before.words) ? after! : before
    other.words += run.words
    other.first = Math.min(other.first, run.first)
    other.last = Math.max(other.last, run.last)
    runs.splice(least, 1)
    for (let r = runs.length - 1; r > 0; r--) {
      if (runs[r]!.person !== runs[r - 1]!.person) continue
      runs[r - 1]!.last = runs[r]!.last
      runs[r - 1]!.words += runs[r]!.words
      runs.splice(r, 1)
    }
  }
  if (runs.length === 0) runs.push({ first, last, person: personOf[last]!, words: 0 })
  return runs.map((run, r) => ({
    first: r === 0 ? first : run.first,
    last: run.last,
    mark: r === 0 ? mark : 'person',
    headers: r === 0 ? headers : [],
    voice: r === 0 ? voice : null,
    person: run.person,
    form: run.person === Person.first ? form : form === 'document' ? form : 'narration',
    opening: lines.opening(run.first) ?? null,
    signature: r === runs.length - 1 ? lines.endSignature(Math.max(body, run.first), run.last, form === 'letter') : null,
    words: run.words,
  }))
}
