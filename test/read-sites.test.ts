import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { castOfTags, readStory, type StoryFile } from '../src/read/index.js'
import { isoDate, languageTag } from '../src/read/metadata.js'

const body = ({ text, paragraphs }: StoryFile): string[] =>
  paragraphs.filter(({ kind }) => kind !== 'heading').map(({ start, end }) => text.slice(start, end))
const zip = (files: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])))

describe('FanFiction.net pages', () => {
  const page = (profile: string, text: string, title = 'The Mill Chapter 2: The Return, a mills fanfic | FanFiction'): string =>
    `<html><head><title>${title}</title></head><body><div class=menulink><a href='/'>Browse</a></div>${profile}<hr size=1 noshade><div role='main'><div class='storytextp' id='storytextp'><div class='storytext xcontrast_txt nocopy' id='storytext'>${text}</div></div></div><hr size=1 noshade><div>Review this Chapter</div></body></html>`
  const profile = `<div id=profile_top><b class='xcontrast_txt'>The Mill</b><span>By:</span> <a class='xcontrast_txt' href='/u/77/Sam-Fields'>Sam Fields</a><div class='xcontrast_txt'>A mill, a letter.</div>
<span class='xgray xcontrast_txt'>Rated: <a href='#'>Fiction T</a> - English - Drama/Hurt/Comfort - Anna H., Thomas R. - Chapters: 2 - Words: 1,234 - Reviews: 5 - Updated: <span data-xutime='1250000000'>8/11/2009</span> - Published: <span data-xutime='1240000000'>4/17/2009</span> - Status: Complete - id: 42 </span></div>
<select id=chap_select><option value=1>1. The Letter<option value=2 selected>2. The Return</select>`

  test('a page of 2012 on: text, chapter name, positional metadata; rules of the page are no breaks', () => {
    const story = readStory(page(profile, '<p>He came back.</p><hr size=1 noshade><p>She <em>knew</em> it.</p>'))
    expect(body(story)).toEqual(['He came back.', '* * *', 'She *knew* it.'])
    expect(story.metadata).toMatchObject({
      title: 'The Mill',
      author: 'Sam Fields',
      summary: 'A mill, a letter.',
      source: 'ffn',
      fandoms: ['mills'],
      rating: 'T',
      language: 'en',
      tags: ['Drama', 'Hurt/Comfort'],
      characterTags: ['Anna H.', 'Thomas R.'],
      words: 1234,
      published: '2009-04-17',
      url: 'https://www.fanfiction.net/s/42',
    })
    expect(story.chapters).toMatchObject([{ title: 'The Return' }])
  })

  test('a page of the table era: no profile, bare text before the first paragraph', () => {
    const old = page(
      '<table><tr><td>Fiction Rated: K - English - Anna H. & Thomas R. - Published: 09-20-02 - id:7</td></tr></table>',
      'Bare text began it.<p>He came back.',
      'The Mill, a mills fanfic',
    )
    const story = readStory(old)
    expect(body(story)).toEqual(['Bare text began it.', 'He came back.'])
    expect(story.metadata).toMatchObject({
      title: 'The Mill',
      rating: 'K',
      characterTags: ['Anna H.', 'Thomas R.'],
      published: '2002-09-20',
    })
  })
})

