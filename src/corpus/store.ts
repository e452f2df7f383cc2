/** Finished stories on disk: files of records that are only ever added to, so that a crash at any moment loses no whole record. */
import {
  closeSync,
  existsSync,
  fsync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { headerOf, type RecordHeader, recordsIn } from './record.js'

/** Where a record lies. */
export interface StoredRecord extends Pick<RecordHeader, 'content' | 'mentions' | 'length'> {
  readonly file: string
  readonly offset: number
}

export const storeFolder = '.stories'
/** Read in this order, so that a story's last record is the one that counts. */
const names = { done: /^done-.*\.records$/, journal: /^journal-\d+\.records$/ }

/** `records` are written between two orders to the disk; only a power failure, not the death of the process, can cost those. */
const limits = { records: 64, bytes: 2 ** 26 }

interface Journal {
  readonly file: string
  readonly descriptor: number
  size: number
  unsynced: number
}

/** The results of this and earlier runs: found by story, added to at the end of a journal. */
export class StoryStore {
  readonly #folder: string
  readonly #records = new Map<string, StoredRecord>()
  #journal: Journal | null = null
  #syncing: Promise<void> = Promise.resolve()

  constructor(out: string) {
    this.#folder = join(out, storeFolder)
    mkdirSync(this.#folder, { recursive: true })
    const files = readdirSync(this.#folder).sort()
    for (const name of [names.done, names.journal].flatMap((pattern) => files.filter((file) => pattern.test(file)))) {
      const file = join(this.#folder, name)
      for (const { story, ...record } of recordsIn(readFileSync(file))) this.#records.set(story, { file, ...record })
    }
  }

  find(story: string): StoredRecord | null {
    return this.#records.get(story) ?? null
  }

  add(record: Uint8Array): StoredRecord {
    const journal = this.#openJournal()
    const { file, descriptor, size: offset } = journal
    writeFully(descriptor, record)
    journal.size += record.length
    if (++journal.unsynced >= limits.records) {
      journal.unsynced = 0
      // Beside the analysis: nobody waits for it but the end.
      this.#syncing = this.#syncing.then(() => new Promise((done) => fsync(descriptor, () => done())))
    }
    const { story, ...rest } = headerOf(Buffer.from(record.buffer, record.byteOffset, record.byteLength))
    const stored = { file, offset, ...rest }
    this.#records.set(story, stored)
    return stored
  }

  #openJournal(): Journal {
    if (this.#journal !== null && this.#journal.size < limits.bytes) return this.#journal
    this.#closeJournal()
    const taken = readdirSync(this.#folder).flatMap((name) =>
      names.journal.test(name) ? [Number.parseInt(name.slice(8), 10)] : [],
    )
    const file = join(this.#folder, `journal-${String(Math.max(-1, ...taken) + 1).padStart(5, '0')}.records`)
    this.#journal = { file, descriptor: openSync(file, 'wx'), size: 0, unsynced: 0 }
    return this.#journal
  }

  #closeJournal(): void {
    if (this.#journal === null) return
    const { descriptor } = this.#journal
    this.#journal = null
    this.#syncing = this.#syncing.then(() => {
      fsyncSync(descriptor)
      closeSync(descriptor)
    })
  }

  async close(): Promise<void> {
    this.#closeJournal()
    await this.#syncing
  }

  /** Puts files that hold every record of a finished run in the place of all others. Each has its name from its content, so none is overwritten. */
  replace(fresh: string): void {
    const kept = new Set(readdirSync(fresh))
    for (const name of kept) renameSync(join(fresh, name), join(this.#folder, name))
    for (const name of readdirSync(this.#folder)) if (!kept.has(name)) rmSync(join(this.#folder, name), { recursive: true })
  }
}

/** The bytes of the records, one file opened at a time. */
export function* readStored(records: readonly StoredRecord[]): Generator<Buffer> {
  let [open, descriptor] = ['', -1]
  try {
    for (const { file, offset, length } of records) {
      if (file !== open) {
        if (descriptor >= 0) closeSync(descriptor)
        descriptor = openSync(file, 'r')
        open = file
      }
      const record = Buffer.allocUnsafe(length)
      readSync(descriptor, record, 0, length, offset)
      yield record
    }
  } finally {
    if (descriptor >= 0) closeSync(descriptor)
  }
}

/** Writes under another name, forces it to disk, then gives it its name. */
export function writeWhole(path: string, content: Uint8Array | string): void {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.part`
  const file = openSync(temporary, 'w')
  try {
    writeFully(file, typeof content === 'string' ? Buffer.from(content) : content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}

function writeFully(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
}

export const removeFolder = (folder: string): void => {
  if (existsSync(folder)) rmSync(folder, { recursive: true })
}
