/**
 * Trains the mention model on annotated documents (LitBank, corpus/) and prints what it is worth by cross-validation over
 * documents.
 *   node mention.mjs src/model/mention.json LITBANK_DIR corpus [--predictions DIR] [--cv-only]
 * `--predictions` writes each document's mentions as found by the model that has not seen it.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Candidate } from '../src/character/mention/candidate.js'
import { type Prepared, prepare, walkThey } from '../src/character/mention/decide.js'
import { endFeatures, startFeatures } from '../src/character/mention/extent-feature.js'
import { Features, templates } from '../src/character/mention/key.js'
import { nameFeatures, nounFeatures, theyFeatures, wordFeatures } from '../src/character/mention/person-feature.js'
import { type Extent, endOptions, isPossessive, matrixEnd, roleOf, startOptions } from '../src/character/mention/span.js'
import { findMentions } from '../src/character/mention.js'
import type { MentionSpan, QuotationLayer, TextLayer } from '../src/layers.js'
import { packSparse, type SparseModel } from '../src/model/sparse.js'
import { detectQuotations } from '../src/quotation/detect.js'
import { readText } from '../src/text/layer.js'

const folds = 5
/** Unit of weight; smaller weights than `smallest` are dropped. */
const scale = 1 / 16
const smallest = 0.08
/** Documents that a feature must occur in: nothing in the weights comes from one book. */
const documentsPerFeature = 3

interface GoldMention {
  start: number
  end: number
  entityType: string
  mentionType: 'PROP' | 'NOM' | 'PRON'
}
interface Document {
  dir: string
  id: string
  layer: TextLayer
  quotations: QuotationLayer
  gold: GoldMention[]
  /** The document with every capital taken away: stories are written so, and books are not. */
  lower: { layer: TextLayer; quotations: QuotationLayer }
  examples: Example[]
}
/** A choice among options, each a list of feature keys; a yes-or-no decision has one option and label 0 (yes) or -1. */
interface Example {
  /** True for a decision on a name. */
  name: boolean
  task: (typeof templates)[number]
  options: Int32Array[]
  label: number
}

const [out, ...rest] = process.argv.slice(2)
const firstFlag = rest.findIndex((argument) => argument.startsWith('--'))
const goldDirs = firstFlag < 0 ? rest : rest.slice(0, firstFlag)
const flags = firstFlag < 0 ? [] : rest.slice(firstFlag)
if (out === undefined || goldDirs.length === 0) throw new Error('usage: mention OUT.json GOLD_DIR... [--predictions DIR]')
const option = (name: string): string | undefined => {
  const at = flags.indexOf(name)
  return at < 0 ? undefined : flags[at + 1]
}

const started = performance.now()
const documents = goldDirs.flatMap((dir) =>
  readdirSync(dir)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => readDocument(dir, file)),
)
print(`${documents.length} documents read, ${((performance.now() - started) / 1000).toFixed(1)} s`)

const predicted: MentionSpan[][] = []
const predictedLower: MentionSpan[][] = []
for (let fold = 0; fold < folds; fold++) {
  const model = train(documents.filter((_, d) => d % folds !== fold))
  documents.forEach(({ layer, quotations, lower }, d) => {
    if (d % folds !== fold) return
    predicted[d] = findMentions({ text: layer, quotations, cast: [], model })
    predictedLower[d] = findMentions({ text: lower.layer, quotations: lower.quotations, cast: [], model })
  })
}
const scores: Record<string, string> = {}
for (const dir of goldDirs) {
  const name = basename(dir) === 'dev' ? basename(dirname(dir)) : basename(dir)
  const own = documents.map((_, d) => d).filter((d) => documents[d]!.dir === dir)
  const of = (mentions: readonly MentionSpan[][]): string =>
    score(
      own.map((d) => documents[d]!),
      own.map((d) => mentions[d]!),
    )
  scores[name] = of(predicted)
  scores[`${name} in lower case`] = of(predictedLower)
}
for (const [name, line] of Object.entries(scores)) print(`${name}, cross-validated over documents in ${folds} folds: ${line}`)
const directory = option('--predictions')
if (directory !== undefined) {
  mkdirSync(directory, { recursive: true })
  documents.forEach(({ id }, d) => {
    writeFileSync(join(directory, `${id}.json`), JSON.stringify(predicted[d]))
  })
}
if (!flags.includes('--cv-only')) {
  const model = train(documents)
  const card = {
    trainedOn: 'LitBank (80 documents), corpus/ of this project (29 stories)',
    licence: 'CC BY 4.0 (LitBank annotations), CC0 (corpus)',
    score: `exact span F1 by cross-validation over documents; ${Object.entries(scores)
      .map((entry) => entry.join(': '))
      .join('; ')}`,
    command: 'train/mention.ts',
    seed: 1,
  }
  writeFileSync(out, `${JSON.stringify({ ...model, card }, null, 1)}\n`)
  print(`${out}: ${model.weights.length} characters of weights`)
}
print(`${((performance.now() - started) / 1000).toFixed(1)} s`)

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function readDocument(dir: string, file: string): Document {
  const { id, text, mentions } = JSON.parse(readFileSync(join(dir, file), 'utf8')) as {
    id: string
    text: string
    mentions: GoldMention[]
  }
  const layer = readText(text)
  const quotations = detectQuotations(layer)
  const gold = mentions.filter((m) => m.entityType === 'PER')
  const lowerLayer = readText(text.toLowerCase())
  const lower = { layer: lowerLayer, quotations: detectQuotations(lowerLayer) }
  const examples = examplesOf(prepare(layer, quotations), gold)
  const lowerExamples = examplesOf(prepare(lower.layer, lower.quotations), gold).filter(({ name }) => name)
  return { dir, id, layer, quotations, gold, lower, examples: [...examples, ...lowerExamples] }
}

