/** JSON Lines: one story per line, its text under "text". The text is taken untouched, so that offsets are the caller's own. */

import { emptyMetadata } from '../metadata.js'
import { readUnits } from '../text/layer.js'
import type { Metadata } from '../types.js'
import { castOfTags } from './cast.js'
import { ReadError } from './error.js'
import type { StoryFile } from './story.js'

/** A story of a JSONL file: its `id` (a string or number of the record; else the line number). */
export interface RecordedStory {
  readonly id: string
  readonly story: StoryFile
}

/** Reads one line: `{"text": …, "id"?: …, "metadata"?: {…}}`; metadata fields may also stand at the top. */
export function readRecord(line: string, lineNumber: number): RecordedStory {
  let record: unknown
  try {
    record = JSON.parse(line)
  } catch {
    throw new ReadError('malformed', `Line ${lineNumber} is not JSON.`)
  }
  if (!isObject(record) || typeof record.text !== 'string')
    throw new ReadError('malformed', `Line ${lineNumber} has no "text" that is a string.`)
  const { text } = record
  if (text.trim() === '') throw new ReadError('empty', `The text of line ${lineNumber} is empty.`)
  const metadata = metadataOf({ ...record, ...(isObject(record.metadata) ? record.metadata : {}) })
  const { paragraphs, chapters } = readUnits(text)
  const story: StoryFile = {
    format: 'jsonl',
    text,
    metadata,
    chapters,
    paragraphs,
    breaks: paragraphs.filter(({ kind }) => kind === 'break').map(({ start, end }) => ({ start, end })),
    notes: [],
    cast: castOfTags(metadata),
    origins: [{ start: 0, end: text.length, path: null, offset: 0, exact: true }],
  }
  return { id: idOf(record) ?? String(lineNumber), story }
}

/** The `id` of a record, a string or number; `null` without one, or when the line is not JSON. */
export function recordId(line: string): string | null {
  try {
    const record: unknown = JSON.parse(line)
    return isObject(record) ? idOf(record) : null
  } catch {
    return null
  }
}

const idOf = ({ id }: Record<string, unknown>): string | null =>
  typeof id === 'string' || typeof id === 'number' ? String(id) : null

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Takes the fields of `Metadata` whose values have the right type; others are another program's business. */
function metadataOf(record: Record<string, unknown>): Metadata {
  const fields = Object.entries(emptyMetadata).map(([key, empty]) => {
    const value = record[key]
    if (Array.isArray(empty)) return [key, Array.isArray(value) ? value.filter((item) => typeof item === 'string') : empty]
    return [key, typeof value === (key === 'words' ? 'number' : 'string') ? value : empty]
  })
  return Object.fromEntries(fields) as unknown as Metadata
}
