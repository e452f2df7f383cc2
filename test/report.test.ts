import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { Parser } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { renderReport, reportPolicy } from '../src/chart/index.js'
import { registerChart } from '../src/cli/chart.js'
import { registerReport } from '../src/cli/report.js'
import type { Story } from '../src/types.js'
import { payloads } from './payloads.js'
import { syntheticStory } from './synthetic.js'

const voids = new Set(['meta', 'br'])

/** Elements, attributes, ids and text of a page; throws where tags do not nest. */
function pageOf(html: string) {
  const tags: { name: string; attributes: Record<string, string> }[] = []
  const ids: string[] = []
  const open: string[] = []
  let paragraphs = ''
  const parser = new Parser({
    onopentag(name, attributes) {
      tags.push({ name, attributes })
      if (attributes.id !== undefined) ids.push(attributes.id)
      if (!voids.has(name)) open.push(name)
      if (name === 'p' || name === 'h3') paragraphs += '\n'
    },
    ontext(text) {
      if (open.includes('p') || open.includes('h3')) paragraphs += text
    },
    onclosetag(name, implied) {
      if (voids.has(name)) return
      if (implied && ['p', 'li', 'tr', 'td', 'th'].includes(name)) throw new Error(`<${name}> is not closed`)
      if (open.pop() !== name) throw new Error(`</${name}> does not nest`)
    },
  })
  parser.write(html.replace('<!doctype html>', ''))
  parser.end()
  if (open.length > 0) throw new Error(`left open: ${open.join(' ')}`)
  return { tags, ids, paragraphs }
}

/** A story whose every string is hostile. */
function hostileStory(): Story {
  const story = syntheticStory({
    characters: 12,
    scenes: 20,
    names: payloads,
    title: payloads[0]!,
    chapterTitle: (k) => payloads[k]!,
  })
  return {
    ...story,
    metadata: { ...story.metadata, author: payloads[1]!, fandoms: payloads },
    characters: story.characters.map((character, k) => ({
      ...character,
      aliases: payloads.map((text) => ({ text, type: 'name' as const, count: k })),
    })),
    scenes: story.scenes.map((scene, k) => ({ ...scene, setting: { ...scene.setting, place: payloads[k]! } })),
    viewpoints: story.viewpoints.map((viewpoint) => ({ ...viewpoint, cue: payloads[3]! })),
    quotations: story.quotations.map((quotation, k) => ({ ...quotation, cue: payloads[k % payloads.length]! })),
    diagnostics: payloads.map((message) => ({ code: 'x', message, span: null })),
  }
}

