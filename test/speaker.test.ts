import { describe, expect, test } from 'vitest'
import { analyze, speakerTurns } from '../src/index.js'
import { confidences } from '../src/quotation/confidence.js'
import { C, placeNames, places } from '../src/quotation/feature.js'
import type { TurnEvidence } from '../src/quotation/score.js'
import { TagStrength } from '../src/quotation/tag.js'
import { changesOf, History } from '../src/quotation/transition.js'
import type { AnalyzeOptions, Story } from '../src/types.js'

/** Who a character is, by any of the names the story gives. */
const isCalled = (story: Story, id: string | null, name: string): boolean => {
  const character = story.characters.find((c) => c.id === id)
  return (
    character !== undefined &&
    [character.name, ...character.aliases.map((a) => a.text)].some((called) => called === name || called.startsWith(`${name} `))
  )
}

/** Reads `{Anna:“No,”} said Anna.` into the text and the expected speaker of each quotation ("?" for nobody). */
function read(marked: string, options: AnalyzeOptions = {}): { story: Story; expected: string[] } {
  const expected: string[] = []
  const text = marked.replace(/\{([^:}]*):([^}]*)\}/g, (_, who: string, words: string) => {
    expected.push(who)
    return words
  })
  return { story: analyze(text, options), expected }
}

function check(marked: string, options: AnalyzeOptions = {}): void {
  const { story, expected } = read(marked, options)
  expect(story.quotations).toHaveLength(expected.length)
  const wrong = story.quotations.flatMap((q, i) => {
    const who = expected[i]!
    const right = who === '?' ? q.speaker === null : isCalled(story, q.speaker, who)
    const name = story.characters.find((c) => c.id === q.speaker)?.name
    return right ? [] : [`${story.text.slice(q.start, q.end)} is ${who}'s, not ${name}'s`]
  })
  expect(wrong).toEqual([])
}

const opening = 'Anna Berg came into the kitchen. Tom Hale stood at the window.\n\n'

