/** The corpus tables: stories' rows put together in order into part files, swapped in at the end. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { columnsOf, type Row, type TableName, tableNames, toCsv, toJsonLines, type Value } from '../table/index.js'
import { parquetOfColumns } from '../table/write.js'
import { type StoredTables, writeWhole } from './store.js'

export type TableFormat = 'parquet' | 'csv' | 'jsonl'
export const tableFormats: readonly TableFormat[] = ['parquet', 'csv', 'jsonl']

/** A part ends with the story that brings it to either; they bound memory and depend on nothing but the stories. */
const partLimits = { stories: 256, mentions: 250_000 }
const newTables = '.tables'

/** Collects stories in order and writes a part of every table whenever enough have come. */
export class PartWriter {
  readonly #out: string
  readonly #formats: readonly TableFormat[]
  readonly #withText: boolean
  /** Values by table and column: far fewer objects than rows would be. */
  #columns: Readonly<Record<TableName, Value[][]>>
  #part = 0

  constructor(out: string, { formats, withText }: { formats: readonly TableFormat[]; withText: boolean }) {
    this.#out = out
    this.#formats = formats
    this.#withText = withText
    this.#columns = this.#empty()
    rmSync(join(out, newTables), { recursive: true, force: true })
  }

  #empty(): Readonly<Record<TableName, Value[][]>> {
    return Object.fromEntries(tableNames.map((name) => [name, columnsOf(name, this.#withText).map(() => [])])) as never
  }

  add(tables: StoredTables): void {
    for (const name of tableNames) {
      const columns = this.#columns[name]
      for (const row of tables[name]) for (let i = 0; i < columns.length; i++) columns[i]!.push(row[i] ?? null)
    }
    if (this.#count('stories') >= partLimits.stories || this.#count('mentions') >= partLimits.mentions) this.#flush()
  }

  #count(table: TableName): number {
    return this.#columns[table][0]!.length
  }

  #flush(): void {
    for (const name of tableNames) {
      for (const format of this.#formats) {
        const file = `part-${String(this.#part).padStart(5, '0')}.${format}`
        writeWhole(join(this.#out, newTables, name, file), this.#encode(format, name))
      }
    }
    this.#columns = this.#empty()
    this.#part++
  }

  #encode(format: TableFormat, name: TableName): Uint8Array | string {
    const options = { withText: this.#withText }
    if (format === 'parquet') return parquetOfColumns(name, this.#columns[name], options)
    return format === 'csv' ? toCsv(name, this.#rows(name), options) : toJsonLines(name, this.#rows(name), options)
  }

  #rows(name: TableName): Row[] {
    const names = columnsOf(name, this.#withText).map((column) => column.name)
    const columns = this.#columns[name]
    return Array.from({ length: this.#count(name) }, (_, r) => Object.fromEntries(names.map((key, c) => [key, columns[c]![r]!])))
  }

  /** Writes the last part and puts the new tables in the place of the old. At least one part is written, so that queries work on an empty corpus too. */
  finish(): void {
    if (this.#count('stories') > 0 || this.#part === 0) this.#flush()
    for (const name of tableNames) {
      const target = join(this.#out, name)
      const fresh = readdirSync(join(this.#out, newTables, name))
      mkdirSync(target, { recursive: true })
      for (const file of fresh) renameSync(join(this.#out, newTables, name, file), join(target, file))
      for (const file of readdirSync(target)) if (/^part-\d+\./.test(file) && !fresh.includes(file)) rmSync(join(target, file))
    }
    this.discard()
  }

  /** Leaves the old tables as they are. */
  discard(): void {
    if (existsSync(join(this.#out, newTables))) rmSync(join(this.#out, newTables), { recursive: true })
  }
}
