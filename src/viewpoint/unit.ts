/** Units: the stretches within which the viewpoint is taken to stay, and what their edges say. */
import type { QuotationLayer, TextLayer } from '../layers.js'
import { type Header, readHeader } from './header.js'
import { closesLetter, type Opening, readOpening, readSignature } from './letter.js'
import type { NarrationCounts } from './narration.js'
import { Person } from './person.js'

/** What stands at a unit's start. "restart": a numbering that begins again; "person": nothing but a change of person. */
export type Mark = 'start' | 'chapter' | 'restart' | 'heading' | 'break' | 'entry' | 'person'

export interface Unit {
  /** First paragraph, the headings over the unit included. */
  readonly first: number
  readonly last: number
  readonly mark: Mark
  readonly headers: readonly Header[]
  /** Code of `Person`. */
  readonly person: number
  readonly form: 'narration' | 'diary' | 'letter' | 'document'
  readonly opening: Opening | null
  /** The name that the unit ends with. */
  readonly signature: string | null
  /** Words of narration. */
  readonly words: number
}

/** Per paragraph: 1 where it belongs to a letter inside a narrated section, which its narrator only passes on. */
export type Embedded = Uint8Array

/** A letter inside a section is at most so many words long; beyond, a missing signature would swallow the section. */
const longestLetter = 3000
/** From this share of a section's words on, letters or dated entries make the section. */
const epistolaryShare = 0.7
/** An unmarked change of person needs so many words of narration on its own side: shorter runs are letters, orations, advertisements. */
const shortestUnmarkedRun = 600

interface Section {
  first: number
  /** First paragraph after the headings and breaks. */
  body: number
  last: number
  mark: Mark
  headers: Header[]
}

/** Divides a story into units. Linear. */
export function findUnits(
  text: TextLayer,
  quotations: QuotationLayer,
  counts: NarrationCounts,
  personOf: Uint8Array,
): { units: Unit[]; embedded: Embedded } {
  const lines = new Lines(text, quotations, counts)
  const embedded = new Uint8Array(text.paragraphs.length)
  const units: Unit[] = []
  const sections = findSections(text, lines)
  const forms = sections.map((section) => lines.formOf(section))
  fillDiaries(sections, forms, personOf)
  sections.forEach((section, s) => {
    const form = forms[s]!
    const entries = form === 'narration' ? [] : lines.entriesOf(section)
    if (form === 'narration') lines.embedLetters(section, embedded)
    const cuts = [section.body, ...entries.filter((p) => p > section.body)]
    cuts.forEach((cut, i) => {
      const last = (cuts[i + 1] ?? section.last + 1) - 1
      const entry = i === 0 ? { ...section, last } : { first: cut, body: cut, last, mark: 'entry' as const, headers: [] }
      const letter = form === 'mixed' && (lines.opening(cut)?.kind === 'salutation' || lines.hasSalutation(cut, last))
      units.push(...lines.unitsOf(entry, personOf, embedded, letter ? 'letter' : form === 'mixed' ? 'diary' : form))
    })
  })
  return { units: absorbLetters(units), embedded }
}

/** A section in another person that is shorter than this, in words, is a letter or a document of the one around it. */
const shortestSection = { headed: 400, broken: 150 } as const

/** Short sections between two of another person, with nothing over them that names a teller, are passed on by that teller. */
const absorbLetters = (units: readonly Unit[]): Unit[] =>
  units.map((unit, u) => {
    const before = units[u - 1]
    const after = units[u + 1]
    const shortest = unit.mark === 'break' ? shortestSection.broken : shortestSection.headed
    const named = unit.headers.some(({ name, kind }) => name !== null && kind !== 'bare')
    if (before === undefined || named || unit.words >= shortest || before.person === unit.person) return unit
    if (after !== undefined && after.person !== before.person) return unit
    return { ...unit, person: before.person, form: before.form === unit.form ? unit.form : 'narration', signature: null }
  })

/** The form of a section; "mixed" where dated entries and letters follow one another. */
type SectionForm = Unit['form'] | 'mixed'

/** Undated sections between dated ones of a diary, at most. */
const longestGap = 3

