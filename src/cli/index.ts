/** The command line: the only place with a process and its streams. */
import { Command, CommanderError } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { registerAnalyze } from './analyze.js'
import { registerChart } from './chart.js'
import { registerCorpus } from './corpus.js'
import { registerFilter } from './filter.js'
import { registerReport } from './report.js'

const program = new Command('throughline')
  .description('Reads a story as a narrative: scenes, characters, speakers, point of view. Offline.')
  .version(packageJson.version)
  .showHelpAfterError('(see throughline --help)')
  .exitOverride()

registerAnalyze(program)
registerCorpus(program)
registerFilter(program)
registerReport(program)
registerChart(program)

// A reader such as `head` may close the pipe early: that is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : 2
}
