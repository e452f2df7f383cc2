import { describe, expect, test } from 'vitest'
import { ReadError, readStory, type StoryFile, sourceOf } from '../src/read/index.js'
import * as formats from './formats.js'
import { mill } from './mill.js'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** What every format must give: the paragraphs of the story, chapter by chapter. */
const files: readonly (readonly [format: string, name: string, input: string | Uint8Array])[] = [
  ['txt', 'mill.txt', formats.asText(mill)],
  ['hard-wrapped txt', 'mill.txt', formats.asWrapped(mill)],
  ['txt with CRLF and a byte order mark', 'mill.txt', utf8(`\ufeff${formats.asText(mill).replaceAll('\n', '\r\n')}`)],
  ['Markdown', 'mill.md', formats.asMarkdown(mill)],
  ['AO3 HTML, old template', 'mill.html', formats.asArchiveHtml(mill, 'old')],
  ['AO3 HTML, template of 2026', 'mill.html', formats.asArchiveHtml(mill, 'new')],
  ['AO3 work page', 'mill.html', formats.asArchivePage(mill)],
  ['AO3 EPUB', 'mill.epub', formats.asArchiveEpub(mill)],
  ['FanFicFare HTML', 'mill.html', formats.asFanFicFareHtml(mill)],
  ['FanFicFare EPUB', 'mill.epub', formats.asFanFicFareEpub(mill)],
  ['FanFicFare TXT', 'mill.txt', formats.asFanFicFareText(mill)],
  ['FanFicFare TXT, wrapped', 'mill.txt', formats.asFanFicFareText(mill, 72)],
  ['FicHub EPUB', 'mill.epub', formats.asFicHubEpub(mill)],
  ['another web page', 'mill.html', formats.asWebPage(mill)],
  ['DOCX', 'mill.docx', formats.asWordDocument(mill)],
]

/** The story's paragraphs without headings, emphasis marks made one. */
const bodyOf = ({ text, paragraphs }: StoryFile): string[] =>
  paragraphs.filter(({ kind }) => kind !== 'heading').map(({ start, end }) => text.slice(start, end).replaceAll('_', '*'))

describe('readStory', () => {
  test.each(files)('%s gives the same paragraphs, breaks and chapters', (_, name, input) => {
    const story = readStory(input, { name })
    expect(bodyOf(story)).toEqual(mill.chapters.flatMap(({ paragraphs }) => paragraphs))
    expect(story.breaks).toHaveLength(1)
    expect(story.chapters.map(({ title }) => title?.replace(/^Chapter \d: /, ''))).toEqual(['The Letter', 'The Return'])
    for (const { start, end } of story.paragraphs) expect(story.text.slice(start, end)).toMatch(/^\S[\s\S]*\S$|^\S$/)
  })

  test('chapters cover the text', () => {
    for (const [, name, input] of files) {
      const { chapters, text } = readStory(input, { name })
      expect(chapters[0]!.start).toBe(0)
      expect(chapters.at(-1)!.end).toBe(text.length)
      expect(chapters.slice(1).map(({ start }) => start)).toEqual(chapters.slice(0, -1).map(({ end }) => end))
    }
  })

  test('an AO3 download tells title, author, tags, dates and words; its notes are kept apart', () => {
    const { metadata, cast, notes, text } = readStory(formats.asArchiveHtml(mill, 'new'))
    expect(metadata).toMatchObject({
      title: mill.title,
      author: 'Sam Fields',
      language: 'en',
      source: 'ao3',
      url: 'https://archiveofourown.org/works/987654',
      fandoms: ['Original Work'],
      relationships: ['Anna Hale/Thomas Reed'],
      rating: 'General Audiences',
      warnings: ['No Archive Warnings Apply', 'Creator Chose Not To Use Archive Warnings'],
      summary: 'A mill, a letter.',
      published: '2021-05-06',
      words: 1234,
    })
    expect(cast).toEqual([{ name: 'Anna Hale' }, { name: 'Thomas Reed' }])
    expect(notes).toEqual([
      { chapter: null, label: 'Summary', place: 'before', text: 'A mill, a letter.' },
      { chapter: null, label: 'End Notes', place: 'after', text: 'Thank you for reading!' },
      { chapter: 1, label: 'Chapter Notes', place: 'before', text: 'I said Thomas would be back.' },
      { chapter: 1, label: 'Chapter End Notes', place: 'after', text: 'Bye.' },
    ])
    expect(text).not.toMatch(/would be back|Thank you|A mill, a letter/)
  })

  test.each(files.filter(([format]) => /AO3|FanFicFare|FicHub/.test(format)))(
    '%s tells title, author and words',
    (_, name, input) => {
      expect(readStory(input, { name }).metadata).toMatchObject({ title: mill.title, author: 'Sam Fields', words: 1234 })
    },
  )

  test('offsets of text formats lead back to the very characters', () => {
    for (const [format, name, input] of files.filter(([format]) => /txt|TXT|Markdown/.test(format))) {
      const source = typeof input === 'string' ? input : new TextDecoder().decode(input)
      const story = readStory(input, { name })
      let exact = 0
      for (let at = 0; at < story.text.length; at += 7) {
        const origin = sourceOf(story, at)
        if (origin === null || !/\S/.test(story.text[at]!)) continue
        expect(source[origin.offset], `${format} at ${at}`).toBe(story.text[at])
        exact++
      }
      expect(exact).toBeGreaterThan(150)
    }
  })

  test('offsets of markup lead to the chapter’s element', () => {
    const source = formats.asArchiveHtml(mill, 'old')
    const story = readStory(source)
    const origin = sourceOf(story, story.text.indexOf('Three years later'))!
    expect(source.slice(origin.offset)).toMatch(/^<div class="userstuff">\s*<p>Three years later/)
    const epub = readStory(formats.asArchiveEpub(mill))
    expect(sourceOf(epub, epub.text.indexOf('Three years later'))).toMatchObject({ path: 'Story_split_003.xhtml', exact: false })
  })
})

