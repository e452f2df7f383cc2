import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyze } from '../src/analyze.js'
import { storyOutline } from '../src/outline.js'
import { marked } from './marked.js'

const day = (n: number): string =>
  `Anna walked along the road for a while and counted gates. There were ${n} of them.\n\nShe stopped at the last one. It was shut.`
const scenesOf = (text: string, options = {}) =>
  analyze(text, options).scenes.map(({ start, boundary }) => `${boundary.cause} ${text.slice(start, start + 12)}`)

describe('scene boundaries', () => {
  test.each(['***', '* * *', '---', '~~~', 'oOo', '<hr>'])(
    'a typed break %s begins a scene at the paragraph after it',
    (mark) => {
      expect(scenesOf(`${day(3)}\n\n${mark}\n\nTom slept. ${day(4)}`)).toEqual(['start Anna walked ', 'marker Tom slept. A'])
    },
  )

  test('a mark between all paragraphs is ornament', () => {
    const text = Array.from({ length: 8 }, (_, i) => `Paragraph ${i} says something about the weather.`).join('\n\n*\n\n')
    expect(scenesOf(text, { sensitivity: 0 })).toHaveLength(1)
  })

  test('a chapter begins a scene at its heading', () => {
    expect(scenesOf(`Chapter 1\n\n${day(3)}\n\nChapter 2\n\n${day(4)}`)).toEqual([
      'start Chapter 1\n\nA',
      'chapter Chapter 2\n\nA',
    ])
  })

  test('sensitivity 0 keeps the author’s own breaks alone, and more finds more', () => {
    const text = Array.from({ length: 60 }, (_, i) =>
      i % 12 === 0 ? `The next morning Tom woke in another town. It was day ${i}.` : `“Well,” said Anna, “that is number ${i}.”`,
    ).join('\n\n')
    const counts = [0, 1, 2].map((sensitivity) => analyze(text, { sensitivity }).scenes.length)
    expect(counts[0]).toBe(1)
    expect(counts[1]).toBeGreaterThan(1)
    expect(counts[2]).toBeGreaterThan(counts[1]!)
  })

  test('"The next morning" after a conversation scores higher than the conversation, and says why', () => {
    const talk = Array.from({ length: 14 }, (_, i) => `“And then?” asked Anna for the ${i + 2}th time.`)
    const text = [
      ...talk,
      'The next morning Mr. Harker woke in the kitchen of an inn near Whitby, and it was raining.',
      ...talk,
    ].join('\n\n')
    const story = analyze(text, { candidates: true })
    const opening = text.indexOf('The next morning')
    const best = [...story.candidates!].sort((a, b) => b.score - a.score)[0]!
    expect(best.offset).toBe(opening)
    const scene = story.scenes.find(({ start }) => start === opening)!
    expect(scene.boundary.cause).toBe('inferred')
    expect(scene.boundary.cues).toEqual(expect.arrayContaining(['time', 'place', 'cast']))
  })

  test('no scene is inferred inside a letter or a chat', () => {
    const letter = [
      'Whitby, 9 May',
      'Dear Lucy,',
      ...Array.from({ length: 40 }, (_, i) =>
        i % 8 === 0 ? `The next morning I went to town ${i}.` : 'It was dull, and I said so.',
      ),
      'Your loving',
      'Mina',
    ].join('\n\n')
    const chat = Array.from({ length: 50 }, (_, i) =>
      i % 9 === 0 ? `lucy_w: the next morning i was in town ${i}` : 'mina_m: and then',
    ).join('\n\n')
    expect(analyze(letter, { sensitivity: 2 }).scenes).toHaveLength(1)
    expect(analyze(chat, { sensitivity: 2 }).scenes).toHaveLength(1)
  })

  test('a letter after a letter is a scene of its own; a letter read inside a scene is not', () => {
    const letter = (to: string) =>
      `Whitby, 9 May\n\nDear ${to},\n\nI lost the phone.\n\nNow tell me everything.\n\nYour loving\nMina`
    expect(scenesOf(`${letter('Lucy')}\n\n${letter('Arthur')}`)).toEqual(['start Whitby, 9 Ma', 'inferred Whitby, 9 Ma'])
    expect(scenesOf(`Anna sat down. She read.\n\nIt rained.\n\nNobody came.\n\n${letter('Lucy')}`)).toEqual([
      'start Anna sat dow',
    ])
  })

  test('one who types breaks gets fewer inferred ones', () => {
    const scene = Array.from({ length: 30 }, (_, i) =>
      i % 10 === 0 ? `The next morning Tom woke in another town. It was day ${i}.` : `“Well,” said Anna, “that is number ${i}.”`,
    ).join('\n\n')
    const inferred = (text: string): number => analyze(text).scenes.filter(({ boundary }) => boundary.cause === 'inferred').length
    expect(inferred(`${scene}\n\n***\n\n${scene}`)).toBeLessThan(inferred(`${scene}\n\n${scene}`))
  })

  test('a scene begins at the date line above it', () => {
    const talk = Array.from({ length: 14 }, (_, i) => `“And then?” asked Anna for the ${i + 2}th time.`)
    const text = [...talk, 'In the month of June', 'The next morning Mr. Harker woke in an inn near Whitby.', ...talk].join(
      '\n\n',
    )
    expect(analyze(text).scenes.map(({ start }) => text.slice(start, start + 12))).toContain('In the month')
  })

  test('a note above or below the story is a scene of its own', () => {
    const text = `Gilbert and the Slate (A Story in Parts)\n\nA/N: I own nothing, please review!\n\nChapter 1\n\n${day(3)}\n\n***\n\nA/N: Thanks for reading, review!`
    expect(analyze(text).scenes.map(({ kind }) => kind)).toEqual(['note', 'scene', 'note'])
  })
})

