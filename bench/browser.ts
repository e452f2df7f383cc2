/**
 * What a reader waits for in Chromium: `npm run bench:browser` after `npm run build` and `npm run demo:build`. The page analyses
 * 100,000 words in its worker; a report of 300,000 words opens and is scrolled. Medians of three.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { novelOf } from './novel.js'

/** Seconds. */
const limits = { analysis: 3, report: 3 }
const rounds = 3

const library = <T>(file: string): Promise<T> => import(pathToFileURL(join(process.cwd(), 'dist', file)).href) as Promise<T>
const { analyze } = await library<typeof import('../src/index.js')>('index.js')
const { renderReport } = await library<typeof import('../src/chart/index.js')>('chart.js')
// Not bundled: it finds its own files.
const { chromium } = createRequire(join(process.cwd(), 'package.json'))('playwright') as typeof import('playwright')
const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!

const folder = mkdtempSync(join(tmpdir(), 'throughline-browser-'))
const report = join(folder, 'report.html')
writeFileSync(report, renderReport(analyze(novelOf(300_000))))

const types: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }
const files = new Set(readdirSync('demo/dist'))
const server = createServer(({ url }, response) => {
  const name = url === '/' ? 'index.html' : url!.slice(1).split('?')[0]!
  if (!files.has(name)) return response.writeHead(404).end()
  return response
    .writeHead(200, { 'content-type': types[name.split('.').at(-1)!] ?? 'text/plain' })
    .end(readFileSync(join('demo/dist', name)))
}).listen(0)
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })

const novel = join(folder, 'novel.txt')
writeFileSync(novel, novelOf(100_000))
const analyses: number[] = []
const waits: number[] = []
for (let round = 0; round < rounds; round++) {
  const page = await browser.newPage()
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`)
  const begun = performance.now()
  await page.locator('#file').setInputFiles(novel)
  await page.waitForFunction(() => /^Done in/.test(document.querySelector('#status')!.textContent!), null, { timeout: 120_000 })
  waits.push((performance.now() - begun) / 1000)
  analyses.push(Number(/[\d.]+/.exec((await page.locator('#status').textContent())!)![0]))
  await page.close()
}

const opens: number[] = []
const scrolls: number[] = []
for (let round = 0; round < rounds; round++) {
  const page = await browser.newPage()
  const begun = performance.now()
  await page.goto(pathToFileURL(report).href)
  const painted = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await painted()
  opens.push((performance.now() - begun) / 1000)
  const scrolling = performance.now()
  for (const share of [0.2, 0.4, 0.6, 0.8, 1]) {
    await page.evaluate((to) => scrollTo(0, document.body.scrollHeight * to), share)
    await painted()
  }
  scrolls.push((performance.now() - scrolling) / 5000)
  await page.close()
}
await browser.close()
server.close()
rmSync(folder, { recursive: true })

const [analysis, wait, open, scroll] = [analyses, waits, opens, scrolls].map(median) as [number, number, number, number]
console.log(
  `page, 100,000 words: analysed in ${analysis.toFixed(1)} s (limit ${limits.analysis}), drawn after ${wait.toFixed(1)} s`,
)
console.log(
  `report, 300,000 words: opens in ${open.toFixed(1)} s (limit ${limits.report}), a leap within it ${(scroll * 1000).toFixed(0)} ms`,
)
if (analysis > limits.analysis || open > limits.report) process.exitCode = 1
