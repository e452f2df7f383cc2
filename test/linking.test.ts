import { describe, expect, it } from 'vitest'
import { Kind, readAttributes } from '../src/character/attribute.js'
import { confidenceGroupOf, confidenceGroups, confidenceOf, type Evidence } from '../src/character/confidence.js'
import { Entity } from '../src/character/entity.js'
import { Joiner, joinFeatures } from '../src/character/join.js'
import { NamesAhead } from '../src/character/lookahead.js'
import { findMentions } from '../src/character/mention.js'
import { readingOrder } from '../src/character/order.js'
import { inverse, Relation, relationOf, titlesBehind } from '../src/character/relation.js'
import { at, baseFeatures, FeatureSum, Group, stepOf, steps } from '../src/character/template.js'
import { detectQuotations } from '../src/quotation/detect.js'
import { readText } from '../src/text/layer.js'

function read(text: string) {
  const layer = readText(text)
  const quotations = detectQuotations(layer)
  const mentions = findMentions({ text: layer, quotations, cast: [] })
  const attributes = readAttributes(layer, quotations, mentions)
  const find = (words: string) => mentions.findIndex(({ start, end }) => text.slice(start, end) === words)
  return { attributes, mentions, find }
}

describe('a mention inside another', () => {
  it('trails the head it stands behind: “a man who lost his hat” may be he', () => {
    const { attributes, find } = read('At the door stood a man who lost his hat in the wind.')
    const his = find('his')
    expect(attributes.outer[his]).toBeGreaterThanOrEqual(0)
    expect(attributes.trails[his]).toBe(1)
  })
  it('leads the head that it owns: “her sister” is not she', () => {
    const { attributes, find } = read('In the evening Mary wrote to her sister about the garden.')
    const her = find('her')
    expect(attributes.possessor[find('her sister')]).toBe(her)
    expect(attributes.trails[her]).toBe(0)
  })
})

describe('words of address', () => {
  it('are nouns although a sentence gives them a capital', () => {
    const { attributes, mentions, find } = read('“Sir, the bridge is down.” The corporal waited. “Anna, go home.”')
    expect(mentions[find('Sir')]?.mentionType).toBe('PROP')
    expect(attributes.kind[find('Sir')]).toBe(Kind.nominal)
    expect(attributes.kind[find('Anna')]).toBe(Kind.name)
  })
})

describe('reading order', () => {
  const columns = (quotation: number[], role: number[]) =>
    ({ length: quotation.length, quotation: Int32Array.from(quotation), role: Uint8Array.from(role) }) as never
  const talk = (tag: number[]) => ({ tag: Int32Array.from(tag) }) as never
  it('puts a tag before its words, an address before the others', () => {
    // “I know, Anna,” said Tom.
    expect([...readingOrder(columns([0, 0, -1], [0, 4, 0]), talk([2]))]).toEqual([2, 1, 0])
  })
  it('leaves words after their tag, and words without one, where they are', () => {
    expect([...readingOrder(columns([-1, 0, 1], [0, 0, 0]), talk([0, -1]))]).toEqual([0, 1, 2])
  })
})

describe('looking ahead', () => {
  const paragraph = Int32Array.from([0, 0, 0, 1, 1])
  const ahead = new NamesAhead(
    { persons: [{}, {}], personOf: Int32Array.from([0, 1, -1, 0, -1]) } as never,
    { paragraph } as never,
  )
  it.each([
    [2, 0, 3, 1],
    [2, 1, -1, 1],
    [4, 0, -1, 1],
    [0, 0, 3, 1],
    [0, 1, 1, 1],
  ])('from mention %i, person %i is next named at %i', (m, person, next, here) => {
    ahead.look(m, person)
    expect([ahead.next, ahead.here]).toEqual([next, here])
  })
})

describe('relations and offices', () => {
  it.each([
    ['papa', Relation.parent],
    ['niece', Relation.nephew],
    ['table', Relation.none],
  ])('%s', (noun, relation) => {
    expect(relationOf(noun)).toBe(relation)
  })
  it('turn round: whose father he is, is his child', () => {
    expect(inverse[Relation.parent]).toBe(Relation.child)
    for (const code of Object.values(Relation)) expect(inverse[inverse[code]!]).toBe(code)
  })
  it('a doctor bears the title Dr., a gardener none', () => {
    expect(titlesBehind('doctor')).toContain('dr')
    expect(titlesBehind('gardener')).toEqual([])
  })
})

