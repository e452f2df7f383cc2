import { describe, expect, test } from 'vitest'
import { analyze } from '../src/index.js'
import { Evidence } from '../src/viewpoint/evidence.js'
import { linkByForm } from '../src/viewpoint/link.js'
import type { NameIndex } from '../src/viewpoint/naming.js'

const narrators = (text: string) => {
  const { viewpoints, characters } = analyze(text)
  return viewpoints.map(({ narrator }) => characters.find(({ id }) => id === narrator)?.name ?? null)
}
const repeat = (paragraph: string, times: number) => Array.from({ length: times }, () => paragraph).join('\n\n')

describe('narrators', () => {
  test('in a short story few calls suffice', () => {
    const quiet = 'I walked along the quay with my hands in my pockets, and I looked at the boats. It rained on me.'
    expect(
      narrators(
        `${repeat(quiet, 5)}\n\n“You are late, Anna,” said Tom. I said nothing.\n\n${repeat(quiet, 5)}\n\n“Sit down, Anna,” said Tom.`,
      ),
    ).toEqual(['Anna'])
  })

  test('"Miss Anna" is Anna: what one is called speaks for the other, and the narration of her against both', () => {
    const text = `${repeat('I brought the lamp to Miss Anna. “Anna, look up,” said Tom. I put it down by the bed.', 8)}\n\n“Thank you, Miss Anna,” said Tom.`
    expect(narrators(text)).not.toContain('Anna')
  })

  test('a full name in a header is not whoever else bears its first name', () => {
    const me = repeat('I met John Marlin on the quay. John was not well. “Sit down, Grey,” said John. I sat down.', 6)
    const story = analyze(`Chapter 1\n\nThe Narrative of John Grey\n\n${me}`)
    expect(story.viewpoints.map(({ narrator }) => story.characters.find(({ id }) => id === narrator)?.name)).not.toContain(
      'John Marlin',
    )
  })

  test('the line over a heading is a header too', () => {
    const me = repeat('I walked along the quay. I saw the boats come in, and I counted them.', 6)
    expect(
      narrators(`Part I: Being a Reprint from the Reminiscences of Anna Grey, Late of the Harbour Office\n\nChapter 1\n\n${me}`),
    ).toEqual(['Anna Grey'])
  })
})

describe('papers of others', () => {
  const call = 'I walked along the quay with Tom. “You are late, Anna,” said Tom. “Tell Bess so,” I said, and Bess laughed at me.'
  const far =
    'I was a soldier of the garrison then, and I served with Rourke. Rourke kept the gate, and Major Hale kept us. I saw the fire.'
  const names = (before: string) =>
    narrators(
      `Prologue\n\nChapter 1\n\n${repeat(before, 12)}\n\nChapter 2\n\n${repeat(before, 12)}\n\nChapter 3\n\n${repeat(before, 12)}\n\nThe Quay\n\nChapter 1\n\n${repeat(call, 12)}\n\nChapter 2\n\n${repeat(call, 12)}`,
    )

  test('a part that begins anew, with nobody whom the narrator knows, is not the narrator’s', () => {
    expect(names(far)[0]).toBe('the narrator')
    expect(names(far).at(-1)).toBe('Anna')
    expect(names(`${far} Tom and Bess were there.`)[0]).toBe('Anna')
  })

  test('"Anna’s Brother" is not Anna', () => {
    const text = `Chapter 1\n\n${repeat('I met Anna on the quay. Anna was not well, and I took her home.', 8)}`
    expect(narrators(`The Statement of Anna\n\n${text}`)).toEqual(['Anna'])
    expect(narrators(`The Statement of Anna’s Brother\n\n${text}`)).not.toContain('Anna')
  })

  test('an address calls nobody', () => {
    const quiet = repeat('I walked along the quay with my hands in my pockets, and I looked at the boats. It rained on me.', 5)
    const address = repeat(
      `“And your address?” I asked.\n\n“13, Duncan Street, Thornby. A weary way from here.”\n\n“It is,” said Tom.\n\n${quiet}`,
      3,
    )
    expect(narrators(address)).toEqual(['the narrator'])
  })
})

