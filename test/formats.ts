/** One story written out in every format that the reader knows, to the structure of the real templates. */
import { strToU8, zipSync } from 'fflate'

export interface Chaptered {
  readonly title: string
  readonly author: string
  readonly chapters: readonly { readonly title: string; readonly paragraphs: readonly string[] }[]
}

const rule = '* * *'
const markup = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
const inline = (text: string): string => markup(text).replace(/\*([^*]+)\*/g, '<em>$1</em>')
const body = (paragraphs: readonly string[], hr = '<hr />'): string =>
  paragraphs.map((text) => (text === rule ? hr : `<p>${inline(text)}</p>`)).join('')

export function asText({ chapters }: Chaptered): string {
  return chapters.map(({ title, paragraphs }, i) => [`Chapter ${i + 1}: ${title}`, ...paragraphs].join('\n\n')).join('\n\n\n')
}

/** Lines of at most 72 characters. */
export function asWrapped(story: Chaptered): string {
  return asText(story)
    .split('\n\n')
    .map((block) => block.replace(/(.{1,72})(?: |$)/g, '$1\n').trimEnd())
    .join('\n\n')
}

export function asMarkdown({ title, chapters }: Chaptered): string {
  const parts = chapters.map((chapter, i) => [`## Chapter ${i + 1}: ${chapter.title}`, ...chapter.paragraphs].join('\n\n'))
  return [`# ${title}`, ...parts].join('\n\n')
}

const tags = (plural: boolean): string => {
  const s = plural ? 's' : ''
  return `<dl class="tags">
      <dt>Rating:</dt>
      <dd><a href="http://archiveofourown.org/tags/G">General Audiences</a></dd>
      <dt>Archive Warning${s}:</dt>
      <dd><a href="#">No Archive Warnings Apply</a>${plural ? ', <a href="#">Creator Chose Not To Use Archive Warnings</a>' : ''}</dd>
      <dt>Fandom:</dt>
      <dd><a href="#">Original Work</a></dd>
      <dt>Relationship${s}:</dt>
      <dd><a href="#">Anna Hale/Thomas Reed</a></dd>
      <dt>Character${s}:</dt>
      <dd><a href="#">Anna Hale</a>, <a href="#">Thomas Reed (Millers)</a>, <a href="#">Original Female Character(s)</a></dd>
      <dt>Language:</dt>
      <dd>English</dd>
      <dt>Series:</dt>
      <dd>Part 1 of
<a href="#">The Mill</a></dd>
      <dt>Stats:</dt>
      <dd>
        Published: 2021-05-06
        Completed: 2021-06-07
        Words: 1,234
        Chapters: 2/2
      </dd>
    </dl>`
}

const preface = (story: Chaptered, plural: boolean): string => `<div id="preface">
  <h2 class="toc-heading">Preface</h2>
  <p class="message">
    <b>${markup(story.title)}</b><br/>
    Posted originally on the <a href="http://archiveofourown.org/">Archive of Our Own</a> at <a href="http://archiveofourown.org/works/987654">http://archiveofourown.org/works/987654</a>.
  </p>
  <div class="meta">
    ${tags(plural)}
    <h1>${markup(story.title)}</h1>
    <div class="byline">by <a rel="author" href="http://archiveofourown.org/users/x/pseuds/x">${story.author}</a></div>
    <p>Summary</p>
    <blockquote class="userstuff"><p>A mill, a letter.</p></blockquote>
    <p>Notes</p>
    <div class="endnote-link">See the end of the work for <a href="#endnotes">notes</a></div>
  </div>
</div>`

const afterword = `<div id="afterword">
  <h2 class="toc-heading">Afterword</h2>
  <div class="meta">
    <div id="endnotes"><p>End Notes</p><blockquote class="userstuff"><p>Thank you for reading!</p></blockquote></div>
  </div>
  <p class="message">Please <a href="#">drop by the archive and comment</a> to let the author know if you enjoyed their work!</p>
</div>`

const chapterNotes = (i: number): string =>
  i === 0 ? '' : '<p>Chapter Notes</p>\n  <blockquote class="userstuff"><p>I said Thomas would be back.</p></blockquote>'

