import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyze } from '../src/analyze.js'
import {
  bCubed,
  bestAssignment,
  ceaf,
  compareBoundaries,
  compareCharacters,
  compareDocument,
  compareKinds,
  compareMentions,
  compareQuotations,
  compareViewpoints,
  type Gold,
  lea,
  muc,
  type Prediction,
  predictionOf,
  rankingOf,
  scoreOf,
  summarise,
  windowMeasures,
} from '../src/evaluate/index.js'

const empty: Prediction = { mentions: [], quotes: [], clusters: [], scenes: [], candidates: null, viewpoints: [] }

/** Start and end of the `nth` time `words` stand in `text`. */
function spanOf(text: string, words: string, nth = 0): { start: number; end: number } {
  let start = text.indexOf(words)
  for (let i = 0; i < nth; i++) start = text.indexOf(words, start + 1)
  if (start < 0) throw new Error(`no ${words}`)
  return { start, end: start + words.length }
}

describe('bestAssignment', () => {
  test('gives up the largest weight where the sum is larger without it', () => {
    const weights = new Map([
      [
        'a',
        new Map([
          ['x', 5],
          ['y', 4],
        ]),
      ],
      ['b', new Map([['x', 4]])],
    ])
    expect(bestAssignment(weights)).toEqual({
      pairs: new Map([
        ['a', 'y'],
        ['b', 'x'],
      ]),
      total: 8,
    })
  })

  test('is as good as trying every assignment', () => {
    const best = (rows: readonly number[][], used: ReadonlySet<number> = new Set()): number =>
      rows.length === 0
        ? 0
        : Math.max(
            best(rows.slice(1), used),
            ...rows[0]!.map((weight, j) =>
              used.has(j) || weight === 0 ? 0 : weight + best(rows.slice(1), new Set([...used, j])),
            ),
          )
    const table = fc
      .integer({ min: 1, max: 5 })
      .chain((width) =>
        fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: width, maxLength: width }), { maxLength: 5 }),
      )
    fc.assert(
      fc.property(table, (rows) => {
        const entries = (row: readonly number[]) =>
          row.map((weight, j) => [j, weight] as const).filter(([, weight]) => weight > 0)
        const { pairs, total } = bestAssignment(new Map(rows.map((row, i) => [i, new Map(entries(row))])))
        expect(total).toBe(best(rows))
        expect(new Set(pairs.values()).size).toBe(pairs.size)
      }),
    )
  })
})

describe('coreference measures, worked by hand', () => {
  const gold = [
    ['a', 'b', 'c'],
    ['d', 'e', 'f', 'g'],
  ]
  const predicted = [
    ['a', 'b'],
    ['c', 'd'],
    ['f', 'g', 'h', 'i'],
  ]
  test.each([
    ['MUC', muc, 2 / 5, 2 / 5],
    ['B³', bCubed, 4 / 8, 35 / 12 / 7],
    ['CEAF φ₄', ceaf, 1.3 / 3, 1.3 / 2],
    ['LEA', lea, 8 / 3 / 8, 5 / 3 / 7],
  ])('%s', (_, measure, precision, recall) => {
    const score = scoreOf(measure(gold, predicted))
    expect(score.precision).toBeCloseTo(precision, 10)
    expect(score.recall).toBeCloseTo(recall, 10)
  })

  test('a singleton is found by LEA only as a singleton, and MUC does not see it', () => {
    expect(scoreOf(lea([['a']], [['a']])).f1).toBe(1)
    expect(scoreOf(lea([['a'], ['b']], [['a', 'b']])).recall).toBe(0)
    expect(scoreOf(muc([['a']], [['a']])).f1).toBe(0)
  })
})

