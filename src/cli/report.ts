/** `throughline report`: a story as one HTML file. */
import type { Command } from 'commander'
import { renderReport } from '../chart/index.js'
import { fail, storyOf, writeOut } from './picture.js'

interface Flags {
  readonly output?: string
  readonly tags?: boolean
  readonly title?: string
}

/** Adds the command. Exit codes: 0, 1 when the file failed, 2 for misuse. */
export function registerReport(program: Command): void {
  program
    .command('report')
    .description('write one HTML file about a story: charts, cast, scenes, points of view and the marked text')
    .argument('<file>', 'story file (txt, md, html, epub, docx), or - for standard input')
    .option('-o, --output <file>', 'where to write; default: standard output')
    .option('--tags', "take the characters that the file's archive tags name as a known cast")
    .option('--title <title>', "heading, instead of the story's title")
    .addHelpText('after', '\nExample:\n  $ throughline report story.epub -o report.html')
    .action(async (file: string, { output, tags, title }: Flags) => {
      try {
        const story = await storyOf(file, { tags: tags ?? false })
        await writeOut(renderReport(story, title === undefined ? {} : { title }), output)
      } catch (error) {
        fail(file, error)
      }
    })
}
