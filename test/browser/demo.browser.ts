import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import type { Browser, Download, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { analyze } from '../../src/analyze.js'
import { payloads } from '../payloads.js'
import { launch, seriousViolations, watchedPage } from './chromium.js'

const folder = 'demo/dist'
const types: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }
let browser: Browser
let server: Server
let address: string

beforeAll(async () => {
  expect(existsSync(join(folder, 'index.html')), 'run npm run demo:build first').toBe(true)
  server = createServer(({ url }, response) => {
    const name = url === '/' ? 'index.html' : url!.slice(1).split('?')[0]!
    if (!readdirSync(folder).includes(name)) return response.writeHead(404).end()
    response
      .writeHead(200, { 'content-type': types[name.split('.').at(-1)!] ?? 'text/plain' })
      .end(readFileSync(join(folder, name)))
  }).listen(0)
  address = `http://localhost:${(server.address() as AddressInfo).port}/`
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  server?.close()
})

const scenes = [
  'Anna Hale came into the kitchen. “Is he here?” asked Anna. “Not yet,” said Ben Carter. Ben put the kettle on, and Anna sat down by the window.',
  'Three days later Clara Voss met Ben Carter at the harbour. “You are late,” said Clara. Ben laughed. “The boat was late,” he said. Clara looked at the water.',
  'That night Miss Hale walked home alone. Miss Hale thought of the harbour. “Who is there?” said Miss Hale. Nobody answered her.',
]

/** A small EPUB 3: package file, a chapter of two scenes and one of one. */
function epub(): Uint8Array {
  const chapter = (title: string, body: string) =>
    `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>${title}</title></head><body><h2>${title}</h2>${body}</body></html>`
  const paragraphs = (scene: string) => `<p>${scene}</p>`.repeat(3)
  const files = {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    'book.opf':
      '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Harbour</dc:title><dc:creator>A. Writer</dc:creator><dc:language>en</dc:language></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="b" href="b.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
    'a.xhtml': chapter('One', `${paragraphs(scenes[0]!)}<hr/>${paragraphs(scenes[1]!)}`),
    'b.xhtml': chapter('Two', paragraphs(scenes[2]!)),
  }
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, strToU8(content)])))
}

async function opened(options: Parameters<typeof watchedPage>[1] = {}) {
  const watched = await watchedPage(browser, options)
  await watched.page.goto(address)
  return watched
}

const done = (page: Page) => expect.poll(() => page.locator('#status').textContent(), { timeout: 60_000 }).toMatch(/^Done in/)

async function paste(page: Page, text: string): Promise<void> {
  await page.locator('#paste').fill(text)
  await page.locator('#analyze').click()
  await done(page)
}

async function dropEpub(page: Page): Promise<void> {
  const transfer = await page.evaluateHandle((bytes) => {
    const own = new DataTransfer()
    own.items.add(new File([new Uint8Array(bytes)], 'harbour.epub'))
    return own
  }, Array.from(epub()))
  await page.dispatchEvent('#drop', 'drop', { dataTransfer: transfer })
  await done(page)
}

const contentOf = async (download: Download): Promise<string> => readFileSync((await download.path())!, 'utf8')

async function downloaded(page: Page, click: () => Promise<void>): Promise<{ name: string; content: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()])
  return { name: download.suggestedFilename(), content: await contentOf(download) }
}