/** Gold span of each candidate that is a person's head. */
function alignGold(
  { reading, candidates }: Prepared,
  gold: readonly GoldMention[],
): Map<number, { first: number; last: number }> {
  const { tokens } = reading
  const starts = new Map(Array.from(tokens.start, (offset, i) => [offset, i]))
  const ends = new Map(Array.from(tokens.end, (offset, i) => [offset, i]))
  const found = new Map<number, { first: number; last: number }>()
  for (const { start, end, mentionType } of gold) {
    const first = starts.get(start)
    const last = ends.get(end)
    if (mentionType === 'PRON' || first === undefined || last === undefined) continue
    const inside: number[] = []
    for (let c = firstAtOrAfter(candidates, first); c < candidates.length && candidates[c]!.head <= last; c++) inside.push(c)
    const heads = inside.filter((c) => !(candidates[c]!.head < last && isPossessive(reading, candidates[c]!.head + 1)))
    let head = mentionType === 'PROP' ? (heads.find((c) => candidates[c]!.name) ?? heads[0]) : heads[0]
    // "the Swede boy": a noun right after takes the head over.
    while (head !== undefined && mentionType === 'NOM') {
      const next = candidates[head + 1]
      if (next === undefined || next.first !== candidates[head]!.head + 1 || next.head > last || next.name) break
      head++
    }
    if (head !== undefined && !found.has(head)) found.set(head, { first, last })
  }
  return found
}

function firstAtOrAfter(candidates: readonly Candidate[], first: number): number {
  let low = 0
  let high = candidates.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (candidates[middle]!.head < first) low = middle + 1
    else high = middle
  }
  return low
}

function examplesOf(prepared: Prepared, gold: readonly GoldMention[]): Example[] {
  const { reading, candidates, ruled } = prepared
  const goldOf = alignGold(prepared, gold)
  const features = new Features()
  const examples: Example[] = []
  const taken = (): Int32Array => features.keys.slice(0, features.count)
  const startOfHead = new Int32Array(reading.tokens.length).fill(-1)
  const options: number[] = []
  const extents: Extent[] = []
  candidates.forEach((candidate, c) => {
    const span = goldOf.get(c)
    let ofWord: Int32Array = new Int32Array(0)
    if (candidate.name) nameFeatures(features, reading, candidate)
    else {
      wordFeatures(features, reading, reading.tokens.word[candidate.head]!)
      ofWord = taken()
      nounFeatures(features, reading, candidate, ruled[c]!)
    }
    examples.push({
      name: candidate.name,
      task: !candidate.name ? 'noun' : reading.lowerCase ? 'lower' : 'name',
      options: [Int32Array.of(...ofWord, ...taken())],
      label: span === undefined ? -1 : 0,
    })
    if (span !== undefined) {
      const starts = startOptions(reading, candidate, (head) => startOfHead[head]!, options)
      const label = options.slice(0, starts).indexOf(span.first)
      if (label >= 0 && starts > 1) {
        const choices = options.slice(0, starts).map((start, k) => {
          startFeatures(features, reading, candidate, start, k, ruled[c]!)
          return taken()
        })
        examples.push({ name: candidate.name, task: 'start', options: choices, label })
      }
      const ends = endOptions(reading, candidate, extents)
      const end = extents.slice(0, ends).findIndex((extent) => extent.end === span.last)
      if (end >= 0 && ends > 1) {
        const role = roleOf(reading, span.first)
        const matrix = matrixEnd(reading, extents, ends)
        const choices = extents.slice(0, ends).map((extent, k) => {
          endFeatures(features, reading, candidate, span.first, extent, k, k === ends - 1, role, matrix)
          return taken()
        })
        examples.push({ name: candidate.name, task: 'end', options: choices, label: end })
      }
    }
    startOfHead[candidate.head] = span?.first ?? ruled[c]!
  })
  const { tokens } = reading
  const pronouns = new Set(gold.filter((m) => m.mentionType === 'PRON').map((m) => m.start))
  walkThey(reading, (i, antecedents) => {
    const person = pronouns.has(tokens.start[i]!)
    theyFeatures(features, reading, i, antecedents)
    examples.push({ name: false, task: 'they', options: [taken()], label: person ? 0 : -1 })
    return person
  })
  return examples
}

