/** The stories of folders, globs, files, ZIP archives and JSON Lines, one by one and always in the same order. */
import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import { recordId } from '../read/record.js'
import { openZip } from '../read/zip.js'
import { linesOf } from './lines.js'

/** One story to be read by a worker. */
export interface StoryInput {
  /** Key of the story: path below the input folder, with what leads to it inside a ZIP or JSONL file. */
  readonly id: string
  /** A file for the worker to open, bytes unpacked from an archive, or a JSON line. */
  readonly source:
    | { readonly path: string }
    | { readonly bytes: Uint8Array<ArrayBuffer> }
    | { readonly line: string; readonly lineNumber: number }
  /** Bytes of input that are dealt with once this story is done. */
  readonly weight: number
  /** Set when the story cannot even be handed to a worker. */
  readonly failure?: { readonly code: string; readonly message: string }
}

interface InputFile {
  readonly id: string
  readonly path: string
  readonly size: number
}

const storyFile = /\.(te?xt|md|markdown|x?html?|epub|docx|zip|jsonl|ndjson)$/i

/**
 * Lists the files of the inputs, sorted by id. Folders are searched for story files by their endings, hidden files and `exclude`
 * (the output folder) left out; a file named outright is taken whatever its ending. Ids are relative to a lone folder.
 *
 * @throws {Error} for an input that does not exist or a glob that matches nothing.
 */
export async function listFiles(inputs: readonly string[], exclude: string): Promise<InputFile[]> {
  const files = new Map<string, InputFile>()
  const lone = inputs.length === 1
  for (const input of inputs) {
    const found = /[*?[{]/.test(input) && !(await exists(input)) ? await expandGlob(input) : [input]
    if (found.length === 0) throw new Error(`no file matches "${input}"`)
    for (const path of found) {
      const info = await stat(path).catch(() => {
        throw new Error(`there is no file or folder "${path}"`)
      })
      if (!info.isDirectory()) add(path, lone && found.length === 1 ? basename(path) : path, info.size)
      else {
        for await (const file of filesBelow(path, exclude)) {
          if (storyFile.test(file)) add(file, lone ? relative(path, file) : file, (await stat(file)).size)
        }
      }
    }
  }
  return [...files.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))

  function add(path: string, id: string, size: number): void {
    const key = id
      .split(sep)
      .join('/')
      .replace(/^(\.\/)+/, '')
    files.set(resolve(path), { id: key, path, size })
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

async function* filesBelow(folder: string, exclude: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.name.startsWith('.') || resolve(path) === exclude) continue
    if (entry.isDirectory()) yield* filesBelow(path, exclude)
    else if (entry.isFile()) yield path
  }
}

/** Files that match a pattern with `*`, `?`, `**`, `[…]` and `{a,b}`, for shells that do not expand it. */
async function expandGlob(pattern: string): Promise<string[]> {
  const steps = pattern.split('/')
  const fixed = steps.slice(
    0,
    steps.findIndex((step) => /[*?[{]/.test(step)),
  )
  const base = fixed.length === 0 ? '.' : fixed.join('/') || '/'
  if (!(await exists(base))) return []
  const matches = globPattern(pattern.replace(/^\.\//, ''))
  const found: string[] = []
  for await (const path of filesBelow(base, '')) if (matches.test(path.split(sep).join('/'))) found.push(path)
  return found
}

export function globPattern(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|\*\*|[*?{},]|\[[^\]]*\]|[.+^$()|\\[\]]/g, (mark) => {
    if (mark === '**/') return '(?:.*/)?'
    if (mark === '**') return '.*'
    if (mark === '*') return '[^/]*'
    if (mark === '?') return '[^/]'
    if (mark === '{') return '(?:'
    if (mark === '}') return ')'
    if (mark === ',') return glob.includes('{') ? '|' : ','
    return mark.length > 1 && mark.startsWith('[') ? mark.replace(/^\[!/, '[^') : `\\${mark}`
  })
  return new RegExp(`^${source}$`)
}

/** The stories of the files in order. Only archives are unpacked here; everything else is the worker's business. */
export async function* storiesOf(files: readonly InputFile[]): AsyncGenerator<StoryInput> {
  for (const file of files) {
    if (/\.zip$/i.test(file.path)) yield* zipStories(file)
    else if (/\.(jsonl|ndjson)$/i.test(file.path)) yield* recordedStories(file)
    else yield { id: file.id, source: { path: file.path }, weight: file.size }
  }
}

async function* zipStories(file: InputFile): AsyncGenerator<StoryInput> {
  try {
    const entries = openZip(await readFile(file.path), { maxBytes: Infinity }).filter(
      ({ path }) => storyFile.test(path) && !/(^|\/)[._]/.test(path),
    )
    for (const entry of entries) {
      const input = { id: `${file.id}/${entry.path}`, weight: file.size / entries.length }
      try {
        yield { ...input, source: { bytes: entry.read().slice() } }
      } catch (error) {
        yield { ...input, source: { bytes: new Uint8Array() }, failure: failureOf(error) }
      }
    }
  } catch (error) {
    yield { id: file.id, source: { path: file.path }, weight: file.size, failure: failureOf(error) }
  }
}

/** Lines of a JSONL file, streamed; the key is the record's `id` where it has one, else the file's name and line number. */
async function* recordedStories(file: InputFile): AsyncGenerator<StoryInput> {
  let lineNumber = 0
  for await (const line of linesOf(createReadStream(file.path))) {
    lineNumber++
    if (line.trim() === '') continue
    const id = recordId(line)
    yield { id: id ?? `${file.id}#${lineNumber}`, source: { line, lineNumber }, weight: Buffer.byteLength(line) + 1 }
  }
}

/** Code and sentence of whatever was thrown. */
export function failureOf(error: unknown): { code: string; message: string } {
  const { code, message } = error as { code?: unknown; message?: unknown }
  return { code: typeof code === 'string' ? code : 'internal', message: typeof message === 'string' ? message : String(error) }
}