/** A chapter without a date goes on with the diary when a dated one follows soon, with nothing between that says otherwise. */
function fillDiaries(sections: readonly Section[], forms: SectionForm[], personOf: Uint8Array): void {
  let diary = -1
  for (let s = 0; s < sections.length; s++) {
    const { mark, headers } = sections[s]!
    if (forms[s] === 'diary' || forms[s] === 'mixed') {
      if (diary >= 0 && s - diary - 1 <= longestGap)
        for (let gap = diary + 1; gap < s; gap++) if (isFirst(personOf, sections[gap]!)) forms[gap] = 'diary'
      diary = s
    } else if (mark === 'restart' || forms[s] !== 'narration' || headers.some(({ kind }) => kind === 'pov' || kind === 'teller'))
      diary = -1
  }
}

const isFirst = (personOf: Uint8Array, { body, last }: Section): boolean => personOf[(body + last) >> 1] === Person.first

/** Sections: what lies between headings and breaks. */
function findSections(text: TextLayer, lines: Lines): Section[] {
  const { paragraphs, chapters, breaks } = text
  const chapterStarts = new Set(chapters.map(({ start }) => start))
  const broken = new Map(breaks.map(({ paragraph, kind }) => [paragraph, kind]))
  const sections: Section[] = []
  let open: Section | null = null
  let afterBreak = false
  for (let p = 0; p < paragraphs.length; p++) {
    const { kind, start } = paragraphs[p]!
    // A typed break closes the section before it; headings open the one after.
    if (kind === 'break' && open !== null && open.body < p) {
      open.last = p
      afterBreak = true
      continue
    }
    const header = lines.header(p)
    const divides = afterBreak || kind === 'heading' || header !== null || broken.has(p) || chapterStarts.has(start)
    if (open === null || (divides && open.body < p)) {
      open = { first: p, body: p, last: p, mark: p === 0 ? 'start' : 'break', headers: [] }
      sections.push(open)
    }
    afterBreak = false
    if (open.mark !== 'start') {
      if (chapterStarts.has(start)) open.mark = 'chapter'
      else if (kind === 'heading' && open.mark === 'break' && broken.get(p + 1) !== 'time') open.mark = 'heading'
    }
    if (kind !== 'prose' || header !== null) open.body = p + 1
    if (header !== null) open.headers.push(header)
    open.last = p
  }
  markRestarts(text, sections)
  return sections
}

const numberLine = /^\W*(?:(?:chapter|part|book)\s+)?(\d{1,3}|[ivxlc]+)\b/i

/** A chapter numbered I where the one before was not: a new part begins. */
function markRestarts({ text, paragraphs }: TextLayer, sections: readonly Section[]): void {
  let before = 0
  for (const section of sections) {
    if (section.mark !== 'chapter' && section.mark !== 'heading') continue
    for (let p = section.first; p < section.body; p++) {
      const number = numberLine.exec(
        text.slice(paragraphs[p]!.start, Math.min(paragraphs[p]!.end, paragraphs[p]!.start + 24)),
      )?.[1]
      if (number === undefined) continue
      const first = /^(?:1|i)$/i.test(number)
      if (first && before > 1) section.mark = 'restart'
      before = first ? 1 : before + 1
    }
  }
}

/** The lines of a story, each read once for what it says of letters and tellers. */
class Lines {
  private readonly openings: (Opening | null)[]
  /** Lone names that headed a section so far. */
  private readonly bare = new Set<string>()
  private readonly closings: Uint8Array
  private readonly words: Float64Array

  constructor(
    private readonly text: TextLayer,
    { quotationOf }: QuotationLayer,
    counts: NarrationCounts,
  ) {
    const { paragraphs, firstToken } = text
    this.closings = new Uint8Array(paragraphs.length)
    this.words = new Float64Array(paragraphs.length + 1)
    this.openings = paragraphs.map(({ start, end, kind }, p) => {
      this.words[p + 1] = this.words[p]! + counts.words[p]!
      if (kind !== 'prose' || firstToken[p] === firstToken[p + 1] || quotationOf[firstToken[p]!]! >= 0) return null
      if (end - start <= 90 && closesLetter(text.text.slice(start, end))) this.closings[p] = 1
      return readOpening(text.text.slice(start, Math.min(end, start + 100)), end - start)
    })
  }

