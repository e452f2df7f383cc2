import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { build } from 'esbuild'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordsIn } from '../src/corpus/record.js'
import * as formats from './formats.js'
import { mill } from './mill.js'

// Worker threads need files that Node can load: the command line and the worker are bundled next to the modules they import.
const cache = resolve('node_modules/.cache')
mkdirSync(cache, { recursive: true })
const folder = mkdtempSync(join(cache, 'throughline-corpus-'))
const program = join(folder, 'program.js')
const stories = join(folder, 'stories')

beforeAll(async () => {
  writeFileSync(
    join(folder, 'program.ts'),
    `import { Command } from 'commander'
import { registerCorpus } from '${resolve('src/cli/corpus.ts')}'
import { registerFilter } from '${resolve('src/cli/filter.ts')}'
const program = new Command()
registerCorpus(program)
registerFilter(program)
await program.parseAsync()`,
  )
  // A worker with two stories in it that no input can be relied on to be: one that never ends, one that eats all memory. It has none for parts.
  writeFileSync(
    join(folder, 'faulty-worker.ts'),
    `import analyzeStory from '${resolve('src/corpus/worker.ts')}'
export function writePart(task) {
  for (const all = []; ; ) all.push(new Array(1000).fill(task.part + all.length))
}
export default function faulty(task) {
  task.begun[0] = Date.now()
  if (task.id === 'endless.txt') for (;;) {}
  if (task.id === 'greedy.txt') for (const all = []; ; ) all.push(new Array(1000).fill(task.id + all.length))
  return analyzeStory(task)
}`,
  )
  writeFileSync(
    join(folder, 'limits.ts'),
    `import { analyzeCorpus } from '${resolve('src/corpus/index.ts')}'
const worker = new URL('./faulty-worker.js', import.meta.url)
const report = await analyzeCorpus({ inputs: [process.argv[2]], out: process.argv[3], workers: 2, timeLimit: 20, memoryLimit: 100, worker })
console.log(JSON.stringify(report))`,
  )
  await build({
    entryPoints: {
      program: join(folder, 'program.ts'),
      limits: join(folder, 'limits.ts'),
      'faulty-worker': join(folder, 'faulty-worker.ts'),
      'corpus-worker': 'src/corpus/worker.ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    outdir: folder,
  })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeCorpus(stories)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The mill's story with other names, so that no two stories are alike. */
const variant = (i: number): string =>
  formats
    .asText(mill)
    .replaceAll('Anna', `Anna${'abcdefghij'[i % 10]}`)
    .replaceAll('Thomas', `Thomas${'klmnopqrst'[Math.floor(i / 10)]}`)

function writeCorpus(target: string): void {
  mkdirSync(join(target, 'deep'), { recursive: true })
  for (let i = 0; i < 12; i++) writeFileSync(join(target, i % 3 === 0 ? 'deep' : '.', `story-${i}.txt`), variant(i))
  writeFileSync(join(target, 'mill.epub'), formats.asArchiveEpub(mill))
  writeFileSync(join(target, 'mill.html'), formats.asArchiveHtml(mill, 'new'))
  writeFileSync(
    join(target, 'more.zip'),
    zipSync({ 'a.txt': strToU8(variant(50)), 'b/c.md': strToU8(formats.asMarkdown(mill)), 'x.png': strToU8('no') }),
  )
  writeFileSync(
    join(target, 'records.jsonl'),
    [
      { id: 'first', text: `${variant(60)}\u2028`, fandoms: ['Mills'] },
      { text: variant(61) },
      { id: 'third' },
      { id: 'first', text: 'Again.' },
    ]
      .map((r) => JSON.stringify(r))
      .join('\n'),
  )
  writeFileSync(join(target, 'broken.epub'), formats.asArchiveEpub(mill).subarray(0, 900))
  writeFileSync(join(target, 'notes.csv'), 'not,a,story')
}

const run = (...args: string[]) => spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })

/** Every file below the folder with its content's hash. */
function fingerprint(out: string): Record<string, string> {
  const files: Record<string, string> = {}
  for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files[relative(out, path)] = createHash('sha256').update(readFileSync(path)).digest('hex')
  }
  return files
}

const lines = (path: string): Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

