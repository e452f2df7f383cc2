/** A story as the archive's HTML download gives it, for corpus/four-chapters.html: notes stand beside the chapters, not in them. */
import type { GoldStory } from './gold.js'

const escaped = (words: string): string => words.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;')
/** Markup of a paragraph's words: asterisks are emphasis. */
const inline = (words: string): string => escaped(words).replace(/\*([^*\s][^*]*)\*/gu, '<em>$1</em>')
const paragraph = (words: string): string => `<p>${inline(words)}</p>`
const notes = (label: string, texts: readonly string[]): string =>
  texts.length ? `<p>${label}</p><blockquote class="userstuff">${texts.map(paragraph).join('')}</blockquote>` : ''
/** The label that a note carries in running text; a page has its own. */
const unlabelled = (words: string): string => words.replace(/^(?:A\/N|Author's Note|Disclaimer): /u, '')

/** The page. Notes before the first chapter go to the preface, those at the end of a chapter to its end notes. */
export function archivePage({ title, world, text, paragraphs, chapters }: GoldStory): string {
  const inside = (start: number, end: number) => paragraphs.filter((each) => each.start >= start && each.end <= end)
  const wordsOf = ({ start, end }: { start: number; end: number }) => text.slice(start, end)
  const notesIn = (start: number, end: number) =>
    inside(start, end)
      .filter(({ kind }) => kind === 'note')
      .map((note) => unlabelled(wordsOf(note)))
  const opening = chapters[0]!.title === '' ? chapters[0]! : null
  const told = opening ? chapters.slice(1) : chapters
  const words = text.match(/\S+/gu)!.length.toLocaleString('en')
  const chapterParts = told.map((chapter, index) => {
    const body = inside(chapter.start, chapter.end).flatMap(({ kind, ...span }) =>
      kind === 'prose' ? [paragraph(wordsOf(span))] : kind === 'break' ? ['<hr />'] : [],
    )
    const after = notesIn(chapter.start, chapter.end)
    return `<div class="meta group">
  <h2 class="heading">${escaped(chapter.title)}</h2>
</div>
<!--chapter content-->
<div class="userstuff">
${body.join('')}
</div>
<!--/chapter content-->
${after.length ? `<div class="meta" id="endnotes${index + 1}">${notes('Chapter End Notes', after)}</div>` : ''}`
  })
  return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
  <meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
  <title>${escaped(title)} - throughline - ${escaped(world)}</title>
</head>
<body>
<div id="preface">
  <h2 class="toc-heading">Preface</h2>
  <p class="message"><b>${escaped(title)}</b><br />Posted originally on the Archive at <a href="https://archive.invalid/works/1">https://archive.invalid/works/1</a>.</p>
  <div class="meta">
    <dl class="tags">
      <dt>Rating:</dt><dd><a href="#">General Audiences</a></dd>
      <dt>Fandom:</dt><dd><a href="#">${escaped(world)}</a></dd>
      <dt>Language:</dt><dd>English</dd>
      <dt>Stats:</dt><dd>Published: 2026-11-24
        Words: ${words}
        Chapters: ${told.length}/${told.length}</dd>
    </dl>
    <h1>${escaped(title)}</h1>
    <div class="byline">by <a rel="author" href="#">throughline</a></div>
    ${notes('Notes', opening ? notesIn(opening.start, opening.end) : [])}
  </div>
</div>
<div id="chapters" class="userstuff">
${chapterParts.join('\n')}
</div>
<div id="afterword">
  <h2 class="toc-heading">Afterword</h2>
  <p class="message">Please drop by the Archive and comment to let the creator know if you enjoyed their work!</p>
</div>
</body>
</html>
`
}
