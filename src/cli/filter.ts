/** `throughline filter`: JSON Lines on standard input, one result line per story on standard output. */
import { once } from 'node:events'
import type { Command } from 'commander'
import { type FilterOptions, filterLine } from '../corpus/index.js'
import { linesOf } from '../corpus/lines.js'
import { decimal } from './number.js'

/** Puts the command on a program. */
export function registerFilter(program: Command): void {
  program
    .command('filter')
    .description('analyse JSON Lines from standard input, one result line per story')
    .option('--with-text', 'leave the text in each story')
    .option('--use-cast', 'take the characters of each record’s tags as known')
    .option('--sensitivity <n>', 'how fine scenes are cut (0 = the author’s own breaks alone)', decimal)
    .addHelpText(
      'after',
      `
Each input line is {"text": …, "id"?: …, "metadata"?: {…}}; each output line {"id", "story"}, or {"id", "line", "error"}.

Example:
  parallel --pipe -k -N 50 throughline filter < stories.jsonl > results.jsonl

Exit code: 0 all lines gave a story, 1 some did not.`,
    )
    .action(async (flags: FilterOptions) => {
      process.exitCode = await runFilter(flags)
    })
}

async function runFilter(flags: FilterOptions): Promise<number> {
  let lineNumber = 0
  let failed = false
  for await (const line of linesOf(process.stdin)) {
    lineNumber++
    if (line.trim() === '') continue
    const result = filterLine(line, lineNumber, flags)
    failed ||= result.failed
    try {
      if (!process.stdout.write(`${result.line}\n`)) await once(process.stdout, 'drain')
    } catch {
      // The reader has gone away (`head`): nothing more to do.
      break
    }
  }
  return failed ? 1 : 0
}