  opening(p: number): Opening | null {
    return this.openings[p] ?? null
  }

  header(p: number): Header | null {
    const { start, end, kind } = this.text.paragraphs[p]!
    if (kind === 'break' || kind === 'note' || end - start > 120 || (kind === 'prose' && end - start > 60)) return null
    const line = this.text.text.slice(start, end)
    // A name that headed a section before heads this one too, though the layout does not show it.
    const header = readHeader(line, kind === 'heading' || this.bare.has(line))
    if (header?.kind === 'bare') this.bare.add(line)
    return header
  }

  /** The form that a section's header names, or that dates and salutations give to most of it. */
  formOf(section: Section): SectionForm {
    const named = section.headers.find(({ form }) => form !== 'narration')?.form
    if (named !== undefined && named !== 'note') return named
    const entries = this.entriesOf(section)
    if (entries.length === 0) return 'narration'
    const opens = entries[0]! <= section.body + 1
    const dated = entries.some((p) => this.openings[p]!.kind === 'date')
    if (!opens && !(dated && entries.length > 1)) return 'narration'
    const covered = this.wordsBetween(entries[0]!, section.last)
    return covered >= this.wordsBetween(section.body, section.last) * epistolaryShare ? 'mixed' : 'narration'
  }

  wordsBetween(first: number, last: number): number {
    return this.words[last + 1]! - this.words[first]!
  }

  /** Where entries begin: a date, or a salutation that no date stands just before. */
  entriesOf({ body, last }: Section): number[] {
    const entries: number[] = []
    for (let p = body; p <= last; p++)
      if (this.openings[p] != null && this.openings[p]!.kind !== 'hour' && !(entries.length > 0 && entries.at(-1)! >= p - 2))
        entries.push(p)
    return entries
  }

  hasSalutation(first: number, last: number): boolean {
    for (let p = first; p <= Math.min(last, first + 2); p++) if (this.openings[p]?.kind === 'salutation') return true
    return false
  }

  /** Marks the letters that a narrated section quotes without marks: from a salutation or date to a closing or signature. */
  embedLetters({ body, last }: Section, embedded: Embedded): void {
    for (let p = body; p <= last; p++) {
      if (this.openings[p] == null || this.openings[p]!.kind === 'hour') continue
      for (let q = p + 1; q <= last && this.wordsBetween(p, q) <= longestLetter; q++) {
        if (this.closings[q] === 0) continue
        const end = q < last && this.signatureAt(q + 1, true) !== null ? q + 1 : q
        embedded.fill(1, p, end + 1)
        p = end
        break
      }
    }
  }

  private signatureAt(p: number, afterClosing: boolean): string | null {
    const { start, end, kind } = this.text.paragraphs[p]!
    return kind !== 'prose' || end - start > 90 ? null : readSignature(this.text.text.slice(start, end), afterClosing)
  }

  /** A section, or an entry of one, as units: cut where the person changes for long. */
  unitsOf({ first, body, last, mark, headers }: Section, personOf: Uint8Array, embedded: Embedded, form: Unit['form']): Unit[] {
    const runs: { first: number; last: number; person: number; words: number }[] = []
    for (let p = body; p <= last; p++) {
      const words = embedded[p] === 1 ? 0 : this.words[p + 1]! - this.words[p]!
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
      person: run.person,
      form: run.person === Person.first ? form : form === 'document' ? form : 'narration',
      opening: this.opening(run.first) ?? null,
      signature: r === runs.length - 1 ? this.endSignature(Math.max(body, run.first), run.last) : null,
      words: run.words,
    }))
  }

  private endSignature(body: number, last: number): string | null {
    for (let p = last; p >= Math.max(body, last - 2); p--) {
      const name = this.signatureAt(p, p > 0 && this.closings[p - 1] === 1)
      if (name !== null) return name
    }
    return null
  }
}
