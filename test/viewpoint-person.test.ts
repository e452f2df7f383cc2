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

  test('in a long story told in the third person a letter without marks is passed on, not told', () => {
    const letter = repeat(
      'I have my old room and my books. I hope to see my mother when the roads are dry, and I am told they are.',
      8,
    )
    const chapter = (number: number) => `Chapter ${number}\n\n${repeat(`${third}\n\n${talk}`, 60)}`
    const story = (before: number) =>
      `${Array.from({ length: before }, (_, i) => chapter(i + 1)).join('\n\n')}\n\nChapter ${before + 1}\n\n${letter}\n\n${chapter(before + 2)}`
    expect(new Set(personsOf(story(40)))).toEqual(new Set(['third']))
    expect(new Set(personsOf(story(2)))).toEqual(new Set(['third', 'first']))
  })

  test('"my Lady" may be said by anybody, "my lady" only by who serves her', () => {
    const peer =
      'My Lady walked down to the harbour with my Lord, and the boats were told to wait for my Lady until the tide had turned.'
    const served = peer.replaceAll('Lady', 'lady').replaceAll('Lord', 'lord')
    expect(new Set(personsOf(repeat(`${peer}\n\n${talk}`, 8)))).toEqual(new Set(['third']))
    expect(new Set(personsOf(repeat(`${served}\n\n${talk}`, 8)))).toEqual(new Set(['first']))
  })

  test('empty and wordless texts have no persons to speak of', () => {
    expect(personsOf('')).toEqual([])
    expect(personsOf('***')).toHaveLength(1)
  })
})
