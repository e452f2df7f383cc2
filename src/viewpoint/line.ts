/** The lines of a story that say who writes: headers, openings, closings and signatures. */
import type { QuotationLayer, TextLayer } from '../layers.js'
import { findAnnouncements, type Header, readHeader } from './header.js'
import { closesLetter, type Opening, readOpening, readSignature } from './letter.js'
import { findMessages } from './message.js'
import type { NarrationCounts } from './narration.js'
import type { Section, SectionForm } from './section.js'

/** Per paragraph: 1 where it belongs to a letter inside a narrated section, which its narrator only passes on. */
export type Embedded = Uint8Array

/** A letter inside a section is at most so many words long; beyond, a missing signature would swallow the section. */
const longestLetter = 3000
/** More words than this after a letter's end are no postscript: the story goes on. */
const longestAfterword = 100
/** From this share of a section's words on, letters or dated entries make the section. */
const epistolaryShare = 0.7

/** Paragraphs after a signature, at most, that a postscript takes. */
const longestPostscript = 4
/** Characters of a paragraph that are looked at for a date, a salutation or the head of a mail. */
const openingHead = 160
/** From this share of its paragraphs on, lines of a script or chat make a section a document. */
const labelledShare = 0.5
const fewestLabelled = 3

/** The lines of a story, each read once for what it says of letters and tellers. */
export class Lines {
  private readonly openings: (Opening | null)[]
  /** Lone names that headed a section so far. */
  private readonly bare = new Set<string>()
  private readonly closings: Uint8Array
  private readonly words: Float64Array
  private readonly messages: Uint8Array
  /** Paragraphs that are one line of a script or chat: "NAME: words". */
  private readonly labelled: Uint8Array
  /** Headers inside paragraphs, by paragraph: "(this will be in Anna's pov!)". */
  private readonly announcements: ReadonlyMap<number, Header>

  constructor(
    private readonly text: TextLayer,
    { quotations, quotationOf }: QuotationLayer,
    counts: NarrationCounts,
  ) {
    const { paragraphs, firstToken } = text
    this.closings = new Uint8Array(paragraphs.length)
    this.words = new Float64Array(paragraphs.length + 1)
    this.messages = findMessages(paragraphs.length, (p) => {
      const { start, end, kind } = paragraphs[p]!
      return kind === 'prose' || kind === 'heading' ? text.text.slice(start, Math.min(end, start + 80)) : null
    })
    this.labelled = new Uint8Array(paragraphs.length)
    for (const { label, paragraph } of quotations) if (label !== null) this.labelled[paragraph] = 1
    this.announcements = findAnnouncements(text, quotationOf)
    this.openings = paragraphs.map(({ start, end, kind }, p) => {
      this.words[p + 1] = this.words[p]! + counts.words[p]!
      if (kind !== 'prose' || firstToken[p] === firstToken[p + 1] || quotationOf[firstToken[p]!]! >= 0) return null
      if (end - start <= 90 && closesLetter(text.text.slice(start, end))) this.closings[p] = 1
      return readOpening(text.text.slice(start, Math.min(end, start + openingHead)), end - start)
    })
  }

  opening(p: number): Opening | null {
    return this.openings[p] ?? null
  }

  /** What a paragraph is, if it is no part of the telling. */
  apart(p: number): Section['apart'] {
    return this.text.paragraphs[p]!.kind === 'note' ? 'note' : this.messages[p] === 1 ? 'document' : null
  }

  header(p: number): Header | null {
    const { paragraphs, text } = this.text
    const { start, end, kind } = paragraphs[p]!
    // What stands right over a heading is one too: "Part I: Being the Reminiscences of Anna Grey" over "I: The Ferry".
    const heads =
      kind === 'heading' ||
      (kind === 'prose' && paragraphs[p + 1]?.kind === 'heading' && (p === 0 || paragraphs[p - 1]!.kind !== 'prose'))
    if (kind === 'break' || kind === 'note' || end - start > 120 || (!heads && end - start > 60)) return null
    const line = text.slice(start, end)
    // A name that headed a section before heads this one too, though the layout does not show it.
    const header = readHeader(line, heads || this.bare.has(line))
    if (header?.kind === 'bare') this.bare.add(line)
    return header
  }

  /** The header that stands inside a paragraph of prose or a note. */
  announcement(p: number): Header | null {
    return this.announcements.get(p) ?? null
  }

  /** The form that a section's header names, or that dates and salutations give to most of it. */
  formOf(section: Section): SectionForm {
    const named = section.headers.find(({ form }) => form !== 'narration')?.form
    if (named !== undefined && named !== 'note') return named
    if (section.apart !== null) return section.apart
    let labelled = 0
    for (let p = section.body; p <= section.last; p++) labelled += this.labelled[p]!
    if (labelled >= fewestLabelled && labelled >= (section.last + 1 - section.body) * labelledShare) return 'document'
    const entries = this.entriesOf(section)
    if (entries.length === 0) return 'narration'
    const opens = entries[0]! <= section.body + 1
    const dated = entries.some((p) => this.openings[p]!.kind === 'date')
    if (!opens && !(dated && entries.length > 1)) return 'narration'
    let covered = 0
    entries.forEach((entry, i) => {
      const last = (entries[i + 1] ?? section.last + 1) - 1
      const end = this.letterEnd(entry, last)
      covered += this.wordsBetween(entry, end >= 0 && this.wordsBetween(end + 1, last) > longestAfterword ? end : last)
    })
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
      const end = this.letterEnd(p, last)
      if (end < 0) continue
      embedded.fill(1, p, end + 1)
      p = end
    }
  }

  /** Last paragraph of the letter that paragraph `first` opens, its signature included; -1 when nothing closes it. */
  private letterEnd(first: number, last: number): number {
    for (let p = first + 1; p <= last && this.wordsBetween(first, p) <= longestLetter; p++)
      if (this.closings[p] === 1) return p < last && this.signatureAt(p + 1, true) !== null ? p + 1 : p
    return -1
  }

  private signatureAt(p: number, afterClosing: boolean): string | null {
    const { start, end, kind } = this.text.paragraphs[p]!
    return kind !== 'prose' || end - start > 90 ? null : readSignature(this.text.text.slice(start, end), afterClosing)
  }

  /** The name that a section ends with. */
  endSignature(body: number, last: number, isLetter: boolean): string | null {
    const end = this.beforePostscript(body, last)
    for (let p = end; p >= Math.max(body, end - 2); p--) {
      const name = this.signatureAt(p, isLetter || (p > 0 && this.closings[p - 1] === 1))
      if (name !== null) return name
    }
    return null
  }

  private beforePostscript(body: number, last: number): number {
    const { text, paragraphs } = this.text
    for (let p = Math.max(body + 1, last - longestPostscript); p <= last; p++)
      if (/^P\.?\s?S\b/.test(text.slice(paragraphs[p]!.start, paragraphs[p]!.start + 4))) return p - 1
    return last
  }
}