/** Logistic regression and softmax rankers together (their keys differ), AdaGrad, L2. */
function train(docs: readonly Document[]): SparseModel {
  const epochs = 6
  const rate = 0.05
  const l2 = 1e-3
  const indexOf = new Map<number, number>()
  const frequency = new Map<number, number>()
  for (const { examples } of docs) {
    const seen = new Set<number>()
    for (const { options } of examples) for (const keys of options) for (const key of keys) seen.add(key)
    for (const key of seen) frequency.set(key, (frequency.get(key) ?? 0) + 1)
  }
  for (const [key, count] of frequency) if (count >= documentsPerFeature) indexOf.set(key, indexOf.size)
  const compiled = docs.flatMap(({ examples }) =>
    examples.map(({ options, label }) => ({
      label,
      options: options.map((keys) =>
        Int32Array.from([...keys].map((key) => indexOf.get(key) ?? -1).filter((index) => index >= 0)),
      ),
    })),
  )
  const weights = new Float64Array(indexOf.size)
  const squares = new Float64Array(indexOf.size).fill(1e-4)
  const random = generator(1)
  const order = compiled.map((_, i) => i)
  const update = (index: number, gradient: number): void => {
    const g = gradient + l2 * weights[index]!
    squares[index]! += g * g
    weights[index]! -= (rate * g) / Math.sqrt(squares[index]!)
  }
  const total = (keys: Int32Array): number => {
    let sum = 0
    for (let i = 0; i < keys.length; i++) sum += weights[keys[i]!]!
    return sum
  }
  const average = new Float64Array(indexOf.size)
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1))
      ;[order[i], order[j]] = [order[j]!, order[i]!]
    }
    for (const e of order) {
      const { options, label } = compiled[e]!
      if (options.length === 1) {
        const keys = options[0]!
        const gradient = 1 / (1 + Math.exp(-total(keys))) - (label === 0 ? 1 : 0)
        if (Math.abs(gradient) > 1e-4) for (const key of keys) update(key, gradient)
      } else {
        const sums = options.map(total)
        const most = Math.max(...sums)
        const exps = sums.map((sum) => Math.exp(sum - most))
        const norm = exps.reduce((a, b) => a + b, 0)
        options.forEach((keys, k) => {
          const gradient = exps[k]! / norm - (k === label ? 1 : 0)
          if (Math.abs(gradient) > 1e-4) for (const key of keys) update(key, gradient)
        })
      }
    }
    if (epoch >= epochs / 2) for (let i = 0; i < weights.length; i++) average[i]! += weights[i]! / (epochs - epochs / 2)
  }
  const kept = new Map<number, number>()
  for (const [key, index] of indexOf) if (Math.abs(average[index]!) >= smallest) kept.set(key, average[index]!)
  return {
    version: 1,
    features: [...templates],
    scale,
    weights: packSparse(kept, scale),
    constants: { noun: 0.42, name: 0.5 },
    card: {},
  }
}

/** Linear congruential generator in [0, 1). */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Exact span F1 over all documents, by type as the reference scorer counts: a wrong mention counts against its own type. */
function score(docs: readonly Document[], predictions: readonly MentionSpan[][]): string {
  const types = ['all', 'PROP', 'NOM', 'PRON'] as const
  const counts = Object.fromEntries(types.map((type) => [type, { right: 0, found: 0, gold: 0 }])) as Record<
    (typeof types)[number],
    { right: number; found: number; gold: number }
  >
  docs.forEach(({ gold }, d) => {
    const goldOf = new Map(gold.map((m) => [`${m.start} ${m.end}`, m.mentionType]))
    for (const type of goldOf.values()) {
      counts.all.gold++
      counts[type].gold++
    }
    for (const { start, end, mentionType } of predictions[d]!) {
      const type = goldOf.get(`${start} ${end}`)
      counts.all.found++
      counts[type ?? mentionType].found++
      if (type === undefined) continue
      counts.all.right++
      counts[type].right++
    }
  })
  const f1 = ({ right, found, gold }: { right: number; found: number; gold: number }): string =>
    ((200 * right) / (found + gold)).toFixed(1)
  return types.map((type) => `${type} ${f1(counts[type])}`).join(', ')
}
