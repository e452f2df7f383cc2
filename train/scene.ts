/**
 * Trains the scorer of scene boundaries and writes src/model/scene.json; reports scores with each author's books held out.
 *   node scene.mjs GOLD_DEV GOLD_TRAIN[,MORE…] CACHE OUT.json [--folds 20] [--only K] [--predictions FILE.jsonl] [--no-folds]
 * CACHE is a folder for what is slow to make (the books' layers, the data set, the folds' predictions); delete it after any change
 * of features. The same books give the same file, byte for byte.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { decide, settle } from '../src/scene/decide.js'
import { probability, type StoredModel, scoreStarts, unpack } from '../src/scene/scorer.js'
import { countUnits } from '../src/scene/unit.js'
import { type Book, readBooks } from './scene-books.js'
import { buildDataset, type Dataset } from './scene-data.js'
import { type Inputs, type Net, randomOf, type Sample, scoreLinear, scoreNet, trainLinear, trainNet } from './scene-learn.js'
import { pack } from './scene-pack.js'
import { type Judged, judge, show } from './scene-score.js'

const [devFolder, trainFolder, cache, out] = process.argv.slice(2)
if (devFolder === undefined || trainFolder === undefined || cache === undefined || out === undefined)
  throw new Error('usage: scene DEV TRAIN CACHE OUT.json')
const option = (name: string, fallback: string): string => {
  const i = process.argv.indexOf(name)
  return i < 0 ? fallback : process.argv[i + 1]!
}

/** Share of the unmarked paragraphs that is learned from. */
const unmarkedShare = 0.5
/** Hidden units of the nets, the one that sees every start first. */
const netSizes = [12, 24, 24]
const netSeeds = [1, 2, 3]
/** Share of the starts that the other nets see when the model is used. */
const netShare = 0.12

const open = function* (): Generator<Book> {
  yield* readBooks(devFolder, join(cache, 'layers'), true)
  for (const folder of trainFolder.split(',')) yield* readBooks(folder, join(cache, 'layers'), false)
}
const dataFile = join(cache, 'data.bin')
const data: Dataset = existsSync(dataFile) ? (deserialize(readFileSync(dataFile)) as Dataset) : buildDataset(open)
if (!existsSync(dataFile)) writeFileSync(dataFile, serialize(data))
console.log(`${data.rows} paragraph starts, ${data.features} features, ${data.ngrams.length} n-grams`)

function sampleWithout(authors: ReadonlySet<string>): Sample {
  const random = randomOf(100)
  const rows: number[] = []
  for (const { first, end, author } of data.books)
    for (let r = first + 1; r < end; r++) {
      const drawn = data.label[r]! > 0 || random() < unmarkedShare
      if (drawn && !authors.has(author)) rows.push(r)
    }
  return { rows: Int32Array.from(rows), weight: new Float32Array(rows.length).fill(1) }
}

const inputs = data.features
const read: Inputs = (row, into) => {
  for (let f = 0; f < inputs; f++) into[f] = data.bins[row * inputs + f]! * data.steps[f]! - 1
}

function train(authors: ReadonlySet<string>): StoredModel {
  const sample = sampleWithout(authors)
  const linear = trainLinear(data, sample, { rate: 0.01, l2: 0.01 })
  const nets: Net[] = netSeeds.map((seed, n) => trainNet(data, sample, inputs, read, { seed, hidden: netSizes[n]! }))
  const packed = { ...pack(data, linear, nets), netShare: 1, guess: [0, 0] as const, platt: [1 / (1 + nets.length), 0] as const }
  return { ...packed, netShare, guess: guessOf(linear, nets, sample) }
}

/** What the nets but the first add, from the score without them: least squares over the starts of the sample that they will not look at. */
function guessOf(linear: Parameters<typeof scoreLinear>[1], nets: readonly Net[], { rows }: Sample): [number, number] {
  const pairs = Array.from(rows)
    .filter((_, i) => i % 20 === 0)
    .map((r) => {
      const [first, ...others] = nets.map((net) => scoreNet(data, net, read, r, r + 1)[0]!)
      let wide = 0
      for (const net of nets.slice(1))
        for (let k = data.ngramStart[r]!; k < data.ngramStart[r + 1]!; k++) wide += net.wide[data.ngramIds[k]!]!
      return [scoreLinear(data, linear, r, r + 1)[0]! + first! + wide, others.reduce((sum, z) => sum + z, -wide)] as const
    })
    .sort((a, b) => a[0] - b[0])
  const low = pairs.slice(0, Math.floor(pairs.length * (1 - netShare)))
  const mean = (of: (p: readonly [number, number]) => number): number => low.reduce((sum, p) => sum + of(p), 0) / low.length
  const mx = mean((p) => p[0])
  const my = mean((p) => p[1])
  const slope = mean((p) => (p[0] - mx) * (p[1] - my)) / mean((p) => (p[0] - mx) ** 2)
  return [Number(slope.toPrecision(4)), Number((my - slope * mx).toPrecision(4))]
}