const page = (title: string, content: string): string =>
  `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/><title>${markup(title)}</title></head>
<body>${content}</body></html>`

/** AO3's HTML download: `old` has singular labels and bare chapter titles, the one of 2026 plural labels and "Chapter 1: ". */
export function asArchiveHtml(story: Chaptered, template: 'old' | 'new'): string {
  const isNew = template === 'new'
  const chapters = story.chapters.map(
    ({ title, paragraphs }, i) => `<div class="meta group">
  <h2 class="heading">${isNew ? `Chapter ${i + 1}: ` : ''}${markup(title)}</h2>
  ${chapterNotes(i)}
</div>
<!--chapter content-->
<div class="userstuff">
  ${body(paragraphs)}
</div>
<!--/chapter content-->
${i === 1 ? `<div class="meta" id="endnotes${i + 1}"><p>Chapter End Notes</p><blockquote class="userstuff"><p>Bye.</p></blockquote></div>` : ''}`,
  )
  const content = `${preface(story, isNew)}\n<div id="chapters" class="userstuff">\n${chapters.join('\n')}\n</div>\n${afterword}`
  return page(`${story.title} - ${story.author} - Original Work`, content)
}

/** A saved work page with the entire work. */
export function asArchivePage(story: Chaptered): string {
  const chapters = story.chapters.map(
    ({ title, paragraphs }, i) => `<div class="chapter" id="chapter-${i + 1}">
  <div class="chapter preface group" role="complementary">
    <h3 class="title"><a href="/works/987654/chapters/${i}">Chapter ${i + 1}</a>: ${markup(title)}</h3>
    ${i === 0 ? '' : '<div id="notes" class="notes module"><h3 class="heading">Notes:</h3><blockquote class="userstuff"><p>I said Thomas would be back.</p></blockquote></div>'}
  </div>
  <div class="userstuff module" role="article">
    <h3 class="landmark heading" id="work">Chapter Text</h3>
    ${body(paragraphs)}
  </div>
</div>`,
  )
  const meta = `<dl class="work meta group"><dt class="rating tags">Rating:</dt><dd class="rating tags"><ul class="commas"><li><a class="tag" href="#">General Audiences</a></li></ul></dd>
<dt class="character tags">Characters:</dt><dd class="character tags"><ul class="commas"><li><a class="tag" href="#">Anna Hale</a></li><li><a class="tag" href="#">Thomas Reed</a></li></ul></dd>
<dt class="language">Language:</dt><dd class="language" lang="en">English</dd>
<dt class="stats">Stats:</dt><dd class="stats"><dl class="stats"><dt class="published">Published:</dt><dd class="published">2021-05-06</dd><dt class="status">Completed:</dt><dd class="status">2021-06-07</dd><dt class="words">Words:</dt><dd class="words">1,234</dd><dt class="chapters">Chapters:</dt><dd class="chapters">2/2</dd></dl></dd></dl>`
  return page(
    `${story.title} - ${story.author} - Original Work [Archive of Our Own]`,
    `<div id="outer" class="wrapper"><ul id="skiplinks"><li><a href="#main">Main Content</a></li></ul><div id="header"><a href="/">Archive of Our Own</a></div>
<div id="main" class="works-show region" role="main">${meta}
<div id="workskin"><div class="preface group"><h2 class="title heading">${markup(story.title)}</h2><h3 class="byline heading"><a rel="author" href="/users/x">${story.author}</a></h3>
<div class="summary module"><h3 class="heading">Summary:</h3><blockquote class="userstuff"><p>A mill, a letter.</p></blockquote></div></div>
<div id="chapters" role="article">${chapters.join('\n')}</div>
<div class="afterword preface group"><div id="work_endnotes" class="end notes module"><h3 class="heading">Notes:</h3><blockquote class="userstuff"><p>Thank you for reading!</p></blockquote></div></div></div>
<div id="feedback"><h3 class="landmark heading">Actions</h3><p>Kudos from 12 people who read a very long list of things.</p></div></div></div>`,
  )
}

const container = (path: string): string =>
  `<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="${path}" media-type="application/oebps-package+xml"/></rootfiles></container>`