const settingOf = (spec: string) => {
  const { text, spans } = marked(spec)
  const { times, places, place } = analyze(text).scenes[0]!.setting
  const words = ({ start, end }: { start: number; end: number }): string => text.slice(start, end)
  return {
    times: times.map(words),
    places: places.map(words),
    place,
    first: times[0],
    gold: { times: (spans.time ?? []).map(words), places: (spans.place ?? []).map(words) },
  }
}

describe('setting', () => {
  test.each([
    '{time:The next morning} Anna went into {place:the kitchen}.',
    '{time:Three weeks later} they met in {place:London}.',
    'Tom waited in {place:the old library} until {time:midnight}.',
    'She was there {time:on Monday evening}.'.replace('{time:on Monday', 'on {time:Monday'),
    '“Meet me in the garden tomorrow evening,” said Anna.',
    'He had no room for doubt.',
  ])('%s', (spec) => {
    const { times, places, gold } = settingOf(spec)
    expect({ times, places }).toEqual(gold)
  })

  test.each([
    ['The next morning she woke.', 'morning', 1],
    ['Three weeks later she woke.', null, 21],
    ['Two days before she had left.', null, -2],
    ['That night she slept.', 'night', null],
    ['A few days later she woke.', null, null],
  ])('%s', (text, timeOfDay, dayOffset) => {
    expect(analyze(text).scenes[0]!.setting.times[0]).toMatchObject({ timeOfDay, dayOffset })
  })
})

describe('cast', () => {
  const text = 'Anna opened the door. “Is Margaret coming?” she asked.\n\n“No,” said Tom. Tom sat down by the fire.'
  const story = analyze(text)
  const part = (name: string) =>
    story.scenes[0]!.cast.find(({ character }) => story.characters.find(({ id }) => id === character)?.name === name)

  test('whoever acts or speaks is present; whoever is only spoken of is not', () => {
    expect(part('Anna')).toMatchObject({ present: true })
    expect(part('Tom')).toMatchObject({ present: true })
    expect(part('Margaret')).toMatchObject({ present: false, quotations: 0, words: 0 })
  })
})

describe('kind', () => {
  test('a letter with greeting and signature is a document', () => {
    const text =
      'Whitby, 9 May\n\nDear Lucy,\n\nForgive the paper. I lost the phone.\n\nNow tell me everything.\n\nYour loving\n\nMina'
    expect(analyze(text).scenes[0]!.kind).toBe('document')
  })

  test.each([
    ['a mail', 'From: Jonathan\nTo: Mina\nSubject: the count\n\nI am not hurt.'],
    ['a diary entry', '17 June.—This morning I was sitting on the edge of my bed when I heard a cracking of whips.'],
    ['a chat', 'mina_m: are you there\nlucy_w: yes\nmina_m: good\nlucy_w: why'],
  ])('%s is a document', (_, text) => {
    expect(analyze(text).scenes[0]!.kind).toBe('document')
  })

  test.each([
    ['a scene with a date in it', 'On 17 June Anna opened the door. “Come in,” she said. “It is raining.”'],
    ['a play', 'ANNA: Come in.\n\nTOM: It is raining.\n\nANNA: So it is.'],
    ['a scene in which someone calls another dear', '“My dear Lucy,” said Anna, “do sit down.”\n\nLucy sat down.'],
  ])('%s is not', (_, text) => {
    expect(analyze(text).scenes[0]!.kind).toBe('scene')
  })

  test('weeks told in a paragraph are a summary; the same paragraph with speech is a scene', () => {
    const weeks =
      'In the weeks after that they met every Saturday, and every summer they went away for a month. For years it was always so.'
    expect(analyze(weeks).scenes[0]!.kind).toBe('summary')
    expect(analyze(`${weeks}\n\n“Come in,” said Anna. “It is raining.”`).scenes[0]!.kind).toBe('scene')
  })
})

describe('storyOutline', () => {
  test('lists each scene with place, time and people', () => {
    const text = 'Chapter 1: Home\n\nThe next morning Anna sat in the kitchen. “Tom,” said Anna, “sit down.” Tom sat down.'
    const [entry] = storyOutline(analyze(text))
    expect(entry).toMatchObject({
      chapter: 'Chapter 1: Home',
      kind: 'scene',
      label: expect.stringContaining('the kitchen, The next morning'),
    })
    expect(entry!.opening).toBe('The next morning Anna sat in the kitchen. “Tom,” said Anna, “sit …')
  })
})

test('any text has scenes that cover it', () => {
  const piece = fc.constantFrom(
    'Anna said “yes”.',
    'The next day it rained.',
    '***',
    'Chapter 2',
    'A/N: review!',
    '\n',
    'Dear Tom,',
    '',
    '…',
    '“',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(4), (pieces, sensitivity) => {
      const text = pieces.join('\n\n')
      const { scenes } = analyze(text, { sensitivity })
      let at = 0
      for (const { start, end } of scenes) {
        expect(start).toBe(at)
        expect(end).toBeGreaterThan(start)
        at = end
      }
      if (scenes.length > 0) expect(at).toBe(text.length)
    }),
  )
})
