import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyze } from '../src/index.js'
import type { Story } from '../src/types.js'
import { problemsOf } from './validate.js'

const scene = `“I won’t go,” said Anna. “Not tonight.”

Tom looked at his sister. “You promised Mrs. Hale,” he said.

“Mrs. Hale can wait!” she cried, and slammed the door behind her.`

const withoutIds = ({ quotations, text }: Story) => quotations.map(({ start, end, kind }) => [text.slice(start, end), kind])

describe('analyze', () => {
  test('reads a short scene', () => {
    const story = analyze(scene)
    expect(problemsOf(story)).toEqual([])
    expect(withoutIds(story).map(([words]) => words)).toEqual([
      '“I won’t go,”',
      '“Not tonight.”',
      '“You promised Mrs. Hale,”',
      '“Mrs. Hale can wait!”',
    ])
    expect(story.characters.map(({ name }) => name)).toEqual(expect.arrayContaining(['Anna', 'Tom', 'Mrs. Hale']))
  })
  test('an empty text is an empty story', () => {
    for (const text of ['', ' \n\t\n ']) {
      const story = analyze(text)
      expect(problemsOf(story)).toEqual([])
      expect(
        [story.paragraphs, story.quotations, story.characters, story.scenes, story.viewpoints].every(
          (layer) => layer.length === 0,
        ),
      ).toBe(true)
    }
  })
  test.each([
    [null, '`null`'],
    [undefined, '`undefined`'],
    [42, '`42` (number)'],
    [{ a: 1 }, '`{"a":1}` (object)'],
  ])('%s throws a TypeError that says so', (value, got) =>
    expect(() => analyze(value as never)).toThrow(new TypeError(`analyze: expected \`text\` to be a string, got ${got}`)),
  )
  test('a misspelt option value is told', () => {
    expect(() => analyze('', { sensitivity: -1 })).toThrow(/sensitivity.*-1/)
    expect(() => analyze('', { cast: ['Anna'] as never })).toThrow(/cast/)
    expect(() => analyze('', { merge: ['Anna'] as never })).toThrow(/merge/)
  })
  test('a foreign text gets a diagnostic, English none', () => {
    const german =
      'Es war einmal ein König, der hatte eine Tochter, die war so schön, dass die Sonne selber, die doch so vieles gesehen hat, sich verwunderte, so oft sie ihr ins Gesicht schien. Nahe bei dem Schlosse lag ein großer dunkler Wald.'
    expect(analyze(german).diagnostics.map(({ code }) => code)).toContain('not-english')
    expect(
      analyze('Жили-были старик со старухой у самого синего моря. '.repeat(3)).diagnostics.map(({ code }) => code),
    ).toContain('not-english')
    expect(analyze(scene).diagnostics).toEqual([])
  })
  test('progress rises to 1', () => {
    const done: number[] = []
    analyze(scene, { onProgress: (progress) => done.push(progress.done) })
    expect(done).toEqual([...done].sort((a, b) => a - b))
    expect(done.at(-1)).toBe(1)
  })
})

describe('any text', () => {
  const hostile = fc.string({
    unit: fc.constantFrom(
      'a',
      'Anna ',
      'he ',
      'I ',
      'said ',
      '“',
      '”',
      '"',
      "'",
      '’',
      '«',
      '—',
      '- ',
      '\n',
      '\n\n',
      '\r\n',
      ' ',
      '.',
      '!',
      '?',
      '…',
      '*',
      '_',
      '/',
      '#',
      ':',
      '\u0000',
      '\u200b',
      '\u2028',
      '\ufeff',
      '\ud83d',
      '\ude42',
      '🙂',
      'é',
      'e\u0301',
      '漢',
      'X',
      'oOo',
      'Chapter 1',
      'A/N: ',
      'Mr. ',
      '(',
      ')',
      '[',
      ']',
      '<hr>',
      '1',
      'VII',
      '\u202e',
      '__proto__ ',
      'constructor ',
      'toString ',
    ),
    maxLength: 120,
  })
  test('gives a sound story', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(problemsOf(analyze(text, { candidates: true }))).toEqual([])
      }),
      { numRuns: 400 },
    )
  })
  test.each(['!', '-', '"', '“', '~*~', 'A', 'a', ' ', '\n', '*', '.', 'I ', 'x', '😀', '\u0000', 'Anna ', '(', '/'])(
    '20,000 of %j too',
    (unit) => {
      expect(problemsOf(analyze(unit.repeat(Math.ceil(20_000 / unit.length))))).toEqual([])
    },
  )
  test('is the same whatever was analysed before', () => {
    const alone = JSON.stringify(analyze(scene))
    analyze('Tom’s Tom’s, sister’s sister’s, Anna’s. “Hale’s,” Seward’s said.')
    expect(JSON.stringify(analyze(scene))).toBe(alone)
  })
  test('put in a chapter after another keeps its quotations', () => {
    const story = analyze(`Chapter 1\n\nIt rained.\n\nChapter 2\n\n${scene}`)
    expect(withoutIds(story)).toEqual(withoutIds(analyze(scene)))
  })
  test('in straight marks is read as in curly ones', () => {
    const straight = analyze(scene.replace(/[“”]/g, '"').replaceAll('’', "'"))
    const curly = analyze(scene)
    expect(straight.quotations.map(({ start, end, speaker }) => [start, end, speaker])).toEqual(
      curly.quotations.map(({ start, end, speaker }) => [start, end, speaker]),
    )
  })
})

describe('given layers', () => {
  test('are published as they are, and the rest is built on them', () => {
    const story = analyze(scene)
    const anna = story.characters.find(({ name }) => name === 'Anna')!
    const given = {
      characters: story.characters,
      mentions: story.mentions,
      quotations: story.quotations.map(
        (q) => ({ ...q, speaker: anna.id, type: 'implicit', cue: 'hand', confidence: 1 }) as const,
      ),
    }
    const again = analyze(scene, { given })
    expect(problemsOf(again)).toEqual([])
    expect(again.quotations).toEqual(given.quotations)
    expect(again.characters).toEqual(given.characters)
    expect(again.scenes.length).toBe(story.scenes.length)
  })
  test('mentions alone make their characters', () => {
    const start = scene.indexOf('Anna')
    const story = analyze(scene, {
      given: { mentions: [{ start, end: start + 4, character: 'A', mentionType: 'PROP', quotation: null, confidence: 1 }] },
    })
    expect(story.characters).toMatchObject([{ id: 'A', name: 'Anna', mentionCount: 1 }])
  })
  test.each([
    [
      'a span past the end',
      { mentions: [{ start: 5, end: 9999, character: 'A', mentionType: 'PROP', quotation: null, confidence: 1 }] },
      /mentions\[0\].*9999/,
    ],
    ['scenes with a gap', { scenes: [{ ...analyze(scene).scenes[0]!, start: 3 }] }, /scenes\[0\].*starts at 3/],
    ['characters without mentions', { characters: analyze(scene).characters }, /given.mentions/],
    [
      'an unknown speaker',
      { quotations: [{ ...analyze(scene).quotations[0]!, speaker: 'nobody' }] },
      /quotations\[0\].speaker.*nobody/,
    ],
  ] as const)('%s is a clear error', (_, given, message) =>
    expect(() => analyze(scene, { given: given as never })).toThrow(message),
  )
})