describe('throughline corpus', () => {
  const reference = join(folder, 'reference')
  test('writes tables, a manifest and the failures, and exits with 1 when there are some', () => {
    const { status, stderr } = run('corpus', stories, '--out', reference, '--workers', '1', '--format', 'parquet,jsonl')
    expect(status).toBe(1)
    expect(stderr).toMatch(/18 stories, 3 failed: see .*failures\.jsonl; tables in /)
    expect(lines(join(reference, 'failures.jsonl'))).toMatchObject([
      { story: 'broken.epub', code: 'truncated' },
      { story: 'third', code: 'malformed' },
      { story: 'first', code: 'duplicate-id' },
    ])
    const manifest = lines(join(reference, 'manifest.jsonl')).map(({ story }) => story)
    expect(manifest.slice(0, 2)).toEqual(['deep/story-0.txt', 'deep/story-3.txt'])
    expect(manifest).toEqual(
      expect.arrayContaining(['more.zip/a.txt', 'more.zip/b/c.md', 'first', 'records.jsonl#2', 'mill.epub']),
    )
    const rows = lines(join(reference, 'stories', 'part-00000.jsonl'))
    expect(rows.map(({ story }) => story)).toEqual(manifest)
    expect(lines(join(reference, 'mentions', 'part-00000.jsonl'))[0]).not.toHaveProperty('text')
  })

  test('any number of workers gives the same bytes', () => {
    const out = join(folder, 'three')
    run('corpus', stories, '--out', out, '--workers', '3', '--format', 'parquet,jsonl')
    expect(fingerprint(out)).toEqual(fingerprint(reference))
  })

  test('killed ten times, it ends with the same bytes and has lost no finished story', async () => {
    const out = join(folder, 'killed')
    const args = [program, 'corpus', stories, '--out', out, '--workers', '2', '--format', 'parquet,jsonl']
    let survivors = 0
    for (let kill = 0; kill < 10; kill++) {
      const child: ChildProcess = spawn(process.execPath, args, { stdio: 'ignore' })
      // Killed at a different number of finished stories each time, so that it falls into all phases.
      const goal = survivors + (kill % 3)
      while (child.exitCode === null && stored(out) < goal) await new Promise((done) => setTimeout(done, 5))
      child.kill('SIGKILL')
      if (child.exitCode === null) await once(child, 'exit')
      expect(stored(out)).toBeGreaterThanOrEqual(survivors)
      survivors = stored(out)
    }
    expect(survivors).toBeGreaterThan(0)
    const { stderr } = run(...args.slice(1))
    const [, earlier] = /\((\d+) from an earlier run\)/.exec(stderr)!
    expect(Number(earlier)).toBe(survivors)
    expect(fingerprint(out)).toEqual(fingerprint(reference))
  }, 400_000)

  test('a second run does nothing again; a changed file is redone, a removed one is gone', () => {
    const [copy, out] = [join(folder, 'copy'), join(folder, 'resumed')]
    cpSync(stories, copy, { recursive: true })
    run('corpus', copy, '--out', out)
    expect(run('corpus', copy, '--out', out).stderr).toContain('(18 from an earlier run)')
    writeFileSync(join(copy, 'story-1.txt'), 'Quite another story. “Yes,” said Rosalind Hart.')
    rmSync(join(copy, 'story-2.txt'))
    const { stderr } = run('corpus', copy, '--out', out, '--format', 'jsonl')
    expect(stderr).toContain('17 stories (16 from an earlier run)')
    const rows = lines(join(out, 'stories', 'part-00000.jsonl'))
    expect(rows.find(({ story }) => story === 'story-1.txt')).toMatchObject({ words: 7 })
    expect(rows.some(({ story }) => story === 'story-2.txt')).toBe(false)
    expect(existsSync(join(out, 'stories', 'part-00000.parquet'))).toBe(false)
    expect(stored(out)).toBe(17)
  })

  test('a journal cut off or damaged by a crash costs the stories from there on, no more', () => {
    const out = join(folder, 'torn')
    run('corpus', stories, '--out', out)
    const [records] = readdirSync(join(out, '.stories'))
    const bytes = readFileSync(join(out, '.stories', records!))
    const found = [...recordsIn(bytes)]
    expect(found).toHaveLength(18)
    rmSync(join(out, '.stories', records!))
    writeFileSync(join(out, '.stories', 'journal-00000.records'), bytes.subarray(0, found[5]!.offset + 100))
    expect(run('corpus', stories, '--out', out).stderr).toContain('(5 from an earlier run)')
    expect(readdirSync(join(out, '.stories'))).toEqual([records])
    bytes[found[9]!.offset + 200]! ^= 1
    writeFileSync(join(out, '.stories', records!), bytes)
    expect(run('corpus', stories, '--out', out, '--format', 'parquet,jsonl').stderr).toContain('(9 from an earlier run)')
    expect(fingerprint(out)).toEqual(fingerprint(reference))
  })

  test('a story past its time or memory limit is recorded, the rest go on', () => {
    const [heavy, out] = [join(folder, 'heavy'), join(folder, 'limited')]
    mkdirSync(heavy)
    for (const name of ['endless', 'greedy', 'x', 'y', 'z']) writeFileSync(join(heavy, `${name}.txt`), variant(1))
    const report = JSON.parse(spawnSync(process.execPath, [join(folder, 'limits.js'), heavy, out], { encoding: 'utf8' }).stdout)
    expect(report.failures).toMatchObject([
      { story: 'endless.txt', code: 'time-limit' },
      { story: 'greedy.txt', code: 'memory-limit' },
    ])
    expect(lines(join(out, 'manifest.jsonl')).map(({ story }) => story)).toEqual(['x.txt', 'y.txt', 'z.txt'])
    // The workers' heap was too small for the tables as well: the main thread has written them.
    expect(
      readFileSync(join(out, 'stories', 'part-00000.parquet'))
        .subarray(0, 4)
        .toString(),
    ).toBe('PAR1')
  })

  test('--max-failures stops, and leaves the tables as they were', () => {
    const bad = join(folder, 'bad')
    mkdirSync(bad)
    for (let i = 0; i < 30; i++) writeFileSync(join(bad, `${i}.txt`), '%PDF-1.7')
    const { status, stderr } = run('corpus', bad, '--out', join(folder, 'stopped'), '--max-failures', '3')
    expect(status).toBe(1)
    expect(stderr).toContain('tables not written')
    expect(existsSync(join(folder, 'stopped', 'stories'))).toBe(false)
  })

  test('Ctrl-C finishes the stories in flight and says how to go on', async () => {
    const out = join(folder, 'interrupted')
    const child = spawn(process.execPath, [program, 'corpus', stories, '--out', out, '--workers', '1'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let stderr = ''
    child.stderr.on('data', (data) => (stderr += data))
    while (child.exitCode === null && stored(out) < 1) await new Promise((done) => setTimeout(done, 5))
    child.kill('SIGINT')
    const [code] = await once(child, 'exit')
    expect(code).toBe(130)
    expect(stderr).toContain('The same command goes on from here.')
    expect(stored(out)).toBeGreaterThan(0)
  })

  test.each([
    ['an input that is not there', ['corpus', 'nowhere', '--out', 'x'], /no file or folder "nowhere"/],
    ['a glob without match', ['corpus', 'nowhere/*.txt', '--out', 'x'], /no file matches/],
    ['an unknown format', ['corpus', '.', '--out', 'x', '--format', 'xls'], /expected some of parquet, csv, jsonl/],
    ['no workers', ['corpus', '.', '--out', 'x', '--workers', '0'], /expected a number above 0/],
  ])('%s is misuse', (_, args, message) => {
    const { status, stderr } = run(...args)
    expect(status).not.toBe(0)
    expect(stderr).toMatch(message)
  })
})

/** Stories whose results are whole on disk. */
const stored = (out: string): number => {
  const store = join(out, '.stories')
  if (!existsSync(store)) return 0
  const keys = readdirSync(store).flatMap((name) => [...recordsIn(readFileSync(join(store, name)))].map(({ story }) => story))
  return new Set(keys).size
}

describe('throughline filter', () => {
  const input = [
    JSON.stringify({ id: 'a', text: variant(1) }),
    'no JSON',
    '',
    JSON.stringify({ id: 9 }),
    JSON.stringify({ text: variant(2) }),
  ]
  const filter = (text: string) => spawnSync(process.execPath, [program, 'filter'], { input: text, encoding: 'utf8' })

  test('gives one line per story in order, errors with their line number', () => {
    const { status, stdout } = filter(`${input.join('\n')}\n`)
    const results = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
    expect(status).toBe(1)
    expect(results).toMatchObject([
      { id: 'a', story: { schemaVersion: 1 } },
      { id: null, line: 2, error: { code: 'malformed', message: 'Line 2 is not JSON.' } },
      { id: '9', line: 4, error: { code: 'malformed' } },
      { id: '5', story: { schemaVersion: 1 } },
    ])
    expect(results[0].story).not.toHaveProperty('text')
  })

  test('a line ends with a line feed alone, whatever stands within a string; a byte order mark is no part of the first', () => {
    const text = `He came.\u2028She went.\u2029“Yes,” said Anna.`
    const records = [
      { id: 'a', text },
      { id: 'b', text: variant(2) },
    ].map((record) => JSON.stringify(record))
    const { status, stdout } = filter(`\ufeff${records.join('\r\n')}`)
    expect(status).toBe(0)
    expect(stdout.split('\n').map((line) => line.slice(0, 9))).toEqual(['{"id":"a"', '{"id":"b"', ''])
  })

  test('cut into pieces and put together it gives the same lines', () => {
    const [one, two] = [JSON.stringify({ id: 'a', text: variant(3) }), JSON.stringify({ id: 'b', text: variant(4) })]
    expect(filter(`${one}\n`).stdout + filter(`${two}\n`).stdout).toBe(filter(`${one}\n${two}\n`).stdout)
  })
})
