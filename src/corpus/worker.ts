/** What a worker thread does: read and analyse one story, or write a part of the tables. */
import { readFileSync } from 'node:fs'
import { analyze } from '../analyze.js'
import { readStory, toOptions } from '../read/index.js'
import { readRecord } from '../read/record.js'
import type { StoryFile } from '../read/story.js'
import { toTables } from '../table/index.js'
import { failureOf, type StoryInput } from './input.js'
import { hashOf, packRecord, toColumns } from './record.js'

export { writePart } from './part.js'

export interface StoryTask {
  readonly id: string
  readonly source: StoryInput['source']
  /** As `storyKey` gives it. */
  readonly key: string
  /** Hash of the content whose result is there from an earlier run, or null. */
  readonly known: string | null
  readonly withText: boolean
  readonly useCast: boolean
  readonly sensitivity: number | null
  /** Shared with the pool: when the worker began, in milliseconds since 1970; 0 before. Loading a worker is no story's time. */
  readonly begun: Float64Array
}

export type StoryResult =
  | { readonly status: 'done'; readonly record: Uint8Array }
  | { readonly status: 'stored' }
  | { readonly status: 'failed'; readonly code: string; readonly message: string }

/** The pool's task: never throws for what is wrong with a story. */
export default function analyzeStory({ id, source, key, known, withText, useCast, sensitivity, begun }: StoryTask): StoryResult {
  begun[0] = Date.now()
  try {
    const bytes = 'path' in source ? readFileSync(source.path) : 'bytes' in source ? source.bytes : Buffer.from(source.line)
    const content = hashOf(bytes)
    if (content === known) return { status: 'stored' }
    const file: StoryFile =
      'line' in source
        ? readRecord(source.line, source.lineNumber).story
        : readStory(bytes, { name: 'path' in source ? source.path : id })
    const options = toOptions(file, { useCast })
    const story = analyze(file.text, sensitivity === null ? options : { ...options, sensitivity })
    const columns = toColumns(toTables(story, { story: id, withText }), withText)
    return { status: 'done', record: packRecord({ story: key, content }, columns) }
  } catch (error) {
    return { status: 'failed', ...failureOf(error) }
  }
}
