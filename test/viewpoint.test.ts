import { describe, expect, test } from 'vitest'
import { analyze, pointOfViewReport } from '../src/index.js'

const nameOf = (story: ReturnType<typeof analyze>, id: string | null) => story.characters.find((c) => c.id === id)?.name ?? null
const repeat = (paragraph: string, times: number) => Array.from({ length: times }, () => paragraph).join('\n\n')
const anna = (n: number) =>
  repeat(
    'Anna wondered whether the ferry would come. She heard the water under the boards and felt cold. “Late again,” said Tom.',
    n,
  )
const tom = (n: number) =>
  repeat('Tom thought of the money in his coat. He saw a light across the bay and hoped. “Soon,” said Anna.', n)
const told = (n: number) =>
  repeat('I walked along the quay with my hands in my pockets. “You are late, Anna,” said Tom. I knew it.', n)

describe('viewpoints', () => {
  test('cover the text without gap or overlap, and every shift lies between two of them', () => {
    const story = analyze(`${anna(4)}\n\n***\n\n${told(8)}`)
    expect(story.viewpoints[0]!.start).toBe(0)
    expect(story.viewpoints.at(-1)!.end).toBe(story.text.length)
    expect(story.viewpoints.slice(1).map(({ start }) => start)).toEqual(story.viewpoints.slice(0, -1).map(({ end }) => end))
    expect(story.shifts.map(({ offset, placement }) => [offset, placement])).toEqual([[story.text.indexOf('I walked'), 'scene']])
  })

  test('headers name the focal character', () => {
    const story = analyze(`Anna’s POV\n\n${anna(6)}\n\nTom’s POV\n\n${tom(6)}`)
    expect(story.viewpoints.map((v) => [v.person, nameOf(story, v.focal), v.cue])).toEqual([
      ['third', 'Anna', 'header'],
      ['third', 'Tom', 'header'],
    ])
    expect(story.shifts.map(({ changes }) => changes)).toEqual([['focal']])
  })

  test('a header names a narrator whom the text never does', () => {
    const me = repeat('I walked along the quay with my hands in my pockets. I knew it was late.', 6)
    const story = analyze(`Corin’s POV\n\n${me}\n\nMaud’s POV\n\n${me}`)
    expect(story.viewpoints.map((v) => nameOf(story, v.narrator))).toEqual(['Corin', 'Maud'])
    expect(story.characters.filter(({ narrator }) => narrator)).toHaveLength(2)
  })

  test('the one whose perceptions are told is focal', () => {
    const story = analyze(anna(8))
    expect(nameOf(story, story.viewpoints[0]!.focal)).toBe('Anna')
    expect(story.viewpoints[0]!.narrator).toBeNull()
  })

  test('who is called by a name that the narration never uses is the narrator', () => {
    const story = analyze(told(12))
    expect(story.viewpoints).toHaveLength(1)
    expect(nameOf(story, story.viewpoints[0]!.narrator)).toBe('Anna')
  })

  test('a narrator whom nobody names stays without a name', () => {
    const story = analyze(repeat('I walked along the quay. “You are late,” said Tom. Tom laughed at me, and I let him.', 12))
    expect(story.viewpoints[0]!.person).toBe('first')
    expect(nameOf(story, story.viewpoints[0]!.narrator)).not.toBe('Tom')
  })

  test('a letter in a third-person story goes back to the story', () => {
    const letter = 'Dear Anna,\n\nI have come back and I am sorry. I hope that you will see me.\n\nYours ever,\n\nTom'
    const story = analyze(`${anna(10)}\n\n${letter}\n\n${anna(10)}`)
    expect(story.viewpoints.map((v) => v.person)).toEqual(['third'])
  })

  test('the report gives both paragraphs of every shift', () => {
    const story = analyze(`Anna’s POV\n\n${anna(6)}\n\nTom’s POV\n\n${tom(6)}`)
    const report = pointOfViewReport(story)
    expect(report.shifts).toHaveLength(1)
    const [{ before, after }] = report.shifts as [(typeof report.shifts)[number]]
    expect(story.text.slice(before.paragraph.start, before.paragraph.end)).toContain('Anna wondered')
    expect(story.text.slice(after.paragraph.start, after.paragraph.end)).toContain('Tom thought')
    expect(after.evidence.length).toBeGreaterThan(0)
    expect(report.shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
  })
})