function packageFile(story: Chaptered, files: readonly string[], extra = ''): string {
  const items = files.map((file, i) => `<item id="i${i}" href="${file}" media-type="application/xhtml+xml"/>`)
  return `<?xml version="1.0" encoding="UTF-8"?><package xmlns="http://www.idpf.org/2007/opf" version="2.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>${markup(story.title)}</dc:title><dc:creator>${story.author}</dc:creator><dc:language>en</dc:language><dc:date>2021-06-07T00:00:00+00:00</dc:date>
<dc:description>&lt;p&gt;A mill, a letter.&lt;/p&gt;</dc:description><dc:subject>Fanworks</dc:subject><dc:subject>General Audiences</dc:subject>${extra}</metadata>
<manifest>${items.join('')}<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>
<spine toc="ncx">${files.map((_, i) => `<itemref idref="i${i}"/>`).join('')}</spine></package>`
}

const ncx = (points: readonly (readonly [file: string, title: string])[]): string =>
  `<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>${points
    .map(
      ([file, title], i) =>
        `<navPoint id="n${i}"><navLabel><text>${markup(title)}</text></navLabel><content src="${file}"/></navPoint>`,
    )
    .join('')}</navMap></ncx>`

const zip = (files: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])), {
    mtime: new Date('2021-06-08T00:00:00'),
  })

/** AO3's EPUB: calibre has cut the HTML up, numbered the class names, and left an empty `#chapters` in the second file. */
export function asArchiveEpub(story: Chaptered): Uint8Array {
  const name = (i: number): string => `Story_split_00${i}.xhtml`
  const opening = preface(story, false)
  const cut = opening.indexOf('<h1>')
  const files: Record<string, string> = {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': container('content.opf'),
    [name(0)]: page(story.title, `${opening.slice(0, cut).replace('class="meta"', 'class="calibre1"')}</div></div>`),
    [name(1)]: page(
      story.title,
      `<div id="preface" class="calibre"><div class="calibre1">${opening.slice(cut)}<div id="chapters" class="userstuff1"></div>`,
    ),
  }
  story.chapters.forEach(({ title, paragraphs }, i) => {
    files[name(i + 2)] = page(
      story.title,
      `<div id="chapters" class="userstuff1"><div class="calibre1"><h2 class="heading">${markup(title)}</h2>${chapterNotes(i)}</div>
<div class="userstuff2">${body(paragraphs, '<hr class="calibre4"/>').replaceAll('<p>', '<p class="calibre3">').replaceAll('<em>', '<em class="calibre5">')}</div></div>`,
    )
  })
  const last = story.chapters.length + 2
  files[name(last)] = page(story.title, afterword)
  const points = [
    [name(0), 'Preface'] as const,
    ...story.chapters.map(({ title }, i) => [name(i + 2), title] as const),
    [name(last), 'Afterword'] as const,
  ]
  files['content.opf'] = packageFile(
    story,
    Array.from({ length: last + 1 }, (_, i) => name(i)),
    '<dc:publisher>Archive of Our Own</dc:publisher>',
  )
  files['toc.ncx'] = ncx(points)
  return zip(files)
}

export function asFanFicFareHtml(story: Chaptered): string {
  const row = (label: string, value: string): string => `<tr><td><b>${label}:</b></td><td>${value}</td></tr>\n`
  const toc = story.chapters
    .map(({ title }, i) => `<a href="#section000${i + 1}">${i + 1}. ${markup(title)}</a><br />`)
    .join('\n')
  const chapters = story.chapters.map(
    ({ title, paragraphs }, i) =>
      `\n<a name="section000${i + 1}"><h2>Chapter ${i + 1}: ${markup(title)}</h2></a>\n<div>${body(paragraphs)}</div>`,
  )
  return `<!DOCTYPE html>
<html><head><meta charset="UTF-8"><title>${markup(story.title)} by ${story.author}</title><style type="text/css">body { color: black }</style></head>
<body>
<h1><a href="https://www.fanfiction.net/s/42/1/">${markup(story.title)}</a> by <a class="authorlink" href="https://www.fanfiction.net/u/7/x">${story.author}</a></h1>
<table class="full">
${row('Category', 'Original Work')}${row('Genre', 'Drama, Family')}${row('Language', 'English')}${row('Characters', 'Anna H., Thomas R.')}${row('Published', '2021-05-06')}${row('Words', '1,234')}${row('Story URL', '<a href="https://www.fanfiction.net/s/42/1/">https://www.fanfiction.net/s/42/1/</a>')}${row('Summary', '<div>A mill, a letter.</div>')}</table>
<a name="TOCTOP"><h2>Table of Contents</h2></a>
<p>
${toc}
</p>
${chapters.join('')}
</body>
</html>`
}

