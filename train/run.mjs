// Bundles a TypeScript program of this folder (or of bench/) and runs it: node train/run.mjs [DIR/]NAME ARGS…
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'

const [name, ...args] = process.argv.slice(2)
if (name === undefined) throw new Error('usage: node train/run.mjs [DIR/]NAME ARGS…')
const outfile = join(mkdtempSync(join(tmpdir(), 'throughline-')), `${basename(name)}.mjs`)
buildSync({
  entryPoints: [name.includes('/') ? `${name}.ts` : `train/${name}.ts`],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile,
  banner: { js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);" },
})
process.argv = [process.argv[0], outfile, ...args]
await import(pathToFileURL(outfile).href)
