/** EPUB 2 and 3: chapters in spine order, named by the navigation, front matter left out. */
import type { Metadata } from '../types.js'
import { alone, archiveMetadata, archiveNotes, readArchiveChapters } from './ao3.js'
import { decodeText } from './decode.js'
import { byId, byTag, find, findAll, hasClass, type Node, parseTree, textOf, walk } from './dom.js'
import type { Draft, Note, Part } from './draft.js'
import { ReadError } from './error.js'
import { boldLabels, labelledMetadata, titleOf, withoutLoneHeading } from './fanficfare.js'
import { profileMetadata, ratedLine } from './ffn.js'
import { type Line, settleBreaks } from './line.js'
import { isoDate, type Labelled, languageTag } from './metadata.js'
import { isFurniture, linesOf } from './prose.js'
import { normalisePath, type ZipEntry } from './zip.js'

type Fields = { -readonly [K in keyof Metadata]?: Metadata[K] }

interface Page {
  readonly path: string
  readonly root: Node
  readonly body: Node
  /** Marks by which readers know what a page is: manifest id, `epub:type`, guide reference, file name. */
  readonly role: string
}

/** Pages that are not the story: by `epub:type`, guide, manifest id or file name. */
const frontMatter =
  /\b(cover(page)?|title-?_?page|titlepage|toc|nav|copyright(-page)?|colophon|imprint|uncopyright|dedication|about|acknowledge?ments?|bibliography|index|loi|lot|notes|endnotes|fff_(title|toc|log|cover)page|0000_information)\b/i

export function readEpub(entries: readonly ZipEntry[]): Draft {
  const files = new Map(entries.map((entry) => [entry.path, entry]))
  const open = (path: string): Node | null => {
    const file = files.get(path) ?? files.get(decodePath(path))
    return file === undefined ? null : parseTree(decodeText(file.read()), 'xml')
  }
  const container = open('META-INF/container.xml')
  const packagePath = normalisePath(
    find(container ?? emptyTree, (node) => local(node) === 'rootfile')?.attributes['full-path'] ?? '',
  )
  const fallback = entries.find(({ path }) => path.endsWith('.opf'))?.path
  const opfPath = files.has(packagePath) ? packagePath : fallback
  if (opfPath === undefined) throw new ReadError('malformed', 'The EPUB has no package file.')
  if (files.has('META-INF/encryption.xml') && files.has('META-INF/rights.xml'))
    throw new ReadError('encrypted', 'The EPUB is locked by DRM.')
  const opf = open(opfPath)!
  const folder = opfPath.includes('/') ? opfPath.slice(0, opfPath.lastIndexOf('/') + 1) : ''
  const metadata = packageMetadata(opf)
  const { pages, titles } = readSpine(opf, folder, files, open)
  if (pages.length === 0) throw new ReadError('malformed', 'The EPUB lists no readable pages.')
  const draft = pages.some(({ root }) => byId(root, 'chapters') !== null)
    ? readArchiveEpub(pages)
    : pages.some(({ body }) => hasClass(body, 'fff_chapter'))
      ? readFanFicFareEpub(pages)
      : readGenericEpub(pages, titles)
  return { ...draft, format: 'epub', metadata: { ...metadata, ...present(draft.metadata) }, notes: draft.notes }
}

const emptyTree: Node = { tag: '#root', attributes: {}, text: '', children: [], parent: null, offset: 0 }
/** Tag name without its XML prefix. */
const local = (node: Node): string => node.tag.slice(node.tag.indexOf(':') + 1).toLowerCase()
const present = (fields: Partial<Metadata>): Partial<Metadata> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  )

const decodePath = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** The spine's pages in reading order, and what the navigation calls each: by path, or path and fragment. */
function readSpine(opf: Node, folder: string, files: ReadonlyMap<string, ZipEntry>, open: (path: string) => Node | null) {
  const manifest = new Map<string, { path: string; properties: string }>()
  let navigation: string | null = null
  let ncx: string | null = null
  const roles = new Map<string, string>()
  for (const node of walk(opf)) {
    const { id, href, properties = '', 'media-type': type = '' } = node.attributes
    const path = href === undefined ? '' : normalisePath(folder + decodePath(href.split('#')[0]!))
    if (local(node) === 'item' && id !== undefined) {
      manifest.set(id, { path, properties })
      if (properties.split(/\s+/).includes('nav')) navigation = path
      if (type === 'application/x-dtbncx+xml') ncx = path
    } else if (local(node) === 'reference' && node.attributes.type !== undefined) roles.set(path, node.attributes.type)
  }
  const titles = navigationTitles(
    navigation === null ? null : open(navigation),
    navigation ?? '',
    ncx === null ? null : open(ncx),
    ncx ?? '',
  )
  const pages: Page[] = []
  for (const reference of findAll(opf, (node) => local(node) === 'itemref')) {
    const id = reference.attributes.idref ?? ''
    const item = manifest.get(id)
    const file = item === undefined ? undefined : files.get(item.path)
    if (item === undefined || item.path === navigation) continue
    if (file === undefined) throw new ReadError('truncated', `The EPUB lacks "${item.path}", which its spine names.`)
    const root = parseTree(decodeText(file.read()), 'xhtml')
    const body = byTag(root, 'body') ?? root
    const section = body.children.find((node) => node.tag === 'section')
    const type = [body, section].map((node) => `${node?.attributes['epub:type'] ?? ''} ${node?.attributes.class ?? ''}`).join(' ')
    const name = item.path.slice(item.path.lastIndexOf('/') + 1)
    pages.push({
      path: item.path,
      root,
      body,
      role: `${roles.get(item.path) ?? ''} ${type} ${id} ${name.replace(/\.x?html?$/, '')}`,
    })
  }
  return { pages, titles }
}