describe('other sources', () => {
  test('Wattpad chapter text: bare paragraphs', () => {
    const story = readStory('<p data-p-id="a1">She ran.</p><p data-p-id="b2">***</p><p data-p-id="c3">He waited.</p>')
    expect(body(story)).toEqual(['She ran.', '***', 'He waited.'])
    expect(story.metadata.source).toBe('wattpad')
  })

  test('Project Gutenberg text: licence left out, header read', () => {
    const story = readStory(
      'The Project Gutenberg eBook of The Mill\r\n\r\nTitle: The Mill\r\n\r\nAuthor: Fields, Sam\r\n\r\nRelease date: January 5, 2020 [eBook #1]\r\n\r\nLanguage: English\r\n\r\n*** START OF THE PROJECT GUTENBERG EBOOK THE MILL ***\r\n\r\n\r\nHe came down to the mill before the frost had left the grass, and the\r\nwheel was turning.\r\n\r\nShe was not there, and nobody he asked had seen her since the morning\r\nof the fair.\r\n\r\n*** END OF THE PROJECT GUTENBERG EBOOK THE MILL ***\r\n\r\nLicence text.\r\n',
      { name: 'pg1.txt' },
    )
    expect(body(story)).toEqual([
      'He came down to the mill before the frost had left the grass, and the wheel was turning.',
      'She was not there, and nobody he asked had seen her since the morning of the fair.',
    ])
    expect(story.metadata).toMatchObject({
      title: 'The Mill',
      author: 'Fields, Sam',
      language: 'en',
      published: '2020-01-05',
      source: 'gutenberg',
    })
  })

  const xhtml = (content: string, attributes = ''): string =>
    `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head><body ${attributes}>${content}</body></html>`
  const epub = (files: Record<string, string>, spine: string[], nav: string): Uint8Array =>
    zip({
      mimetype: 'application/epub+zip',
      'META-INF/container.xml': '<container><rootfiles><rootfile full-path="EPUB/package.opf"/></rootfiles></container>',
      'EPUB/package.opf': `<package xmlns="x" version="3.0"><metadata xmlns:dc="y"><dc:title>A Book</dc:title><dc:creator>A. One</dc:creator><dc:creator>B. Two</dc:creator><dc:language>en-GB</dc:language></metadata><manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>${spine.map((name) => `<item id="${name}" href="text/${name}.xhtml" media-type="application/xhtml+xml"/>`).join('')}</manifest><spine>${spine.map((name) => `<itemref idref="${name}"/>`).join('')}</spine></package>`,
      'EPUB/nav.xhtml': xhtml(`<nav epub:type="toc"><ol>${nav}</ol></nav>`),
      ...Object.fromEntries(Object.entries(files).map(([name, content]) => [`EPUB/text/${name}.xhtml`, content])),
    })

  test('any EPUB: spine order, names from the navigation, front matter left out, a nameless file goes on with its chapter', () => {
    const book = epub(
      {
        titlepage: xhtml('<h1>A Book</h1>', 'epub:type="frontmatter titlepage"'),
        two: xhtml('<section epub:type="chapter"><h2>II</h2><h3>The Fair</h3><p>He sold the horse.</p></section>'),
        one: xhtml('<section epub:type="chapter"><h2>I</h2><p>He bought a horse.</p></section>'),
        'one-b': xhtml('<p>It was lame.</p>'),
        colophon: xhtml('<p>Set in type.</p>'),
      },
      ['titlepage', 'one', 'one-b', 'two', 'colophon'],
      '<li><a href="text/titlepage.xhtml">Title</a></li><li><a href="text/one.xhtml">I</a></li><li><a href="text/two.xhtml">II: The Fair</a></li>',
    )
    const story = readStory(book)
    expect(body(story)).toEqual(['He bought a horse.', 'It was lame.', 'He sold the horse.'])
    expect(story.chapters.map(({ title }) => title)).toEqual(['I', 'II: The Fair'])
    expect(story.metadata).toMatchObject({ title: 'A Book', author: 'A. One, B. Two', language: 'en-GB' })
  })

  test('an EPUB with all chapters in one file is cut where the navigation points', () => {
    const book = epub(
      { all: xhtml('<h2 id="a">Morning</h2><p>He woke.</p><h2 id="b">Evening</h2><p>He slept.</p>') },
      ['all'],
      '<li><a href="text/all.xhtml#a">Morning</a></li><li><a href="text/all.xhtml#b">Evening</a></li>',
    )
    expect(readStory(book).chapters.map(({ title }) => title)).toEqual(['Morning', 'Evening'])
    expect(body(readStory(book))).toEqual(['He woke.', 'He slept.'])
  })

  test('a page its spine names and the archive lacks is an error, not a shorter story', () => {
    const book = epub({ one: xhtml('<p>He woke.</p>') }, ['one', 'two'], '')
    expect(() => readStory(book)).toThrow(/lacks "EPUB\/text\/two\.xhtml"/)
  })

  test('WebToEpub: the site’s own block on the information page', () => {
    const book = epub(
      {
        '0000_Information': xhtml(
          '<div id="profile_top"><b class="xcontrast_txt">The Mill</b> <a href="https://www.fanfiction.net/u/7/x">Sam</a><span>Rated: Fiction K - English - Chapters: 1 - Words: 99 - Published: 1/5/2011 - id: 9</span></div>',
        ),
        '0001_1_Haven': xhtml('<h1>1. Haven</h1>He ran.<p>She did not.</p>'),
      },
      ['0000_Information', '0001_1_Haven'],
      '<li><a href="text/0001_1_Haven.xhtml">1. Haven</a></li>',
    )
    const story = readStory(book)
    expect(body(story)).toEqual(['He ran.', 'She did not.'])
    expect(story.metadata).toMatchObject({
      title: 'The Mill',
      author: 'Sam',
      words: 99,
      published: '2011-01-05',
      source: 'webtoepub',
    })
  })

  test('Markdown: front matter, setext headings, escapes, links, hard line ends, emphasis by underscore', () => {
    const story = readStory(
      '---\ntitle: "The Mill"\nauthor: Sam\nfandoms: [Mills, Barns]\n---\n\nOne\n===\n\nA [link](http://x.y) and a \\*star\\* and _thought_\nwrapped.\n\nRoses are red,  \nviolets blue.\n\n---\n\n> A letter.\n\nTwo\n===\n\nThe snake_case_name stays, **bold** goes.\n',
      { name: 'a.md' },
    )
    expect(body(story)).toEqual([
      'A link and a *star* and *thought* wrapped.',
      'Roses are red,\nviolets blue.',
      '* * *',
      'A letter.',
      'The snake_case_name stays, bold goes.',
    ])
    expect(story.metadata).toMatchObject({ title: 'The Mill', author: 'Sam', fandoms: ['Mills', 'Barns'] })
    expect(story.chapters.map(({ title }) => title)).toEqual(['One', 'Two'])
  })
})

