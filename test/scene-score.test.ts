import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detectQuotations } from '../src/quotation/detect.js'
import { compareWindows } from '../src/scene/cohesion.js'
import { decide, settle } from '../src/scene/decide.js'
import { furthestShift } from '../src/scene/feature.js'
import { binColumns, binCount } from '../src/scene/scorer.js'
import { countUnits } from '../src/scene/unit.js'
import { readText } from '../src/text/layer.js'

const read = (paragraphs: readonly string[]) => {
  const text = readText(paragraphs.join('\n\n'))
  return { text, units: countUnits(text, detectQuotations(text)) }
}
const plain = (count: number): string[] => Array.from({ length: count }, (_, i) => `It was the ${i}th day, and nothing happened.`)
const even = (count: number, peaks: Readonly<Record<number, number>>): Float32Array =>
  Float32Array.from({ length: count }, (_, u) => peaks[u] ?? -12)

describe('settled scores', () => {
  const { units } = read(plain(40))

  test('a start loses to a better one near by, and not to one far away', () => {
    const alone = settle(units, even(40, { 20: 2 }))
    const near = settle(units, even(40, { 20: 2, 22: 4 }))
    const far = settle(units, even(40, { 20: 2, 30: 4 }))
    expect(near[20]).toBeLessThan(alone[20]!)
    expect(far[20]).toBe(alone[20])
    expect(near[22]).toBeGreaterThan(near[20]!)
  })

  test('neighbours that are no scene take nothing away', () => {
    expect(settle(units, even(40, { 20: 2 }))[20]).toBe(2)
  })
})

describe('how many boundaries', () => {
  const paragraphs = plain(400)
  const { text, units } = read(paragraphs)
  const score = Float32Array.from({ length: 400 }, (_, u) => (u % 4 === 0 ? 1 : -12))
  const found = (p: number): number => decide(text, units, score, () => p, 1).decided.length - 1

  test('half by the usual rate, half by what the scores expect', () => {
    expect(found(0)).toBe(8)
    expect(found(0.04)).toBe(16)
    expect(found(0.12)).toBe(32)
  })

  test('letters that follow letters count among them', () => {
    const letter = ['Dear Anna,', 'I am well.', 'It rains.', 'It snows.', 'Your loving', 'Mina']
    const letters = Array.from({ length: 3 }, () => letter).flat()
    const both = read([...letters, ...paragraphs])
    const padded = Float32Array.from({ length: both.units.length }, (_, u) => (u % 4 === 0 ? 1 : -12))
    const { decided } = decide(both.text, both.units, padded, () => 0.04, 1)
    expect(decided.filter(({ unit, cause }) => cause === 'inferred' && unit < 0)).toHaveLength(2)
    expect(decided.filter(({ cause }) => cause === 'inferred')).toHaveLength(Math.round(both.units.length / 25))
  })
})

test('a value’s bin is the number of edges not above it, and the text’s surroundings are in the bin of 0', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.float({ min: -50, max: 50, noNaN: true }), { maxLength: binCount - 1 }),
      fc.array(fc.float({ min: -60, max: 60, noNaN: true }), { minLength: 1 }),
      (unsorted, list) => {
        const edges = unsorted.map((edge) => edge + 0).sort((a, b) => a - b)
        const values = Float32Array.from([...list, ...edges])
        const bins = binColumns([{ name: 'x', values, shifts: [0] }], [Float64Array.from(edges)], values.length)
        const binOf = (value: number): number => edges.filter((edge) => edge <= value).length
        const outside = Array.from({ length: furthestShift }, () => binOf(0))
        expect([...bins]).toEqual([...outside, ...Array.from(values, binOf), ...outside])
      },
    ),
  )
})

test('windows that slide say what windows counted anew say', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.nat(5), { maxLength: 4 }), { minLength: 1 }),
      fc.integer({ min: 1, max: 5 }),
      (units, reach) => {
        const start = Int32Array.from([0, ...units.map((_, u) => units.slice(0, u + 1).flat().length)])
        const weight = Float32Array.from([1, 0.5, 0.25, 2, 1, 1])
        const { fresh, gone, cosine } = compareWindows({ start, ids: Int32Array.from(units.flat()), size: 6 }, reach, weight)
        const share = (of: readonly number[], without: readonly number[]): number => {
          const mass = (ids: readonly number[]): number => ids.reduce((sum, id) => sum + weight[id]!, 0)
          return of.length === 0 ? 0 : mass(of.filter((id) => !without.includes(id))) / mass(of)
        }
        const vector = (ids: readonly number[]): number[] => Array.from(weight, (w, id) => w * ids.filter((i) => i === id).length)
        const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0)
        units.forEach((_, u) => {
          const before = units.slice(Math.max(0, u - reach), u).flat()
          const after = units.slice(u, u + reach).flat()
          expect(fresh[u]).toBeCloseTo(share(after, before), 5)
          expect(gone[u]).toBeCloseTo(share(before, after), 5)
          const [a, b] = [vector(before), vector(after)]
          const scale = Math.sqrt(dot(a, a) * dot(b, b))
          expect(cosine[u]).toBeCloseTo(scale === 0 ? 0 : dot(a, b) / scale, 5)
        })
      },
    ),
  )
})