function navigationTitles(nav: Node | null, navPath: string, ncx: Node | null, ncxPath: string): Map<string, string> {
  const titles = new Map<string, string>()
  const add = (from: string, href: string | undefined, title: string): void => {
    if (href === undefined || title === '') return
    const [file, fragment] = href.split('#')
    const base = from.includes('/') ? from.slice(0, from.lastIndexOf('/') + 1) : ''
    const path = normalisePath(base + decodePath(file!))
    const key = fragment === undefined ? path : `${path}#${fragment}`
    if (!titles.has(key)) titles.set(key, title)
  }
  const toc =
    nav === null
      ? null
      : (find(nav, (node) => local(node) === 'nav' && /\btoc\b/.test(node.attributes['epub:type'] ?? '')) ?? nav)
  if (toc !== null)
    for (const link of findAll(toc, (node) => local(node) === 'a')) add(navPath, link.attributes.href, textOf(link))
  if (ncx !== null && titles.size === 0) {
    for (const point of findAll(ncx, (node) => local(node) === 'navpoint')) {
      add(
        ncxPath,
        find(point, (node) => local(node) === 'content')?.attributes.src,
        textOf(find(point, (node) => local(node) === 'navlabel')),
      )
    }
  }
  return titles
}

function packageMetadata(opf: Node): Fields {
  const all = (name: string): string[] =>
    findAll(opf, (node) => node.tag.startsWith('dc:') && local(node) === name)
      .map(textOf)
      .filter((text) => text !== '')
  const fields: Fields = {
    title: all('title')[0] ?? null,
    author: all('creator').join(', ') || null,
    language: languageTag(all('language')[0] ?? ''),
    tags: all('subject').filter((subject) => subject !== 'Fanworks'),
    published: isoDate(all('date')[0] ?? ''),
    url:
      [...all('source'), ...all('identifier')].map((text) => /https?:\/\/\S+/.exec(text)?.[0]).find((url) => url !== undefined) ??
      null,
  }
  const description = all('description')[0]
  // Descriptions are HTML in escaped form.
  if (description !== undefined)
    fields.summary =
      linesOf(parseTree(description, 'html'))
        .map((line) => line.text)
        .join('\n\n') || null
  if (all('contributor').some((name) => name.startsWith('FanFicFare'))) fields.source = 'fanficfare'
  return fields
}

/** AO3's EPUBs are its HTML download cut up by calibre: `#chapters` returns in every file, empty in the one with the summary. */
function readArchiveEpub(pages: readonly Page[]): Omit<Draft, 'format'> {
  const parts: Part[] = []
  const notes: Note[] = []
  let metadata: Fields = {}
  for (const { path, root } of pages) {
    const chapters = byId(root, 'chapters')
    const isOpening = find(root, (node) => node.tag === 'dl') !== null
    metadata = { ...archiveMetadataOf(root, isOpening), ...metadata }
    if (chapters !== null) {
      const read = readArchiveChapters(chapters, path)
      for (const note of read.notes) notes.push({ ...note, chapter: note.chapter === null ? null : note.chapter + parts.length })
      parts.push(...read.parts)
    }
    notes.push(...archiveNotes(root))
  }
  const opening = pages.find(({ root }) => find(root, (node) => node.tag === 'dl') !== null)
  return { metadata, parts: alone(parts, opening?.root ?? pages[0]!.root), notes, structured: true }
}

/** Only what the page has; the title page knows title and byline, the page before it the tags. */
function archiveMetadataOf(root: Node, isOpening: boolean): Fields {
  const fields = present(archiveMetadata(root)) as Fields
  if (!isOpening) delete fields.url
  return fields
}

