import { expect, test } from 'vitest'
import { analyze } from '../src/index.js'
import { fromBookNlp, fromConll, toBookNlp, toConll, toTables } from '../src/table/index.js'
import { asText } from './formats.js'
import { mill } from './mill.js'
import { problemsOf } from './validate.js'

const text = asText(mill)
const ours = analyze(text)

test('BookNLP’s characters stand under our scenes and viewpoints', () => {
  const given = fromBookNlp(text, toBookNlp(ours))
  const story = analyze(text, { given })
  expect(problemsOf(story)).toEqual([])
  expect(story.mentions.map(({ start, end }) => [start, end])).toEqual(given.mentions!.map(({ start, end }) => [start, end]))
  expect(story.characters.map(({ name }) => name).sort()).toEqual(given.characters!.map(({ name }) => name).sort())
  expect(story.scenes.map(({ start }) => start)).toEqual(ours.scenes.map(({ start }) => start))
  expect(story.scenes.some(({ cast }) => cast.length > 1)).toBe(true)
  const speakers = (one: typeof story) =>
    one.quotations
      .filter(({ kind }) => kind === 'speech')
      .map(({ speaker }) => one.characters.find(({ id }) => id === speaker)?.name)
  expect(speakers(story)).toEqual(
    speakers({
      ...ours,
      characters: ours.characters.map((c) => ({
        ...c,
        name: given.characters!.find(({ firstMention }) => firstMention === c.firstMention)?.name ?? c.name,
      })),
    }),
  )
  expect(toTables(story, { story: 'mill' }).mentions).toHaveLength(story.mentions.length)
})

test('CoNLL-2012 clusters too, with our own quotations', () => {
  const story = analyze(text, { given: fromConll(text, toConll(ours)) })
  expect(problemsOf(story)).toEqual([])
  expect(story.mentions).toHaveLength(ours.mentions.length)
  expect(story.quotations.map(({ start }) => start)).toEqual(ours.quotations.map(({ start }) => start))
})