describe('the page', () => {
  test('takes a dropped EPUB, draws it, follows a merge and gives the files', async () => {
    const { page, troubles } = await opened()
    await dropEpub(page)
    expect(await page.locator('#story-title').textContent()).toBe('The Harbour')
    const storyline = page.locator('figure svg').first()
    expect(await storyline.getAttribute('aria-label')).toContain('Storyline of The Harbour')
    expect(await storyline.textContent()).toContain('Clara')
    expect(await page.locator('.scene').count()).toBe(3)

    const row = (name: string) => page.locator('tr[data-name]', { has: page.locator(`th span:text-is("${name}")`) })
    const nameAt = async (k: number) => (await page.locator('tr[data-name]').nth(k).getAttribute('data-name'))!
    const [first, second] = [await nameAt(0), await nameAt(1)]
    await page.locator('#merge-other').selectOption({ label: second })
    await page.locator('#merge-name').selectOption({ label: first })
    await page.locator('#merge button').click()
    await expect.poll(() => row(second).count(), { timeout: 60_000 }).toBe(0)
    expect(await row(first).locator('td').first().textContent()).toContain(second)
    expect(await page.locator('#corrections li').count()).toBe(1)
    await done(page)

    const csv = await downloaded(page, () => page.locator('button[data-download="csv"]').click())
    expect(csv.name).toBe('the-harbour-characters.csv')
    expect(csv.content.split('\n')[0]).toContain('name')
    const svg = await downloaded(page, () => page.locator('button[data-chart="storyline"]').click())
    expect(svg.content).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/)
    const json = await downloaded(page, () => page.locator('button[data-download="json"]').click())
    expect(JSON.parse(json.content).metadata.title).toBe('The Harbour')
    const report = await downloaded(page, () => page.locator('button[data-download="report"]').click())
    expect(report.content).toContain('Content-Security-Policy')

    await page.locator('#corrections button').click()
    await expect.poll(() => row(second).count(), { timeout: 60_000 }).toBe(1)
    expect(troubles).toEqual([])
  })

  test('gives a character another name', async () => {
    const { page, troubles } = await opened()
    await paste(page, scenes.join('\n\n* * *\n\n'))
    await page.locator('#rename-old').selectOption({ index: 0 })
    await page.locator('#rename-new').fill('The Visitor')
    await page.locator('#rename button').click()
    await expect.poll(() => page.locator('tr[data-name="The Visitor"]').count(), { timeout: 60_000 }).toBe(1)
    expect(troubles).toEqual([])
  })

  test('finds what the library finds in Node', async () => {
    const { page, troubles } = await opened()
    await page.locator('#stories').selectOption('first-person')
    await done(page)
    const own = await downloaded(page, () => page.locator('button[data-download="json"]').click())
    const story = JSON.parse(own.content)
    const { metadata, chapters, paragraphs } = story
    expect(story).toEqual(JSON.parse(JSON.stringify(analyze(story.text, { metadata, given: { chapters, paragraphs } }))))
    expect(troubles).toEqual([])
  })

  test('says what is wrong with a file that is no story', async () => {
    const { page } = await opened()
    await page
      .locator('#file')
      .setInputFiles({ name: 'picture.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]) })
    await expect.poll(() => page.locator('#status.error').textContent()).toBeTruthy()
  })

  test.each(['light', 'dark'] as const)('has no serious accessibility fault in %s, before and after', async (colorScheme) => {
    const { page, troubles } = await opened({ colorScheme })
    expect(await seriousViolations(page)).toEqual([])
    await dropEpub(page)
    expect(await seriousViolations(page)).toEqual([])
    expect(troubles).toEqual([])
  })

  test('keeps a hostile story inert', async () => {
    const { page, troubles, requests } = await opened()
    await paste(
      page,
      `${payloads.join('\n\n')}\n\n${payloads.map((payload) => `“${payload},” said Anna ${payload} Hale.`).join('\n\n')}`,
    )
    await page.mouse.wheel(0, 20_000)
    expect(await page.evaluate(() => (globalThis as { hit?: unknown }).hit)).toBeUndefined()
    expect(await page.locator('iframe, object, embed, img, video, audio, base').count()).toBe(0)
    expect(requests.filter((url) => !url.startsWith(address) && !/^(blob|data):/.test(url))).toEqual([])
    expect(troubles).toEqual([])
  })

  test('cannot send anything, from itself or from its worker', async () => {
    const { page, troubles, requests } = await opened()
    await page.evaluate(() => {
      // A worker started as the page starts its own, that tries to send.
      const blob = new Blob(['fetch(location.origin + "/leak").then(() => postMessage("sent"), () => postMessage("blocked"))'], {
        type: 'text/javascript',
      })
      const leaking = new Worker(URL.createObjectURL(blob), { type: 'module' })
      Object.assign(globalThis, {
        leak: new Promise((resolve) => leaking.addEventListener('message', ({ data }) => resolve(data))),
      })
    })
    expect(await page.evaluate(() => (globalThis as unknown as { leak: Promise<string> }).leak)).toBe('blocked')
    const outcome = await page.evaluate(async () => [
      await fetch('/leak').then(
        () => 'sent',
        () => 'blocked',
      ),
      (() => {
        try {
          new WebSocket('ws://localhost:1/leak')
          return 'sent'
        } catch {
          return 'blocked'
        }
      })(),
    ])
    expect(outcome[0]).toBe('blocked')
    expect(requests.filter((url) => url.includes('leak'))).toEqual([])
    expect(troubles.filter((trouble) => trouble.includes('Content Security Policy')).length).toBeGreaterThan(1)
  })

  test('loads little at first and at most 1.6 MB gzipped in all', async () => {
    const { page, requests } = await opened()
    await page.waitForLoadState('networkidle')
    const size = (urls: readonly string[]) =>
      urls
        .filter((url) => url.startsWith(address))
        .map((url) => gzipSync(readFileSync(join(folder, url.slice(address.length) || 'index.html')), { level: 9 }).length)
        .reduce((sum, length) => sum + length, 0)
    expect(size(requests)).toBeLessThan(100_000)
    await paste(page, scenes.join('\n\n'))
    await downloaded(page, () => page.locator('button[data-download="csv"]').click())
    expect(size(requests)).toBeGreaterThan(500_000)
    expect(size(requests)).toBeLessThan(1_600_000)
  })
})