describe('pieces of one person', () => {
  const text = 'A man came in. The stranger sat down. Anna looked at him. She was tired, and he was late.'
  const { attributes, find } = read(text)
  const quiet = { toEachOther: () => 0, ofEachOther: () => 0 }
  /** Weights that know nothing but how readily pieces are joined. */
  const readiness = (bias: number) => Float32Array.from({ length: joinFeatures }, (_, f) => (f === 0 ? bias : 0))
  function join(bias: number, change: (first: Entity, second: Entity) => void = () => {}) {
    const entities = [0, 1].map((id) => new Entity(id, 1, 0))
    const mentions = [find('A man'), find('The stranger')]
    const entityOf = new Int32Array(attributes.length)
    entityOf[mentions[1]!] = 1
    entities[0]!.size = attributes.length - 1
    entities[1]!.size = 1
    change(entities[0]!, entities[1]!)
    const certainty = new Float32Array(attributes.length).fill(1)
    const joiner = new Joiner(attributes, entities, entityOf, quiet, readiness(bias), false)
    joiner.join([{ mention: mentions[1]!, group: Group.nominal, entity: 1, other: 0, lead: 0.1, place: 0 }], certainty)
    return { entity: entityOf[mentions[1]!], size: entities[0]!.size, certainty: certainty[mentions[1]!]! }
  }
  it('are joined, and less certain for it', () => {
    const { entity, size, certainty } = join(2)
    expect(entity).toBe(0)
    expect(size).toBe(attributes.length)
    expect(certainty).toBeCloseTo(1 / (1 + Math.exp(-2)))
  })
  it('stay apart where little speaks for it', () => expect(join(-2).entity).toBe(1))
  it('are of one sex, number and name', () => {
    const apart: ((first: Entity, second: Entity) => void)[] = [
      (first, second) => {
        first.he = 8
        second.she = 8
      },
      (first) => {
        first.plural = true
      },
      (first, second) => {
        first.person = 0
        second.person = 1
      },
    ]
    for (const change of apart) expect(join(2, change).entity).toBe(1)
  })
})

describe('features', () => {
  it('steps count the edges passed', () => {
    const table = steps([1, 3])
    expect([-5, 0, 1, 2, 3, 99].map((value) => stepOf(table, value))).toEqual([0, 0, 1, 1, 2, 2])
  })
  it('have a place of their own each, and groups weights of their own', () => {
    expect(new Set(Object.values(at)).size).toBe(Object.keys(at).length)
    const weights = new Float32Array(baseFeatures * 10)
    weights[at.bias] = 1
    weights[baseFeatures + at.bias] = 2
    const sum = new FeatureSum(weights, 0, true)
    sum.start(1)
    sum.add(at.bias)
    expect(sum.score).toBe(2)
    expect([...sum.list()]).toEqual([baseFeatures + at.bias])
  })
})

describe('confidence', () => {
  const evidence = (more: Partial<Evidence>): Evidence => ({ group: 'third', certainty: 0.9, score: 0.97, size: 20, ...more })
  it('is a probability in every group, and rises with certainty', () => {
    for (const group of confidenceGroups)
      for (const certainty of [0, 0.5, 1]) {
        const p = confidenceOf(evidence({ group, certainty }))
        expect(p).toBeGreaterThan(0)
        expect(p).toBeLessThan(1)
      }
    expect(confidenceOf(evidence({ certainty: 0.95 }))).toBeGreaterThan(confidenceOf(evidence({ certainty: 0.4 })))
  })
  it('is highest for a narrator’s I', () => {
    expect(confidenceOf(evidence({ group: 'narrator', certainty: 1 }))).toBeGreaterThan(0.95)
    expect(confidenceOf(evidence({ group: 'name', certainty: 1 }))).toBeLessThan(0.95)
  })
  it('tells a noun that opens a cluster from one that takes it up', () => {
    const { attributes, find } = read('At the inn an old sailor sat by the fire, and the old sailor was asleep.')
    expect(confidenceGroupOf(find('an old sailor'), true, false, attributes)).toBe('newNominal')
    expect(confidenceGroupOf(find('the old sailor'), false, false, attributes)).toBe('nominal')
  })
})
