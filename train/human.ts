/**
 * Writes src/lexicon/human.json: how much each noun is used as nouns for persons are. A classifier learns from novels which
 * surroundings nouns have that WordNet files as persons first, and which the others; each noun is then judged by all the
 * surroundings it has itself ("the stranger said", "her party who"). No annotation is needed.
 *   node human.mjs BOOKS_DIR src/lexicon/human.json
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepare } from '../src/character/mention/decide.js'
import { Features } from '../src/character/mention/key.js'
import { contextFeatures } from '../src/character/mention/person-feature.js'
import { WordClass } from '../src/character/mention/word.js'
import { keyMask, packSparse } from '../src/model/sparse.js'
import { detectQuotations } from '../src/quotation/detect.js'
import { readText } from '../src/text/layer.js'

/** Characters read of each book, so that none outweighs the others. */
const share = 400_000
/** Uses a noun must have, and books it must be in. */
const uses = 8
const books = 2
/** Uses counted for "nothing known", in the mean of a noun. */
const doubt = 8
const epochs = 2
const rate = 0.05

const [dir, out] = process.argv.slice(2)
if (dir === undefined || out === undefined) throw new Error('usage: human BOOKS_DIR OUT.json')

interface Use {
  lemma: number
  keys: Int32Array
  /** 1 for a person by WordNet, 0 for none, -1 where it has both senses. */
  label: number
  book: number
}
const all: Use[] = []
readdirSync(dir)
  .sort()
  .forEach((file, book) => {
    const text = (JSON.parse(readFileSync(join(dir, file), 'utf8')) as { text: string }).text.slice(0, share)
    const layer = readText(text)
    const prepared = prepare(layer, detectQuotations(layer))
    const { reading, candidates, ruled } = prepared
    const { tokens, words, bits } = reading
    const features = new Features()
    candidates.forEach((candidate, c) => {
      const b = bits[candidate.head]!
      if (candidate.name || (b & (WordClass.pronoun | WordClass.quantifier | WordClass.determiner)) !== 0) return
      contextFeatures(features, reading, candidate, ruled[c]!)
      const mixed = (b & (WordClass.personLater | WordClass.group | WordClass.animal | WordClass.title | WordClass.address)) !== 0
      const label = (b & WordClass.person) !== 0 ? 1 : mixed ? -1 : 0
      const lemma = words.lemma[tokens.word[candidate.head]!]! & keyMask
      all.push({ lemma, keys: features.keys.slice(0, features.count), label, book })
    })
  })

const weights = new Float32Array(keyMask + 1)
const squares = new Float32Array(keyMask + 1).fill(1e-4)
const total = (keys: Int32Array): number => keys.reduce((sum, key) => sum + weights[key]!, 0)
const seeds = all.filter(({ label }) => label >= 0)
let state = 1
for (let epoch = 0; epoch < epochs; epoch++)
  for (let i = 0; i < seeds.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const { keys, label } = seeds[state % seeds.length]!
    const gradient = 1 / (1 + Math.exp(-total(keys))) - label
    for (const key of keys) {
      const g = gradient + 1e-4 * weights[key]!
      squares[key]! += g * g
      weights[key]! -= (rate * g) / Math.sqrt(squares[key]!)
    }
  }

const prior = Math.log(seeds.filter(({ label }) => label === 1).length / seeds.filter(({ label }) => label === 0).length)
const nouns = new Map<number, { sum: number; count: number; books: Set<number> }>()
for (const { lemma, keys, book } of all) {
  const noun = nouns.get(lemma) ?? { sum: 0, count: 0, books: new Set() }
  noun.sum += total(keys) - prior
  noun.count++
  noun.books.add(book)
  nouns.set(lemma, noun)
}
const means = new Map<number, number>()
for (const [lemma, noun] of nouns)
  if (noun.count >= uses && noun.books.size >= books) means.set(lemma, noun.sum / (noun.count + doubt))
writeFileSync(
  out,
  `${JSON.stringify(
    {
      source: `Mean log odds (in quarters) of the surroundings of ${means.size} nouns in ${readdirSync(dir).length} public-domain novels (Standard Ebooks), learned from WordNet's nouns of persons`,
      licence: 'CC0 1.0',
      weights: packSparse(means, 0.25),
    },
    null,
    1,
  )}\n`,
)
