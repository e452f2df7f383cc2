import { describe, expect, test } from 'vitest'
import { analyze } from '../src/index.js'

const repeat = (paragraph: string, times: number) => Array.from({ length: times }, () => paragraph).join('\n\n')
const tellings = (text: string) => {
  const { viewpoints, characters } = analyze(text)
  const nameOf = (id: string | null) => characters.find((character) => character.id === id)?.name ?? null
  return viewpoints.map(({ person, narrator, focal }) => [person, nameOf(narrator) ?? nameOf(focal)])
}

const i = 'I walked down to the harbour and counted my coins. My boots were wet, and I thought of the kitchen.'
const he = 'Ben climbed up to the loft and counted the sacks. Ben knew that the rain would come, and he thought of the road.'

describe('sections under one name', () => {
  test('are told in one person, though one of them quotes a song', () => {
    const song = 'I went to sea, and I never came home, and I never shall.'
    const sections = [
      repeat(i, 6),
      repeat(he, 10),
      repeat(i, 6),
      repeat(he, 10),
      repeat(i, 6),
      repeat(he, 10),
      repeat(i, 6),
      song,
    ]
    const text = sections.map((section, n) => `${n % 2 === 0 ? 'Anna' : 'Ben'}’s POV\n\n${section}`).join('\n\n')
    expect(tellings(text)).toEqual(sections.map((_, n) => (n % 2 === 0 ? ['first', 'Anna'] : ['third', 'Ben'])))
  })

  test('a lone word among them that comes once and is nobody’s is a title', () => {
    const story = ['Ben', 'Tom', 'Ben', 'Riddle', 'Tom', 'Ben']
      .map((who, n) => `${who.toUpperCase()}\n\n${repeat(n === 1 || n === 4 ? he.replaceAll('Ben', 'Tom') : he, 5)}`)
      .join('\n\n')
    expect(tellings(story).map(([, who]) => who)).not.toContain('Riddle')
    expect(tellings(story).map(([, who]) => who)).not.toContain(null)
  })
})
