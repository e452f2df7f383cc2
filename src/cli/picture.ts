/** What `throughline report` and `throughline chart` share: one file in, one picture out. */
import { readFile, writeFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { analyze } from '../analyze.js'
import { readStory, toOptions } from '../read/index.js'
import type { Story } from '../types.js'

/** Reads and analyses one story file, "-" being standard input; with `tags`, the archive's character tags are a known cast. */
export async function storyOf(file: string, { tags = false } = {}): Promise<Story> {
  const bytes = file === '-' ? await buffer(process.stdin) : await readFile(file)
  const story = readStory(bytes, { name: file === '-' ? '' : file })
  return analyze(story.text, { ...toOptions(story), ...(tags ? { cast: story.cast } : {}) })
}

/** Writes to a file, or to standard output without one. */
export async function writeOut(content: string, file: string | undefined): Promise<void> {
  if (file === undefined || file === '-') process.stdout.write(content)
  else await writeFile(file, content)
}

/** Says on standard error what went wrong, without control characters, and sets the exit code. */
export function fail(file: string, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`throughline: ${`${file}: ${message}`.replace(/\p{Cc}+/gu, ' ')}\n`)
  process.exitCode = 1
}
