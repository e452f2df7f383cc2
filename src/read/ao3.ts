/** Works of the Archive of Our Own and other OTW archives: HTML downloads, saved work pages, and the files inside EPUB downloads. */
import { byId, byTag, find, findAll, hasClass, type Node, textOf, walk, within } from './dom.js'
import type { Draft, Note, Part } from './draft.js'
import { ReadError } from './error.js'
import { settleBreaks } from './line.js'
import { fromLabels, type Labelled } from './metadata.js'
import { isFurniture, linesOf } from './prose.js'

type Fields = ReturnType<typeof fromLabels>

/** True for markup of an OTW archive, recognised by structure and not by domain: other installs have the same. */
export function isArchivePage(root: Node): boolean {
  if (byId(root, 'workskin') !== null) return true
  if (byId(root, 'chapters') !== null && (byId(root, 'preface') !== null || find(root, isTagList) !== null)) return true
  return (
    byId(root, 'main') !== null &&
    byId(root, 'outer') !== null &&
    byId(root, 'header') !== null &&
    /archive/i.test(textOf(byTag(root, 'title')))
  )
}

const isTagList = (node: Node): boolean => node.tag === 'dl' && (hasClass(node, 'tags') || hasClass(node, 'work'))
/** What authors typed. The site's class is "userstuff"; its EPUBs number it: `userstuff1` is the wrapper, `userstuff2` the chapter. */
const isTyped = (node: Node): boolean => /(^|\s)userstuff\d*(\s|$)/.test(node.attributes.class ?? '')
/** Notes and summaries stand in block quotations, story text does not. */
const isNote = (node: Node): boolean => node.tag === 'blockquote' && isTyped(node)

export function readArchivePage(root: Node): Draft {
  const chapters = byId(root, 'chapters')
  const { parts, notes } = chapters === null ? { parts: [], notes: [] } : readArchiveChapters(chapters, null)
  if (chapters === null) throw noticePage(root)
  const around = archiveNotes(root)
  return {
    format: 'ao3-html',
    metadata: archiveMetadata(root),
    parts: alone(parts, root),
    notes: [...around, ...notes],
    structured: true,
  }
}

/** The heading over the text of a one-chapter work is the work's title, or nothing: no chapter heading. */
export function alone(parts: readonly Part[], root: Node): Part[] {
  const [only] = parts
  if (parts.length !== 1 || only === undefined) return [...parts]
  const stated = /chapters:?\s*(\d+)\s*\/\s*(\d+|\?)/i.exec(textOf(find(root, isTagList)))
  const severalStated = stated !== null && stated[2] !== '1'
  return severalStated ? [only] : [{ ...only, heading: null }]
}

function noticePage(root: Node): ReadError {
  const words = textOf(byId(root, 'main') ?? byTag(root, 'body')).slice(0, 200)
  return new ReadError('notice-page', `The archive's page shows a notice instead of the work: "${words}".`)
}

/**
 * Chapters below `#chapters`. All templates put headings, summaries and notes beside the text, never in it; so what is met
 * in order is a heading, a labelled note, or a chapter's text.
 */
export function readArchiveChapters(chapters: Node, path: string | null): { parts: Part[]; notes: Note[] } {
  const parts: Part[] = []
  const notes: Note[] = []
  let heading: string | null = null
  let label: string | null = null
  const isText = (node: Node): boolean => node !== chapters && isTyped(node) && !isNote(node)
  for (const node of walk(chapters, (node) => !isText(node) && !isNote(node))) {
    if (isText(node)) {
      parts.push(partOf(node, heading, path))
      heading = null
      label = null
    } else if (isNote(node)) {
      const after = within(node, (around) => around !== chapters && isEndNotes(around))
      notes.push({
        chapter: after ? parts.length - 1 : parts.length,
        label,
        place: after ? 'after' : 'before',
        text: noteText(node),
      })
    } else if (isHeading(node)) heading = textOf(node)
    else label = noteLabel(node) ?? label
  }
  if (parts.length === 0 && textOf(chapters) !== '') parts.push(partOf(chapters, heading, path))
  return { parts, notes }
}

