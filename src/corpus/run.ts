/** Many stories: a bounded pool of worker threads, resumable at any moment, the same bytes whatever the number of workers. */
import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import packageFile from '../../package.json' with { type: 'json' }
import { failureOf, listFiles, type StoryInput, storiesOf } from './input.js'
import { PartWriter, type TableFormat } from './part.js'
import { hashOf, loadTables, pruneStore, writeWhole } from './store.js'
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
  const files = await listFiles(inputs, resolve(out))
  const totalWeight = files.reduce((sum, { size }) => sum + size, 0)
  mkdirSync(out, { recursive: true })
  const runKey = hashOf(packageFile.version, JSON.stringify([withText, useCast, sensitivity ?? null]))
  const pool = await openPool(options, workers)
  const parts = new PartWriter(out, { formats, withText })
  const settled: { id: string; result: StoryResult }[] = []
  const kept = new Set<string>()
  const ids = new Set<string>()
  let [dispatched, assembled, stories, failed, stored, weight] = [0, 0, 0, 0, 0, 0]

  const settle = (index: number, input: StoryInput, result: StoryResult): void => {
    settled[index] = { id: input.id, result }
    stories++
    weight += input.weight
    if (result.status === 'stored') stored++
    if (result.status === 'failed') failed++
    else kept.add(result.path)
    for (let next = settled[assembled]; next !== undefined; next = settled[++assembled]) {
      if (next.result.status !== 'failed') parts.add(loadTables(next.result.path))
    }
    options.onProgress?.({
      stories,
      failures: failed,
      stored,
      done: totalWeight === 0 ? 1 : Math.min(1, weight / totalWeight),
    })
  }

  const running = new Set<Promise<void>>()
  try {
    for await (const input of storiesOf(files)) {
      if (signal?.aborted === true || failed > maxFailures) break
      const index = dispatched++
      const known =
        input.failure ?? (ids.has(input.id) ? { code: 'duplicate-id', message: 'An earlier story has the same id.' } : null)
      ids.add(input.id)
      if (known !== null) {
        settle(index, input, { status: 'failed', ...known })
        continue
      }
      const task = pool
        .run({ id: input.id, source: input.source, out, runKey, withText, useCast, sensitivity: sensitivity ?? null })
        .then((result) => settle(index, input, result))
        .finally(() => running.delete(task))
      running.add(task)
      if (running.size >= workers) await Promise.race(running)
    }
    await Promise.all(running)
  } finally {
    await pool.close()
  }
  const complete = signal?.aborted !== true && failed <= maxFailures
  const failures = settled.flatMap(({ id, result }): CorpusFailure[] =>
    result.status === 'failed' ? [{ story: id, code: result.code, message: result.message }] : [],
  )
  if (complete) {
    parts.finish()
    pruneStore(out, kept)
    const done = settled.flatMap(({ id, result }) =>
      result.status === 'failed' ? [] : [{ story: id, sha256: result.contentHash, version: packageFile.version }],
    )
    writeWhole(join(out, 'manifest.jsonl'), jsonLines(done))
  } else parts.discard()
  writeWhole(join(out, 'failures.jsonl'), jsonLines(failures))
  return { stories, stored, failures, complete }
}

const jsonLines = (records: readonly unknown[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('')

interface StoryPool {
  readonly run: (task: Omit<StoryTask, 'begun'>) => Promise<StoryResult>
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
    run: async (task) => {
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
