/** Finished stories on disk: one file each, written so that a crash at any moment leaves it whole or absent. */
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { TableName, Value } from '../table/index.js'

/** The rows of one story: per table, each row's values in the order of the table's columns. */
export type StoredTables = Readonly<Record<TableName, readonly (readonly Value[])[]>>

const storeFolder = '.stories'

export const hashOf = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256')
  // Each part's length goes in too, so that no two lists of parts run into the same bytes.
  for (const part of parts) hash.update(`${part.length}:`).update(part)
  return hash.digest('hex')
}

/** Where a story's result lies: named by what it depends on, so that a result which exists is right, and a changed file has none. */
export const resultPath = (out: string, id: string, contentHash: string, runKey: string): string => {
  const name = hashOf(id, contentHash, runKey).slice(0, 40)
  return join(out, storeFolder, name.slice(0, 2), `${name}.json.gz`)
}

export const isStored = (path: string): boolean => existsSync(path)

export function storeTables(path: string, tables: StoredTables): void {
  writeWhole(path, gzipSync(JSON.stringify(tables), { level: 1 }))
}

export const loadTables = (path: string): StoredTables =>
  JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')) as StoredTables

/** Writes under another name, forces it to disk, then gives it its name. */
export function writeWhole(path: string, content: Uint8Array | string): void {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.part`
  const file = openSync(temporary, 'w')
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}

/** Deletes results that no story of this run has: of changed or removed files, and halves left by a crash. */
export function pruneStore(out: string, kept: ReadonlySet<string>): void {
  const store = join(out, storeFolder)
  if (!existsSync(store)) return
  for (const folder of readdirSync(store)) {
    const paths = readdirSync(join(store, folder)).map((name) => join(store, folder, name))
    for (const path of paths) if (!kept.has(path)) rmSync(path)
    if (paths.every((path) => !kept.has(path))) rmSync(join(store, folder), { recursive: true })
  }
}