describe('metadata', () => {
  test.each([
    ['2020-01-05', '2020-01-05'],
    ['09-20-09', '2009-09-20'],
    ['10/4/2019', '2019-10-04'],
    ['January 5, 2020', '2020-01-05'],
    ['5 Jan 2020', '2020-01-05'],
    ['1/5', null],
    ['soon', null],
  ])('date %s', (text, date) => expect(isoDate(text)).toBe(date))

  test.each([
    ['English', 'en'],
    ['Deutsch', 'de'],
    ['中文-普通话 國語', 'zh'],
    ['pt_BR', 'pt-BR'],
    ['Klingon', 'Klingon'],
    ['', null],
  ])('language %s', (name, tag) => expect(languageTag(name)).toBe(tag))

  test.each([
    ['a pairing is two people', [], ['Bruce Wayne/Joker'], ['Bruce Wayne', 'Joker']],
    ['a friendship too', [], ['Harry Potter & Ron Weasley'], ['Harry Potter', 'Ron Weasley']],
    ['the fandom in brackets goes', ['Jim Gordon (DCU)'], [], ['Jim Gordon']],
    ['original characters and readers are nobody', ['Original Female Character(s)', 'Reader', 'You', 'Minor Characters'], [], []],
    [
      'what stands around a pairing goes',
      [],
      ['past Anna Hale/Tom Reed', 'Minor or Background Relationship(s)'],
      ['Anna Hale', 'Tom Reed'],
    ],
    [
      'a short name that a fuller tag holds adds nothing',
      ['Harry Potter'],
      ['Harry/Draco Malfoy'],
      ['Harry Potter', 'Draco Malfoy'],
    ],
  ])('cast: %s', (_, characterTags, relationships, names) => {
    expect(castOfTags({ characterTags, relationships }).map(({ name }) => name)).toEqual(names)
  })

  test('cast: two names of one tag are name and alias', () => {
    expect(castOfTags({ characterTags: ['Clark Kent | Superman'], relationships: [] })).toEqual([
      { name: 'Clark Kent', aliases: ['Superman'] },
    ])
  })
})
