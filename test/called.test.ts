import { describe, expect, it } from 'vitest'
import { analyze } from '../src/analyze.js'
import type { AnalyzeOptions } from '../src/types.js'

/** All that the character is called whom the words first stand for. */
function bearerOf(text: string, words: string, options: AnalyzeOptions = {}) {
  const story = analyze(text, options)
  const at = text.indexOf(words)
  const mention = story.mentions.find(({ start, end }) => start === at && end === at + words.length)
  return story.characters.find(({ id }) => id === mention?.character)?.aliases.map(({ text }) => text) ?? []
}

describe('what others call someone', () => {
  const talk = (name: string) =>
    [
      'Tessa put the kettle on. She had not slept. Her brother’s friend Martin sat at the table with his hat on his knee.',
      `“You look tired, ${name},” said Martin.`,
      '“I am tired,” said Tessa. She cut the bread, and he watched her.',
      '“Did the letter come?”',
      '“No,” said Tessa. “It did not.”',
      `“It will come, ${name},” said Martin.`,
      '“So you say,” said Tessa.',
    ].join('\n\n')

  it('a title and surname that the telling never uses are hers who answers', () => {
    expect(bearerOf(talk('Miss Calloway'), 'Miss Calloway')).toContain('Tessa')
  })

  it('but not of the other sex, nor of whoever the telling itself calls so', () => {
    expect(bearerOf(talk('Mr. Calloway'), 'Mr. Calloway')).not.toContain('Tessa')
    const both = `${talk('Miss Calloway')}\n\nMiss Calloway came in from the yard and hung up her coat.`
    expect(bearerOf(both, 'Miss Calloway')).not.toContain('Tessa')
  })

  it('nor of whom the user keeps apart or names', () => {
    const text = talk('Miss Calloway')
    for (const split of [['Miss Calloway'], ['Tessa']]) expect(bearerOf(text, 'Miss Calloway', { split })).not.toContain('Tessa')
    expect(bearerOf(text, 'Miss Calloway', { cast: [{ name: 'Miss Calloway' }, { name: 'Tessa' }] })).not.toContain('Tessa')
  })
})

describe('Y/N', () => {
  it('is the reader whom the story is told to', () => {
    const text = [
      'You open the door and the cold comes in. You have never liked this house.',
      '“You must be Y/N,” says Gareth.',
      'You nod. Your hands are cold. “That is me,” you say.',
      '“Come in, (Y/N),” he says. You come in.',
    ].join('\n\n')
    const story = analyze(text)
    const named = story.mentions.filter(({ start, end }) => text.slice(start, end) === 'Y/N')
    expect(named).toHaveLength(2)
    const you = story.mentions.find(({ start }) => start === 0)
    expect(new Set(named.map(({ character }) => character))).toEqual(new Set([you?.character]))
  })
})

describe('names in headings', () => {
  it('a name in capitals over a chapter is that of its other uses', () => {
    const text = ['GREER', 'The boat was late. On the quay old Greer waited, and Greer did not like to wait.', 'It rained.'].join(
      '\n\n',
    )
    expect(bearerOf(text, 'GREER')).toContain('Greer')
  })
})

describe('stutters', () => {
  it('are no names, and a name that is stuttered is the name', () => {
    const text = '“H-Hi,” said Dean. Sam looked up.\n\n“S-Sam?” said Dean.\n\nSam smiled at Dean, and they shook hands.'
    const { characters } = analyze(text)
    const names = characters.flatMap(({ aliases }) => aliases.map(({ text }) => text))
    expect(names.filter((name) => name.includes('H'))).toEqual([])
    expect(characters.map(({ name }) => name)).toContain('Sam')
    expect(bearerOf(text, 'Sam')).not.toContain('S-Sam')
  })
})
