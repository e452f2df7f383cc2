import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatGold, type GoldStory } from '../corpus/gold.js'
import { compileStory } from '../corpus/marked.js'
import { archivePage } from '../corpus/page.js'
import { readStory } from '../src/read/index.js'

const folder = join(import.meta.dirname, '..', 'corpus')
const ids = readdirSync(join(folder, 'source')).map((file) => basename(file, '.txt'))
const goldOf = (id: string): GoldStory => JSON.parse(readFileSync(join(folder, `${id}.json`), 'utf8'))

describe.each(ids)('%s', (id) => {
  const gold = goldOf(id)
  const { text } = gold

  test('the compiled files are what the marked source compiles to', () => {
    const { gold: compiled } = compileStory(id, readFileSync(join(folder, 'source', `${id}.txt`), 'utf8'))
    expect(formatGold(compiled)).toBe(readFileSync(join(folder, `${id}.json`), 'utf8'))
    expect(readFileSync(join(folder, `${id}.txt`), 'utf8')).toBe(text)
  })

  test('has 800 to 4,000 words', () => {
    const words = text.match(/\S+/gu)!.length
    expect(words).toBeGreaterThanOrEqual(800)
    expect(words).toBeLessThanOrEqual(4000)
  })

  test('every span lies in the text and neither starts nor ends in white space', () => {
    for (const { start, end } of [...gold.mentions, ...gold.quotes, ...gold.quoted, ...gold.paragraphs]) {
      expect(start).toBeGreaterThanOrEqual(0)
      expect(end).toBeGreaterThan(start)
      expect(end).toBeLessThanOrEqual(text.length)
      expect(text.slice(start, end)).toBe(text.slice(start, end).trim())
    }
  })

  test('mentions are sorted, nest without crossing, and no two share a span', () => {
    const seen = new Set<string>()
    const open: number[] = []
    for (const { start, end, text: words } of gold.mentions) {
      expect(text.slice(start, end)).toBe(words)
      expect(seen.has(`${start}-${end}`)).toBe(false)
      seen.add(`${start}-${end}`)
      while (open.length && open.at(-1)! <= start) open.pop()
      if (open.length) expect(end).toBeLessThanOrEqual(open.at(-1)!)
      open.push(end)
    }
    const starts = gold.mentions.map(({ start }) => start)
    expect(starts).toEqual([...starts].sort((a, b) => a - b))
  })

  test('a mention does not run over the edge of a quotation', () => {
    for (const quotation of gold.quotes)
      for (const { start, end, text: words } of gold.mentions) {
        const entering = start < quotation.start && end > quotation.start && end < quotation.end
        const leaving = start > quotation.start && start < quotation.end && end > quotation.end
        expect(entering || leaving, words).toBe(false)
      }
  })

  test('every speaker, addressee, narrator and focal character is a character or a cluster with a mention', () => {
    const clusters = new Set(gold.mentions.map(({ cluster }) => cluster))
    const names = new Set(gold.characters.map(({ name }) => name))
    const characterIds = new Set(gold.characters.map((character) => character.id))
    for (const character of gold.characters) expect(clusters, character.name).toContain(character.id)
    for (const { speaker, addressee } of gold.quotes) {
      expect(characterIds).toContain(speaker)
      if (addressee !== null) expect(clusters).toContain(addressee)
    }
    for (const { narrator, focal } of gold.segments)
      for (const name of [narrator, focal]) if (name !== null) expect(names).toContain(name)
  })

  test('every quotation mark opens or closes an annotated quotation', () => {
    const covered = new Uint8Array(text.length)
    for (const { start, end } of [...gold.quotes, ...gold.quoted]) covered.fill(1, start, end)
    for (const match of text.matchAll(/["“”«»‘]/gu))
      expect(covered[match.index], text.slice(match.index - 30, match.index + 30)).toBe(1)
    for (const { start, end } of gold.quotes) expect(text.slice(start, end)).not.toMatch(/\n\s*\n/u)
  })

  test('scenes, segments and chapters cover the text without gap or overlap, and keep to their chapters', () => {
    for (const spans of [gold.scenes, gold.segments, gold.chapters]) {
      expect(spans[0]!.start).toBe(0)
      expect(spans.at(-1)!.end).toBe(text.length)
      for (let i = 1; i < spans.length; i++) expect(spans[i]!.start).toBe(spans[i - 1]!.end)
    }
    const pieces = [
      ...gold.scenes.map(({ chapter, ...span }) => ({ ...span, chapter })),
      ...gold.segments.map(({ chapterIndex, ...span }) => ({ ...span, chapter: chapterIndex })),
    ]
    for (const { start, end, chapter } of pieces) {
      expect(start).toBeGreaterThanOrEqual(gold.chapters[chapter]!.start)
      expect(end).toBeLessThanOrEqual(gold.chapters[chapter]!.end)
    }
  })
})

test('every gold file has a marked source', () => {
  for (const file of readdirSync(folder))
    if (file.endsWith('.json')) expect(existsSync(join(folder, 'source', `${basename(file, '.json')}.txt`)), file).toBe(true)
})

describe('four-chapters.html', () => {
  const gold = goldOf('four-chapters')
  const page = readFileSync(join(folder, 'four-chapters.html'), 'utf8')

  test('is the page that the gold compiles to', () => {
    expect(archivePage(gold)).toBe(page)
  })

  test('read back, has the chapters and the prose of the text, and keeps the notes apart', () => {
    const { text, chapters } = readStory(page)
    const plain = (words: string) => words.replace(/[*\s]+/gu, ' ').trim()
    const prose = gold.paragraphs
      .filter(({ kind }) => kind === 'prose')
      .map(({ start, end }) => plain(gold.text.slice(start, end)))
    for (const paragraph of prose) expect(plain(text)).toContain(paragraph)
    for (const { start, end } of gold.paragraphs.filter(({ kind }) => kind === 'note'))
      expect(plain(text)).not.toContain(plain(gold.text.slice(start, end)).slice(10, 40))
    expect(chapters.map(({ title }) => title)).toEqual(
      gold.chapters.slice(1).map(({ title }) => title.replace(/^Chapter \d+: /u, '')),
    )
  })
})