export function asFanFicFareText(story: Chaptered, wrap = 0): string {
  const fold = (block: string): string =>
    wrap === 0 ? block : block.replace(new RegExp(`(.{1,${wrap}})(?: |$)`, 'g'), '$1\n').trimEnd()
  const chapters = story.chapters.map(
    ({ title, paragraphs }, i) =>
      `\n\n\tChapter ${i + 1}: ${title}\n\n${paragraphs.map((text) => fold(text.replace(/\*([^*]+)\*/g, '_$1_'))).join('\n\n')}\n\n`,
  )
  return `\n\n\n${story.title}\n\nby ${story.author}\n\n\n\nCategory: Original Work\nGenre: Drama, Family\nLanguage: English\nWords: 1,234\nPublished: 2021-05-06\nSummary: A mill, a letter.\n\n\n\n\nTABLE OF CONTENTS\n\n${story.chapters.map(({ title }, i) => `\nChapter ${i + 1}: ${title}\n`).join('')}\n${chapters.join('')}\n\nEnd file.\n`
}

export function asFanFicFareEpub(story: Chaptered): Uint8Array {
  const xhtml = (title: string, head: string, bodyClass: string, content: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>${markup(title)}</title>${head}</head><body class="${bodyClass}">${content}</body></html>`
  const files: Record<string, string> = {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': container('content.opf'),
    'OEBPS/title_page.xhtml': xhtml(
      story.title,
      '',
      'fff_titlepage',
      `<h3><a href="https://www.fanfiction.net/s/42/1/">${markup(story.title)}</a> by <a class="authorlink" href="#">${story.author}</a></h3><div>
<b>Category:</b> Original Work<br />
<b>Genre:</b> Drama, Family<br />
<b>Words:</b> 1,234<br />
<b>Summary:</b> <div><p>A mill, a letter.</p></div><br />
<b>Relationships:</b> Anna Hale/Thomas Reed<br /></div>`,
    ),
  }
  story.chapters.forEach(({ title, paragraphs }, i) => {
    files[`OEBPS/file000${i + 1}.xhtml`] = xhtml(
      title,
      `<meta name="chapterurl" content="https://www.fanfiction.net/s/42/${i + 1}/"/><meta name="chaptertitle" content="${i + 1}. ${markup(title)}"/>`,
      'fff_chapter',
      `<h3 class="fff_chapter_title">Chapter ${i + 1}: ${markup(title)}</h3>${i === 0 ? '' : '<div class="fff_chapter_notes fff_head_notes"><b>Author\'s Note:</b><blockquote class="userstuff"><p>I said Thomas would be back.</p></blockquote></div>'}<div class="userstuff module">${body(paragraphs, "<div class='center'>* * *</div>")}</div>`,
    )
  })
  const names = ['OEBPS/title_page.xhtml', ...story.chapters.map((_, i) => `OEBPS/file000${i + 1}.xhtml`)]
  files['content.opf'] = packageFile(
    story,
    names,
    '<dc:contributor>FanFicFare [https://github.com/JimmXinu/FanFicFare]</dc:contributor>',
  )
  files['toc.ncx'] = ncx(story.chapters.map(({ title }, i) => [`OEBPS/file000${i + 1}.xhtml`, `${i + 1}. ${title}`] as const))
  return zip(files)
}

/** EPUB 3 as FicHub builds it: `<p/>` between heading and text, the navigation as second page of the spine. */
export function asFicHubEpub(story: Chaptered): Uint8Array {
  const xhtml = (content: string): string =>
    `<?xml version='1.0' encoding='utf-8'?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>${content}</body></html>`
  const names = story.chapters.map((_, i) => `chap_${i + 1}.xhtml`)
  const files: Record<string, string> = {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': container('EPUB/content.opf'),
    'EPUB/introduction.xhtml': xhtml(
      `<h1>${markup(story.title)}</h1><p><b>By: ${story.author}</b></p><p>Status: complete</p><p>Published: 2021-05-06</p><p>Words: 1234</p><p>Chapters: 2</p><p>Rated: Fiction K - Language: English - Genre: Drama - Characters: Anna H., Thomas R.</p><p>Original source: <a href="https://www.fanfiction.net/s/42">https://www.fanfiction.net/s/42</a></p><p>Exported with the assistance of FicHub.net</p>`,
    ),
    'EPUB/nav.xhtml': xhtml(
      `<nav epub:type="toc"><ol><li><a href="introduction.xhtml">Introduction</a></li>${story.chapters.map(({ title }, i) => `<li><a href="${names[i]}">Chapter ${i + 1}: ${markup(title)}</a></li>`).join('')}</ol></nav>`,
    ),
  }
  story.chapters.forEach(({ title, paragraphs }, i) => {
    files[`EPUB/${names[i]}`] = xhtml(
      `<h2>Chapter ${i + 1}: ${markup(title)}</h2><p/><div>${body(paragraphs, '<hr/>').replaceAll('</p>', '</p><p/>')}</div>`,
    )
  })
  const items = [
    ['intro', 'introduction.xhtml', ''],
    ['nav', 'nav.xhtml', ' properties="nav"'],
    ...names.map((name, i) => [`c${i}`, name, '']),
  ]
  files['EPUB/content.opf'] =
    `<?xml version='1.0' encoding='utf-8'?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${markup(story.title)}</dc:title><dc:creator>${story.author}</dc:creator><dc:language>en</dc:language></metadata><manifest>${items.map(([id, href, more]) => `<item id="${id}" href="${href}" media-type="application/xhtml+xml"${more}/>`).join('')}</manifest><spine>${items.map(([id]) => `<itemref idref="${id}"/>`).join('')}</spine></package>`
  return zip(files)
}