function partOf(node: Node, heading: string | null, path: string | null): Part {
  const lines = settleBreaks(linesOf(node, isFurniture))
  return { heading: heading || null, lines, path, source: node.offset }
}

const isHeading = (node: Node): boolean =>
  /^h[23]$/.test(node.tag) &&
  !hasClass(node, 'landmark') &&
  (hasClass(node, 'heading') || hasClass(node, 'toc-heading') || hasClass(node, 'title')) &&
  noteLabel(node) === null
const isEndNotes = (node: Node): boolean => /endnotes/.test(node.attributes.id ?? '') || hasClass(node, 'end')

/** "Summary", "Notes", "Chapter Notes:", "End Notes", "Work Text:": the site's words over a part of its page. */
function noteLabel(node: Node): string | null {
  if (!/^(p|h[2-4])$/.test(node.tag)) return null
  const text = textOf(node).replace(/:$/, '')
  return /^(chapter )?(summary|notes|end notes)$/i.test(text) ? text : null
}

const noteText = (node: Node): string =>
  linesOf(node)
    .map((line) => line.text)
    .join('\n\n')

/** Summary and notes of the whole work: those outside `#chapters`. */
export function archiveNotes(root: Node): Note[] {
  const notes: Note[] = []
  let label: string | null = null
  let seenChapters = false
  for (const node of walk(root, (node) => node.attributes.id !== 'chapters' && !isNote(node))) {
    if (node.attributes.id === 'chapters') seenChapters = true
    else if (isNote(node)) {
      const after = seenChapters || within(node, (around) => isEndNotes(around) || around.attributes.id === 'afterword')
      notes.push({ chapter: null, label, place: after ? 'after' : 'before', text: noteText(node) })
    } else label = noteLabel(node) ?? label
  }
  return notes
}

/** Tags, stats, title, byline and summary, from the tag list and the preface. */
export function archiveMetadata(root: Node): Fields {
  const list = find(root, isTagList)
  const preface = find(root, (node) => node.attributes.id === 'preface' || (node.tag === 'div' && hasClass(node, 'preface')))
  const title = find(root, (node) => (node.tag === 'h1' || hasClass(node, 'title')) && /^h[12]$/.test(node.tag))
  const byline = find(root, (node) => hasClass(node, 'byline'))
  const summary = archiveNotes(root).find((note) => /^summary$/i.test(note.label ?? ''))?.text
  const links = [...walk(preface ?? root)].map((node) => node.attributes.href ?? '')
  const work = links.map((href) => /^(https?:\/\/[^/]+)?.*\/works\/(\d+)/.exec(href)).find((match) => match !== null)
  const host = work?.[1]?.replace(/^http:/, 'https:') ?? 'https://archiveofourown.org'
  return {
    source: 'ao3',
    title: textOf(title) || null,
    author: bylineAuthor(byline),
    summary: summary ?? null,
    ...(work ? { url: `${host}/works/${work[2]}` } : {}),
    ...(list === null ? {} : fromLabels(definitions(list))),
  }
}

/** "Alias (user), Other": each link's text; without a link (anonymous works) the words after "by". */
function bylineAuthor(byline: Node | null): string | null {
  if (byline === null) return null
  const links = findAll(byline, (node) => node.tag === 'a')
    .map(textOf)
    .filter((name) => name !== '')
  return (links.length > 0 ? links.join(', ') : textOf(byline).replace(/^by\s+/i, '')) || null
}

/** The entries of a definition list; a list nested as a value (the stats of a work page) counts as entries of its own. */
export function definitions(list: Node): Labelled[] {
  const values: Labelled[] = []
  let label = ''
  for (const node of walk(list)) {
    if (node.tag === 'dt') label = textOf(node)
    else if (node.tag === 'dd' && !node.children.some(({ tag }) => tag === 'dl')) {
      const links = findAll(node, ({ tag }) => tag === 'a')
        .map(textOf)
        .filter((text) => text !== '')
      values.push({ label, text: textOf(node), links })
    }
  }
  return values
}
