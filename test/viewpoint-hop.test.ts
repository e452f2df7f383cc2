import { describe, expect, test } from 'vitest'
import { analyze } from '../src/index.js'

const seers = (text: string) => {
  const story = analyze(text)
  return story.viewpoints.map(({ start, focal }) => [
    text.slice(start, start + 4),
    story.characters.find(({ id }) => id === focal)?.name ?? null,
  ])
}

const anna = 'Anna thought of the ferry and wanted it. Anna knew what it meant. Anna heard the water and felt cold.'
const tom = 'Tom hoped that the rain would stop. Tom saw the light and wondered at it. Tom remembered the money.'
const ben = 'Ben feared the dog. Ben listened for it, and Ben believed that it could hear him.'
/** Nobody’s mind. */
const quay = 'The ferry came in. There was a crowd on the quay, and rain on the boards.'
const story = (...paragraphs: string[]) => paragraphs.join('\n\n')

describe('head-hops', () => {
  test('a story that goes from mind to mind within a scene is divided between them', () => {
    expect(seers(story(anna, anna, quay, tom, tom, quay, ben, ben, quay, anna, anna))).toEqual([
      ['Anna', 'Anna'],
      ['Tom ', 'Tom'],
      ['Ben ', 'Ben'],
      ['Anna', 'Anna'],
    ])
  })

  test('they are shifts inside a scene', () => {
    const { shifts } = analyze(story(anna, anna, tom, tom, ben, ben, anna, anna))
    expect(shifts).toHaveLength(3)
    expect(shifts.every(({ changes, placement }) => changes.includes('focal') && placement === 'inside')).toBe(true)
  })

  test('a single look into another mind is no change of viewpoint', () => {
    const long = Array.from({ length: 30 }, () => [anna, quay, quay]).flat()
    expect(seers(story(...long, tom, ...long))).toEqual([['Anna', 'Anna']])
  })

  test('a story that hops in some of its scenes only does not hop', () => {
    const still = Array.from({ length: 12 }, () => [anna, quay]).flat()
    const hopping = [anna, tom, tom, ben, ben, anna]
    expect(seers(story(...still, '***', ...hopping, '***', ...still))).toHaveLength(1)
    expect(seers(story(...hopping)).length).toBeGreaterThan(1)
  })

  test('who is looked at does not see', () => {
    const looked = 'Anna watched Tom. Anna thought that Tom was tired. Anna saw that Tom had walked, and that Ben had gone.'
    expect(seers(story(anna, looked, looked, quay, looked, anna))).toEqual([['Anna', 'Anna']])
  })

  test('under a header only the one whom it names sees', () => {
    expect(seers(`Anna’s POV\n\n${story(anna, tom, tom, anna)}\n\nTom’s POV\n\n${story(tom, anna, anna, tom)}`)).toEqual([
      ['Anna', 'Anna'],
      ['Tom’', 'Tom'],
    ])
  })

  test('nobody in particular does not see', () => {
    const nobody = 'Nobody knew. Everyone wondered, and no one saw. God knew, and somebody thought that they heard it.'
    expect(seers(story(nobody, anna, nobody, nobody, anna))).toEqual([['Nobo', 'Anna']])
  })
})

test('in a short story each chapter may be seen by another', () => {
  const chapter = (n: number, text: string) => `Chapter ${n}\n\n${Array.from({ length: 6 }, () => text).join('\n\n')}`
  expect(seers(story(chapter(1, anna), chapter(2, tom), chapter(3, ben))).map(([, who]) => who)).toEqual(['Anna', 'Tom', 'Ben'])
})
