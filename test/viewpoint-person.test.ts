import { describe, expect, test } from 'vitest'
import { detectQuotations } from '../src/quotation/detect.js'
import { readText } from '../src/text/layer.js'
import { findPersons } from '../src/viewpoint/person.js'

const names = ['unknown', 'first', 'second', 'third']
const personsOf = (text: string): string[] => {
  const layer = readText(text)
  const { personOf } = findPersons({ text: layer, quotations: detectQuotations(layer) })
  return [...personOf].map((code) => names[code]!)
}
const repeat = (paragraph: string, times: number) => Array.from({ length: times }, () => paragraph).join('\n\n')

const first = 'I walked down to the harbour and counted my coins. My boots were wet, and I thought of the kitchen we had left.'
const third = 'Mara walked down to the harbour and counted her coins. Her boots were wet, and she thought of the kitchen at home.'
const second = 'You walk down to the harbour and count your coins. Your boots are wet, and you think of the kitchen you left.'
const talk = '“I think I left my purse on your table,” she said. “I am sure I did, and you know I need my keys.”'

describe('who the narration speaks of', () => {
  test.each([
    ['an "I" who acts tells in the first person', first, 'first'],
    ['a story of "she" is told in the third', third, 'third'],
    ['a story of "you" is told in the second', second, 'second'],
    [
      'a first-person story in the present',
      first.replace('walked', 'walk').replace('counted', 'count').replace('were', 'are'),
      'first',
    ],
  ])('%s', (_title, paragraph, person) => {
    expect(new Set(personsOf(repeat(paragraph, 6)))).toEqual(new Set([person]))
  })

  test('speech does not count, however often it says "I"', () => {
    expect(new Set(personsOf(repeat(`${talk}\n\n${third}`, 8)))).toEqual(new Set(['third']))
  })

  test('a first-person narrator who speaks to the reader is no second person', () => {
    const text = repeat(`${first} You would have laughed at me.`, 8)
    expect(new Set(personsOf(text))).toEqual(new Set(['first']))
  })

  test('a story that sets speech without marks is judged by the verbs after "I"', () => {
    const text = repeat(`${third}\n\nI am tired, she said. I’ll go home.\n\nI know, he said. I want my supper.`, 8)
    expect(new Set(personsOf(text))).toEqual(new Set(['third']))
    expect(new Set(personsOf(repeat(`${first}\n\nI am tired, she said. I’ll go home.`, 8)))).toEqual(new Set(['first']))
  })

  test('a change at a typed break is found at that break', () => {
    const persons = personsOf(`${repeat(`${first}\n\n${talk}`, 10)}\n\n***\n\n${repeat(`${third}\n\n${talk}`, 10)}`)
    expect(persons.slice(0, 20)).toEqual(Array(20).fill('first'))
    expect(persons.slice(21)).toEqual(Array(20).fill('third'))
  })

  test('empty and wordless texts have no persons to speak of', () => {
    expect(personsOf('')).toEqual([])
    expect(personsOf('***')).toHaveLength(1)
  })
})