describe('mentions', () => {
  const text = 'The old man sat. Anne’s sister saw him.'
  const gold: Gold = {
    id: 'g',
    text,
    mentions: [
      { ...spanOf(text, 'The old man'), cluster: 'man', mentionType: 'NOM' },
      { ...spanOf(text, 'Anne'), cluster: 'anne', mentionType: 'PROP' },
      { ...spanOf(text, 'Anne’s sister'), cluster: 'sister', mentionType: 'NOM' },
      { ...spanOf(text, 'him'), cluster: 'man', mentionType: 'PRON' },
    ],
  }
  const predict = (...spans: [string, string, 'PROP' | 'NOM' | 'PRON'][]): Prediction => ({
    ...empty,
    mentions: spans.map(([words, cluster, mentionType]) => ({ ...spanOf(text, words), cluster, mentionType })),
  })

  test('by head a shorter span of the same last word is a hit, exactly it is not', () => {
    const { mentions } = compareMentions(gold, predict(['old man', 'x', 'NOM']))
    expect(scoreOf(mentions.exact.all).f1).toBe(0)
    expect(scoreOf(mentions.head.NOM)).toMatchObject({ precision: 1, recall: 0.5 })
  })

  test('a possessive ending does not make another head', () => {
    expect(compareMentions(gold, predict(['Anne’s', 'x', 'PROP'])).mentions.head.PROP).toMatchObject({ right: 1, gold: 1 })
  })

  test('the same span twice counts once, one outside the text not at all', () => {
    const twice = predict(['him', 'x', 'PRON'], ['him', 'y', 'PRON'])
    const outside = { start: 30, end: 400, cluster: 'z', mentionType: 'NOM' as const }
    expect(compareMentions(gold, { ...twice, mentions: [...twice.mentions, outside] }).mentions.exact.all.predicted).toBe(1)
  })

  test('places do not count', () => {
    const withPlace = {
      ...gold,
      mentions: [...gold.mentions!, { start: 12, end: 15, cluster: 'p', mentionType: 'NOM', entityType: 'LOC' }],
    } as Gold
    expect(compareMentions(withPlace, empty).mentions.exact.all.gold).toBe(4)
  })
})

describe('characters as wholes', () => {
  const text = 'Anne saw Tom. Annie called the boy. Tom ran. She laughed at the boy, and she waited.'
  const mark = (words: string, nth: number, cluster: string, mentionType: 'PROP' | 'NOM' | 'PRON') => ({
    ...spanOf(text, words, nth),
    cluster,
    mentionType,
  })
  const gold: Gold = {
    id: 'g',
    text,
    mentions: [
      mark('Anne', 0, 'anne', 'PROP'),
      mark('Tom', 0, 'tom', 'PROP'),
      mark('Annie', 0, 'anne', 'PROP'),
      mark('the boy', 0, 'tom', 'NOM'),
      mark('Tom', 1, 'tom', 'PROP'),
      mark('She', 0, 'anne', 'PRON'),
      mark('the boy', 1, 'tom', 'NOM'),
      mark('she', 0, 'anne', 'PRON'),
    ],
  }
  const moved = (change: Readonly<Record<number, string>>): Prediction => ({
    ...empty,
    mentions: gold.mentions!.map((mention, i) => ({ ...mention, cluster: change[i] ?? mention.cluster })),
  })

  test('all right where every name and noun stands with its character', () => {
    expect(compareCharacters(gold, moved({}))).toEqual({
      whole: { right: 2, of: 2 },
      names: { right: 4, of: 4 },
      epithets: { right: 2, of: 2 },
    })
  })

  test('a nickname of its own splits a character, an epithet elsewhere does not', () => {
    expect(compareCharacters(gold, moved({ 2: 'annie', 3: 'boy' }))).toEqual({
      whole: { right: 1, of: 2 },
      names: { right: 3, of: 4 },
      epithets: { right: 1, of: 2 },
    })
  })

  test('one cluster for two is whole for neither, and names weigh more than pronouns', () => {
    expect(compareCharacters(gold, moved({ 0: 'tom', 2: 'tom' }))).toMatchObject({
      whole: { right: 0, of: 2 },
      names: { right: 2, of: 4 },
      epithets: { right: 2, of: 2 },
    })
  })
})

