import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { ReadError, readStories, readStory } from '../src/read/index.js'
import * as formats from './formats.js'
import { mill } from './mill.js'

/** A small generator of numbers, the same on every run (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const bytesOf = (input: string | Uint8Array): Uint8Array => (typeof input === 'string' ? strToU8(input) : input)
const sound: readonly (readonly [name: string, bytes: Uint8Array])[] = (
  [
    ['a.txt', formats.asWrapped(mill)],
    ['a.md', formats.asMarkdown(mill)],
    ['a.html', formats.asArchiveHtml(mill, 'new')],
    ['b.html', formats.asArchivePage(mill)],
    ['c.html', formats.asFanFicFareHtml(mill)],
    ['d.html', formats.asWebPage(mill)],
    ['a.epub', formats.asArchiveEpub(mill)],
    ['b.epub', formats.asFanFicFareEpub(mill)],
    ['c.epub', formats.asFicHubEpub(mill)],
    ['a.docx', formats.asWordDocument(mill)],
  ] as const
).map(([name, input]) => [name, bytesOf(input)])

/** Breaks a file as disks, mail and hands do: cut off, bytes changed, a piece lost, doubled or moved, another file's piece inside. */
function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  const at = (limit: number): number => Math.floor(random() * limit)
  const from = at(bytes.length)
  const to = Math.min(bytes.length, from + at(2000))
  const copy = bytes.slice()
  switch (at(6)) {
    case 0:
      return bytes.slice(0, from)
    case 1:
      for (let i = 0; i < 1 + at(60); i++) copy[at(copy.length)] = at(256)
      return copy
    case 2:
      return Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(to)])
    case 3:
      return Uint8Array.from([...bytes.subarray(0, to), ...bytes.subarray(from)])
    case 4:
      return Uint8Array.from([
        ...bytes.subarray(0, from),
        ...sound[at(sound.length)]![1].subarray(0, 3000),
        ...bytes.subarray(from),
      ])
    default:
      copy.subarray(from, to).reverse()
      return copy
  }
}

describe('broken files', () => {
  const random = randomOf(7)
  const cases = Array.from({ length: 400 }, (_, i) => {
    const [name, bytes] = sound[i % sound.length]!
    return { name, bytes: mutate(bytes, random) }
  })

  test('400 mutated files give a story or a ReadError with a reason of ours, nothing else', () => {
    let stories = 0
    let errors = 0
    for (const { name, bytes } of cases) {
      for (const item of readStories(bytes, { name })) {
        if (item.error === null) {
          stories++
          const { text, chapters, paragraphs } = item.story
          expect(chapters.at(-1)!.end).toBe(text.length)
          for (const { start, end } of paragraphs) expect(start < end && end <= text.length).toBe(true)
        } else {
          errors++
          expect(item.error).toBeInstanceOf(ReadError)
          expect(item.error.message).not.toMatch(/could not be read/)
        }
      }
    }
    expect(stories).toBeGreaterThan(100)
    expect(errors).toBeGreaterThan(50)
  })

  test('a damaged EPUB never gives partial text in silence', () => {
    const epub = formats.asArchiveEpub(mill)
    const whole = readStory(epub).text
    const random = randomOf(11)
    for (let i = 0; i < 150; i++) {
      for (const item of readStories(mutate(epub, random), { name: 'a.epub' })) {
        if (item.story?.format === 'epub') expect(item.story.text).toBe(whole)
      }
    }
  })
})

describe('hostile archives', () => {
  test('a bomb is refused by its stated size, and by its real one', () => {
    const bomb = zipSync({ 'a.txt': new Uint8Array(40_000_000) })
    expect(() => readStory(bomb, { maxBytes: 1_000_000 })).toThrow(/more than the limit/)
    const lying = bomb.slice()
    const view = new DataView(lying.buffer)
    const directory = view.getUint32(lying.length - 6, true)
    view.setUint32(directory + 24, 100, true)
    expect(() => readStory(lying, { maxBytes: 1_000_000 })).toThrow(/damaged/)
  })

  test('paths with ".." only name entries', () => {
    const zip = zipSync({ '../../etc/story.txt': strToU8('She went home.') })
    expect([...readStories(zip)]).toMatchObject([{ id: 'etc/story.txt', story: { text: 'She went home.' } }])
  })

  test('a ZIP of stories gives each, broken ones with their error', () => {
    const zip = zipSync({
      'one.txt': strToU8('She went home.'),
      'two.epub': formats.asArchiveEpub(mill),
      'three.html': strToU8('<html><body><hr></body></html>'),
      'pictures/x.png': new Uint8Array([1]),
      'inner.zip': zipSync({ 'x.txt': strToU8('x') }),
    })
    expect([...readStories(zip)].map(({ id, error }) => [id, error?.code ?? 'read'])).toEqual([
      ['one.txt', 'read'],
      ['two.epub', 'read'],
      ['three.html', 'no-story'],
      ['inner.zip', 'unsupported'],
    ])
    expect(() => readStory(zip)).toThrow(/several stories/)
  })

  test('JSON Lines give each line, a bad one its error and number', () => {
    const lines = '{"id":"a","text":"One.","title":"T","fandoms":["F"]}\n\n{"text":\n{"id":7,"text":"Two."}\n'
    const items = [...readStories(lines, { name: 'x.jsonl' })]
    expect(items.map(({ id, error }) => [id, error?.message ?? 'read'])).toEqual([
      ['a', 'read'],
      ['3', 'Line 3 is not JSON.'],
      ['7', 'read'],
    ])
    expect(items[0]!.story!.metadata).toMatchObject({ title: 'T', fandoms: ['F'] })
  })
})

test.each([
  ['one paragraph of five million letters', 'word '.repeat(1_000_000)],
  ['a wall of asterisks', `# x\n\n${'**'.repeat(300_000)}`],
  ['open brackets', `# x\n\n${'[!['.repeat(200_000)}`],
  ['open tags', `<html>${'<p<'.repeat(200_000)}x`],
  ['closing tags', `<html><div>x${'</p></b>'.repeat(100_000)}`],
  ['attributes', `<html><p ${'a="'.repeat(200_000)}>x</p>`],
  ['entities', `<html><p>${'&amp;&#x41;'.repeat(200_000)}</p>`],
  ['tab and space runs', `x${' \t'.repeat(500_000)}y`],
])('%s end', (_, text) => {
  for (const name of ['x.md', 'x.txt', 'x.html'])
    for (const item of readStories(text, { name })) expect(item).toHaveProperty('error')
})
