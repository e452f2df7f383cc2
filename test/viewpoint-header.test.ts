import { describe, expect, test } from 'vitest'
import { analyze } from '../src/index.js'
import { readHeader } from '../src/viewpoint/header.js'
import { closesLetter, readOpening, readSignature } from '../src/viewpoint/letter.js'

describe('lines that say who tells', () => {
  test.each([
    ['Anna’s POV', 'Anna'],
    ["ANNA'S POV", 'ANNA'],
    ['Anna POV', 'Anna'],
    ['James’ POV', 'James'],
    ['Anna’s P.O.V.', 'Anna'],
    ['Anna’s Point of View', 'Anna'],
    ['POV: Anna', 'Anna'],
    ['POV Anna', 'Anna'],
    ['(Anna’s Pov)', 'Anna'],
    ['~*~ Anna Pov ~*~', 'Anna'],
    ['Anna’s POV, Berlin', 'Anna'],
    ['Anna’s P.O.V (two days later)', 'Anna'],
    ['Flashback (Anna POV)', 'Anna'],
    ['Chapter 3: Anna’s POV', 'Anna'],
  ])('%s', (line, name) => {
    expect(readHeader(line, false)).toMatchObject({ kind: 'pov', name })
  })

  test.each(['Normal POV', '3rd Person POV', 'No one’s P.O.V', 'Reader’s PoV', 'POV change'])('%s is nobody’s', (line) => {
    expect(readHeader(line, false)).toMatchObject({ kind: 'pov', name: null })
  })

  test('a point of view may end', () => expect(readHeader('End of P.O.V', false)?.kind).toBe('end'))

  test.each([
    ['Dr. Grey’s Diary.', 'Dr. Grey', 'diary'],
    ['Letter, Anna Grey to Tom Brook.', 'Anna Grey', 'letter'],
    ['Letter from Miss Grey to Tom', 'Miss Grey', 'letter'],
    ['The Story Continued by Anna Grey', 'Anna Grey', 'narration'],
    ['Second Narrative: Contributed by Tom Brook, Solicitor, of York', 'Tom Brook', 'narration'],
    ['Extracted from the Journal of Anna Grey', 'Anna Grey', 'diary'],
    ['XIII: Anna’s Narrative', 'Anna', 'narration'],
    ['A Postscript by Anna', 'Anna', 'narration'],
  ])('%s', (line, name, form) => {
    expect(readHeader(line, true)).toMatchObject({ kind: 'teller', name, form })
  })

  test('a story "of" someone may be about them', () =>
    expect(readHeader('The Strange Story of Tom Brook', true)).toMatchObject({ kind: 'subject', name: 'Tom Brook' }))

  test('a name alone', () => expect(readHeader('Anna', true)).toMatchObject({ kind: 'bare', name: 'Anna' }))

  test.each(['He did not share her point of view.', '“What is your POV?”', 'III', 'Chapter One', 'A long road home again'])(
    '%s names no one',
    (line) => expect(readHeader(line, false)).toBeNull(),
  )
})

test.each([
  [
    'A/N: Sorry for the wait! This chapter is in Mara’s POV and the next one is not. Thanks for all the kudos, you are the best.\n\n',
    '',
  ],
  ['', 'Chapter Notes So this one will be in Mara’s pov! See the end for more. '],
])('a note may say who tells what follows it: %s%s', (note, run) => {
  const told = 'I put the lamp on the table. I heard him on the stairs and I held my breath until he went by. '.repeat(4)
  const text = `Chapter 1\n\n${'Tom walked to the mill. He saw Mara at the door and wondered why she had come. '.repeat(4)}\n\nChapter 2\n\n${note}${run}${told}\n\nI slept. My dreams were bad.`
  const { viewpoints, characters } = analyze(text)
  const last = viewpoints.findLast(({ person }) => person === 'first')
  expect(characters.find(({ id }) => id === last?.narrator)?.name).toBe('Mara')
})

describe('marks of letters and diaries', () => {
  test.each([
    ['3 May. Bistritz.—Left Munich at eight.', 'date'],
    ['June 15th.—We came late.', 'date'],
    ['Saturday, 13th.—It rained.', 'date'],
    ['Evening.—Nothing new.', 'hour'],
    ['My dear Anna,', 'salutation'],
    ['Dear Tom,—I have come back.', 'salutation'],
  ])('%s opens an entry', (line, kind) => expect(readOpening(line, line.length)?.kind).toBe(kind))

  test.each([
    'On Sunday we went out.',
    'May was a cold month.',
    '3 men came up the road.',
    'Dear God, she thought, not again.',
    '“My dear Anna,” he said.',
  ])('%s opens none', (line) => expect(readOpening(line, 200)).toBeNull())

  test('a closing and its signature', () => {
    expect(closesLetter('Your affectionate brother,')).toBe(true)
    expect(closesLetter('“Is it yours?”')).toBe(false)
    expect(readSignature('Tom Brook', true)).toBe('Tom Brook')
    expect(readSignature('Tom Brook', false)).toBeNull()
    expect(readSignature('Yours ever, Anna.', false)).toBe('Anna')
  })
})

test('a sentence is no header, though it speaks of a point of view', () => {
  expect(readHeader('Yes, I saw Anna’s point of view.', false)).toBeNull()
  expect(readHeader('anna pov', false)).toMatchObject({ kind: 'pov', name: 'anna' })
})
