import { describe, expect, test } from 'vitest'
import { analyze } from '../src/index.js'
import { readOpening, readSignature } from '../src/viewpoint/letter.js'
import { isStamped, readMailHead } from '../src/viewpoint/message.js'

const nameOf = (story: ReturnType<typeof analyze>, id: string | null) => story.characters.find((c) => c.id === id)?.name ?? null
const views = (text: string) => {
  const story = analyze(text)
  return story.viewpoints.map(({ start, person, tense, form, narrator }) => ({
    opens: text.slice(start, start + 8),
    person,
    tense,
    form,
    narrator: nameOf(story, narrator),
  }))
}

const kitchen = [
  'Anna thought of the ferry. She had wanted to be on it, and she heard it go without her.',
  'She knew that Tom had gone too. She saw his cup on the table and felt tired.',
  'Anna washed the cup. She wondered who would want it now.',
].join('\n\n')

describe('author’s notes', () => {
  const note = 'A/N: I am so sorry that this took a year!! Please review, I love reading what you think.'

  test('over a story, between chapters and after it are viewpoints of their own', () => {
    const text = `The Ferry\n\n${note}\n\nChapter 1\n\n${kitchen}\n\n${note}\n\nChapter 2\n\n${kitchen}\n\n${note}`
    expect(views(text).map(({ form, person, tense }) => [form, person, tense])).toEqual([
      ['note', 'first', 'present'],
      ['narration', 'third', 'past'],
      ['note', 'first', 'present'],
      ['narration', 'third', 'past'],
      ['note', 'first', 'present'],
    ])
  })

  test('have no narrator of the story, and give none to it', () => {
    const story = analyze(`${note}\n\n${kitchen}`)
    expect(story.viewpoints.map(({ narrator }) => narrator)).toEqual([null, null])
    expect(nameOf(story, story.viewpoints[1]!.focal)).toBe('Anna')
  })

  test('in the middle of a telling do not change who tells', () => {
    const told = Array.from({ length: 6 }, () => 'I walked along the quay. “You are late, Anna,” said Tom. I knew it.').join(
      '\n\n',
    )
    expect(views(`${told}\n\n${note}\n\n${told}`).map(({ form, narrator }) => [form, narrator])).toEqual([
      ['narration', 'Anna'],
      ['note', null],
      ['narration', 'Anna'],
    ])
  })
})

describe('letters', () => {
  const toAnna =
    'Leeds, 3 March\n\nDear Anna,\n\nI have found a room. I hope that you are well and I miss the sea.\n\nYour loving\nTom'
  const toTom =
    '4 Quay Street\nThursday\n\nMy dear Tom,\n\nI am glad. I was at the window all day and I saw nobody.\n\nAnna\n\nP.S. I have kept your cup.'

  test('are each told by who signs them', () => {
    expect(views(`${toAnna}\n\n${toTom}`)).toMatchObject([
      { opens: 'Leeds, 3', form: 'letter', person: 'first', narrator: 'Tom' },
      { opens: '4 Quay S', form: 'letter', person: 'first', narrator: 'Anna' },
    ])
  })

  test('a signature may follow its closing on the next line', () => {
    expect(readSignature('Your loving\nTom', false)).toBe('Tom')
    expect(readSignature('Yr. obedient servant,\nT. Brook', false)).toBe('T. Brook')
    expect(readSignature('He was loving\nTom', false)).toBeNull()
  })

  test('the date may stand under the address', () => {
    expect(readOpening('4 Quay Street\nThursday', 22)).toMatchObject({ kind: 'date' })
    expect(readOpening('He came down Quay Street\nand it was Thursday again.', 50)).toBeNull()
  })
})

describe('mails and messages', () => {
  test('the head of a mail names its sender', () => {
    expect(readMailHead('From: Tom Brook <tom@example.org>\nTo: Anna\nSubject: (none)')).toEqual({ sender: 'Tom Brook' })
    expect(readMailHead('To: Anna\nSubject: (none)')).toEqual({ sender: null })
    expect(readMailHead('From: the north came a wind.')).toBeNull()
    expect(readMailHead('Subject: closed.')).toBeNull()
  })

  test.each(['Anna 19:02\nwhere are you', 'Tom B. (7:05 pm)\nhere', '[19:02] Anna: where are you'])('%s is a message', (head) => {
    expect(isStamped(head)).toBe(true)
  })

  test.each(['Anna left at 19:02 and did not come back.', 'It was 19:02 when\nshe came.', 'Anna: where are you', 'Chapter 19'])(
    '%s is none',
    (head) => expect(isStamped(head)).toBe(false),
  )

  test('a run of messages is a document that nobody tells; a single one is none', () => {
    const chat = 'Messages with Tom\n\nAnna 19:02\nwhere are you\n\nTom 19:03\nat the ferry\n\nAnna 19:04\nI am at the ferry'
    expect(views(`${kitchen}\n\n${chat}`)).toMatchObject([
      { form: 'narration', person: 'third' },
      { opens: 'Messages', form: 'document', person: null, tense: null },
    ])
    expect(views(`${kitchen}\n\nAnna 19:02\nwhere are you`)).toHaveLength(1)
  })
})
