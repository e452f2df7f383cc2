/** `throughline corpus`: many stories to tables. */
import { type Command, InvalidArgumentError } from 'commander'
import { analyzeCorpus, type CorpusProgress, type CorpusReport, type TableFormat } from '../corpus/index.js'
import { count, decimal, positive } from './number.js'

interface CorpusFlags {
  readonly out: string
  readonly workers?: number
  readonly format: TableFormat[]
  readonly withText?: boolean
  readonly useCast?: boolean
  readonly sensitivity?: number
  readonly timeLimit: number
  readonly memoryLimit: number
  readonly maxFailures?: number
  readonly quiet?: boolean
}

const formats: readonly TableFormat[] = ['parquet', 'csv', 'jsonl']

const formatList = (value: string): TableFormat[] =>
  value.split(',').map((name) => {
    const format = formats.find((known) => known === name.trim())
    if (format === undefined) throw new InvalidArgumentError(`expected some of ${formats.join(', ')}.`)
    return format
  })

/** Puts the command on a program. */
export function registerCorpus(program: Command): void {
  program
    .command('corpus')
    .description('analyse many stories into tables (Parquet, CSV, JSON Lines)')
    .argument('<input...>', 'folders, globs, story files, ZIP archives, JSON Lines files')
    .requiredOption('-o, --out <folder>', 'where the tables go; the same folder again resumes')
    .option('-w, --workers <n>', 'worker threads (default: the machine’s cores)', positive)
    .option('-f, --format <list>', 'parquet, csv, jsonl', formatList, ['parquet'])
    .option('--with-text', 'add the columns that hold the stories’ words')
    .option('--use-cast', 'take the characters of each file’s tags as known')
    .option('--sensitivity <n>', 'how fine scenes are cut (0 = the author’s own breaks alone)', decimal)
    .option('--time-limit <s>', 'seconds for one story', positive, 120)
    .option('--memory-limit <MiB>', 'heap of one worker', positive, 1024)
    .option('--max-failures <n>', 'stop when more stories than this fail', count)
    .option('-q, --quiet', 'print nothing but errors')
    .addHelpText(
      'after',
      `
Examples:
  throughline corpus stories/ --out tables
  throughline corpus "ao3/**/*.epub" more.zip --out tables --format parquet,csv
  duckdb -c "SELECT pronouns, sum(wordsSpoken) FROM 'tables/characters/*.parquet' GROUP BY 1"

Exit code: 0 all stories analysed, 1 some failed (see failures.jsonl), 2 misuse, 130 interrupted.`,
    )
    .action(async (inputs: string[], flags: CorpusFlags) => {
      process.exitCode = await runCorpus(inputs, flags)
    })
}

async function runCorpus(inputs: readonly string[], { out, format, quiet = false, ...flags }: CorpusFlags): Promise<number> {
  const stop = new AbortController()
  const onInterrupt = (): void => {
    if (stop.signal.aborted) process.exit(130)
    stop.abort()
    process.stderr.write('\nFinishing the stories in flight; Ctrl-C again to stop at once.\n')
  }
  process.on('SIGINT', onInterrupt)
  const meter = progressMeter(quiet)
  try {
    const report = await analyzeCorpus({ inputs, out, formats: format, ...flags, signal: stop.signal, onProgress: meter.show })
    meter.end()
    if (!quiet) process.stderr.write(summary(report, out))
    if (stop.signal.aborted) process.stderr.write('Stopped. The same command goes on from here.\n')
    return stop.signal.aborted ? 130 : report.failures.length > 0 ? 1 : 0
  } catch (error) {
    meter.end()
    process.stderr.write(`throughline corpus: ${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  } finally {
    process.off('SIGINT', onInterrupt)
  }
}

function summary({ stories, stored, failures, complete }: CorpusReport, out: string): string {
  const done = stories - failures.length
  const earlier = stored > 0 ? ` (${stored} from an earlier run)` : ''
  const failed = failures.length > 0 ? `, ${failures.length} failed: see ${out}/failures.jsonl` : ''
  const tables = complete ? `; tables in ${out}` : '; tables not written'
  return `${done} stories${earlier}${failed}${tables}\n`
}

/** Milliseconds between two updates: a line redrawn on a terminal, a line more elsewhere. */
const updateEvery = { terminal: 200, plain: 10_000 }

/** Stories, rate, time left and failures: redrawn in place on a terminal, plain lines elsewhere. */
function progressMeter(quiet: boolean): { show: (progress: CorpusProgress) => void; end: () => void } {
  const isTerminal = process.stderr.isTTY === true
  const begun = Date.now()
  let shown = 0
  const line = ({ stories, failures, stored, done }: CorpusProgress): string => {
    const seconds = (Date.now() - begun) / 1000
    const rate = (stories - stored) / seconds
    const left = done > 0.02 ? (seconds / done) * (1 - done) : Infinity
    const failed = failures > 0 ? `, ${failures} failed` : ''
    return `${Math.floor(done * 100)} %  ${stories} stories${failed}  ${rate.toFixed(1)}/s  ${Number.isFinite(left) ? `${duration(left)} left` : ''}`
  }
  return {
    show: (progress) => {
      if (quiet || Date.now() - shown < (isTerminal ? updateEvery.terminal : updateEvery.plain)) return
      shown = Date.now()
      process.stderr.write(isTerminal ? `\r\u001b[2K${bar(progress.done)} ${line(progress)}` : `${line(progress)}\n`)
    },
    end: () => {
      if (!quiet && isTerminal && shown > 0) process.stderr.write('\r\u001b[2K')
    },
  }
}

const bar = (done: number): string => `[${'#'.repeat(Math.round(done * 20)).padEnd(20)}]`

const duration = (seconds: number): string =>
  seconds < 90
    ? `${Math.ceil(seconds)} s`
    : seconds < 5400
      ? `${Math.ceil(seconds / 60)} min`
      : `${(seconds / 3600).toFixed(1)} h`
