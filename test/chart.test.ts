import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import { parse, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import { beforeAll, describe, expect, test } from 'vitest'
import { formatCount, roundTicks, wordScale } from '../src/chart/axis.js'
import {
  type Chart,
  dialogueChart,
  networkChart,
  pacingChart,
  presenceChart,
  storylineChart,
  viewpointChart,
} from '../src/chart/index.js'
import { darkPalette, mixed, palette } from '../src/chart/palette.js'
import { groupsIn, stepsOf } from '../src/chart/steps.js'
import { countCrossings, greedyOrder, type Layer, orderLines } from '../src/chart/storyline/order.js'
import { straightenLines } from '../src/chart/storyline/straighten.js'
import { clipText, escapeMarkup, textWidth } from '../src/chart/svg.js'
import type { Story } from '../src/types.js'
import { random, syntheticStory } from './synthetic.js'

const charts: Record<string, (story: Story) => Chart> = {
  storylineChart,
  viewpointChart,
  presenceChart,
  'presenceChart of words': (story) => presenceChart(story, { measure: 'words' }),
  dialogueChart,
  networkChart,
  'networkChart of conversation': (story) => networkChart(story, { tie: 'conversation' }),
  pacingChart,
}
const sizes = [
  { characters: 0, scenes: 0 },
  { characters: 0, scenes: 3 },
  { characters: 1, scenes: 1 },
  { characters: 2, scenes: 1 },
  { characters: 5, scenes: 12 },
  { characters: 14, scenes: 60 },
  { characters: 60, scenes: 300 },
]
const stories = sizes.map((size) => syntheticStory({ ...size, words: 60 }))

/** Tags and attributes of a well-formed piece of XML; throws where it is not. */
function elementsOf(xml: string): { name: string; attributes: Map<string, string>; content: string }[] {
  const elements: { name: string; attributes: Map<string, string>; content: string }[] = []
  const open: (typeof elements)[number][] = []
  const rest = xml.replace(/<(\/?)([a-z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>([^<>]*)/g, (_, closing, name, list, empty, content) => {
    if (closing) {
      if (open.pop()?.name !== name) throw new Error(`unexpected </${name}>`)
    } else {
      const attributes = new Map<string, string>()
      for (const [, key, value] of list.matchAll(/ ([\w:-]+)="([^"]*)"/g)) {
        if (attributes.has(key)) throw new Error(`attribute ${key} twice in <${name}>`)
        attributes.set(key, value)
      }
      const element = { name, attributes, content }
      elements.push(element)
      if (!empty) open.push(element)
    }
    if (/&(?!(amp|lt|gt|quot|#39);)/.test(content)) throw new Error(`bare & in ${content}`)
    return ''
  })
  if (rest !== '' || open.length > 0) throw new Error(`not well-formed: ${rest.slice(0, 80)}`)
  return elements
}

interface Label {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly classes: string
  readonly fill: string
}

/** The upright labels of a chart with the boxes they cover. */
const labelsOf = (svg: string): Label[] =>
  elementsOf(svg)
    .filter(({ name, attributes }) => name === 'text' && !attributes.has('transform'))
    .map(({ attributes, content }) => {
      const text = content.replace(/&amp;/g, '&')
      const width = textWidth(text, Number(attributes.get('font-size')))
      const x = Number(attributes.get('x')) - (attributes.get('text-anchor') === 'end' ? width : 0)
      return { text, x, y: Number(attributes.get('y')), width, classes: attributes.get('class')!, fill: attributes.get('fill')! }
    })

describe.each(Object.entries(charts))('%s', (_, chart) => {
  test.each(sizes.map((size, k) => ({ ...size, story: stories[k]! })))(
    'draws $characters characters in $scenes scenes as well-formed SVG with finite numbers inside its frame',
    ({ story }) => {
      const svg = chart(story).svg()
      const elements = elementsOf(svg)
      expect(svg).not.toMatch(/NaN|Infinity|undefined|null|style=|\son[a-z]+=/)
      const [, , width, height] = elements[0]!.attributes.get('viewBox')!.split(' ').map(Number)
      for (const label of labelsOf(svg)) {
        expect(label.x, label.text).toBeGreaterThanOrEqual(0)
        // A subtitle of a narrow fact may be long; labels of the drawing may not leave the frame.
        if (label.y > 40) expect(label.x + label.width, label.text).toBeLessThanOrEqual(width! + 1)
        expect(label.y).toBeLessThanOrEqual(height!)
      }
    },
  )

  test('is the same picture for the same story, also after JSON', () => {
    const story = stories[5]!
    expect(chart(JSON.parse(JSON.stringify(story))).svg()).toBe(chart(story).svg())
  })

  test('has a title, a description and a notebook form', () => {
    const made = chart(stories[4]!)
    expect(made.title).toContain('The Glass Orchard')
    expect(made.description.length).toBeGreaterThan(20)
    const display = (made as unknown as Record<symbol, () => Record<string, unknown>>)[Symbol.for('Jupyter.display')]!()
    expect(display['image/svg+xml']).toBe(made.svg())
  })

  test('shows hostile names and titles as text', () => {
    const names = [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "a' onload='x",
      '\u202egnp.exe',
      'nul\u0000 \ud800 &amp;',
    ]
    const svg = chart(
      syntheticStory({ characters: 5, scenes: 8, chapters: 2, names, title: names[1]!, chapterTitle: () => names[0]! }),
    ).svg()
    expect(elementsOf(svg).map(({ name }) => name)).not.toContain('script')
    expect(svg).not.toMatch(/<(script|img)|\u202e|\p{Surrogate}/u)
    expect(svg).not.toContain('\0')
  })
})

describe('specifications', () => {
  let validate: (value: unknown) => boolean
  beforeAll(() => {
    const file = createRequire(import.meta.url).resolve('vega-lite/vega-lite-schema.json')
    validate = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(readFileSync(file, 'utf8')))
  }, 60_000)
  const withSpec = Object.entries(charts).filter(([name]) => name !== 'storylineChart')

  test('the published schema turns down what is no chart', () => {
    expect(validate({ mark: 'smile', data: { values: [] }, encoding: {} })).toBe(false)
  })

  test.each(withSpec)('%s keeps to the published schema', (_, chart) => {
    for (const story of stories) expect(validate(JSON.parse(JSON.stringify(chart(story).spec)))).toBe(true)
  })

  test.each(withSpec)('%s is drawn by Vega without a warning', async (_, chart) => {
    const warnings: unknown[] = []
    const note = (...message: readonly unknown[]) => warnings.push(message)
    const silent = { level: () => silent, error: note, warn: note, info: () => silent, debug: () => silent }
    const { spec } = compile(chart(stories[4]!).spec as unknown as TopLevelSpec, { logger: silent as never })
    expect(warnings).toEqual([])
    expect((await new View(parse(spec)).toSVG()).length).toBeGreaterThan(1000)
  })

  test('a storyline has none: Vega-Lite has no such mark', () => {
    expect(storylineChart(stories[4]!).spec).toBeNull()
  })
})

describe('characters', () => {
  test('keep one colour in every chart', () => {
    for (const story of [stories[4]!, stories[5]!]) {
      const colours = new Map<string, Set<string>>()
      for (const [name, chart] of Object.entries(charts)) {
        if (name === 'pacingChart') continue
        for (const { text, classes, fill } of labelsOf(chart(story).svg()))
          if (/^t\d/.test(classes)) colours.set(text, (colours.get(text) ?? new Set()).add(`${classes.split(' ')[0]} ${fill}`))
      }
      expect(colours.size).toBeGreaterThan(4)
      for (const [name, own] of colours) expect(own.size, name).toBe(1)
    }
  })

  test('who share a name are numbered', () => {
    const svg = presenceChart(syntheticStory({ characters: 3, scenes: 6, names: ['Anna', 'Anna', 'Ben'] })).svg()
    expect(labelsOf(svg).map(({ text }) => text)).toEqual(expect.arrayContaining(['Anna', 'Anna (2)', 'Ben']))
  })

  test('beyond the limit are counted, not drawn', () => {
    const chart = presenceChart(stories[6]!, { characters: 7 })
    expect(labelsOf(chart.svg()).filter(({ classes }) => /^t\d/.test(classes))).toHaveLength(7)
    expect(chart.description).toContain('53 other characters left out')
  })
})

describe('labels', () => {
  // Two boxes of 11-pixel text meet when they share more than a pixel of height and width.
  const collisions = (labels: readonly Label[]): string[] =>
    labels.flatMap((a, i) =>
      labels
        .slice(i + 1)
        .filter((b) => Math.abs(a.y - b.y) < 10 && a.x + 1 < b.x + b.width && b.x + 1 < a.x + a.width)
        .map((b) => `${a.text} / ${b.text}`),
    )
  const crowd = [1, 2, 3].flatMap((seed) =>
    [sizes[2]!, sizes[4]!, sizes[5]!].map((size) =>
      syntheticStory({ ...size, seed, words: 40, chapterTitle: (k) => (k % 2 === 0 ? null : `The ${k} th of many long titles`) }),
    ),
  )
  test.each(Object.entries(charts))('of %s never cover each other', (_, chart) => {
    for (const story of [...crowd, stories[6]!]) expect(collisions(labelsOf(chart(story).svg()))).toEqual([])
  })

  test('are measured as wide as the font sets them and cut to fit', () => {
    expect(textWidth('iiii')).toBeLessThan(textWidth('mm'))
    expect(textWidth('日本', 10)).toBe(20)
    expect(clipText('Marguerite', 200)).toBe('Marguerite')
    expect(clipText('Marguerite Ashdown', 60)).toMatch(/^Marg\w*…$/)
    expect(clipText('Marguerite', 2)).toBe('')
  })
})

/** The columns of a random story as layers: its groups, and those between their first and last scene alone. */
function layersOf(seed: number): Layer[] {
  const story = syntheticStory({ characters: 12, scenes: 40, seed, words: 20 })
  const words = wordScale(story.text)
  const indexOf = new Map(story.characters.map(({ id }, k) => [id, k]))
  const grouped = stepsOf(story, words, 1000).map((step) => groupsIn(step, words, indexOf))
  const columns = story.characters.map((_, k) => grouped.flatMap((groups, t) => (groups.flat().includes(k) ? [t] : [])))
  return grouped.map((groups, t) => [
    ...groups,
    ...columns.flatMap((own, k) =>
      own.length > 0 && own[0]! <= t && t <= own.at(-1)! && !groups.flat().includes(k) ? [[k]] : [],
    ),
  ])
}

describe('storyline layout', () => {
  const seeds = Array.from({ length: 20 }, (_, k) => k + 1)

  test('never crosses more lines than the greedy layout, and far fewer over 20 stories', () => {
    const pairs = seeds.map((seed) => {
      const layers = layersOf(seed)
      return { greedy: countCrossings(greedyOrder(layers)), ours: countCrossings(orderLines(layers)) }
    })
    for (const { greedy, ours } of pairs) expect(ours).toBeLessThanOrEqual(greedy)
    const total = (key: 'greedy' | 'ours') => pairs.reduce((sum, pair) => sum + pair[key], 0)
    expect(total('ours')).toBeLessThan(total('greedy') * 0.75)
  })

  test('finds an order without crossings where there is one', () => {
    expect(countCrossings(orderLines([[[0, 1], [2]], [[0], [1, 2]], [[0, 1, 2]], [[1, 2], [0]]]))).toBe(0)
  })

  test('keeps who is together side by side, and everybody in place', () => {
    for (const seed of seeds) {
      const layers = layersOf(seed)
      const key = (layer: Layer) => layer.map((unit) => [...unit].sort((a, b) => a - b).join(' ')).sort()
      expect(orderLines(layers).map(key)).toEqual(layers.map(key))
    }
  })

  test('keeps order and gaps when lines are straightened', () => {
    for (const seed of seeds) {
      const layers = orderLines(layersOf(seed))
      const heights = straightenLines(layers, { inner: 1, outer: 2 })
      layers.forEach((layer, t) => {
        layer.forEach((unit, u) => {
          unit.forEach((line, k) => {
            const y = heights[t]!.get(line)!
            expect(Number.isInteger(y) && y >= 0).toBe(true)
            if (k > 0) expect(y - heights[t]!.get(unit[k - 1]!)!).toBe(1)
            else if (u > 0) expect(y - heights[t]!.get(layer[u - 1]!.at(-1)!)!).toBeGreaterThanOrEqual(2)
          })
        })
      })
    }
  })

  test('counts each crossing once', () => {
    expect(
      countCrossings([
        [[0], [1], [2]],
        [[2], [1], [0]],
      ]),
    ).toBe(3)
    expect(
      countCrossings([
        [[0], [1]],
        [[1], [3]],
        [[3], [1]],
      ]),
    ).toBe(1)
  })
})

describe('columns', () => {
  test('cover every scene once, whatever the limit', () => {
    for (const limit of [1, 7, 50, 1000]) {
      const steps = stepsOf(stories[6]!, wordScale(stories[6]!.text), limit)
      expect(steps.length).toBeLessThanOrEqual(limit)
      expect(steps.flatMap(({ scenes }) => scenes)).toEqual(stories[6]!.scenes)
    }
  })
})

describe('word scale', () => {
  test('agrees with counting runs without white space', () => {
    const chance = random(5)
    for (let round = 0; round < 20; round++) {
      const text = Array.from({ length: 1500 }, () => ['a', 'b', ' ', '\n', '\u00a0'][Math.floor(chance() * 5)]).join('')
      const words = wordScale(text)
      for (let k = 0; k < 30; k++) {
        const offset = Math.floor(chance() * (text.length + 1))
        expect(words.at(offset)).toBe((text.slice(0, offset).match(/\S+/g) ?? []).length)
      }
    }
  })
})

test('numbers on axes are round', () => {
  expect(roundTicks(12_345, 4)).toEqual([0, 5000, 10_000])
  expect(roundTicks(0, 4)).toEqual([0])
  expect(formatCount(1234567)).toBe('1,234,567')
})

describe('escaping', () => {
  test.each([
    ['markup', `<a href="x" title='y'>&</a>`, '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;'],
    ['what reorders text', 'a\u202eb\u2066c\u200ed', 'a\ufffdb\ufffdc\ufffdd'],
    ['what XML forbids', 'a\u0000b\ud800c\uffffd', 'a\ufffdb\ufffdc\ufffdd'],
    ['but no emoji, joiner, accent or line break', 'é 👩‍👩‍👧 \n\t日', 'é 👩‍👩‍👧 \n\t日'],
  ])('%s', (_, text, expected) => {
    expect(escapeMarkup(text)).toBe(expected)
  })
})

describe('palette', () => {
  const linear = (colour: string): number[] =>
    [1, 3, 5]
      .map((k) => Number.parseInt(colour.slice(k, k + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  const luminance = (colour: string): number =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, k) => sum + weight * linear(colour)[k]!, 0)
  const contrast = (a: string, b: string): number => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
    return (high! + 0.05) / (low! + 0.05)
  }
  // Machado, Oliveira and Fernandes 2009, severity 1.
  const sights = {
    normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
    deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
    tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
  }
  const seen = (colour: string, matrix: readonly number[]): number[] => {
    const rgb = linear(colour)
    const [r, g, b] = [0, 1, 2].map((row) =>
      Math.min(
        1,
        Math.max(
          0,
          rgb.reduce((sum, value, k) => sum + matrix[row * 3 + k]! * value, 0),
        ),
      ),
    )
    const l = Math.cbrt(0.4122214708 * r! + 0.5363325363 * g! + 0.0514459929 * b!)
    const m = Math.cbrt(0.2119034982 * r! + 0.6806995451 * g! + 0.1073969566 * b!)
    const s = Math.cbrt(0.0883024619 * r! + 0.2817188376 * g! + 0.6299787005 * b!)
    return [
      0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    ]
  }
  test.each(Object.entries(sights))('tells ten characters apart with %s', (sight, matrix) => {
    for (const colours of [palette, darkPalette])
      for (const a of colours)
        for (const b of colours)
          if (a < b)
            expect(Math.hypot(...seen(a, matrix).map((value, k) => value - seen(b, matrix)[k]!)), `${a} ${b}`).toBeGreaterThan(
              sight === 'tritanopia' ? 0.075 : 0.1,
            )
  })

  test('stands out from its page', () => {
    for (const colour of palette) expect(contrast(colour, '#ffffff'), colour).toBeGreaterThanOrEqual(3)
    for (const colour of palette) expect(contrast(mixed(colour, 0, 0.3), '#ffffff'), colour).toBeGreaterThanOrEqual(4.5)
    for (const colour of darkPalette) expect(contrast(colour, '#16181d'), colour).toBeGreaterThanOrEqual(3)
  })
})
