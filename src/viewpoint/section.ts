/** Sections: what lies between headings and breaks. */
import type { TextLayer } from '../layers.js'
import type { Viewpoint } from '../types.js'
import type { Header } from './header.js'
import type { Lines } from './line.js'

/**
 * What stands at a unit's start. "restart": a numbering that begins again; "apart": an author’s note or messages begin or end; "aloud": a
 * story told aloud does; "person": nothing but a change of person.
 */
export type Mark = 'start' | 'chapter' | 'restart' | 'heading' | 'break' | 'entry' | 'apart' | 'aloud' | 'person'

/** What lies between two of the author’s own marks. */
export interface Section {
  first: number
  /** First paragraph after the headings and breaks. */
  body: number
  last: number
  mark: Mark
  headers: Header[]
  /** The name over it that says who tells or sees; a lone name only if it heads other sections too. */
  voice: string | null
  /** What is no part of the telling: an author’s note, or messages in the layout of a chat. */
  apart: 'note' | 'document' | null
}

/** The form of a section; "mixed" where dated entries and letters follow one another. */
export type SectionForm = Viewpoint['form'] | 'mixed'

/** Divides a story at its headings, headers and typed breaks, and where notes and messages begin and end. Linear. */
export function findSections(text: TextLayer, lines: Lines): Section[] {
  const { paragraphs, chapters, breaks } = text
  const chapterStarts = new Set(chapters.map(({ start }) => start))
  const broken = new Map(breaks.map(({ paragraph, kind }) => [paragraph, kind]))
  const sections: Section[] = []
  let open = null as Section | null
  let afterBreak = false
  /** What a note said of the section that follows it. */
  let announced: Header | null = null
  for (let p = 0; p < paragraphs.length; p++) {
    const { kind, start } = paragraphs[p]!
    // A typed break closes the section before it; headings open the one after.
    if (kind === 'break' && open !== null && open.body < p) {
      open.last = p
      afterBreak = true
      continue
    }
    const apart = lines.apart(p)
    const header = lines.header(p)
    const announcement = header === null ? lines.announcement(p) : null
    const divides =
      announcement !== null ||
      afterBreak ||
      kind === 'heading' ||
      header !== null ||
      broken.has(p) ||
      chapterStarts.has(start) ||
      open?.apart !== apart
    if (open === null || (divides && open.body < p)) {
      // What follows a note that stood under a chapter’s heading still opens the chapter.
      const before: Mark = open?.apart === 'note' && open.mark !== 'start' ? open.mark : 'apart'
      const mark: Mark = p === 0 ? 'start' : !afterBreak && (open?.apart ?? null) !== apart ? before : 'break'
      open = { first: p, body: p, last: p, mark, headers: [], voice: null, apart }
      sections.push(open)
    } else if (open.body === p) open.apart = apart
    afterBreak = false
    if (open.mark !== 'start') {
      if (chapterStarts.has(start)) open.mark = 'chapter'
      else if (kind === 'heading' && (open.mark === 'break' || open.mark === 'apart') && broken.get(p + 1) !== 'time')
        open.mark = 'heading'
    }
    if ((kind !== 'prose' && kind !== 'note') || header !== null) open.body = p + 1
    if (header !== null) open.headers.push(header)
    if (announcement !== null) announced = announcement
    if (announced !== null && open.apart === null && kind === 'prose') {
      open.headers.push(announced)
      announced = null
    }
    open.last = p
  }
  markRestarts(text, sections)
  readVoices(sections)
  return sections
}

/** "Anna’s POV", "Dr. Grey’s Diary", and "Anna" where it comes back: once, a lone name may be a title. */
function readVoices(sections: readonly Section[]): void {
  const bare = new Map<string, number>()
  for (const { headers } of sections)
    for (const { kind, name } of headers) if (kind === 'bare') bare.set(name!, (bare.get(name!) ?? 0) + 1)
  const isVoice = ({ kind, name }: Header): boolean => (kind === 'bare' ? bare.get(name!)! > 1 : kind !== 'end')
  for (const section of sections)
    section.voice = section.headers.find((header) => header.name !== null && isVoice(header))?.name ?? null
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
