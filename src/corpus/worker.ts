/** One story in a worker thread: read, analyse, store its rows. */
import { readFileSync } from 'node:fs'
import { analyze } from '../analyze.js'
import { readStory, toOptions } from '../read/index.js'
import { readRecord } from '../read/record.js'
import type { StoryFile } from '../read/story.js'
import { columnsOf, tableNames, toTables } from '../table/index.js'
import { failureOf, type StoryInput } from './input.js'
import { hashOf, isStored, resultPath, type StoredTables, storeTables } from './store.js'

export interface StoryTask {
  readonly id: string
  readonly source: StoryInput['source']
  readonly out: string
  /** Hash of version and options: results of other runs with the same key are valid. */
  readonly runKey: string
  readonly withText: boolean
  readonly useCast: boolean
  readonly sensitivity: number | null
  /** Shared with the pool: when the worker began, in milliseconds since 1970; 0 before. Loading a worker is no story's time. */
  readonly begun: Float64Array
}

export type StoryResult =
  | { readonly status: 'done' | 'stored'; readonly path: string; readonly contentHash: string }
  | { readonly status: 'failed'; readonly code: string; readonly message: string }

/** The pool's task: never throws for what is wrong with a story. */
export default function analyzeStory({ id, source, out, runKey, withText, useCast, sensitivity, begun }: StoryTask): StoryResult {
  begun[0] = Date.now()
  try {
    const content = 'path' in source ? readFileSync(source.path) : 'bytes' in source ? source.bytes : Buffer.from(source.line)
    const contentHash = hashOf(content)
    const path = resultPath(out, id, contentHash, runKey)
    if (isStored(path)) return { status: 'stored', path, contentHash }
    const file: StoryFile =
      'line' in source
        ? readRecord(source.line, source.lineNumber).story
        : readStory(content, { name: 'path' in source ? source.path : id })
    const options = toOptions(file, { useCast })
    const story = analyze(file.text, sensitivity === null ? options : { ...options, sensitivity })
    const tables = toTables(story, { story: id, withText })
    const stored = Object.fromEntries(
      tableNames.map((name) => [
        name,
        tables[name].map((row) => columnsOf(name, withText).map((column) => row[column.name] ?? null)),
      ]),
    ) as unknown as StoredTables
    storeTables(path, stored)
    return { status: 'done', path, contentHash }
  } catch (error) {
    return { status: 'failed', ...failureOf(error) }
  }
}