describe('quotations and speakers', () => {
  const text = '“No,” said Anna. “Yes,” said Ben. “No, no.” “Yes.”'
  const gold: Gold = {
    id: 'g',
    text,
    mentions: [
      { ...spanOf(text, 'Anna'), cluster: 'a', mentionType: 'PROP' },
      { ...spanOf(text, 'Ben'), cluster: 'b', mentionType: 'PROP' },
    ],
    quotes: [
      { ...spanOf(text, '“No,”'), speaker: 'a', type: 'explicit' },
      { ...spanOf(text, '“Yes,”'), speaker: 'b', type: 'explicit' },
      { ...spanOf(text, '“No, no.”'), speaker: 'a', type: 'implicit' },
      { ...spanOf(text, '“Yes.”'), speaker: 'b', type: 'implicit' },
    ],
  }
  const anna = { ...spanOf(text, 'Anna'), cluster: 'c0', mentionType: 'PROP' as const }
  const ben = { ...spanOf(text, 'Ben'), cluster: 'c1', mentionType: 'PROP' as const }

  test('marks in or out are the same span', () => {
    const quotes = [
      { ...spanOf(text, 'No,'), speaker: null },
      { ...spanOf(text, '“Yes,”'), speaker: null },
    ]
    expect(compareQuotations(gold, { ...empty, quotes }).exact).toEqual({ right: 2, predicted: 2, found: 2, gold: 4 })
  })

  test('a quotation found without a speaker, or not found, is wrong', () => {
    const quotes = [
      { ...spanOf(text, '“No,”'), speaker: 'c0' },
      { ...spanOf(text, '“Yes,”'), speaker: null },
    ]
    const { speakers, speakersByType } = compareQuotations(gold, { ...empty, quotes, mentions: [anna, ben] })
    expect(speakers).toEqual({ right: 1, of: 4 })
    expect(speakersByType).toEqual({ explicit: { right: 1, of: 2 }, implicit: { right: 0, of: 2 } })
  })

  test('two clusters for one person are both right, but not one to one', () => {
    const annaAgain = { start: anna.start - 5, end: anna.end, cluster: 'c2', mentionType: 'PROP' as const }
    const quotes = [
      { ...spanOf(text, '“No,”'), speaker: 'c0' },
      { ...spanOf(text, '“No, no.”'), speaker: 'c2' },
    ]
    const clusters = [{ id: 'c2', names: [{ name: 'Anna', count: 1 }], narrator: false }]
    const { speakers, speakersOneToOne } = compareQuotations(gold, { ...empty, quotes, clusters, mentions: [anna, annaAgain] })
    expect(speakers.right).toBe(2)
    expect(speakersOneToOne.right).toBe(1)
  })

  test('without gold mentions clusters are matched by names, titles apart, and the narrator by telling', () => {
    const characters = [
      { id: 'x', name: 'Anna Karr', aliases: ['Miss Karr'], gender: 'F' },
      { id: 'y', name: 'Benedict', aliases: ['Ben'], gender: 'M' },
    ]
    const byNames = {
      ...gold,
      mentions: undefined,
      characters,
      narrator: 'x',
      quotes: gold.quotes!.map((q) => ({ ...q, speaker: q.speaker === 'a' ? 'x' : 'y' })),
    }
    const quotes = [
      { ...spanOf(text, '“No,”'), speaker: 'c0' },
      { ...spanOf(text, '“Yes,”'), speaker: 'c1' },
    ]
    const clusters = [
      { id: 'c0', names: [{ name: 'I', count: 3 }], narrator: true },
      { id: 'c1', names: [{ name: 'Mr. Ben', count: 1 }], narrator: false },
    ]
    const { mentions: _, ...goldByNames } = byNames
    expect(compareQuotations(goldByNames, { ...empty, quotes, clusters }).speakers.right).toBe(2)
  })
})