describe('markup to text', () => {
  const chapter = (html: string): string[] => bodyOf(readStory(`<html><body><div id="storytext">${html}</div></body></html>`))

  test.each([
    ['block ends are line ends', '<p>He came.</p><p>She left.</p>', ['He came.', 'She left.']],
    [
      'layout before a comma is closed up',
      '<p>\n  <em>\n <span>Name</span>\n </em>\n <span>, who came</span>\n</p>',
      ['*Name*, who came'],
    ],
    ['layout before an opening apostrophe stays', '<p>said <em>he</em>\n<span>’twas late</span></p>', ['said *he* ’twas late']],
    [
      'italics over several paragraphs are marked in each',
      '<em><p>Dear Anna,</p><p>I left.</p></em>',
      ['*Dear Anna,*', '*I left.*'],
    ],
    ['bold goes, italics stay tight around their words', '<p>a <b>b</b> <i> c </i>d</p>', ['a b *c* d']],
    ['a break by <br> ends a paragraph', '<p>“One?”<br/>“Two.”</p>', ['“One?”', '“Two.”']],
    ['text before the first paragraph is text', 'Bare text.<p>More.</p>', ['Bare text.', 'More.']],
    ['stacked rules are one break, none at the ends', '<hr><p>A a.</p><hr><p></p><hr><p>B b.</p><hr>', ['A a.', '* * *', 'B b.']],
    [
      'a repeated image divides, a single one goes',
      '<p>A.</p><img src="d.png"><p>B.</p><img src="d.png"><p>C.</p><p><img src="map.jpg" alt="a map"></p><p>D.</p>',
      ['A.', '* * *', 'B.', '* * *', 'C.', 'D.'],
    ],
    ['no-break spaces and soft hyphens are layout', '<p>&nbsp;&nbsp;mid&shy;night&nbsp;came</p>', ['midnight came']],
  ])('%s', (_, html, expected) => expect(chapter(html)).toEqual(expected))

  const lines = Array.from({ length: 20 }, (_, i) => `<p>Line ${i}.</p>`)
  const withBlanks = (every: number, long: number[]): string =>
    lines.map((line, i) => line + '<p>&nbsp;</p>'.repeat(long.includes(i) ? 4 : i % every === 0 ? 1 : 0)).join('')

  test('rare empty paragraphs divide', () =>
    expect(chapter(withBlanks(100, [9])).filter((line) => line === '* * *')).toHaveLength(2))
  test('usual ones do not, a longer run does', () => {
    const text = chapter(withBlanks(1, [9]))
    expect(text.filter((line) => line === '* * *')).toHaveLength(1)
    expect(text.indexOf('* * *')).toBe(10)
  })
})

describe('what is no story', () => {
  const ao3 = (content: string): string =>
    `<html><head><title>Archive of Our Own</title></head><body><div id="outer" class="wrapper"><div id="header">AO3</div><div id="main">${content}</div></div></body></html>`
  const epub = formats.asArchiveEpub(mill)
  test.each([
    ['an empty file', '', 'empty'],
    ['white space', ' \n\n ', 'empty'],
    ['a PDF', utf8('%PDF-1.7 …'), 'unsupported'],
    ['an image', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0]), 'unsupported'],
    ['bytes', Uint8Array.from({ length: 500 }, (_, i) => (i * 37) % 256), 'unsupported'],
    ['a truncated EPUB', epub.subarray(0, epub.length - 200), 'truncated'],
    ['an adult notice', ao3('<p class="caution">This work could have adult content.</p>'), 'notice-page'],
    [
      'an unrevealed work',
      ao3('<div class="notice">This work is part of an ongoing challenge and will be revealed soon!</div>'),
      'notice-page',
    ],
    [
      'a log-in page',
      '<html><head><title>Log in</title></head><body><form><input type="password"></form><p>Log in.</p></body></html>',
      'notice-page',
    ],
    ['a page without text', '<html><body><hr><div>***</div></body></html>', 'no-story'],
    ['a JSON line without text', '{"id": 1, "title": "x"}', 'malformed'],
    ['markup nested too deep', `<html>${'<div>'.repeat(5000)}x`, 'malformed'],
  ])('%s', (_, input, code) => {
    expect(() => readStory(input)).toThrow(ReadError)
    try {
      readStory(input)
    } catch (error) {
      expect(error).toMatchObject({ code })
    }
  })

  test('a work of two words is a story', () => {
    const story = ao3('<div id="workskin"><div id="chapters"><div class="userstuff"><p>See video.</p></div></div></div>')
    expect(readStory(story).text).toBe('See video.')
  })

  test('windows-1252 is read by table', () => {
    const bytes = new Uint8Array([...'He said '].map((c) => c.charCodeAt(0)).concat([0x93, 0x49, 0x74, 0x92, 0x73, 0x94, 0x85]))
    expect(readStory(bytes, { name: 'a.txt' }).text).toBe('He said “It’s”…')
  })

  test('UTF-16 with and without a mark', () => {
    for (const mark of [[0xff, 0xfe], []]) {
      const units = [...'It was late, and she said so.'].flatMap((c) => [c.charCodeAt(0), 0])
      expect(readStory(new Uint8Array([...mark, ...units])).text).toBe('It was late, and she said so.')
    }
  })
})