describe('attributeSpeakers', () => {
  test.each([
    ['a tag after', '{Anna:“It is late,”} said Anna.'],
    ['a tag between two parts', '{Anna:“It is late,”} said Anna, {Anna:“and I am tired.”}'],
    ['a tag before', 'Anna said, {Anna:“It is late.”}'],
    ['a tag before, with more in between', 'Anna turned from the stove and said quietly, {Anna:“It is late.”}'],
    ['a verb that no list of sayings holds', '{Tom:“It is late,”} Tom yawned.'],
    ['a tag that lost its comma', '{Tom:“Bats”} Tom hummed.'],
    ['a reply announced by name', '{Tom:“It is late,”} was Tom’s reply.'],
    ['a beat before the words', 'Anna put down the cup. {Anna:“It is late.”}'],
    ['a voice', '{Anna:“It is late,”} Anna’s voice shook.'],
    ['words led in by the paragraph before', 'Then Anna said:\n\n{Anna:“It is late.”}'],
    ['a pronoun of the other sex', '{Anna:“It is late,”} said Anna.\n\n{Tom:“I know,”} he said.'],
    ['two people take turns', '{Anna:“It is late,”} said Anna.\n\n{Tom:“I know.”}\n\n{Anna:“Then go.”}\n\n{Tom:“Soon.”}'],
    ['the one addressed does not speak', '{Anna:“It is late, Tom.”}\n\n{Tom:“I know, Anna.”}\n\n{Anna:“Then go.”}'],
    ['a speech goes on in the next paragraph', '{Anna:“It is late,”} said Anna. {Anna:“I am tired.}\n\n{Anna:“And so are you.”}'],
    ['nothing between two quotations', '{Anna:“Why?”} asked Anna.\n\n{Tom:“Because.”} {Anna:“Because?”} said Anna.'],
    ['dashes for marks', '{Anna:— It is late,} said Anna.\n\n{Tom:— I know,} said Tom.\n\n{Anna:— Then go,} said Anna.'],
    ['single marks', "{Anna:'It is late,'} said Anna.\n\n{Tom:'I know,'} he said."],
    ['a thought has a thinker', '{Anna:*It is late,*} thought Anna.'],
  ])('%s', (_, marked) => check(opening + marked))

  test('the you of a story told to you speaks', () => {
    check(
      'You come into the kitchen, and you put down your bag. Tom Hale stands at the window. He does not turn to you.\n\n' +
        '{you:“It is late,”} you say.\n\n{Tom:“I know.”}\n\n{you:“Then go.”}\n\n{Tom:“Soon,”} he says, and looks at you.\n\n' +
        'You sit down. You have nothing else to do. {you:“Well?”}',
    )
  })

  test('a nominal of the other sex in somebody’s cluster is not them', () => {
    const text =
      'Tom Hale came in, and his wife after him. Max Lind sat by the fire.\n\n“It is late,” said his wife.\n\n“I know,” he said.'
    const mention = (word: string, character: string, mentionType: 'PROP' | 'NOM' | 'PRON', from = 0) => {
      const start = text.indexOf(word, from)
      return { start, end: start + word.length, character, mentionType, quotation: null, confidence: 0.9 }
    }
    const person = { role: 'major', narrator: false, kind: 'person', aliases: [], mentionCount: 1, quotationCount: 0 } as const
    const late = text.indexOf('late')
    const { quotations } = analyze(text, {
      given: {
        mentions: [
          mention('Tom Hale', 'tom', 'PROP'),
          mention('his wife', 'tom', 'NOM'),
          mention('Max Lind', 'max', 'PROP'),
          mention('his wife', 'tom', 'NOM', late),
          mention('he', 'tom', 'PRON', text.indexOf(' he said')),
        ],
        characters: ['tom', 'max'].map((id) => ({
          ...person,
          id,
          name: id,
          pronouns: id === 'tom' ? 'he' : null,
          firstMention: 0,
          lastMention: 0,
        })),
      } as unknown as NonNullable<AnalyzeOptions['given']>,
    })
    expect(quotations.map(({ speaker }) => speaker)).toEqual(['tom', 'tom'])
  })

  test('whoever tells another part can be the he of this one', () => {
    const anna =
      'Anna’s POV\n\nI came into the kitchen and put my bag down. Tom Hale stood at the window. Jack was out. Tom had been waiting for me, I knew.\n\n'
    const tom = '\n\nTom’s POV\n\nI had stood at the window since noon, and I was cold. Anna sat down by me.\n\n'
    check(
      `${anna}{Tom:“It is late,”} he said.\n\n{Anna:“I know,”} I said.${tom}{Anna:“It is late,”} she said.\n\n{Tom:“I know,”} I said.`,
    )
  })

  test('they speaks for the one whom coreference takes it for', () => {
    const { story } = read(
      'Rowan Vale kept the ferry. Tom Hale had come aboard with a basket. Tom had been aboard since noon.\n\n“It is late,” they said.',
    )
    const rowan = story.characters.find(({ name }) => name === 'Rowan Vale')!
    const mentions = story.mentions.map((mention) =>
      story.text.slice(mention.start, mention.end) === 'they' ? { ...mention, character: rowan.id } : mention,
    )
    const characters = story.characters.filter(({ id }) => mentions.some(({ character }) => character === id))
    const again = analyze(story.text, { given: { mentions, characters } })
    expect(isCalled(again, again.quotations[0]!.speaker, 'Rowan Vale')).toBe(true)
  })

  test('somebody brought in just before speaks, though no tag names them', () => {
    check(
      'Anna Berg came into the kitchen. A man sat at the window, whom she had not seen before.\n\n{A man:“It is late,”} he said.\n\n{Anna:“I know,”} said Anna.',
    )
  })

  test('a name that ends like a plural is one person', () => {
    check(
      'Walters came in. {Walters:“It is late,”} said Walters.\n\n{Tom:“I know,”} said Tom.\n\n{Walters:“Then go,”} said Walters.',
    )
    check(
      'Mr. Monks came in. {Mr. Monks:“It is late,”} said Mr. Monks.\n\n{Tom:“I know,”} said Tom.\n\n{Mr. Monks:“Go,”} Monks said.',
    )
  })

  test('a creature that speaks is a person', () => {
    check(
      'Anna met a Caterpillar. {Caterpillar:“Who are you?”} said the Caterpillar.\n\n{Anna:“I am Anna,”} said Anna.\n\n{Caterpillar:“Why?”} said the Caterpillar.',
    )
  })

  test.each([
    ['a full stop where a comma belongs', '{Anna:“It is late.”} said Anna.'],
    ['a question of somebody’s own', '{Tom:“Is it late?”} was Tom’s only thought.'],
    ['the subject of the outer clause', 'Anna saw what he was doing, and turned, and said, {Anna:“It is late.”}'],
    ['a parenthesis before the verb', 'It was then that Anna, who had come in with Tom, said, {Anna:“It is late.”}'],
    ['one who is heard', 'He heard Anna say in a low voice, {Anna:“It is late.”}'],
    ['the last clause before a colon', 'Anna turned to the stove, and Tom rubbed his eyes: {Tom:“It is late.”}'],
    ['a verb with a particle', '{Tom:“It is late,”} put in Tom.'],
    ['somebody’s voice', '{Tom:“It is late,”} said the voice of Tom.'],
    ['a lead-in that ends in a dash', 'Then Anna said--\n\n{Anna:“It is late.”}'],
    ['a lead-in to the next words', 'When Tom said, {Tom:“Your health!”} she answered, {Anna:“Thank you.”}'],
    ['the teller and another', 'I looked up. Tom said, {Tom:“It is late,”} and Anna said, {Anna:“So it is,”} and he did.'],
  ])('%s', (_, marked) => check(opening + marked))

  test('in a novel, a noun that somebody is called outright stands for them', () => {
    const company = 'Mr. Hale and Mr. Holt came in with Anna Berg. {Anna:“Good,”} said Anna. Mr. Holt sat down.\n\n'
    check(
      `Mr. Hale, the surgeon, lived by the river.\n\n${'The rain fell on the grey roofs of the town.\n\n'.repeat(1600)}${company}` +
        '{Mr. Hale:“It is late,”} said the surgeon.\n\n{Anna:“I know,”} said Anna.',
    )
  })

  test('messages: the name over them speaks', () => {
    check('Anna 19:02\n{Anna:u there}\n\nTom 19:03\n{Tom:yes}\n\nAnna 19:03\n{Anna:good}\n\nTom 19:05\n{Tom:why}')
  })

  test('script: the name before the colon speaks', () => {
    check('Anna: {Anna:Where is he?}\n\nTom: {Tom:Gone.}\n\nAnna: {Anna:Gone where?}\n\nTom: {Tom:Just gone.}')
  })

  test('with a cast: descriptions and shared names are whose the cast says', () => {
    const cast = [
      { name: 'Thomas Hale', aliases: ['Thomas', 'Mr. Hale'] },
      { name: 'Young Thomas', aliases: ['Tom'] },
      { name: 'Anna Berg', aliases: ['the guest'] },
    ]
    check(
      'Thomas Hale and Anna Berg came in. {Young Thomas:“It is late,”} said Tom.\n\n{Thomas Hale:“I know,”} said Mr. Hale.\n\n{Anna Berg:“Then go,”} said the guest.',
      { cast },
    )
  })

  test('type, cue and confidence say how the speaker was found', () => {
    const { story } = read(`${opening}{Anna:“It is late,”} said Anna.\n\n{Tom:“I know,”} he said.\n\n{Anna:“Then go.”}`)
    expect(story.quotations.map(({ type }) => type)).toEqual(['explicit', 'anaphoric', 'implicit'])
    expect(story.quotations.map(({ cue }) => cue)).toEqual(['tag', 'tag', 'turn'])
    const [, pronoun, turn] = story.quotations.map(({ confidence }) => confidence)
    // Where both have spoken often enough to be sure of.
    const talk = '“It is late,” said Anna.\n\n“I know,” he said.'
    const [often, taken] = analyze(opening + Array.from({ length: 5 }, () => talk).join('\n\n')).quotations
    expect(often!.confidence).toBeGreaterThan(taken!.confidence)
    expect(pronoun!).toBeGreaterThan(turn! - 0.2)
  })

  test('whoever speaks twice in a story is less sure than one who goes on speaking', () => {
    const lines = (count: number): string =>
      Array.from({ length: count }, () => '“It is late,” said Anna.\n\n“I know,” said Tom.').join('\n\n')
    const sureOf = (count: number): number =>
      Math.min(...analyze(opening + lines(count)).quotations.map(({ confidence }) => confidence))
    expect(sureOf(2)).toBeLessThan(0.9)
    expect(sureOf(4)).toBeGreaterThan(0.9)
  })

  test('a name is no surer than that it belongs to its cluster', () => {
    const tag = { strength: TagStrength.report, mention: 0, addressee: -1 }
    const turn = { quotations: [0], firstParagraph: 0, lastParagraph: 0, tag, beats: [], gap: 0, lead: 0, opens: true, label: -1 }
    const evidence = Array.from({ length: 4 }, () => ({ turn, candidates: { figures: [0, 1] } })) as unknown as TurnEvidence[]
    const scores = evidence.map(() => Float64Array.of(12, 0))
    const sureness = (ofName: number): number =>
      confidences(
        evidence,
        scores,
        evidence.map(() => []),
        new Int32Array(4),
        () => 'name',
        () => ofName,
      )[3]!
    expect(sureness(0.95)).toBeGreaterThan(0.9)
    expect(sureness(0.6)).toBeLessThan(0.7)
  })

  test('words nobody can have said have no speaker', () => {
    const { story } = read('{?:“It is late.”}')
    expect(story.quotations[0]).toMatchObject({ speaker: null, addressee: null, type: null, cue: null, confidence: 0 })
  })

  test.each([
    ['by name', '{Anna:“It is late, Tom,”} said Anna.', 'Tom Hale'],
    ['in the tag', '{Anna:“It is late,”} said Anna to Tom.', 'Tom Hale'],
    ['by turn', '{Tom:“It is late,”} said Tom.\n\n{Anna:“I know,”} said Anna.', 'Tom Hale'],
  ])('the one spoken to %s', (_, marked, hearer) => {
    const { story } = read(opening + marked)
    const { addressee } = story.quotations.at(-1)!
    expect(isCalled(story, addressee, hearer)).toBe(true)
  })
})

