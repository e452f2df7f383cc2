import { describe, expect, test } from 'vitest'
import { analyze } from '../src/index.js'

const repeat = (paragraph: string, times: number) => Array.from({ length: times }, () => paragraph).join('\n\n')
const mara = repeat(
  'I walked down to the harbour and counted my coins, and I thought of the kitchen. “It is late,” said Bess. Bess went out, and I put my boots by the door.',
  5,
)
const jonas = repeat(
  'I sat in the tower and read my letters until my candle was gone, and I was cold. “Write to him,” said Corin. Corin shut the door, and I wrote nothing at all.',
  5,
)
const told = (text: string) =>
  text
    .replaceAll(/\bI was\b/g, 'Jonas was')
    .replaceAll(/\bI\b/g, 'Jonas')
    .replaceAll(/\bmy\b/g, 'his')

/** Person and who tells or sees, for each viewpoint. */
const viewpointsOf = (text: string): string[] => {
  const { viewpoints, characters } = analyze(text)
  return viewpoints.map(({ person, narrator, focal }) => {
    const who = characters.find(({ id }) => id === (narrator ?? focal))?.name
    return `${person} ${who?.toLowerCase()}`
  })
}

describe('how authors write over a section whose it is', () => {
  test.each([
    ...['NAME POV', 'NAME’s POV', "NAME's POV", 'NAME’s Pov', "NAME' POV", 'NAME P.O.V.', 'NAME’s P.O.V', 'NAME’s Point of View'],
    ...[
      'POV: NAME',
      'POV - NAME',
      '(NAME’s POV)',
      '*NAME’s POV*',
      '-NAME’s POV-',
      '~NAME’s POV~',
      '[NAME’s POV]',
      '|NAME’s POV|',
    ],
    ...['/NAME’s POV/', '~*~NAME’s POV~*~', 'NAME’s POV:', 'NAME POV, Ravensholm', 'NAME’s P.O.V (two days later)'],
    ...['Flashback (NAME POV)', 'NAME', '*NAME*', '~NAME~', '-NAME-', '—NAME—', '(NAME)', '::NAME::', '[NAME]', '---NAME---'],
    ...['NAME’s Perspective', 'o0o NAME POV o0o', 'Back to NAME’s POV', 'NAME & Tom’s POV'],
  ])('%s', (line) => {
    const over = (name: string) => line.replace('NAME', name)
    const text = `${over('Mara')}\n\n${mara}\n\n${over('Jonas')}\n\n${jonas}\n\n${over('Mara')}\n\n${mara}\n\n${over('Jonas')}\n\n${jonas}`
    expect(viewpointsOf(text)).toEqual(['first mara', 'first jonas', 'first mara', 'first jonas'])
  })

  test.each([
    ...['Normal POV', '3rd Person POV', '[Third person POV]', 'No one’s P.O.V', 'Omniscient POV', 'End of P.O.V', 'POV change'],
  ])('%s: nobody’s, even if short', (line) => {
    const text = `Mara’s POV\n\n${mara}\n\n${line}\n\n${told(jonas)}\n\nMara’s POV\n\n${mara}`
    expect(viewpointsOf(text)).toEqual(['first mara', 'third jonas', 'first mara'])
  })

  test('"POV" is no part of a name', () => {
    const { characters } = analyze(`Jonas POV\n\n${told(jonas)}\n\nCorin POV\n\n${told(jonas)}`)
    expect(characters.map(({ name }) => name).filter((name) => /pov/i.test(name))).toEqual([])
  })

  test('what ends a sentence within brackets heads nothing', () => {
    expect(viewpointsOf(`${mara}\n\n(Jonas.)\n\n${mara}\n\n(Jonas.)\n\n${mara}`)).toHaveLength(1)
  })
})
