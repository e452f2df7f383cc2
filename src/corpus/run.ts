/** Many stories: a bounded pool of worker threads, resumable at any moment, the same bytes whatever the number of workers. */
import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import packageFile from '../../package.json' with { type: 'json' }
import { failureOf, listFiles, type StoryInput, storiesOf } from './input.js'
import { PartPlan, type PartTask, type TableFormat, writePart } from './part.js'
import { hashOf, storyKey } from './record.js'
import { type StoredRecord, StoryStore, writeWhole } from './store.js'
import type { StoryResult, StoryTask } from './worker.js'

export interface CorpusOptions {
  /** Folders, globs, story files, ZIP archives, JSON Lines files. */
  readonly inputs: readonly string[]
  /** Folder for the tables; made if absent. The same folder again resumes. */
  readonly out: string
  /** Worker threads. Default: the machine's cores. */
  readonly workers?: number
  /** Default `["parquet"]`. */
  readonly formats?: readonly TableFormat[]
  /** Adds the columns that hold the stories' words. Default false. */
  readonly withText?: boolean
  /** Gives each story's character tags to the analysis as its cast. Default false. */
  readonly useCast?: boolean
  /** As in `analyze`. */
  readonly sensitivity?: number
  /** Seconds after which a story is given up and its worker replaced. Default 120. */
  readonly timeLimit?: number
  /** MiB of heap per worker; a story that needs more is given up. Default 1024: some two million words. */
  readonly memoryLimit?: number
  /** Stops after more than this many failures. Default: never. */
  readonly maxFailures?: number
  /** Aborting lets the stories in flight finish, then stops; the tables stay as they were. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: CorpusProgress) => void
  /** The worker's file, for bundlers that move it. */
  readonly worker?: URL
}

export interface CorpusProgress {
  /** Stories dealt with: analysed, taken from an earlier run, or failed. */
  readonly stories: number
  readonly failures: number
  /** Of `stories`, those that an earlier run had done. */
  readonly stored: number
  /** Share of the input's bytes dealt with, in [0, 1]. */
  readonly done: number
}

export interface CorpusFailure {
  readonly story: string
  /** A `ReadErrorCode`, "time-limit", "memory-limit", "duplicate-id", or "internal". */
  readonly code: string
  readonly message: string
}

export interface CorpusReport {
  readonly stories: number
  readonly stored: number
  readonly failures: readonly CorpusFailure[]
  /** True when every story was dealt with and the tables are written. */
  readonly complete: boolean
}

/**
 * Analyses the stories of the inputs into tables below `out`: a folder per table with part files, `manifest.jsonl` (every story with the hash
 * of its content), and `failures.jsonl` (those that gave nothing, with code and reason). Each result is kept under `.stories` as soon
 * as it is there, so a run that was stopped, or killed, goes on where it was; a changed file is analysed again.
 *
 * @throws {Error} when an input does not exist or `out` cannot be written. No story throws.
 */
