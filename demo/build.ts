/** Builds the page into demo/dist: static files for any web server. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Plugin } from 'esbuild'
import { reportStyle } from '../src/chart/report/style.js'

const out = 'demo/dist'

/** What wink's own `emptyModelJSON` gives. */
const emptyMachine = JSON.stringify([JSON.stringify([100, 0, { 0: {} }, {}, {}, {}])])

/** wink's parts for sentiment, named entities and lemmas, which the library never calls: empty ones stand in for 0.6 MB. */
const withoutUnusedModels: Plugin = {
  name: 'without-unused-models',
  setup({ onLoad }) {
    onLoad({ filter: /wn-(noun|verb|adjective)-exceptions\.js$/ }, () => ({
      contents: 'module.exports = Object.create(null)',
      loader: 'js',
    }))
    onLoad({ filter: /eng-(sa|ner)-model\.json$/ }, () => ({ contents: emptyMachine, loader: 'json' }))
  },
}

/** Puts the corpus behind dynamic imports: the page may not fetch, but it may load scripts of its own. */
const withCorpus: Plugin = {
  name: 'with-corpus',
  setup({ onLoad }) {
    onLoad({ filter: /demo\/stories\.ts$/ }, () => {
      const names = readdirSync('corpus').filter((name) => name.endsWith('.txt'))
      const entries = names.map(
        (name) => `${JSON.stringify(name.slice(0, -4))}: () => import(${JSON.stringify(resolve('corpus', name))})`,
      )
      return { contents: `export const stories = {${entries.join(',')}}`, loader: 'js', resolveDir: resolve('demo') }
    })
  },
}

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
await build({
  entryPoints: ['demo/app.ts', 'demo/worker.ts'],
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  loader: { '.txt': 'text' },
  outdir: out,
  plugins: [withoutUnusedModels, withCorpus],
})
cpSync('demo/index.html', join(out, 'index.html'))
writeFileSync(join(out, 'style.css'), `${reportStyle}\n${readFileSync('demo/style.css', 'utf8')}`)
const sizes = readdirSync(out).map((name) => gzipSync(readFileSync(join(out, name)), { level: 9 }).length)
process.stdout.write(`${out}: ${sizes.length} files, ${Math.round(sizes.reduce((a, b) => a + b, 0) / 1024)} kB gzipped in all\n`)
