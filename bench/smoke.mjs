// Packs the library, installs the tarball into a fresh folder and uses it as its users do: ESM, CommonJS, TypeScript (NodeNext, Bundler), CLI.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync, mkdirSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'throughline-smoke-'))
const run = (command, args, options = {}) => execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options })
const check = (name, holds) => {
  if (!holds) throw new Error(`smoke: ${name} failed`)
  console.log(`smoke: ${name}`)
}
const manifest = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { encoding: 'utf8' }))
const tarball = join(folder, (Array.isArray(manifest) ? manifest[0] : Object.values(manifest)[0]).filename)
writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
run('npm', ['install', '--no-audit', '--no-fund', '--omit=optional', tarball])

const story = '“I won’t go,” said Anna.\n\nTom looked at her. “You promised,” he said.'
const entries = Object.keys(JSON.parse(execFileSync(process.execPath, ['-p', 'JSON.stringify(require("./package.json").exports)'], { encoding: 'utf8' }))).filter((entry) => !entry.endsWith('.json'))
const names = entries.map((entry) => entry.replace(/^\./, 'throughline'))
writeFileSync(join(folder, 'esm.mjs'), `${names.map((name, i) => `import * as m${i} from '${name}'`).join('\n')}\nimport { analyze } from 'throughline'\nconsole.log(analyze(${JSON.stringify(story)}).characters.map((c) => c.name).join())\n`)
check('ESM, every entry', run(process.execPath, ['esm.mjs']).includes('Anna'))
writeFileSync(join(folder, 'cjs.cjs'), `${names.map((name) => `require('${name}')`).join('\n')}\nconsole.log(require('throughline').analyze(${JSON.stringify(story)}).characters.map((c) => c.name).join())\n`)
check('CommonJS, every entry', run(process.execPath, ['cjs.cjs']).includes('Anna'))

const source = `import { analyze, type Story } from 'throughline'\nconst story: Story = analyze('Anna ran.')\nconst name: string | undefined = story.characters[0]?.name\n// @ts-expect-error spans are readonly\nstory.text = ''\nexport { name }\n`
mkdirSync(join(folder, 'node_modules/@types'), { recursive: true })
for (const types of ['node']) symlinkSync(resolve('node_modules/@types', types), join(folder, 'node_modules/@types', types))
for (const [name, module, resolution] of [['use.mts', 'NodeNext', 'NodeNext'], ['use.cts', 'NodeNext', 'NodeNext'], ['use.ts', 'ESNext', 'Bundler']]) {
  writeFileSync(join(folder, name), source)
  run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '--noEmit', '--strict', '--target', 'ES2022', '--module', module, '--moduleResolution', resolution, name])
  check(`TypeScript, ${resolution}, ${name}`, true)
}
writeFileSync(join(folder, 'story.txt'), story)
const bin = join(folder, 'node_modules/.bin', readdirSync(join(folder, 'node_modules/.bin')).find((file) => file === 'throughline'))
check('command line', run(bin, ['analyze', 'story.txt']).includes('Anna'))
rmSync(folder, { recursive: true })
