import { describe, expect, test } from 'vitest'
import { analyze } from '../src/index.js'
import type { MentionSpan } from '../src/layers.js'
import { detectQuotations } from '../src/quotation/detect.js'
import { readText } from '../src/text/layer.js'
import { Sign, signReader } from '../src/text/sign.js'

/** The sign of the name or pronoun in square brackets. */
function signOf(marked: string): string {
  const open = marked.indexOf('[')
  const text = marked.replace(/[[\]]/g, '')
  const end = marked.indexOf(']') - 1
  const layer = readText(text)
  const { tokens } = layer
  const first = tokens.start.indexOf(open)
  const last = tokens.end.indexOf(end)
  const mentionType = /^\p{Lu}/u.test(text[open]!) && !/^(?:He|She|Her|His)$/.test(text.slice(open, end)) ? 'PROP' : 'PRON'
  const mention: MentionSpan = {
    ...{ start: open, end, first, last, head: last, mentionType },
    ...{ score: 1, plural: false, vocative: false },
  }
  const sign = signReader(layer, detectQuotations(layer))(mention)
  return Object.entries(Sign).find(([, code]) => code === sign)![0]
}

describe('signs of a mind', () => {
  test.each([
    ['[Anna] knew the road.', 'mind'],
    ['[She] had never really known the road.', 'mind'],
    ['[Anna] was glad of the rain.', 'feels'],
    ['[Anna] walked to the mill.', 'acts'],
    ['“No,” said [Anna].', 'speaks'],
    ['“No,” [Anna] said.', 'speaks'],
    ['The rain got into [her] heart.', 'owns'],
    ['He put [his] hat on.', 'possessive'],
    ['It seemed to [Anna] that it was late.', 'befallen'],
  ])('%s', (text, sign) => expect(signOf(text)).toBe(sign))

  test.each([
    ['Tom saw [Anna] walk to the mill.', 'seen'],
    ['Tom could feel [Anna] wondering.', 'seen'],
    ['[Anna] looked tired.', 'seen'],
    ['Tom was aware that [Anna] had noticed.', 'insetMind'],
    ['Tom was sure that [Anna] walked to the mill.', 'inset'],
  ])('of somebody else’s: %s', (text, sign) => expect(signOf(text)).toBe(sign))
})

test('a story told to you is seen by you', () => {
  const { viewpoints, characters } = analyze(
    Array.from(
      { length: 8 },
      () => 'You walk down to the harbour and count your coins. Tom knows that you are late, and Tom sees you.',
    ).join('\n\n'),
  )
  expect(viewpoints.map(({ person, focal }) => [person, characters.find(({ id }) => id === focal)?.name])).toEqual([
    ['second', 'you'],
  ])
})
