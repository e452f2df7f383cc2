/**
 * Executes demo/notebook.ipynb on the Deno kernel with `jupyter nbconvert` and looks at what the cells gave: npm run test:notebook, after npm run build.
 * Needs Jupyter (Debian: jupyter-nbconvert). Deno is the npm package: the one that DENO names, else installed under .cache.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const denoVersion = '2.9.6'

function denoPath(): string {
  const own = process.env.DENO ?? resolve('.cache/deno/node_modules/.bin/deno')
  if (!existsSync(own))
    execFileSync('npm', ['install', '--no-save', '--prefix', '.cache/deno', `deno@${denoVersion}`], { stdio: 'ignore' })
  return own
}

interface Output {
  readonly output_type: string
  readonly text?: string | string[]
  readonly data?: Readonly<Record<string, unknown>>
}
interface Notebook {
  readonly cells: readonly {
    readonly cell_type: string
    readonly source: string | string[]
    readonly outputs?: readonly Output[]
  }[]
}

const folder = mkdtempSync(join(tmpdir(), 'throughline-notebook-'))
const kernel = join(folder, 'kernels', 'deno')
mkdirSync(kernel, { recursive: true })
const argv = [denoPath(), 'jupyter', '--kernel', '--conn', '{connection_file}']
writeFileSync(join(kernel, 'kernel.json'), JSON.stringify({ argv, display_name: 'Deno', language: 'typescript' }))
function execute(): Notebook {
  execFileSync(
    'jupyter',
    ['nbconvert', '--to', 'notebook', '--execute', '--output-dir', folder, '--output', 'executed', 'demo/notebook.ipynb'],
    {
      stdio: 'inherit',
      env: { ...process.env, JUPYTER_PATH: folder },
    },
  )
  return JSON.parse(readFileSync(join(folder, 'executed.ipynb'), 'utf8')) as Notebook
}

// Deno's kernel, on a busy machine, now and then ends a cell before what it printed has come: then once more.
const isComplete = ({ cells }: Notebook): boolean =>
  cells.filter(({ outputs = [] }) => outputs.some(({ output_type }) => output_type === 'stream')).length >= 2
const first = execute()
const { cells } = isComplete(first) ? first : execute()
const text = (lines: string | string[] | undefined): string => (Array.isArray(lines) ? lines.join('') : (lines ?? ''))
const outputs = cells.flatMap((cell) => cell.outputs ?? [])
const failures: string[] = []
const expect = (holds: boolean, what: string): void => {
  if (!holds) failures.push(what)
}
const pictures = outputs.filter(({ data }) => text(data?.['image/svg+xml'] as string).startsWith('<svg '))
expect(pictures.length === 6, `six charts as SVG, got ${pictures.length}`)
expect(
  outputs.filter(({ data }) => data?.['application/vnd.vegalite.v6+json'] !== undefined).length === 5,
  'five Vega-Lite specifications',
)
expect(!outputs.some(({ output_type }) => output_type === 'error'), 'no error')
const printed = outputs.map((output) => text(output.text)).join('')
expect(/\d+ characters, \d+ scenes, \d+ quotations/.test(printed), 'the counts of the story')
expect(/[a-z-]+: \d+ shifts in \d+ scenes/.test(printed), 'the answer to the question')
const table = outputs.map(({ data }) => text(data?.['text/html'] as string)).find((html) => html.includes('<table>')) ?? ''
const stories = table.match(/<tr>/g)?.length ?? 0
expect(stories > 20, `a table of the corpus, got ${stories} rows`)
if (failures.length > 0) throw new Error(`The notebook lacks: ${failures.join('; ')}`)
process.stdout.write(`Notebook: ${pictures.length} charts, a table of ${stories - 1} stories.\n`)