describe('what gives a narrator’s name away', () => {
  const quiet = repeat('I walked along the quay with my hands in my pockets, and I looked at the boats. It rained on me.', 5)

  test.each([
    ['an introduction in the narration', `I was Anna to all of them. ${quiet}`],
    ['an introduction aloud', `“My name is Anna,” I said.\n\n${quiet}`],
  ])('%s', (_title, text) => expect(narrators(text)).toEqual(['Anna']))

  test.each([
    ['what is theirs is somebody else', `I was Anna’s brother. ${quiet}`],
    ['somebody else’s introduction', `“My name is Anna,” she said.\n\n${quiet}`],
  ])('not: %s', (_title, text) => expect(narrators(text)).not.toContain('Anna'))

  test('in a long story an introduction that nobody takes up is not enough', () => {
    const long = Array.from({ length: 350 }, () => quiet).join('\n\n')
    expect(narrators(`“My name is Anna,” I said, for want of a better one.\n\n${long}`)).not.toContain('Anna')
  })

  test('a name that the narrator signs a notice with is not spoken of', () => {
    const call = '“You are late, Anna,” said Tom.'
    expect(narrators(`${quiet}\n\n${call}\n\nI wrote on the door that I was out.\n\n(Signed) Anna.\n\n${quiet}`)).toEqual([
      'Anna',
    ])
    expect(narrators(`${quiet}\n\n${call}\n\nI looked at the door and saw Anna.\n\n${quiet}`)).not.toContain('Anna')
  })

  test('in a long story a few mentions by others are forgiven', () => {
    const evidence = new Evidence()
    const names = { familyNamed: () => -1, find: () => -1 } as unknown as NameIndex
    const signs = { header: 0, signature: 0, introduction: 0, vocative: 3, narrated: 3 }
    const { rows } = evidence.header('Anna', names)
    rows.set(0, { ...signs })
    rows.set(1, { ...signs, narrated: 1 })
    evidence.forgive(2)
    expect([rows.get(0)!.narrated, rows.get(1)!.narrated]).toEqual([1.5, 0.5])
    evidence.forgive(5)
    expect([rows.get(0)!.narrated, rows.get(1)!.narrated]).toEqual([0, 0])
  })
})

describe('dated entries and plain narration', () => {
  test('have two tellers where they take turns', () => {
    expect([...linkByForm([true, false, true, false, true])!]).toEqual([1, 0, 1, 0, 1])
  })

  test('have one where a diary follows a narrative', () => {
    expect(linkByForm([true, true, true, true, false, false, false])).toBeNull()
    expect(linkByForm([true, true, true, true, true])).toBeNull()
    expect(linkByForm([true, false, true])).toBeNull()
  })
})

describe('focal characters', () => {
  test('of two circles that take turns are the same in every section of theirs', () => {
    const mill = (who: string) =>
      `Anna thought of the mill. ${who} the miller came in with Peter, and Anna saw that Greta was tired. Peter sat down.`
    const ship = (who: string) =>
      `Tom watched the sails. ${who} the mate called to Jack, and Tom knew that Nell was below. Jack laughed.`
    const section = (of: (who: string) => string, who: string) => repeat(of(who), 4)
    const text = [
      section(mill, 'Hob'),
      section(ship, 'Rolf'),
      section(mill, 'Hob'),
      section(ship, 'Rolf'),
      section(mill, 'Hob'),
      section(ship, 'Rolf'),
    ].join('\n\n***\n\n')
    const { viewpoints, characters } = analyze(text)
    expect(viewpoints.map(({ focal }) => characters.find(({ id }) => id === focal)?.name)).toEqual([
      'Anna',
      'Tom',
      'Anna',
      'Tom',
      'Anna',
      'Tom',
    ])
  })

  test('are told by names rather than by pronouns that may have gone astray', () => {
    const text = repeat(
      'Anna knew the way. Anna thought of the sea. Tom went before Anna, and he whistled; he carried the bag, and he did not look round.',
      6,
    )
    const { viewpoints, characters } = analyze(text)
    expect(viewpoints.map(({ focal }) => characters.find(({ id }) => id === focal)?.name)).toEqual(['Anna'])
  })
})

test('who wrote a confession does not tell the chapters after it', () => {
  const me = (n: number) =>
    repeat('I walked along the quay. “You are late, Anna,” said Tom. “Look there, Anna,” said Ben. I knew it.', n)
  const diary = repeat('I am alone, and I have nobody to tell it to. I did what I did.', 5)
  const text = `Chapter 1\n\n${me(6)}\n\nChapter 2\n\nThe Diary of Peter Marlin\n\n3 May. ${diary}\n\nChapter 3\n\n${me(6)}`
  expect(narrators(text)).toEqual(['Anna', 'Peter Marlin', 'Anna'])
})

test('whom the others call by name and whoever says "I" are one character', () => {
  const text = `I had kept the lighthouse for nine winters when the boat came. I rowed out to her with my lamp. I saw a woman in the stern, and my heart stood still.

“Throw me the line,” she called, and I threw it.

I made her tea. My hands shook. She looked about my kitchen as if she had never seen a kettle.

“You live here alone, Mr. Tolliver?” said the woman.

“I do,” I said. “Nobody comes.”

I watched her drink. “Tolliver is an odd name for these islands,” she said.

I told her that my father had brought it from the south, with his clock. “And you, Mr. Tolliver, did you bring anything?” she asked.

“Only myself,” I said.`
  const { characters, quotations } = analyze(text)
  const narrators = characters.filter(({ narrator }) => narrator)
  expect(narrators.map(({ name }) => name)).toEqual(['Mr. Tolliver'])
  expect(characters.filter(({ name }) => /Tolliver/.test(name))).toHaveLength(1)
  expect(quotations.at(-1)!.speaker).toBe(narrators[0]!.id)
})
