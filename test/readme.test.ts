import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildSync } from 'esbuild'
import { expect, test } from 'vitest'

const readme = readFileSync('README.md', 'utf8')

test('the first example prints what README says it prints', () => {
  const [, code, output] = /```ts\n([\s\S]*?)```\n+```text\n([\s\S]*?)```/.exec(readme)!
  const folder = mkdtempSync(join(tmpdir(), 'throughline-readme-'))
  writeFileSync(join(folder, 'example.ts'), code!)
  buildSync({
    entryPoints: [join(folder, 'example.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: join(folder, 'example.mjs'),
    alias: { throughline: resolve('src/index.ts') },
    banner: { js: "import { createRequire as make } from 'node:module'; const require = make(import.meta.url);" },
  })
  expect(execFileSync(process.execPath, [join(folder, 'example.mjs')], { encoding: 'utf8' })).toBe(output)
})