describe('boundaries', () => {
  const text = Array.from({ length: 10 }, (_, i) => `Paragraph ${i}.`).join('\n\n')
  const at = (i: number) => text.indexOf(`Paragraph ${i}.`)
  const gold: Gold = {
    id: 'g',
    text,
    breaks: [
      { offset: at(3), kind: 'hr' },
      { offset: at(7), kind: 'chapter' },
    ],
  }
  const scenes = (...starts: number[]) => ({
    ...empty,
    scenes: [0, ...starts].map((start) => ({ start, end: text.length, kind: 'scene', score: 1 })),
  })

  test('one paragraph off is a hit within one only', () => {
    const { all } = compareBoundaries(gold, scenes(at(4), at(7)))
    expect(scoreOf(all.exact).f1).toBe(0.5)
    expect(scoreOf(all.within1).f1).toBe(1)
  })

  test('a boundary at a break of another kind is left out of a view', () => {
    expect(compareBoundaries(gold, scenes(at(3), at(7))).hr.exact).toEqual({ right: 1, predicted: 1, found: 1, gold: 1 })
  })

  test('an offset in white space belongs to the paragraph after it', () => {
    expect(compareBoundaries(gold, scenes(at(3) - 2)).all.exact.right).toBe(1)
  })

  test('ties in a ranking are taken together', () => {
    const flat = Array.from({ length: 10 }, (_, index) => ({ index, score: 0.5 }))
    expect(rankingOf([3, 7], flat, 0)).toEqual({ averagePrecision: 0.2, recallAtK: 0.2 })
    const good = flat.map(({ index }) => ({ index, score: index === 3 || index === 7 ? 1 : 0 }))
    expect(rankingOf([3, 7], good, 0)).toEqual({ averagePrecision: 1, recallAtK: 1 })
    expect(rankingOf([], good, 0)).toBeNull()
  })

  test('window measures are 0 for the gold itself, and WindowDiff alone counts a doubled boundary', () => {
    expect(windowMeasures(20, [5, 15], [5, 15])).toEqual({ pk: 0, windowDiff: 0 })
    const doubled = windowMeasures(20, [10], [10, 11])
    expect(doubled.windowDiff).toBeGreaterThan(doubled.pk)
  })

  test('kinds are compared by what covers most of the gold scene', () => {
    const withKinds: Gold = {
      ...gold,
      scenes: [
        { start: 0, end: at(3), kind: 'scene' },
        { start: at(3), end: text.length, kind: 'summary' },
      ],
    }
    expect(compareKinds(withKinds, scenes(at(2)))).toEqual({
      right: { right: 1, of: 2 },
      confusion: { scene: { scene: 1 }, summary: { scene: 1 } },
    })
  })
})

