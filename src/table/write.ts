/** Tables to files: CSV, JSON Lines, Parquet. */
import { parquetWriteBuffer } from 'hyparquet-writer'
import { type ColumnType, columnsOf, type Row, type TableName, type Value } from './schema.js'

export interface WriteOptions {
  /** True for rows that were made with `withText`. Default false. */
  readonly withText?: boolean
}

/** CSV (RFC 4180: comma, double quotes, CRLF) with a header line; null is an empty field. */
export function toCsv(table: TableName, rows: readonly Row[], { withText = false }: WriteOptions = {}): string {
  const columns = columnsOf(table, withText)
  const lines = [columns.map(({ name }) => name).join(',')]
  for (const row of rows) lines.push(columns.map(({ name }) => field(row[name])).join(','))
  return `${lines.join('\r\n')}\r\n`
}

const field = (value: Value | undefined): string => {
  const text = value === null || value === undefined ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One JSON object per line, columns in the table's order. */
export function toJsonLines(table: TableName, rows: readonly Row[], { withText = false }: WriteOptions = {}): string {
  const columns = columnsOf(table, withText)
  return rows
    .map((row) => `${JSON.stringify(Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null])))}\n`)
    .join('')
}

const parquetTypes = { string: 'STRING', integer: 'INT32', number: 'DOUBLE', boolean: 'BOOLEAN' } as const satisfies Record<
  ColumnType,
  string
>

/** A Parquet file (Snappy); every column is optional. The same rows give the same bytes. */
export function toParquet(table: TableName, rows: readonly Row[], options: WriteOptions = {}): Uint8Array {
  const columns = columnsOf(table, options.withText ?? false)
  return parquetOfColumns(
    table,
    columns.map(({ name }) => rows.map((row) => row[name] ?? null)),
    options,
  )
}

/** The same from values by column, in the table's order: what a corpus collects, without an object per row. */
export function parquetOfColumns(
  table: TableName,
  values: readonly Value[][],
  { withText = false }: WriteOptions = {},
): Uint8Array {
  const columnData = columnsOf(table, withText).map(({ name, type }, i) => ({
    name,
    type: parquetTypes[type],
    nullable: true,
    data: values[i]!,
  }))
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'throughline' }))
}