/** A page that no reader knows: the story in one of its boxes, between a menu and comments. */
export function asWebPage(story: Chaptered): string {
  const chapters = story.chapters.map(
    ({ title, paragraphs }, i) => `<h2>Chapter ${i + 1}: ${markup(title)}</h2>\n${body(paragraphs)}`,
  )
  return `<!DOCTYPE html><html lang="en"><head><title>${markup(story.title)}</title><meta name="author" content="${story.author}"></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/all">All stories</a></li></ul></nav></header>
<div class="wrap"><div class="side"><p><a href="/a">A link to another story with a long name</a></p></div><div class="content"><h1>${markup(story.title)}</h1>${chapters.join('\n')}</div></div>
<aside><p>You may also like these.</p></aside><div id="comments"><p>Great story, I loved the part with the mill!</p></div><footer><p>Imprint</p></footer></body></html>`
}

/** A Word document with the parts that carry text. */
export function asWordDocument(story: Chaptered): Uint8Array {
  const run = (text: string, italic: boolean): string =>
    `<w:r>${italic ? '<w:rPr><w:i/></w:rPr>' : ''}<w:t xml:space="preserve">${markup(text)}</w:t></w:r>`
  const paragraph = (text: string, style = ''): string =>
    `<w:p>${style === '' ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}${
      text === rule
        ? run(text, false)
        : text
            .split('*')
            .map((piece, i) => (piece === '' ? '' : run(piece, i % 2 === 1)))
            .join('')
    }</w:p>`
  const content = story.chapters.map(({ title, paragraphs }, i) =>
    [paragraph(`Chapter ${i + 1}: ${title}`, 'Heading1'), ...paragraphs.map((text) => paragraph(text))].join(''),
  )
  return zip({
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="x"><w:body>${content.join('')}</w:body></w:document>`,
    'docProps/core.xml': `<cp:coreProperties xmlns:dc="x"><dc:title>${markup(story.title)}</dc:title><dc:creator>${story.author}</dc:creator></cp:coreProperties>`,
  })
}
