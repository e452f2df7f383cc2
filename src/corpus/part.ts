/** The corpus tables: stories' columns put together in order into part files, swapped in at the end. */
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { columnsOf, type Row, type TableName, tableNames, toCsv, toJsonLines, type Value } from '../table/index.js'
import { parquetOfColumns } from '../table/write.js'
import { byTable, type Columns, hashOf, unpackColumns } from './record.js'
import { readStored, removeFolder, type StoredRecord, type StoryStore, storeFolder, writeWhole } from './store.js'

export type TableFormat = 'parquet' | 'csv' | 'jsonl'
export const tableFormats: readonly TableFormat[] = ['parquet', 'csv', 'jsonl']

/** A part ends with the story that brings it to either; they bound memory and depend on nothing but the stories. */
const partLimits = { stories: 256, mentions: 250_000 }
const newTables = '.tables'

/** What a worker needs to write one part of every table. */
export interface PartTask {
  readonly out: string
  readonly part: number
  readonly records: readonly StoredRecord[]
  readonly formats: readonly TableFormat[]
  readonly withText: boolean
}

/** Gathers stories in order, and says when enough have come for a part. */
export class PartPlan {
  readonly #options: Pick<PartTask, 'out' | 'formats' | 'withText'>
  #records: StoredRecord[] = []
  #mentions = 0
  #part = 0

  constructor(options: Pick<PartTask, 'out' | 'formats' | 'withText'>) {
    this.#options = options
    this.discard()
  }

  add(record: StoredRecord): PartTask | null {
    this.#records.push(record)
    this.#mentions += record.mentions
    return this.#records.length >= partLimits.stories || this.#mentions >= partLimits.mentions ? this.#take() : null
  }

  /** What has come since the last part. There is at least one part, so that queries work on an empty corpus too. */
  rest(): PartTask | null {
    return this.#records.length > 0 || this.#part === 0 ? this.#take() : null
  }

  #take(): PartTask {
    const records = this.#records
    this.#records = []
    this.#mentions = 0
    return { ...this.#options, part: this.#part++, records }
  }

  /** Puts the new tables in the place of the old, once all parts are written, and the stories as they stand in the tables in the place of the journals. */
  finish(store: StoryStore): void {
    const { out } = this.#options
    store.replace(join(out, newTables, storeFolder))
    for (const name of tableNames) {
      const target = join(out, name)
      const fresh = readdirSync(join(out, newTables, name))
      mkdirSync(target, { recursive: true })
      for (const file of fresh) renameSync(join(out, newTables, name, file), join(target, file))
      for (const file of readdirSync(target)) if (/^part-\d+\./.test(file) && !fresh.includes(file)) rmSync(join(target, file))
    }
    this.discard()
  }

  /** Leaves the old tables as they are. */
  discard(): void {
    removeFolder(join(this.#options.out, newTables))
  }
}

/** Writes one part of every table, and its stories' records. */
export function writePart({ out, part, records, formats, withText }: PartTask): void {
  const number = String(part).padStart(5, '0')
  const bytes = [...readStored(records)]
  const columns = joinColumns(bytes, withText)
  for (const name of tableNames) {
    for (const format of formats) {
      writeWhole(join(out, newTables, name, `part-${number}.${format}`), encode(format, name, columns[name], withText))
    }
  }
  const stories = Buffer.concat(bytes)
  writeWhole(join(out, newTables, storeFolder, `done-${number}-${hashOf(stories).slice(0, 16)}.records`), stories)
}

function joinColumns(records: readonly Buffer[], withText: boolean): Columns {
  const all = byTable((name) => columnsOf(name, withText).map((): Value[] => []))
  for (const record of records) {
    const story = unpackColumns(record)
    for (const name of tableNames) {
      for (let i = 0; i < all[name].length; i++) {
        const values = all[name][i]!
        for (const value of story[name][i]!) values.push(value)
      }
    }
  }
  return all
}

function encode(format: TableFormat, name: TableName, columns: readonly Value[][], withText: boolean): Uint8Array | string {
  const options = { withText }
  if (format === 'parquet') return parquetOfColumns(name, columns, options)
  const keys = columnsOf(name, withText).map((column) => column.name)
  const rows = columns[0]!.map((_, r): Row => Object.fromEntries(keys.map((key, c) => [key, columns[c]![r]!])))
  return format === 'csv' ? toCsv(name, rows, options) : toJsonLines(name, rows, options)
}
