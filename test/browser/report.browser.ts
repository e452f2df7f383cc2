import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { analyze } from '../../src/analyze.js'
import { renderReport } from '../../src/chart/index.js'
import type { Story } from '../../src/types.js'
import { payloads } from '../payloads.js'
import { syntheticStory } from '../synthetic.js'
import { launch, seriousViolations, watchedPage } from './chromium.js'

let browser: Browser
const folder = mkdtempSync(join(tmpdir(), 'throughline-report-'))
let count = 0
const page = (story: Story): string => {
  const file = join(folder, `report-${count++}.html`)
  writeFileSync(file, renderReport(story))
  return pathToFileURL(file).href
}
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})

describe('a hostile story', () => {
  const synthetic = syntheticStory({
    characters: 40,
    scenes: 40,
    names: payloads,
    title: payloads[8]!,
    chapterTitle: (k) => payloads[k]!,
  })
  const cases: [string, Story][] = [
    [
      'in its text',
      analyze(
        `${payloads.join('\n\n')}\n\n${payloads.map((payload) => `“${payload},” said Anna ${payload} Hale.`).join('\n\n')}`,
      ),
    ],
    [
      'in its names, titles, places and remarks',
      {
        ...synthetic,
        metadata: { ...synthetic.metadata, author: payloads[7]!, fandoms: payloads },
        characters: synthetic.characters.map((character, k) => ({
          ...character,
          aliases: [{ text: payloads[k]!, type: 'name' as const, count: 1 }],
        })),
        scenes: synthetic.scenes.map((scene, k) => ({ ...scene, setting: { ...scene.setting, place: payloads[k]! } })),
        diagnostics: payloads.map((message) => ({ code: 'x', message, span: null })),
      },
    ],
  ]
  test.each(cases)('%s stays inert', async (_, story) => {
    const { page: tab, troubles, requests } = await watchedPage(browser)
    const address = page(story)
    await tab.goto(address)
    for (const mention of (await tab.locator('.m').all()).slice(0, 20)) await mention.hover()
    for (const button of (await tab.locator('button').all()).slice(0, 10)) await button.click()
    await tab.locator('summary').first().click()
    await tab.keyboard.press('n')
    await tab.mouse.wheel(0, 20_000)
    expect(await tab.evaluate(() => (globalThis as { hit?: unknown }).hit)).toBeUndefined()
    expect(await tab.locator('iframe, object, embed, img, form, input, video, audio, base, link').count()).toBe(0)
    expect(requests.filter((url) => !url.startsWith(address))).toEqual([])
    expect(troubles).toEqual([])
    expect(await tab.evaluate(() => /[\u202a-\u202e\u2066-\u2069]/.test(document.documentElement.outerHTML))).toBe(false)
  })

  test('could not run a script even if one got in', async () => {
    const { page: tab, troubles } = await watchedPage(browser)
    await tab.goto(page(syntheticStory({ characters: 2, scenes: 2 })))
    await tab.evaluate(() => {
      document.body.insertAdjacentHTML(
        'beforeend',
        '<img src="data:x," onerror="window.hit=1"><a id="bad" href="javascript:window.hit=2">x</a>',
      )
      const script = document.createElement('script')
      script.textContent = 'window.hit=3'
      document.body.append(script)
      document.getElementById('bad')!.click()
    })
    expect(await tab.evaluate(() => (globalThis as { hit?: unknown }).hit)).toBeUndefined()
    expect(troubles.length).toBeGreaterThan(0)
  })
})

describe('the page', () => {
  const story = syntheticStory({ characters: 14, scenes: 40 })

  test.each(['light', 'dark'] as const)('has no serious accessibility fault in %s', async (colorScheme) => {
    const { page: tab, troubles } = await watchedPage(browser, { colorScheme })
    await tab.goto(page(story))
    expect(await seriousViolations(tab)).toEqual([])
    expect(troubles).toEqual([])
  })

  test('leads from a scene in a chart, and by keys, to its text', async () => {
    const { page: tab } = await watchedPage(browser)
    await tab.goto(page(syntheticStory({ characters: 30, scenes: 300, words: 400 })))
    const top = (id: string) => tab.evaluate((name) => document.getElementById(name)!.getBoundingClientRect().top, id)
    await tab.locator('figure a[href="#s150"]').first().click({ force: true })
    await expect.poll(() => top('s150')).toBeLessThan(140)
    expect(await top('s150')).toBeGreaterThan(0)
    await tab.waitForTimeout(600)
    await tab.keyboard.press('n')
    await expect.poll(() => tab.evaluate(() => location.hash)).toBe('#s151')
    await expect.poll(() => top('s151')).toBeLessThan(140)
  })

  test('lights up one character from the cast', async () => {
    const { page: tab } = await watchedPage(browser)
    await tab.goto(page(story))
    await tab.locator('#c1 button').click()
    const own = story.mentions.filter(({ character }) => character === 'c1').length
    expect(await tab.locator('.lit').count()).toBe(own)
    await tab.locator('#c1 button').click()
    expect(await tab.locator('.lit').count()).toBe(0)
  })

  test('reads well without script, and when printed', async () => {
    const { page: tab } = await watchedPage(browser, { javaScriptEnabled: false })
    await tab.goto(page(story))
    await tab.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await tab.locator('nav').isVisible()).toBe(false)
    expect(await tab.locator('.reader p').last().isVisible()).toBe(true)
    expect((await tab.pdf({ format: 'A4' })).length).toBeGreaterThan(20_000)
  })
})
