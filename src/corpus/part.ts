/** The corpus tables: stories' rows put together in order into part files, swapped in at the end. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { columnsOf, type Row, type TableName, tableNames, toCsv, toJsonLines, toParquet, type Value } from '../table/index.js'
import { emptyTables, type StoredTables, writeWhole } from './store.js'

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
  #rows = emptyTables()
  #part = 0

  constructor(out: string, { formats, withText }: { formats: readonly TableFormat[]; withText: boolean }) {
    this.#out = out
    this.#formats = formats
    this.#withText = withText
    rmSync(join(out, newTables), { recursive: true, force: true })
  }

  add(tables: StoredTables): void {
    for (const name of tableNames) for (const row of tables[name]) this.#rows[name].push(row as Value[])
    if (this.#rows.stories.length >= partLimits.stories || this.#rows.mentions.length >= partLimits.mentions) this.#flush()
  }

  #flush(): void {
    for (const name of tableNames) {
      const rows = this.#rows[name].map((values) => asRow(name, values, this.#withText))
      for (const format of this.#formats)
        writeWhole(
          join(this.#out, newTables, name, `part-${String(this.#part).padStart(5, '0')}.${format}`),
          this.#encode(format, name, rows),
        )
    }
    this.#rows = emptyTables()
    this.#part++
  }

  #encode(format: TableFormat, name: TableName, rows: readonly Row[]): Uint8Array | string {
    const options = { withText: this.#withText }
    return format === 'parquet'
      ? toParquet(name, rows, options)
      : format === 'csv'
        ? toCsv(name, rows, options)
        : toJsonLines(name, rows, options)
  }

  /** Writes the last part and puts the new tables in the place of the old. At least one part is written, so that queries work on an empty corpus too. */
  finish(): void {
    if (this.#rows.stories.length > 0 || this.#part === 0) this.#flush()
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

const asRow = (name: TableName, values: readonly Value[], withText: boolean): Row =>
  Object.fromEntries(columnsOf(name, withText).map((column, i) => [column.name, values[i] ?? null]))
