/** A story file taken apart, before its text is put together. */
import type { Metadata } from '../types.js'
import type { Line } from './line.js'

/** A chapter as its file shows it. */
export interface Part {
  /** What the file calls the chapter, number included ("Chapter 3: The Well"); `null` for a story without chapters. */
  readonly heading: string | null
  readonly lines: readonly Line[]
  /** The file inside a container that holds the chapter; `null` for a single file. */
  readonly path: string | null
  /** Where the chapter's element begins in that file, in UTF-16 code units. */
  readonly source: number
}

/** An author's note or a summary, kept apart from the story. */
export interface Note {
  /** Index of its chapter; `null` when it belongs to the whole work. */
  readonly chapter: number | null
  /** "Summary", "Notes", "Chapter End Notes", … as the file labels it; `null` without a label. */
  readonly label: string | null
  /** Before or after the text it belongs to. */
  readonly place: 'before' | 'after'
  readonly text: string
}

export interface Draft {
  readonly format: string
  readonly metadata: Partial<Metadata>
  readonly parts: readonly Part[]
  readonly notes: readonly Note[]
  /** False where the file does not say what its chapters and headings are (plain text): the text shows them. */
  readonly structured: boolean
}