describe('renderReport', () => {
  const story = syntheticStory({ characters: 14, scenes: 40 })
  const html = renderReport(story)
  const page = pageOf(html)

  test('names the digests of its own style sheet and script in its policy', () => {
    const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    expect(reportPolicy).toContain(`style-src ${digest(html.match(/<style>([\s\S]*?)<\/style>/)![1]!)};`)
    expect(reportPolicy).toContain(`script-src ${digest(html.match(/<script>([\s\S]*?)<\/script>/)![1]!)};`)
    expect(reportPolicy).toMatch(/^default-src 'none';/)
    expect(reportPolicy).not.toContain('unsafe')
  })

  test('links only within the page, and every link arrives', () => {
    const links = page.tags.filter(({ name }) => name === 'a').map(({ attributes }) => attributes.href!)
    expect(links.length).toBeGreaterThan(100)
    expect(links.filter((href) => !page.ids.includes(href.slice(1)) || !href.startsWith('#'))).toEqual([])
    expect(new Set(page.ids).size).toBe(page.ids.length)
  })

  test('holds every paragraph of the text, word for word', () => {
    for (const { start, end } of story.paragraphs) expect(page.paragraphs).toContain(story.text.slice(start, end))
  })

  test('marks each scene, viewpoint, quotation and mention', () => {
    const count = (test: (classes: string[]) => boolean) =>
      page.tags.filter(({ attributes }) => test((attributes.class ?? '').split(' '))).length
    expect(count((classes) => classes.includes('scene'))).toBe(40)
    expect(count((classes) => classes.includes('shift'))).toBe(story.viewpoints.length)
    expect(count((classes) => classes.includes('q'))).toBe(story.quotations.length)
    expect(count((classes) => classes.includes('m'))).toBe(story.mentions.length)
  })

  test('nests whatever the layers do: spans that cross, touch, nest or leave their paragraph', () => {
    const text = 'One two three four.\n\nFive six seven.'
    const mention = { character: 'c0', mentionType: 'PROP', quotation: null, confidence: 1 } as const
    const quotation = { ...syntheticStory({ characters: 2, scenes: 6 }).quotations[0]!, kind: 'speech' } as const
    const crossed: Story = {
      ...syntheticStory({ characters: 1, scenes: 1 }),
      text,
      chapters: [{ start: 0, end: text.length, title: null }],
      paragraphs: [
        { start: 0, end: 19, kind: 'prose' },
        { start: 21, end: text.length, kind: 'prose' },
      ],
      quotations: [{ ...quotation, start: 4, end: 26 }],
      mentions: [
        { ...mention, start: 0, end: 7 },
        { ...mention, start: 4, end: 4 },
        { ...mention, start: 5, end: 13 },
        { ...mention, start: 8, end: 19 },
        { ...mention, start: 21, end: 30 },
        { ...mention, start: 21, end: 25 },
      ],
    }
    const { paragraphs } = pageOf(renderReport(crossed))
    expect(paragraphs).toContain('\nOne two three four.')
    expect(paragraphs).toContain('\nFive six seven.')
  })

  test('shows a hostile story as text: no element, attribute or direction of its own', () => {
    const hostile = renderReport(hostileStory())
    const { tags } = pageOf(hostile)
    const allowed = new Set(page.tags.map(({ name }) => name).concat('ul', 'li', 'details', 'summary', 'polyline', 'polygon'))
    expect(tags.filter(({ name }) => !allowed.has(name))).toEqual([])
    expect(tags.filter(({ name }) => name === 'script')).toHaveLength(1)
    expect(tags.filter(({ attributes }) => Object.keys(attributes).some((key) => /^on|^style$|^src/.test(key)))).toEqual([])
    expect(tags.filter(({ attributes }) => attributes.href !== undefined && !/^#[a-z]+\d*$/.test(attributes.href))).toEqual([])
    expect(hostile).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u)
  })

  test.each([0, 1])('works for a story of %i scenes and nobody', (scenes) => {
    expect(pageOf(renderReport(syntheticStory({ characters: 0, scenes, title: null }))).paragraphs).toContain(
      'Made with throughline',
    )
  })

  test('is the same for the same story', () => {
    expect(renderReport(JSON.parse(JSON.stringify(story)))).toBe(html)
  })
})

describe('command line', () => {
  const run = async (...args: string[]) => {
    const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
    registerReport(program)
    registerChart(program)
    await program.parseAsync(['node', 'throughline', ...args])
  }
  const inFolder = async (work: (folder: string) => Promise<void>) => {
    const folder = await mkdtemp(join(tmpdir(), 'throughline-'))
    try {
      await writeFile(join(folder, 'story.txt'), '“Come in,” said Anna.\n\nBen came in.\n\n* * *\n\nAnna left.\n')
      await work(folder)
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  test('report writes a page', () =>
    inFolder(async (folder) => {
      await run('report', join(folder, 'story.txt'), '-o', join(folder, 'report.html'), '--title', 'Two & a door')
      const html = await readFile(join(folder, 'report.html'), 'utf8')
      expect(pageOf(html).paragraphs).toContain('Ben came in.')
      expect(html).toContain('<h1>Two &amp; a door</h1>')
    }))

  test('chart writes a picture or a specification', () =>
    inFolder(async (folder) => {
      await run('chart', 'storyline', join(folder, 'story.txt'), '-o', join(folder, 'a.svg'), '--width', '500')
      expect(await readFile(join(folder, 'a.svg'), 'utf8')).toMatch(
        /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 500 /,
      )
      await run('chart', 'pacing', join(folder, 'story.txt'), '-o', join(folder, 'a.json'), '--spec')
      expect(JSON.parse(await readFile(join(folder, 'a.json'), 'utf8')).$schema).toContain('vega-lite')
    }))

  test.each([[['chart', 'portrait', 'story.txt']], [['chart', 'storyline', 'story.txt', '--width', '-3']], [['report']]])(
    '%j is misuse',
    async (args) => {
      await expect(run(...args)).rejects.toThrow()
    },
  )
})