test('untagged turns go back and forth more surely than tagged ones', () => {
  const history = new History().add(1, 0).add(2, 1)
  const lead = (condition: number): number => {
    const changes = changesOf([condition], new Float64Array(places))
    return changes[history.place(1, 2)]! - changes[history.place(2, 2)]!
  }
  expect(lead(C.bare0)).toBeGreaterThan(lead(C.told0))
  expect(lead(C.told0)).toBeGreaterThan(lead(C.told1))
})

test('a history tells who spoke last, on end, before last, and whether a third is about', () => {
  const places = (...speakers: number[]): number[] => {
    const history = new History()
    speakers.forEach((speaker, t) => {
      history.add(speaker, t)
    })
    return [1, 2, 3, 4].map((speaker) => history.place(speaker, speakers.length))
  }
  const place = Object.fromEntries(placeNames.map((name, i) => [name, i])) as Record<(typeof placeNames)[number], number>
  expect(places(1, 2)).toEqual([place.backTwo, place.again, place.new, place.new])
  expect(places(1, 2, 2)).toEqual([place.backTwo, place.onceMore, place.new, place.new])
  expect(places(3, 1, 2)).toEqual([place.backMany, place.again, place.third, place.new])
  expect(places(3, 1, 2, 1, 2, 1, 2)).toEqual([place.backTwo, place.again, place.thirdFar, place.new])
})

describe('speakerTurns', () => {
  test('joins the parts of a speech and parts conversations', () => {
    const far = 'The rain fell.\n\n'.repeat(8)
    const { story } = read(
      `${opening}{Anna:“It is late,”} said Anna, {Anna:“and I am tired.”}\n\n{Tom:“I know,”} said Tom.\n\n${far}{Tom:“Well,”} said Tom.`,
    )
    const turns = speakerTurns(story)
    expect(turns.map(({ quotations }) => quotations)).toEqual([['q0', 'q1'], ['q2'], ['q3']])
    expect(turns.map(({ words }) => words)).toEqual([7, 2, 1])
    expect(turns.map(({ conversation }) => conversation)).toEqual([0, 0, 1])
  })
})
