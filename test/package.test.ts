/** The package's promises, read off its sources. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as door from '../src/index.js'

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(join('src', file), 'utf8') }))

/** Rooms by floor; imports go down only, and stages on one floor do not know each other. */
const floors: readonly (readonly string[])[] = [
  ['types.ts', 'span.ts', 'layers.ts', 'metadata.ts'],
  ['lexicon', 'model'],
  ['text'],
  ['quotation', 'character', 'scene', 'viewpoint'],
  ['given.ts', 'publish.ts', 'diagnose.ts', 'analyze.ts'],
  ['read', 'table', 'chart', 'evaluate', 'corpus', 'report', 'outline.ts'],
  ['index.ts', 'cli'],
]
/** Floors whose files are of one piece. */
const knowEachOther = new Set([0, 4, 6])
const roomOf = (path: string): string => path.split('/')[0]!
const floorOf = (room: string): number => floors.findIndex((rooms) => rooms.includes(room))
const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')

describe('imports', () => {
  const edges = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)]
      .map((match) => normalize(join(dirname(file), match[1]!.replace(/\.js$/, '.ts'))).replaceAll('\\', '/'))
      .filter((to) => !to.startsWith('../'))
      .map((to) => ({ file, from: roomOf(file), to: roomOf(to), target: to })),
  )
  test('every room has its floor', () => {
    expect([...new Set(sources.map(({ file }) => roomOf(file)))].filter((room) => floorOf(room) < 0)).toEqual([])
  })
  test('go down only', () => {
    const up = edges.filter(
      ({ from, to }) =>
        from !== to && floorOf(to) >= floorOf(from) && !(floorOf(from) === floorOf(to) && knowEachOther.has(floorOf(from))),
    )
    const allowed = up.filter(
      ({ from, to }) => !((from === 'report' && to === 'chart') || (from === 'corpus' && (to === 'read' || to === 'table'))),
    )
    expect(allowed.map(({ file, target }) => `${file} → ${target}`)).toEqual([])
  })
  test('chart and table work on a Story read back from JSON: types and span only', () => {
    const deep = edges.filter(
      ({ from, to }) => (from === 'chart' || from === 'table') && from !== to && to !== 'types.ts' && to !== 'span.ts',
    )
    expect(deep.map(({ file, target }) => `${file} → ${target}`)).toEqual([])
  })
})

describe('story text never leaves the machine', () => {
  test('no network call in the library or the command line', () => {
    const network =
      /\bfetch\s*\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|from 'node:(?:https?|http2|net|tls|dgram|dns)'|require\('(?:https?|net)'\)/
    expect(sources.filter(({ text }) => network.test(withoutComments(text))).map(({ file }) => file)).toEqual([])
  })
})

describe('the library is quiet', () => {
  test('no console or process outside cli and corpus', () => {
    const loud = sources.filter(
      ({ file, text }) => roomOf(file) !== 'cli' && /\bconsole\.|\bprocess\.(?:std|argv|exit|env)/.test(withoutComments(text)),
    )
    expect(loud.map(({ file }) => file)).toEqual([])
  })
  test('no parked tests and no silenced types', () => {
    const parked = readdirSync('test', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('package.test.ts'))
      .filter((file) => /\b(?:it|test|describe)\.(?:skip|todo|only)\b|@ts-nocheck/.test(readFileSync(join('test', file), 'utf8')))
    expect(parked).toEqual([])
  })
})

describe('the public door', () => {
  test('exports these names and no others', () => {
    expect(Object.keys(door).sort()).toEqual(['analyze', 'pointOfViewReport', 'speakerTurns', 'storyOutline'])
  })
})

describe('package.json', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    exports: Record<string, string | Record<string, { types: string; default: string }>>
    dependencies: Record<string, string>
    devDependencies: Record<string, string>
  }
  test('pins exact versions', () => {
    const ranges = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+/.test(version),
    )
    expect(ranges).toEqual([])
  })
  test('puts types first in every export', () => {
    for (const conditions of Object.values(manifest.exports)) {
      if (typeof conditions === 'string') continue
      for (const target of Object.values(conditions)) if (typeof target === 'object') expect(Object.keys(target)[0]).toBe('types')
    }
  })
  test('the lockfile names no registry', () => {
    expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved":\s*"https?:/)
  })
  test('nothing under src is reached from outside it', () => {
    const outside = sources.filter(({ file, text }) =>
      [...text.matchAll(/from '(\.[^']+)'/g)].some(
        (match) => relative('.', join(dirname(file), match[1]!)).startsWith('..') && !match[1]!.endsWith('package.json'),
      ),
    )
    expect(outside.map(({ file }) => file)).toEqual([])
  })
})
