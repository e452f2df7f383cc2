/** `throughline analyze`: one readable page, or the Story as JSON, for each file. */
import { readFile } from 'node:fs/promises'
import { type Command, InvalidArgumentError } from 'commander'
import { analyze } from '../analyze.js'
import { readStories, type StoryFile, toOptions } from '../read/index.js'
import type { AnalyzeOptions, CastEntry, Story } from '../types.js'
import { renderSummary } from './summary.js'
import { plain, terminalOf } from './terminal.js'

interface Flags {
  readonly json?: boolean
  readonly withText?: boolean
  readonly tags?: boolean
  readonly cast?: readonly CastEntry[]
  readonly merge?: readonly (readonly string[])[]
  readonly sensitivity?: number
  readonly candidates?: boolean
}

const examples = `
Examples:
  $ throughline analyze story.txt                        a page to read
  $ throughline analyze --json story.epub > story.json   every layer, without the text
  $ cat story.md | throughline analyze -                 from standard input
  $ throughline analyze --merge "Bruce,Batman" fic.html  two names, one man`

/** Adds the command. Exit codes: 0, 1 when a file failed, 2 for misuse. */
export function registerAnalyze(program: Command): void {
  program
    .command('analyze')
    .description('read stories and print what is in them: characters, speakers, scenes, point of view')
    .argument('<file...>', 'story files (txt, md, html, epub, docx, zip, jsonl), or - for standard input')
    .option('--json', 'print the Story as JSON, one line per story, without its text')
    .option('--with-text', 'with --json: include the text')
    .option('--tags', "take the characters that the file's archive tags name as a known cast")
    .option('--cast <names>', 'known characters: "Anna Hale=Annie=the captain, Tom"', castOf)
    .option('--merge <names>', 'names that are one character: "Bruce,Batman"; may be repeated', mergeOf)
    .option('--sensitivity <number>', 'how fine scenes are cut, 0 (typed breaks alone) to 4; default 1', numberOf)
    .option('--candidates', 'with --json: the boundary score of every paragraph start')
    .addHelpText('after', examples)
    .action(async (files: readonly string[], flags: Flags) => {
      for (const file of files) await analyzeFile(file, flags)
    })
}

async function analyzeFile(file: string, flags: Flags): Promise<void> {
  const name = file === '-' ? 'standard input' : file
  try {
    const bytes = file === '-' ? await readInput() : await readFile(file)
    for (const { id, story, error } of readStories(bytes, { name: file === '-' ? '' : file })) {
      const label = id === '' || id === file ? name : `${name}#${id}`
      if (error !== null) fail(label, error.message)
      else print(analyze(story.text, optionsOf(story, flags)), label, flags)
    }
  } catch (error) {
    fail(name, messageOf(error))
  }
}

function optionsOf(story: StoryFile, { tags, cast, merge, sensitivity, candidates }: Flags): AnalyzeOptions {
  const known = [...(tags ? story.cast : []), ...(cast ?? [])]
  return {
    ...toOptions(story),
    ...(known.length > 0 ? { cast: known } : {}),
    ...(merge ? { merge } : {}),
    ...(sensitivity === undefined ? {} : { sensitivity }),
    ...(candidates ? { candidates } : {}),
  }
}

function print(story: Story, name: string, { json, withText }: Flags): void {
  if (!json) {
    process.stdout.write(`${renderSummary(story, name, terminalOf(process.stdout, process.env))}\n\n`)
    return
  }
  const { text, ...layers } = story
  process.stdout.write(`${JSON.stringify(withText ? { ...layers, text } : layers)}\n`)
}

function fail(name: string, message: string): void {
  process.stderr.write(`throughline: ${plain(name)}: ${plain(message)}\n`)
  process.exitCode = 1
}

/** Node's own messages name the file again; people need the reason. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'is a folder; use `throughline corpus` for folders',
  EACCES: 'may not be read',
}
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return ('code' in error && reasons[String(error.code)]) || error.message
}

async function readInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

const namesOf = (list: string, separator: string): string[] =>
  list
    .split(separator)
    .map((name) => name.trim())
    .filter(Boolean)

function castOf(list: string): CastEntry[] {
  return namesOf(list, ',').map((entry) => {
    const [name = '', ...aliases] = namesOf(entry, '=')
    return { name, aliases }
  })
}

function mergeOf(list: string, before: readonly (readonly string[])[] = []): (readonly string[])[] {
  const names = namesOf(list, ',')
  if (names.length < 2) throw new InvalidArgumentError('Expected two names or more, parted by commas.')
  return [...before, names]
}

function numberOf(value: string): number {
  const number = Number(value)
  if (!(number >= 0 && number <= 4)) throw new InvalidArgumentError('Expected a number from 0 to 4.')
  return number
}