export async function analyzeCorpus(options: CorpusOptions): Promise<CorpusReport> {
  const {
    inputs,
    out,
    formats = ['parquet'],
    withText = false,
    useCast = false,
    sensitivity,
    signal,
    maxFailures = Infinity,
  } = options
  const workers = Math.max(1, options.workers ?? availableParallelism())
  // Workers load while the files are listed.
  const pool = await openPool(options, workers)
  try {
    const files = await listFiles(inputs, resolve(out))
    const totalWeight = files.reduce((sum, { size }) => sum + size, 0)
    const runKey = hashOf(packageFile.version, JSON.stringify([withText, useCast, sensitivity ?? null]))
    mkdirSync(out, { recursive: true })
    const store = new StoryStore(out)
    const plan = new PartPlan({ out, formats, withText })
    const settled: { readonly id: string; readonly result: SettledStory }[] = []
    const ids = new Set<string>()
    let [dispatched, assembled, stories, failed, stored, weight] = [0, 0, 0, 0, 0, 0]

    const running = new Set<Promise<void>>()
    const errors: unknown[] = []
    const track = (work: Promise<void>): void => {
      const task = work.catch((error: unknown) => void errors.push(error)).finally(() => running.delete(task))
      running.add(task)
    }
    const place = (part: PartTask | null): void => {
      if (part !== null) track(pool.write(part))
    }

    const settle = (index: number, input: StoryInput, result: SettledStory): void => {
      settled[index] = { id: input.id, result }
      stories++
      weight += input.weight
      if ('code' in result) failed++
      for (let next = settled[assembled]; next !== undefined; next = settled[++assembled]) {
        if (!('code' in next.result)) place(plan.add(next.result))
      }
      options.onProgress?.({
        stories,
        failures: failed,
        stored,
        done: totalWeight === 0 ? 1 : Math.min(1, weight / totalWeight),
      })
    }

    const read = async (index: number, input: StoryInput): Promise<void> => {
      const { id, source } = input
      const key = storyKey(id, runKey)
      const known = store.find(key)
      const task = { id, source, key, known: known?.content ?? null, withText, useCast, sensitivity: sensitivity ?? null }
      const result = await pool.read(task)
      if (result.status === 'stored') stored++
      settle(index, input, result.status === 'failed' ? result : result.status === 'done' ? store.add(result.record) : known!)
    }

    for await (const input of storiesOf(files)) {
      if (signal?.aborted === true || failed > maxFailures || errors.length > 0) break
      const index = dispatched++
      const known =
        input.failure ?? (ids.has(input.id) ? { code: 'duplicate-id', message: 'An earlier story has the same id.' } : null)
      ids.add(input.id)
      if (known !== null) settle(index, input, known)
      else track(read(index, input))
      while (running.size >= workers) await Promise.race(running)
    }
    while (running.size > 0) await Promise.race(running)
    const complete = signal?.aborted !== true && failed <= maxFailures && errors.length === 0
    if (complete) {
      place(plan.rest())
      await Promise.all(running)
    }
    await store.close()
    if (errors.length > 0) throw errors[0]
    const failures = settled.flatMap(({ id, result }): CorpusFailure[] =>
      'code' in result ? [{ story: id, code: result.code, message: result.message }] : [],
    )
    if (complete) {
      plan.finish(store)
      const done = settled.flatMap(({ id, result }) =>
        'code' in result ? [] : [{ story: id, sha256: result.content, version: packageFile.version }],
      )
      writeWhole(join(out, 'manifest.jsonl'), jsonLines(done))
    } else plan.discard()
    writeWhole(join(out, 'failures.jsonl'), jsonLines(failures))
    return { stories, stored, failures, complete }
  } finally {
    await pool.close()
  }
}

/** Where a story's rows lie, or why there are none. */
type SettledStory = StoredRecord | { readonly code: string; readonly message: string }

const jsonLines = (records: readonly unknown[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('')

interface StoryPool {
  readonly read: (task: Omit<StoryTask, 'begun'>) => Promise<StoryResult>
  readonly write: (task: PartTask) => Promise<void>
  readonly close: () => Promise<void>
}

/** Threads with a heap limit; a story over its limits costs its thread, which the pool replaces. */
async function openPool({ timeLimit = 120, memoryLimit = 1024, worker }: CorpusOptions, workers: number): Promise<StoryPool> {
  const { Tinypool } = await import('tinypool')
  const pool = new Tinypool({
    filename: fileURLToPath(worker ?? new URL('./corpus-worker.js', import.meta.url)),
    minThreads: workers,
    maxThreads: workers,
    // A small nursery: what a story leaves behind is garbage by the next one, and a large one only lets it pile up.
    resourceLimits: { maxOldGenerationSizeMb: memoryLimit, maxYoungGenerationSizeMb: 24 },
  })
  return {
    read: async (task) => {
      const begun = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT))
      const watch = watchTime(begun, timeLimit * 1000)
      try {
        const transferList = 'bytes' in task.source ? [task.source.bytes.buffer] : []
        return (await pool.run({ ...task, begun }, { signal: watch.signal, transferList })) as StoryResult
      } catch (error) {
        if (watch.signal.aborted)
          return { status: 'failed', code: 'time-limit', message: `The story took longer than ${timeLimit} s.` }
        const { code, message } = failureOf(error)
        if (code !== 'ERR_WORKER_OUT_OF_MEMORY') return { status: 'failed', code: 'internal', message }
        return { status: 'failed', code: 'memory-limit', message: `The story needed more than ${memoryLimit} MiB.` }
      } finally {
        watch.stop()
      }
    },
    // A part has no limits of its own: should a worker's heap be too small for one, it is written here.
    write: (task) => pool.run(task, { name: 'writePart' }).catch(() => writePart(task)),
    close: () => pool.destroy(),
  }
}

/** Aborts when `limit` milliseconds have gone since the worker began; a worker that has not begun yet has its time before it. */
function watchTime(begun: Float64Array, limit: number): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController()
  const look = (): void => {
    const left = begun[0] === 0 ? limit : begun[0]! + limit - Date.now()
    if (left <= 0) controller.abort()
    else timer = setTimeout(look, left)
  }
  let timer = setTimeout(look, limit)
  return { signal: controller.signal, stop: () => clearTimeout(timer) }
}
