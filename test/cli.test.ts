import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Story } from '../src/types.js'

const folder = mkdtempSync(join(tmpdir(), 'throughline-cli-'))
const program = join(folder, 'cli.mjs')
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const run = (args: readonly string[], input = '', env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [program, ...args], { input, encoding: 'utf8', env: { ...process.env, ...env } })

beforeAll(() => {
  buildSync({
    entryPoints: ['src/cli/index.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
    banner: { js: "import { createRequire as make } from 'node:module'; const require = make(import.meta.url);" },
  })
})

const scene = '“I won’t go,” said Anna.\n\nTom looked at his sister. “You promised,” he said.'

describe('throughline analyze', () => {
  test('prints a page: title, characters, speakers, scenes, point of view', () => {
    const { stdout, status } = run(['analyze', file('scene.txt', scene)])
    expect(status).toBe(0)
    for (const heading of ['scene.txt', 'Characters', 'Who speaks', 'Scenes', 'Point of view', 'Anna', 'Tom'])
      expect(stdout).toContain(heading)
  })
  test('--json gives the Story without its text, --with-text with it', () => {
    const path = file('json.txt', scene)
    const story = JSON.parse(run(['analyze', '--json', path]).stdout) as Story
    expect(story).not.toHaveProperty('text')
    expect(story.schemaVersion).toBe(1)
    expect((JSON.parse(run(['analyze', '--json', '--with-text', path]).stdout) as Story).text).toContain('Anna')
  })
  test('- reads standard input', () => expect(run(['analyze', '-'], scene).stdout).toContain('Anna'))
  test('a missing file is one line that names it, and the others go on', () => {
    const { stdout, stderr, status } = run(['analyze', join(folder, 'missing.txt'), file('there.txt', scene)])
    expect(status).toBe(1)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain('missing.txt: no such file')
    expect(stdout).toContain('Anna')
  })
  test('a picture given by mistake is refused in one line', () => {
    writeFileSync(join(folder, 'cover.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]))
    const { stderr, status } = run(['analyze', join(folder, 'cover.png')])
    expect([status, stderr.trim().split('\n').length]).toEqual([1, 1])
  })
  test.each([
    [['analyse-this']],
    [['analyze']],
    [['analyze', '--sensitivity', '9', 'x']],
    [['analyze', '--merge', 'Anna', 'x']],
    [['--nonsense']],
  ])('%j is misuse', (args) => {
    const { status, stderr } = run(args)
    expect(status).toBe(2)
    expect(stderr).not.toBe('')
  })
  test('control characters of a story never reach the terminal', () => {
    const evil =
      '\u001b[31mAnna\u001b[0m\u0007 went home. \u202eAnna said \u009b31mhello.\n\n“Yes,” said Anna\u001b]0;owned\u0007.'
    const { stdout } = run(['analyze', file('evil.txt', evil)])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    expect(stdout).toContain('Anna')
  })
  test('--help shows examples', () => expect(run(['analyze', '--help']).stdout).toContain('Examples:'))
})
