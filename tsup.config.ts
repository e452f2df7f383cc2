import { existsSync } from 'node:fs'
import { defineConfig } from 'tsup'

const entries = ['index', 'read', 'table', 'chart', 'evaluate', 'corpus']
const entry = Object.fromEntries(
  entries
    .map((name) => [name, name === 'index' ? 'src/index.ts' : `src/${name}/index.ts`])
    .filter(([, file]) => existsSync(file!)),
)

export default defineConfig([
  {
    entry,
    format: ['esm', 'cjs'],
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
    sourcemap: true,
    clean: true,
    target: 'node20',
    splitting: false,
    noExternal: ['d3-force'],
  },
  {
    entry: { cli: 'src/cli/index.ts' },
    format: ['esm'],
    dts: false,
    target: 'node20',
    splitting: false,
    noExternal: ['d3-force'],
    banner: { js: '#!/usr/bin/env node' },
  },
])