function readFanFicFareEpub(pages: readonly Page[]): Omit<Draft, 'format'> {
  const parts: Part[] = []
  const notes: Note[] = []
  let metadata: Fields = { source: 'fanficfare' }
  for (const { path, root, body } of pages) {
    if (hasClass(body, 'fff_titlepage')) {
      metadata = { ...titleOf(byTag(body, 'h3')), ...labelledMetadata(boldLabels(body)), ...metadata }
    } else if (hasClass(body, 'fff_chapter')) {
      const title = find(body, (node) => hasClass(node, 'fff_chapter_title'))
      for (const note of findAll(body, isExportedNote)) {
        const place = hasClass(note, 'fff_foot_notes') ? 'after' : 'before'
        const label = textOf(byTag(note, 'b')).replace(/:$/, '') || null
        const text = linesOf(byTag(note, 'blockquote') ?? note)
          .map((line) => line.text)
          .join('\n\n')
        notes.push({ chapter: parts.length, label, place, text })
      }
      const lines = linesOf(body, (node) => node === title || isExportedNote(node) || isFurniture(node))
      const named = find(root, (node) => node.tag === 'meta' && node.attributes.name === 'chaptertitle')?.attributes.content
      parts.push({ heading: textOf(title) || named || null, lines: settleBreaks(lines), path, source: body.offset })
    }
  }
  return { metadata, parts: withoutLoneHeading(parts), notes, structured: true }
}

const isExportedNote = (node: Node): boolean => hasClass(node, 'fff_chapter_notes')

/** Exporters put their page of labelled values among the first. */
const informationPages = 3

/** Any other EPUB: one chapter per named page; a page without a name goes on with the chapter before it. */
function readGenericEpub(pages: readonly Page[], titles: ReadonlyMap<string, string>): Omit<Draft, 'format'> {
  const parts: { heading: string | null; lines: Line[]; path: string; source: number }[] = []
  let metadata: Fields = {}
  for (const [i, { path, body, role, root }] of pages.entries()) {
    const information = i < informationPages ? informationPage(root) : {}
    metadata = { ...information, ...metadata }
    if (frontMatter.test(role) || information.source !== undefined) continue
    const lines = linesOf(body, isFurniture)
    const starts = [...titles]
      .filter(([key]) => key.startsWith(`${path}#`))
      .flatMap(([key, title]) => {
        const at = lines.findIndex((line) => line.ids.includes(key.slice(path.length + 1)))
        return at < 0 ? [] : [{ at, title }]
      })
    const [first] = lines
    const heading = titles.get(path) ?? (first?.kind === 'heading' ? first.text : null)
    if (starts.length > 1) {
      starts.sort((a, b) => a.at - b.at)
      if (starts[0]!.at > 0) starts.unshift({ at: 0, title: heading ?? '' })
      starts.forEach(({ at, title }, i) => {
        parts.push({
          heading: title || null,
          lines: withoutTitleLines(lines.slice(at, starts[i + 1]?.at), title),
          path,
          source: body.offset,
        })
      })
    } else if (heading === null && starts.length === 0 && parts.length > 0) parts.at(-1)!.lines.push(...lines)
    else {
      const title = starts[0]?.title ?? heading
      parts.push({ heading: title, lines: withoutTitleLines(lines, title ?? ''), path, source: body.offset })
    }
  }
  const filled = parts.filter(({ lines }) => lines.some((line) => line.kind === 'text'))
  return {
    metadata,
    parts: filled.map((part) => ({ ...part, lines: settleBreaks(part.lines) })),
    notes: [],
    structured: filled.length > 1,
  }
}

/** The heading lines that open a page, when they say what the navigation says ("Chapter 1", "The Well" for "Chapter 1: The Well"). */
function withoutTitleLines(lines: readonly Line[], title: string): Line[] {
  const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  const named = letters(title)
  let from = 0
  while (lines[from]?.kind === 'heading' && named.includes(letters(lines[from]!.text))) from++
  return lines.slice(from)
}

/** The information page of FicHub ("Label: value" paragraphs) and of WebToEpub (FanFiction.net's own block). */
function informationPage(root: Node): Fields {
  if (byId(root, 'profile_top') !== null) return { ...(present(profileMetadata(root)) as Fields), source: 'webtoepub' }
  const lines = linesOf(root).map((line) => line.text)
  if (!lines.some((line) => line.includes('FicHub.net'))) return {}
  const values = lines.flatMap((line): Labelled[] => {
    const [, label, text] = /^([A-Z][\w ]+):\s+(.*)$/.exec(line) ?? []
    return label === undefined || text === undefined || label === 'Rated' ? [] : [{ label, text, links: [] }]
  })
  const rated = lines.find((line) => line.startsWith('Rated:'))
  return { ...labelledMetadata(values), ...(rated === undefined ? {} : ratedLine(rated)), source: 'fichub' }
}
