import { describe, expect, test } from 'vitest'
import { analyze } from '../src/index.js'

const tale = (paragraphs: number, close = '”') =>
  Array.from(
    { length: paragraphs },
    (_, p) =>
      `“I was a boy then, and I had a boat. I went out in it every night that I could, and my father never knew. I caught nothing, and I was happy. When the storm came I was far from the land and I thought that I would drown. I held on to the mast and I sang, since I could think of nothing better, and I heard my own voice go away from me over the water.${p === paragraphs - 1 ? close : ''}`,
  ).join('\n\n')
const frame =
  'I sat by the fire with Marlin and the others, and I had my pipe. It rained. I was not sorry to be indoors, and I said so. “I will tell you how I learned to sing,” said Marlin. I filled my glass, and I moved my chair a little.'
const end =
  'Marlin stopped. I looked at the fire, and I thought of the boat. Nobody spoke, and I went to bed at last, and I lay awake.'
const views = (text: string) => {
  const story = analyze(text)
  return story.viewpoints.map(({ start, person, tense, cue, narrator }) => ({
    ...{ opens: text.slice(start, start + 6), person, tense, cue },
    narrator: story.characters.find(({ id }) => id === narrator)?.name ?? null,
  }))
}

describe('stories told aloud', () => {
  test('that fill a section are told by who speaks', () => {
    const found = views(`Chapter 1\n\n${frame}\n\nChapter 2\n\n${tale(12)}\n\nChapter 3\n\n${end}`)
    expect(found).toMatchObject([
      { person: 'first', tense: 'past' },
      { opens: 'Chapte', person: 'first', tense: 'past', cue: 'quotation' },
      { person: 'first', tense: 'past' },
    ])
    expect(found[1]!.narrator).not.toBe(found[0]!.narrator)
  })

  test('that are short stay with the narrator', () => {
    expect(views(`Chapter 1\n\n${frame}\n\n${tale(3)}\n\n${end}`)).toHaveLength(1)
  })

  test('a speech that is not about its speaker is no telling', () => {
    const oration = Array.from(
      { length: 14 },
      () =>
        '“The sea is wide and the land is old. It rains on both of them, and the fish know nothing of it. The boats go out in the morning and they come back at night, and the gulls go with them, as they always did, and the wind turns round the hill.',
    ).join('\n\n')
    expect(views(`Chapter 1\n\n${frame}\n\nChapter 2\n\n${oration}”\n\nChapter 3\n\n${end}`).map(({ cue }) => cue)).not.toContain(
      'quotation',
    )
  })
})

describe('letters in a third-person story', () => {
  const anna = (n: number) =>
    Array.from(
      { length: n },
      () => 'Anna thought of the ferry. She heard the water under the boards and felt cold. She wondered at him.',
    ).join('\n\n')
  const letter = `Dear Anna,\n\n${Array.from({ length: 8 }, () => 'I have found a room, and I hope that you are well. I miss the sea, and I miss you, and I wish that I had never gone. I am not angry with you.').join('\n\n')}\n\nYours ever,\n\nTom.`

  test('do not make their chapter a letter, nor its narrator their writer', () => {
    const found = views(
      `Chapter 1\n\n${anna(5)}\n\nChapter 2\n\nShe had a letter from Tom.\n\n${letter}\n\n${anna(6)}\n\nChapter 3\n\n${anna(5)}`,
    )
    expect(found).toMatchObject([{ person: 'third' }])
  })
})
