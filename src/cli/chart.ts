/** `throughline chart`: a story as one picture. */
import { type Command, InvalidArgumentError } from 'commander'
import {
  type Chart,
  type ChartOptions,
  dialogueChart,
  networkChart,
  pacingChart,
  presenceChart,
  storylineChart,
  viewpointChart,
} from '../chart/index.js'
import type { Story } from '../types.js'
import { fail, storyOf, writeOut } from './picture.js'

const kinds: Readonly<Record<string, (story: Story, options: ChartOptions) => Chart>> = {
  storyline: storylineChart,
  viewpoint: viewpointChart,
  presence: presenceChart,
  dialogue: dialogueChart,
  network: networkChart,
  pacing: pacingChart,
}

interface Flags {
  readonly output?: string
  readonly spec?: boolean
  readonly tags?: boolean
  readonly width?: number
  readonly characters?: number
}

/** Adds the command. Exit codes: 0, 1 when the file failed, 2 for misuse. */
export function registerChart(program: Command): void {
  program
    .command('chart')
    .description('draw a story as SVG, or as a Vega-Lite specification')
    .argument('<kind>', Object.keys(kinds).join(', '), kindOf)
    .argument('<file>', 'story file (txt, md, html, epub, docx), or - for standard input')
    .option('-o, --output <file>', 'where to write; default: standard output')
    .option('--spec', 'write the Vega-Lite specification (JSON) instead of the picture')
    .option('--tags', "take the characters that the file's archive tags name as a known cast")
    .option('--width <pixels>', 'width of the picture; default 960', wholeNumber)
    .option('--characters <number>', 'how many characters are shown', wholeNumber)
    .addHelpText('after', '\nExample:\n  $ throughline chart storyline story.txt -o storyline.svg')
    .action(async (kind: string, file: string, { output, spec, tags, width, characters }: Flags) => {
      try {
        const story = await storyOf(file, { tags: tags ?? false })
        const options = { ...(width === undefined ? {} : { width }), ...(characters === undefined ? {} : { characters }) }
        const chart = kinds[kind]!(story, options)
        if (spec && chart.spec === null) throw new Error(`Vega-Lite has no mark for a ${kind} chart; leave out --spec.`)
        await writeOut(spec ? `${JSON.stringify(chart.spec)}\n` : `${chart.svg()}\n`, output)
      } catch (error) {
        fail(file, error)
      }
    })
}

function kindOf(kind: string): string {
  if (!Object.hasOwn(kinds, kind)) throw new InvalidArgumentError(`Expected one of ${Object.keys(kinds).join(', ')}.`)
  return kind
}

function wholeNumber(value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Expected a whole number from 1.')
  return number
}
