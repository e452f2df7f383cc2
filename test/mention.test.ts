import { describe, expect, it } from 'vitest'
import { findMentions } from '../src/character/mention.js'
import { detectQuotations } from '../src/quotation/detect.js'
import { readText } from '../src/text/layer.js'

/** Text and spans of a marked text: "[[her] sister] saw [Anna]". */
function unmark(marked: string): { text: string; spans: string[] } {
  let text = ''
  const open: number[] = []
  const spans: [number, number][] = []
  for (const char of marked) {
    if (char === '[') open.push(text.length)
    else if (char === ']') spans.push([open.pop()!, text.length])
    else text += char
  }
  return {
    text,
    spans: spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]).map(([start, end]) => `${start} ${text.slice(start, end)}`),
  }
}

const mentionsOf = (text: string) => {
  const layer = readText(text)
  return findMentions({ text: layer, quotations: detectQuotations(layer), cast: [] })
}
const spansOf = (text: string): string[] => mentionsOf(text).map(({ start, end }) => `${start} ${text.slice(start, end)}`)

describe('mentions in marked texts', () => {
  it.each([
    ['possessors nest', '[[her] sister] came in.'],
    ['the possessive ending stays outside a name', '[[Anna]’s brother] laughed, and [Anna] laughed.'],
    ['titles belong to the name', 'Then [Mr. Bennet] looked at [Miss Taylor].'],
    ['a name with two particles', 'Then [Mr. van der Luyden] smiled at [her].'],
    ['titles of other tongues', 'Then [Mlle. Blanche] smiled at [her].'],
    ['an honorific suffix belongs to the name', 'Then [Izuku-kun] smiled at [her].'],
    ['indefinites are mentions', '[Somebody] knocked, but [nobody] answered.'],
    ['relative pronouns are none', 'There stood [the man who knocked].'],
    ['an of-phrase belongs to its noun', 'Then [the captain of the ship] smiled at [her].'],
    ['a number of a chapter is no speaker', 'CHAPTER I\n\nThen [I] slept.'],
    ['things are none', 'The table stood by the window, and the lamp burned.'],
  ])('%s', (_rule, marked) => {
    const { text, spans } = unmark(marked)
    expect(spansOf(text)).toEqual(spans)
  })
})

describe('a story without capitals', () => {
  it('names are the words that books do not have', () => {
    const { text, spans } = unmark(
      '[bakugo] laughed. “come on, [izuku],” said [bakugo], and [izuku] sighed. [izuku] said nothing, but [he] smiled. the rain fell on the roof. [bakugo] looked at [him].',
    )
    expect(spansOf(text)).toEqual(spans)
  })
})

describe('ends', () => {
  it.each([
    ['a clause after “since” belongs to no noun', 'Then [he] met [the boys] since [he] was late.'],
    ['two persons joined by “and” are two mentions', 'There stood [the old woman] and [the doctor].'],
    ['who takes up the noun', 'Then [he] saw [the man] and heard [those who knocked].'],
  ])('%s', (_rule, marked) => {
    const { text, spans } = unmark(marked)
    expect(spansOf(text)).toEqual(spans)
  })
})

describe('names', () => {
  it('an auxiliary with a capital inside sentences is a name, and elsewhere before its verb', () => {
    const text =
      'Then Will laughed. “You will see, Will,” said Anna, and Will nodded at her. Will laughed again. Will you come? Will the rain stop?'
    const will = mentionsOf(text).filter(({ start, end }) => text.slice(start, end) === 'Will')
    expect(will.map(({ start }) => text.slice(start, start + 12))).toEqual([
      'Will laughed',
      'Will,” said ',
      'Will nodded ',
      'Will laughed',
    ])
  })
  it('a shouted auxiliary is none', () => {
    expect(spansOf('“You WILL go,” said Anna. “I will NOT, and I MAY stay.”').filter((span) => /WILL|MAY/.test(span))).toEqual([])
  })
  it('a name of the cast is a person wherever it stands with a capital', () => {
    const text = 'Then they went to Ravenholt. Hope had closed the door.'
    const layer = readText(text)
    const found = findMentions({
      text: layer,
      quotations: detectQuotations(layer),
      cast: [{ name: 'Ravenholt', aliases: ['Hope'] }],
    })
    const names = found.filter((m) => m.mentionType === 'PROP').map(({ start, end }) => text.slice(start, end))
    expect(names).toEqual(['Ravenholt', 'Hope'])
  })

  it('a word that the story names inside sentences is a name at their start, an interjection is none', () => {
    const text =
      'She waved at Hen and smiled. Then Hen laughed. “Alright,” said Hen. Hen nodded and Hen sighed. Hen was right, as Hen knew.'
    const names = mentionsOf(text).filter((m) => m.mentionType === 'PROP')
    expect(names.map(({ start, end }) => text.slice(start, end))).toEqual(Array(7).fill('Hen'))
  })
})

describe('epithets', () => {
  it.each([
    ['with “the” and alone they are persons', 'Then [he] smiled and followed [the blonde], and [the duo] laughed.'],
    ['of things they are none', 'Then [he] found the pair of shoes.'],
  ])('%s', (_rule, marked) => {
    const { text, spans } = unmark(marked)
    expect(spansOf(text)).toEqual(spans)
  })
})

describe('flags', () => {
  it('an address inside a quotation is vocative, a subject is not', () => {
    const text = '“Come here, Anna,” said Tom. “Anna came.”'
    const flags = mentionsOf(text).map(({ start, end, vocative }) => [text.slice(start, end), vocative])
    expect(flags).toEqual([
      ['Anna', true],
      ['Tom', false],
      ['Anna', false],
    ])
  })

  it('several persons are plural', () => {
    const plural = mentionsOf('The boys ran. They laughed. She waited.').map((m) => m.plural)
    expect(plural).toEqual([true, true, false])
  })
})

it('spans never cross and never repeat', () => {
  const text = 'The mother of the boys who ran away with Tom’s cousin saw the old man’s daughter. '.repeat(20)
  const mentions = mentionsOf(text)
  for (const a of mentions)
    for (const b of mentions)
      if (a !== b) {
        expect(`${a.start} ${a.end}`).not.toBe(`${b.start} ${b.end}`)
        expect(a.start < b.start && b.start < a.end && a.end < b.end).toBe(false)
      }
})