describe('viewpoints', () => {
  const text = Array.from({ length: 12 }, (_, i) => `Paragraph ${i}.`).join('\n\n')
  const at = (i: number) => text.indexOf(`Paragraph ${i}.`)
  const segment = { chapterIndex: 0, person: 'third', tense: 'past', narrator: null, certainty: 'high' }
  const gold: Gold = {
    id: 'g',
    text,
    chapters: [{ start: 0, end: text.length }],
    aliases: { 'Doctor Seward': ['Jack'], 'Mina Harker': ['Mina'] },
    segments: [
      { ...segment, start: 0, end: at(6), focal: 'Doctor Seward' },
      { ...segment, start: at(6), end: text.length, focal: 'Mina Harker' },
    ],
  }
  const view = (start: number, end: number, focal: string | null, person = 'third') => ({
    start,
    end,
    person,
    tense: 'past',
    narrator: null,
    focal,
  })

  test('any alias counts, titles written out or not', () => {
    const viewpoints = [view(0, at(6), 'Dr. Seward'), view(at(6), text.length, 'mina')]
    const { segments, shifts } = compareViewpoints(gold, { ...empty, viewpoints })
    expect(segments.focal).toEqual({ right: 2, of: 2 })
    expect(shifts.within0).toEqual({ right: 1, predicted: 1, found: 1, gold: 1 })
  })

  test('a shift two paragraphs late is a hit within three only', () => {
    const viewpoints = [view(0, at(8), 'Jack'), view(at(8), text.length, 'Mina')]
    const { shifts } = compareViewpoints(gold, { ...empty, viewpoints })
    expect([shifts.within0.right, shifts.within1.right, shifts.within3.right]).toEqual([0, 0, 1])
  })

  test('a change between two names of one person is no shift', () => {
    const viewpoints = [view(0, at(3), 'Jack'), view(at(3), at(6), 'Doctor Seward'), view(at(6), text.length, 'Mina')]
    expect(compareViewpoints(gold, { ...empty, viewpoints }).shifts.within0.predicted).toBe(1)
  })

  test('a letter is first person loosely only, and a doubtful segment is not scored', () => {
    const letters: Gold = {
      ...gold,
      segments: [
        { ...gold.segments![0]!, person: 'epistolary-first' },
        { ...gold.segments![1]!, certainty: 'low' },
      ],
    }
    const { segments } = compareViewpoints(letters, { ...empty, viewpoints: [view(0, text.length, 'Mina', 'first')] })
    expect(segments.person).toEqual({ right: 0, of: 1 })
    expect(segments.personLoose).toEqual({ right: 1, of: 1 })
  })
})

describe('the stories of corpus/', () => {
  const golds = readdirSync('corpus')
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join('corpus', file), 'utf8')) as Gold)

  test('scored against themselves, are right in everything', () => {
    const asPrediction = (gold: Gold): Prediction => ({
      ...empty,
      mentions: gold.mentions!,
      quotes: gold.quotes!.map(({ start, end, speaker }) => ({ start, end, speaker: speaker ?? null })),
      scenes: gold.scenes!.map((scene) => ({ ...scene, score: 1 })),
      viewpoints: gold.segments!,
    })
    const { mentions, coreference, quotations, boundaries, kinds, viewpoints } = summarise(
      golds.map((gold) => compareDocument(gold, asPrediction(gold))),
    )
    expect(mentions!.exact.all.f1).toBe(1)
    expect(coreference!.exact.kept.conll).toBeCloseTo(1, 10)
    expect(coreference!.head.dropped.lea.f1).toBeCloseTo(1, 10)
    expect(quotations).toMatchObject({ exact: { f1: 1 }, speakers: 1, speakersOneToOne: 1, speakersB3: { f1: 1 } })
    expect(boundaries!.all.exact.f1).toBe(1)
    expect(kinds!.accuracy).toBe(1)
    expect(viewpoints!.segments).toMatchObject({ person: 1, tense: 1, name: 1 })
    expect(viewpoints!.shifts.within0.f1).toBe(1)
  })

  test('scored against nothing, are wrong in everything, and nothing throws', () => {
    const summary = summarise(golds.map((gold) => compareDocument(gold, empty)))
    expect(summary.mentions!.exact.all.f1).toBe(0)
    expect(summary.quotations!.speakers).toBe(0)
    expect(summary.viewpoints!.segments.person).toBe(0)
  })

  test('a Story becomes a prediction in the terms of the gold', () => {
    const text = '“No,” said Anna Karr. She shut the door.'
    const { mentions, quotes, clusters, scenes, viewpoints } = predictionOf(analyze(text))
    expect(quotes).toHaveLength(1)
    expect(clusters.some(({ id, names }) => id === quotes[0]!.speaker && names.some(({ name }) => name === 'Anna Karr'))).toBe(
      true,
    )
    expect(mentions.length).toBeGreaterThan(1)
    expect(scenes[0]).toMatchObject({ start: 0, kind: 'scene' })
    expect(viewpoints[0]).toMatchObject({ start: 0 })
  })
})
