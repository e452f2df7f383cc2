import { existsSync } from 'node:fs'
import { defineConfig, type Options } from 'tsup'

const entries = ['index', 'read', 'table', 'chart', 'evaluate', 'corpus']
const entry = Object.fromEntries(
  entries
    .map((name) => [name, name === 'index' ? 'src/index.ts' : `src/${name}/index.ts`])
    .filter(([, file]) => existsSync(file!)),
)

/** Node 20 has had \p{…} since its first release; taken for new, each such expression would be compiled at every call. */
const supported = { 'regexp-unicode-property-escapes': true }

const library: Options = {
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  sourcemap: true,
  target: 'node20',
  splitting: false,
  esbuildOptions: (options) => {
    options.supported = supported
  },
}

export default defineConfig([
  { ...library, entry, format: ['esm'], clean: true, noExternal: ['d3-force'] },
  {
    ...library,
    entry,
    format: ['cjs'],
    shims: true,
    // These are ES modules alone, which `require` cannot load before Node 20.19; the variant for browsers needs no file system.
    noExternal: ['d3-force', 'hyparquet-writer', 'hyparquet'],
    esbuildOptions: (options) => {
      options.supported = supported
      options.conditions = ['browser']
    },
  },
  { ...library, entry: { 'corpus-worker': 'src/corpus/worker.ts' }, format: ['esm'], dts: false },
  {
    entry: { cli: 'src/cli/index.ts' },
    format: ['esm'],
    dts: false,
    target: 'node20',
    splitting: false,
    noExternal: ['d3-force'],
    esbuildOptions: (options) => {
      options.supported = supported
    },
    banner: { js: '#!/usr/bin/env node' },
  },
])
