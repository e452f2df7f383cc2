/**
 * Speed, memory and size, as ratios in one run: `npm run bench`.
 * Words per second for growing texts beside wink-nlp's own reading (sentences and tags) of the same text in the same process: the first
 * time that a text of the size is read, and warm, the median of five rounds in turn after three that are not counted.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import model from 'wink-eng-lite-web-model'
import winkNLP from 'wink-nlp'
import { countWords, novelOf, stories } from './novel.js'

const { analyze } = (await import(join(process.cwd(), 'dist/index.js'))) as typeof import('../src/index.js')

/** What the analysis may cost: times wink-nlp's own reading, and resident memory for 600,000 words. */
const limits = { ratio: 4, megabytes: 500 }

/** Most memory, in MB, that a process of its own is given for one text. */
function residentFor(text: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-speed-'))
  writeFileSync(join(folder, 'text.txt'), text)
  const program = `
import { readFileSync } from 'node:fs'
import { analyze } from ${JSON.stringify(pathToFileURL(join(process.cwd(), 'dist/index.js')).href)}
analyze(readFileSync(process.argv[2], 'utf8'))
console.log(process.resourceUsage().maxRSS / 1024)`
  writeFileSync(join(folder, 'run.mjs'), program)
  const { stdout } = spawnSync(process.execPath, [join(folder, 'run.mjs'), join(folder, 'text.txt')], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  return Number(stdout)
}

const time = (work: () => unknown): number => {
  const start = performance.now()
  work()
  return performance.now() - start
}
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!

const first = time(() => analyze(stories[0]!))
console.log(`first call (${countWords(stories[0]!)} words, model read in): ${Math.round(first)} ms\n`)
const wink = winkNLP(model, ['sbd', 'pos'])
console.log('   words  first ms       ms   words/s   wink ms   ratio        heap')
const uncounted = 3
const counted = 5
let ok = true
for (const words of [1_000, 10_000, 100_000, 600_000]) {
  const text = novelOf(words)
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < uncounted + counted; round++) {
    ours.push(time(() => analyze(text)))
    theirs.push(time(() => wink.readDoc(text)))
  }
  const heap = process.memoryUsage().heapUsed / 1e6
  const [cold, warm, reading] = [ours[0]!, median(ours.slice(uncounted)), median(theirs.slice(uncounted))]
  const ratio = warm / reading
  if (words >= 100_000 && ratio > limits.ratio) ok = false
  console.log(
    `${String(words).padStart(8)} ${cold.toFixed(0).padStart(9)} ${warm.toFixed(0).padStart(8)} ${String(Math.round((words / warm) * 1000)).padStart(9)} ${reading.toFixed(0).padStart(9)} ${ratio.toFixed(2).padStart(7)} ${heap.toFixed(0).padStart(8)} MB`,
  )
}
const resident = residentFor(novelOf(600_000))
if (resident >= limits.megabytes) ok = false
console.log(`\n600,000 words alone in a process: ${resident.toFixed(0)} MB resident at most (limit ${limits.megabytes})`)

console.log('\nfile                    kB     gzip   brotli')
for (const file of readdirSync('dist')
  .filter((name) => name.endsWith('.js'))
  .sort()) {
  const bytes = readFileSync(join('dist', file))
  const kB = (length: number): string => (length / 1024).toFixed(0).padStart(8)
  console.log(
    `${file.padEnd(18)} ${kB(statSync(join('dist', file)).size)} ${kB(gzipSync(bytes).length)} ${kB(brotliCompressSync(bytes).length)}`,
  )
}
process.exitCode = ok ? 0 : 1
