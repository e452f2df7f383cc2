/** A finished story as bytes: a header that says whose it is and that it is whole, then the columns of its tables. */
import { createHash } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { columnsOf, type TableName, type Tables, tableNames, type Value } from '../table/index.js'

/** Values by table and column, in the order of the schema: far fewer objects than rows would be. */
export type Columns = Readonly<Record<TableName, readonly Value[][]>>

/** Whose record it is: a result is right as long as these are what they were, and a changed file has none. */
export interface RecordKey {
  /** Hash of the story's id, the version and the options, in hexadecimal. */
  readonly story: string
  /** SHA-256 of the file, in hexadecimal. */
  readonly content: string
}

export interface RecordHeader extends RecordKey {
  /** Rows of the table of mentions: what makes a part of the corpus tables large. */
  readonly mentions: number
  /** Bytes, header included. */
  readonly length: number
}

/** Where the fields of the header begin, in bytes; `check` is a hash of all the others and of the columns. */
const header = { length: 0, mentions: 4, story: 8, content: 24, check: 56, columns: 64 } as const

/** Hash of a story's id and of what else its result depends on, as long as the header has room for. */
export const storyKey = (id: string, runKey: string): string => hashOf(id, runKey).slice(0, 2 * (header.content - header.story))

export const hashOf = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256')
  // Each part's length goes in too, so that no two lists of parts run into the same bytes.
  for (const part of parts) hash.update(`${part.length}:`).update(part)
  return hash.digest('hex')
}

export function toColumns(tables: Tables, withText: boolean): Columns {
  return byTable((name) => columnsOf(name, withText).map(({ name: key }) => tables[name].map((row) => row[key] ?? null)))
}

export const byTable = <T>(make: (name: TableName) => T): Readonly<Record<TableName, T>> =>
  Object.fromEntries(tableNames.map((name) => [name, make(name)])) as Record<TableName, T>

export function packRecord({ story, content }: RecordKey, columns: Columns): Uint8Array<ArrayBuffer> {
  const packed = deflateRawSync(JSON.stringify(columns), { level: 1 })
  const record = Buffer.alloc(header.columns + packed.length)
  record.writeUInt32LE(record.length, header.length)
  record.writeUInt32LE(columns.mentions[0]!.length, header.mentions)
  record.write(story, header.story, 'hex')
  record.write(content, header.content, 'hex')
  record.set(packed, header.columns)
  checkOf(record).copy(record, header.check)
  return record
}

export const unpackColumns = (record: Uint8Array): Columns =>
  JSON.parse(inflateRawSync(record.subarray(header.columns)).toString('utf8')) as Columns

const checkOf = (record: Buffer): Buffer =>
  createHash('sha256')
    .update(record.subarray(0, header.check))
    .update(record.subarray(header.columns))
    .digest()
    .subarray(0, header.columns - header.check)

export function headerOf(record: Buffer): RecordHeader {
  return {
    story: record.toString('hex', header.story, header.content),
    content: record.toString('hex', header.content, header.check),
    mentions: record.readUInt32LE(header.mentions),
    length: record.readUInt32LE(header.length),
  }
}

/** The records of a file, up to the first that is not whole: what a crash cut off, and all that came after it. */
export function* recordsIn(bytes: Buffer): Generator<RecordHeader & { readonly offset: number }> {
  for (let offset = 0; offset + header.columns <= bytes.length; ) {
    const length = bytes.readUInt32LE(offset + header.length)
    if (length < header.columns || offset + length > bytes.length) return
    const record = bytes.subarray(offset, offset + length)
    if (!checkOf(record).equals(record.subarray(header.check, header.columns))) return
    yield { ...headerOf(record), offset }
    offset += length
  }
}
