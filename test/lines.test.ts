import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { linesOf } from '../src/corpus/lines.js'

const collect = async (pieces: Iterable<string | Buffer>): Promise<string[]> => {
  const lines: string[] = []
  for await (const line of linesOf(Readable.from(pieces, { objectMode: false }))) lines.push(line)
  return lines
}

test.each([
  ['line feeds, with and without a return before them', ['a\nb\r\nc'], ['a', 'b', 'c']],
  ['empty lines', ['\n\na\n\n'], ['', '', 'a', '']],
  ['a line in several pieces', ['a', 'b', 'c\nd', '\r', '\ne'], ['abc', 'd', 'e']],
  ['a line separator within a line', ['a\u2028b\u2029c\rd\n'], ['a\u2028b\u2029c\rd']],
  ['a byte order mark', ['\ufeffa\n\ufeffb'], ['a', '\ufeffb']],
  ['nothing', [], []],
])('%s', async (_, pieces, lines) => {
  expect(await collect(pieces)).toEqual(lines)
})

test('a letter cut in two by the pieces is whole again', async () => {
  const bytes = Buffer.from('é\nü')
  expect(await collect([bytes.subarray(0, 1), bytes.subarray(1, 4), bytes.subarray(4)])).toEqual(['é', 'ü'])
})

test('no more is read than the lines asked for need', async () => {
  let pieces = 0
  const lines = linesOf(
    Readable.from(
      (function* () {
        for (;;) {
          pieces++
          yield Buffer.from(`${'x'.repeat(2 ** 16)}\n`)
        }
      })(),
      { objectMode: false },
    ),
  )
  for (let i = 0; i < 10; i++) {
    await lines.next()
    await new Promise((done) => setTimeout(done, 2))
  }
  expect(pieces).toBeLessThan(20)
  await lines.return(undefined)
})
