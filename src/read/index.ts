/** Story files to what `analyze` takes. Works in Node and in browsers; reads bytes or text, never a path. */
import { decodeText, refuseBinary } from './decode.js'
import { documentPath, readWordDocument } from './docx.js'
import type { Draft } from './draft.js'
import { readEpub } from './epub.js'
import { ReadError } from './error.js'
import { looksLikeHtml, readHtml } from './html.js'
import { readMarkdown } from './markdown.js'
import { readPlainText } from './plain.js'
import { readRecord } from './record.js'
import { assembleStory, type StoryFile } from './story.js'
import { isZip, openZip, type ZipEntry } from './zip.js'

export { castOfTags } from './cast.js'
export type { Note } from './draft.js'
export { ReadError, type ReadErrorCode } from './error.js'
export { type Origin, type StoryFile, sourceOf, toOptions } from './story.js'

export interface ReadOptions {
  /** The file's name: its ending decides between Markdown and plain text where the content does not. */
  readonly name?: string
  /** Most bytes that a file may have, and that a ZIP or EPUB may unpack to. Default 256 MiB. */
  readonly maxBytes?: number
}

/** One story of a file that may hold several, or why it could not be read. */
export type StoryItem =
  | { readonly id: string; readonly story: StoryFile; readonly error: null }
  | { readonly id: string; readonly story: null; readonly error: ReadError }

const defaultMaxBytes = 256 * 1024 * 1024

/**
 * Reads a story file: plain text, Markdown, HTML (AO3 downloads and pages, FanFicFare, FanFiction.net, any other), EPUB, DOCX,
 * one JSON Lines record, or a ZIP that holds one of these. The format is recognised by content first, then by name.
 *
 * @throws {ReadError} for whatever gives no story: another kind of file, a damaged one, a site's notice page.
 */
export function readStory(input: Uint8Array | ArrayBuffer | string, options: ReadOptions = {}): StoryFile {
  const items = readStories(input, options)
  const first = items.next()
  if (first.done === true) throw new ReadError('no-story', 'The archive holds no story file.')
  if (items.next().done !== true)
    throw new ReadError('several-stories', 'The file holds several stories; read them with readStories.')
  if (first.value.error !== null) throw first.value.error
  return first.value.story
}

/**
 * Reads the stories of a file one by one: of a ZIP every story file in it, of JSON Lines every line, of any other file the one.
 * A story that cannot be read is given with its error and the rest go on; an archive that cannot be opened is one such item.
 */
export function* readStories(
  input: Uint8Array | ArrayBuffer | string,
  options: ReadOptions = {},
): Generator<StoryItem, undefined> {
  if (typeof input !== 'string' && !(input instanceof Uint8Array) && !(input instanceof ArrayBuffer)) {
    throw new TypeError(`readStory: expected bytes or a string, got ${input === null ? 'null' : typeof input}`)
  }
  const { name = '', maxBytes = defaultMaxBytes } = options
  const bytes = input instanceof ArrayBuffer ? new Uint8Array(input) : input
  yield* readAny(bytes, name, maxBytes, true)
}

/** `inside` a ZIP, archives other than EPUB and DOCX are not opened again. */
function* readAny(
  bytes: Uint8Array | string,
  name: string,
  maxBytes: number,
  openArchives: boolean,
): Generator<StoryItem, undefined> {
  let archive: ZipEntry[] | null = null
  try {
    if (bytes.length > maxBytes) throw new ReadError('too-large', `The file is larger than the limit of ${maxBytes} bytes.`)
    if (bytes.length === 0) throw new ReadError('empty', 'The file is empty.')
    if (typeof bytes !== 'string' && isZip(bytes)) archive = openZip(bytes, { maxBytes })
    else if (typeof bytes !== 'string') refuseBinary(bytes)
  } catch (error) {
    yield { id: name, story: null, error: asReadError(error) }
    return
  }
  if (archive === null) {
    const source = typeof bytes === 'string' ? bytes : decodeText(bytes)
    yield* isJsonLines(source, name) ? readRecords(source) : [attempt(name, () => assembleStory(readSource(source, name)))]
    return
  }
  const has = (test: (path: string) => boolean): boolean => archive.some(({ path }) => test(path))
  if (has((path) => path === 'META-INF/container.xml' || path === 'content.opf'))
    yield attempt(name, () => assembleStory(readEpub(archive)))
  else if (has((path) => path === documentPath)) yield attempt(name, () => assembleStory(readWordDocument(archive)))
  else if (!openArchives)
    yield { id: name, story: null, error: new ReadError('unsupported', 'A ZIP inside a ZIP is not opened.') }
  else {
    for (const entry of archive) {
      if (!isStoryPath(entry.path)) continue
      const content = attempt(entry.path, () => entry.read())
      if (content.error !== null) yield content
      else yield* withPath(readAny(content.story, entry.path, maxBytes, false), entry.path)
    }
  }
}

function* withPath(items: Iterable<StoryItem>, path: string): Generator<StoryItem, undefined> {
  for (const item of items) {
    const id = item.id === path ? path : `${path}#${item.id}`
    if (item.story === null) yield { ...item, id }
    else
      yield {
        id,
        error: null,
        story: { ...item.story, origins: item.story.origins.map((origin) => ({ ...origin, path: origin.path ?? path })) },
      }
  }
}

function readSource(source: string, name: string): Draft {
  if (source.trim() === '') throw new ReadError('empty', 'The file is empty.')
  if (looksLikeHtml(source) || /\.x?html?$/i.test(name)) return readHtml(source)
  if (/\.(md|markdown|mdown)$/i.test(name) || (!/\.te?xt$/i.test(name) && /^\ufeff?\s{0,3}#{1,6} \S/.test(source)))
    return readMarkdown(source)
  return readPlainText(source)
}

const isJsonLines = (source: string, name: string): boolean =>
  /\.(jsonl|ndjson)$/i.test(name) || /^\ufeff?\s*\{\s*"[^"\n]{1,60}"\s*:/.test(source.slice(0, 200))

function* readRecords(source: string): Generator<StoryItem, undefined> {
  let lineNumber = 0
  for (let at = source.startsWith('\ufeff') ? 1 : 0; at < source.length; ) {
    let end = source.indexOf('\n', at)
    if (end < 0) end = source.length
    lineNumber++
    const line = source.slice(at, end)
    at = end + 1
    if (line.trim() === '') continue
    const item = attempt(String(lineNumber), () => readRecord(line, lineNumber))
    yield item.story === null ? item : { id: item.story.id, story: item.story.story, error: null }
  }
}

/** What a ZIP of stories also holds: folders' droppings and pictures. */
const isStoryPath = (path: string): boolean =>
  !/(^|\/)(\.|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/.test(path) &&
  !/\.(jpe?g|png|gif|webp|svg|css|js|json|xml|ncx|csv|parquet|log)$/i.test(path)

function attempt<T>(
  id: string,
  read: () => T,
): { id: string; story: T; error: null } | { id: string; story: null; error: ReadError } {
  try {
    return { id, story: read(), error: null }
  } catch (error) {
    return { id, story: null, error: asReadError(error) }
  }
}

/** A fault of ours must not end a corpus run, but must not hide either. */
const asReadError = (error: unknown): ReadError =>
  error instanceof ReadError
    ? error
    : new ReadError('malformed', `The file could not be read: ${error instanceof Error ? error.message : String(error)}`)