const devAuthors = [...new Set(data.books.filter(({ dev }) => dev).map(({ author }) => author))]
const folds = Math.min(devAuthors.length, Number(option('--folds', '20')))
/** Settled scores of the held-out books, by the book's number, and the fold that each was held out in. */
const settled = new Map<number, { readonly score: Float32Array; readonly fold: number }>()
const measured = !process.argv.includes('--no-folds')
if (measured)
  for (let fold = 0; fold < folds; fold++) {
    const held = new Set(devAuthors.filter((_, i) => i % folds === fold))
    const file = join(cache, `fold-${folds}-${fold}.bin`)
    if (!existsSync(file)) {
      const scorer = unpack(train(held))
      const results: { id: string; score: Float32Array }[] = []
      for (const book of readBooks(devFolder, join(cache, 'layers'), true, held)) {
        const { score, features } = scoreStarts(book, scorer)
        results.push({ id: book.id, score: settle(features.units, score) })
      }
      writeFileSync(file, serialize(results))
      console.log(`fold ${fold + 1} of ${folds}`)
    }
    for (const { id, score } of deserialize(readFileSync(file)) as { id: string; score: Float32Array }[])
      settled.set(
        data.books.findIndex((book) => book.id === id),
        { score, fold },
      )
  }

/** Platt: the two numbers that make the held-out scores probabilities, by Newton's method; without the scores of one fold, if given. */
function platt(without = -1): [number, number] {
  let a = 1 / (1 + netSeeds.length)
  let b = 0
  for (let step = 0; step < 50; step++) {
    let ga = 0
    let gb = 0
    let haa = 1e-6
    let hab = 0
    let hbb = 1e-6
    for (const [book, { score, fold }] of settled) {
      if (fold === without) continue
      const { first } = data.books[book]!
      for (let u = 1; u < score.length; u++) {
        const z = score[u]!
        const p = probability(z, [a, b])
        const d = p - (data.label[first + u]! > 0 ? 1 : 0)
        const h = p * (1 - p)
        ga += d * z
        gb += d
        haa += h * z * z
        hab += h * z
        hbb += h
      }
    }
    const det = haa * hbb - hab * hab
    a -= (hbb * ga - hab * gb) / det
    b -= (haa * gb - hab * ga) / det
  }
  return [Number(a.toPrecision(4)), Number(b.toPrecision(4))]
}

/** The boundaries of the held-out books, each by probabilities fitted on the other folds; writes predictions where asked. */
function decideHeldOut(): Judged[] {
  const judged: Judged[] = []
  const lines: string[] = []
  const fitted = Array.from({ length: folds }, (_, fold) => platt(fold))
  for (const { id, breaks, text, quotations } of readBooks(devFolder!, join(cache!, 'layers'), true)) {
    const { score, fold } = settled.get(data.books.findIndex((book) => book.id === id))!
    const { decided, scores } = decide(text, countUnits(text, quotations), score, (z) => probability(z, fitted[fold]!), 1)
    const found = decided.map(({ paragraph }) => paragraph)
    judged.push({ breaks, found, scores })
    const startOf = (p: number | undefined): number => text.paragraphs[p ?? -1]?.start ?? text.text.length
    lines.push(
      JSON.stringify({
        id,
        scenes: decided.map(({ paragraph, score }, s) => ({ start: startOf(paragraph), end: startOf(found[s + 1]), score })),
        candidates: text.paragraphs.map(({ start }, p) => ({ offset: start, score: scores[p] })),
      }),
    )
  }
  const predictions = option('--predictions', '')
  if (predictions !== '') writeFileSync(predictions, `${lines.join('\n')}\n`)
  return judged
}

/** Predicted and real share by tenths of probability. */
function calibration(fitted: readonly [number, number]): { predicted: number; real: number; starts: number }[] {
  const cuts = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 1.01]
  const table = cuts.slice(1).map(() => ({ sum: 0, hits: 0, n: 0 }))
  for (const [book, { score }] of settled) {
    const { first } = data.books[book]!
    for (let u = 1; u < score.length; u++) {
      const p = probability(score[u]!, fitted)
      const cell = table[cuts.findIndex((c) => c > p) - 1]!
      cell.sum += p
      cell.n++
      if (data.label[first + u]! > 0) cell.hits++
    }
  }
  return table
    .filter(({ n }) => n > 0)
    .map(({ sum, hits, n }) => ({
      predicted: Number(((100 * sum) / n).toFixed(1)),
      real: Number(((100 * hits) / n).toFixed(1)),
      starts: n,
    }))
}

const views = measured ? judge(decideHeldOut()) : null
if (views !== null) console.log(show(views))
const fitted: [number, number] = measured ? platt() : [0.25, 0]
const table = measured ? calibration(fitted) : []
console.table(table)
const rounded = (values: readonly number[]): number[] => values.map((v) => Number(v.toFixed(1)))
const model = train(new Set())
const card = {
  trainedOn: `${data.books.length} books and story collections of Standard Ebooks whose scene breaks were taken out (${new Set(data.books.map(({ author }) => author)).size} authors)`,
  licence: 'CC0-1.0',
  command: 'train/scene.ts',
  seed: netSeeds,
  score: views
    ? {
        on: `hidden breaks of 30 books, ${folds === devAuthors.length ? 'each author' : `${devAuthors.length / folds} authors at a time`} held out`,
        views: 'all / inner / hr',
        f1: rounded(views.f1),
        f1Within1: rounded(views.near),
        averagePrecision: rounded(views.ap),
      }
    : null,
  calibration: table,
}
writeFileSync(out, `${JSON.stringify({ card, ...model, platt: fitted })}\n`)
