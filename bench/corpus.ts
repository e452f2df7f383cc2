/**
 * Corpus throughput: stories per second with one and two workers, and peak memory at 200 and 2,000 stories (or the
 * two numbers given). `npm run bench:corpus` after `npm run build`. Stories are made from corpus/ by other names, so that none are alike.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The second worker must be worth this much on two cores, and ten times the stories may cost this much more memory. */
const limits = { speedUp: 1.3, memoryGrowth: 1.25 }

const sources = readdirSync('corpus')
  .filter((file) => file.endsWith('.txt'))
  .sort()
  .map((file) => readFileSync(join('corpus', file), 'utf8'))

/** Every story again with the names of its speakers changed. */
const variant = (i: number): string => {
  const round = Math.floor(i / sources.length)
  const ending =
    round === 0 ? '' : `${'aeiou'[round % 5]}${'lmnrst'[Math.floor(round / 5) % 6]}${'aeiou'[Math.floor(round / 30) % 5]}`
  return sources[i % sources.length]!.replace(/\b([A-Z][a-z]{3,})(?=['’]s\b| said\b| looked\b)/g, `$1${ending}`)
}

const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
const program = `
import { analyzeCorpus } from ${JSON.stringify(`file://${resolve('dist/corpus.js')}`)}
const begun = performance.now()
const report = await analyzeCorpus({ inputs: [process.argv[2]], out: process.argv[3], workers: Number(process.argv[4]) })
console.log(JSON.stringify({ stories: report.stories, failures: report.failures.length, seconds: (performance.now() - begun) / 1000, megabytes: process.resourceUsage().maxRSS / 1024 }))`
writeFileSync(join(folder, 'run.mjs'), program)

function run(input: string, workers: number): { stories: number; seconds: number; megabytes: number } {
  const out = join(folder, 'out')
  rmSync(out, { recursive: true, force: true })
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'run.mjs'), input, out, String(workers)], {
    encoding: 'utf8',
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

const [few, many] = [Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 2000)]
for (const count of [few, many]) {
  mkdirSync(join(folder, String(count)))
  for (let i = 0; i < count; i++) writeFileSync(join(folder, String(count), `${i}.txt`), variant(i))
}
console.log('stories  workers  stories/s  seconds  peak MB')
const results = [
  [few, 1],
  [many, 1],
  [few, 2],
  [many, 2],
].map(([count, workers]) => {
  const { stories, seconds, megabytes } = run(join(folder, String(count)), workers!)
  const line = [stories, workers!, (stories / seconds).toFixed(1), seconds.toFixed(1), Math.round(megabytes)]
  console.log(line.map((value, i) => String(value).padStart([7, 8, 10, 8, 8][i]!)).join(' '))
  return { count, workers, rate: stories / seconds, megabytes }
})
rmSync(folder, { recursive: true })
const of = (count: number, workers: number) => results.find((result) => result.count === count && result.workers === workers)!
const speedUp = of(many, 2).rate / of(many, 1).rate
const growth = of(many, 2).megabytes / of(few, 2).megabytes
console.log(
  `\n2 workers: ${speedUp.toFixed(2)} × one (at least ${limits.speedUp}); memory from ${few} to ${many} stories: × ${growth.toFixed(2)} (at most ${limits.memoryGrowth})`,
)
if (speedUp < limits.speedUp || growth > limits.memoryGrowth) process.exitCode = 1
