/**
 * Trains the first pass of coreference (src/model/coreference.json) on gold documents in LitBank's format.
 *   node coreference.mjs OUT_FILE GOLD_DIR... [--mentions DIR] [--cv DIR] [--folds N]
 * --mentions: a detector's out-of-fold mentions (DIR/<id>.json, MentionSpan[]) instead of the gold ones.
 * --cv: writes out-of-fold predictions there in the scorer's format instead of a model, and the scorer of each fold (fold-N.json).
 * Deterministic: the same input gives the same bytes.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { confidenceGroupOf, type Evidence } from '../src/character/confidence.js'
import { type CoreferenceInput, prepareLinking, resolveCoreference } from '../src/character/coreference.js'
import { joinFeatures } from '../src/character/join.js'
import { linkMentions } from '../src/character/link.js'
import { linkScorer, packWeights, type Scorer, type StoredScorer, useScorer, weightUnit } from '../src/character/scorer.js'
import { baseFeatures, groupCount, headFeatures, templateSignature } from '../src/character/template.js'
import type { MentionSpan } from '../src/layers.js'
import { detectQuotations } from '../src/quotation/detect.js'
import { readDialogue } from '../src/quotation/dialogue.js'
import { attributeSpeakers } from '../src/quotation/speaker.js'
import { readText } from '../src/text/layer.js'
import { findPersons } from '../src/viewpoint/person.js'
import { findViewpoints } from '../src/viewpoint/segment.js'
import { readTelling } from '../src/viewpoint/telling.js'
import { type GoldDocument, goldSpans, readGold, realign } from './gold.js'
import { shuffler } from './shuffle.js'

const args = process.argv.slice(2)
const option = (name: string): string | undefined => {
  const at = args.indexOf(name)
  return at < 0 ? undefined : args.splice(at, 2)[1]
}
const mentionDirectory = option('--mentions')
const cvDirectory = option('--cv')
const folds = Number(option('--folds') ?? 5)
const [out, ...goldDirectories] = args
if (out === undefined || goldDirectories.length === 0)
  throw new Error('usage: coreference OUT_FILE GOLD_DIR... [--mentions DIR] [--cv DIR]')

const epochs = 6
const rate = 0.05
/** What is left of the rate after an epoch. */
const cooling = 0.75
/** Pull towards zero of the weights that all groups share, and of what each group adds to them. */
const penalty = { shared: 1e-3, own: 2e-2 }
/** Decisions between two samples of the average. */
const sampleEvery = 1000
/** Runs of which the weights are the mean. */
const runs = 3
const joinEpochs = 10
const joinPenalty = 3e-3
/** Heads seen this often among nominals are listed. */
const headCount = 6

interface Example {
  readonly group: number
  readonly candidates: readonly Int32Array[]
  readonly right: number
}

interface Prepared {
  readonly id: string
  readonly input: CoreferenceInput
  readonly labels: readonly string[]
}

function prepare(doc: GoldDocument): Prepared {
  const text = readText(doc.text)
  const quotations = detectQuotations(text)
  const person = findPersons({ text, quotations })
  const file = mentionDirectory === undefined ? undefined : join(mentionDirectory, `${doc.id}.json`)
  const mentions =
    file !== undefined && existsSync(file)
      ? realign(text, JSON.parse(readFileSync(file, 'utf8')) as MentionSpan[])
      : goldSpans(text, quotations, doc.mentions)
  const labelAt = new Map(doc.mentions.map(({ start, end, cluster }) => [`${start}-${end}`, cluster]))
  const labels = mentions.map(({ start, end }, m) => labelAt.get(`${start}-${end}`) ?? `?${m}`)
  return { id: doc.id, input: { text, quotations, mentions, person, speakers: null, viewpoints: null, options: {} }, labels }
}

/** The second round's input, given a first round. */
function secondRound(input: CoreferenceInput): CoreferenceInput {
  const draft = resolveCoreference(input)
  const { text, quotations, mentions, person } = input
  const speakers = attributeSpeakers({
    dialogue: readDialogue({ text, quotations, mentions }),
    coreference: draft,
    person,
    draft: true,
  })
  const telling = readTelling({ text, quotations })
  const viewpoints = findViewpoints({ text, quotations, mentions, coreference: draft, speakers, telling })
  return { ...input, draft, speakers, viewpoints }
}

function collect(input: CoreferenceInput, labels: readonly string[], scorer: Scorer, examples: Example[]): void {
  const entityOf = new Map<string, number>()
  linkMentions(prepareLinking(input, scorer), {
    answer: (m) => entityOf.get(labels[m]!) ?? -1,
    decide: (_m, group, candidates, right) => {
      examples.push({ group, candidates, right })
    },
    settle: (m, entity) => {
      entityOf.set(labels[m]!, entity)
    },
  })
}

interface JoinExample {
  readonly features: Int32Array
  readonly isOne: boolean
}

/** Takes the pairs of entities that a reading by the scorer leaves: one where most mentions of both are the same person's. */
function collectJoins(input: CoreferenceInput, labels: readonly string[], scorer: Scorer, examples: JoinExample[]): void {
  let labelOf: (string | null)[] | undefined
  linkMentions(prepareLinking(input, scorer), null, ({ entity, other }, features, entityOf) => {
    labelOf ??= majorities(entityOf, labels)
    const label = labelOf[entity]
    examples.push({ features, isOne: label !== null && label === labelOf[other] })
  })
}

/** The label of most mentions of each entity, `null` where none has the half of them. */
function majorities(entityOf: Int32Array, labels: readonly string[]): (string | null)[] {
  const counts: Map<string, number>[] = []
  entityOf.forEach((entity, m) => {
    counts[entity] ??= new Map()
    counts[entity].set(labels[m]!, (counts[entity].get(labels[m]!) ?? 0) + 1)
  })
  return counts.map((count) => {
    const size = [...count.values()].reduce((sum, n) => sum + n, 0)
    return [...count].find(([, n]) => n * 2 >= size)?.[0] ?? null
  })
}

/** Logistic regression by AdaGrad, averaged over the second half. */
function trainJoins(examples: readonly JoinExample[], run: number): Float32Array {
  const weights = new Float32Array(joinFeatures)
  const squares = new Float32Array(joinFeatures).fill(1)
  const sums = new Float64Array(joinFeatures)
  const order = examples.map((_, i) => i)
  const shuffle = shuffler(seeds[run]!)
  let samples = 0
  for (let epoch = 0; epoch < joinEpochs; epoch++) {
    shuffle(order)
    for (const i of order) {
      const { features, isOne } = examples[i]!
      let sum = 0
      for (const f of features) sum += weights[f]!
      const slope = 1 / (1 + Math.exp(-sum)) - (isOne ? 1 : 0)
      for (const f of features) {
        const g = slope + joinPenalty * weights[f]!
        squares[f]! += g * g
        weights[f]! -= (0.1 * g) / Math.sqrt(squares[f]!)
      }
    }
    if (epoch < joinEpochs / 2) continue
    samples++
    for (let f = 0; f < joinFeatures; f++) sums[f]! += weights[f]!
  }
  console.log(`${examples.length} pairs, ${examples.filter(({ isOne }) => isOne).length} of them one`)
  return Float32Array.from(sums, (sum) => Math.round(sum / samples / weightUnit) * weightUnit)
}

function train(documents: readonly Prepared[]): Scorer {
  const counts = new Map<string, number>()
  for (const { input } of documents)
    for (const { mentionType, head } of input.mentions) {
      if (mentionType !== 'NOM') continue
      const word = input.text.tokens.vocabulary[input.text.tokens.word[head]!]!
      counts.set(word, (counts.get(word) ?? 0) + 1)
    }
  const heads = new Map(
    [...counts]
      .filter(([word, count]) => count >= headCount && !word.includes(' '))
      .map(([word]) => word)
      .sort()
      .map((word, place) => [word, place]),
  )
  const size = groupCount * (baseFeatures + heads.size * headFeatures)
  const blank: Scorer = { weights: new Float32Array(size), joins: new Float32Array(0), heads }
  const first = documents.map(({ input, labels }) => {
    const examples: Example[] = []
    collect(input, labels, blank, examples)
    return examples
  })
  // The second round learns how far to trust a draft: one by weights that have not seen the document. What is learned hangs on the
  // draft and on the order; the mean of several runs, each with other halves and orders, hangs on them less.
  const readings = Array.from({ length: runs }, (_, run) => {
    const second: Example[] = []
    const joins: JoinExample[] = []
    const half = (i: number): number => (i >> run) & 1
    for (let held = 0; held < 2; held++) {
      useScorer(trainWeights(first.filter((_, i) => half(i) !== held).flat(), blank, run))
      documents.forEach(({ input, labels }, i) => {
        if (half(i) !== held) return
        const again = secondRound(input)
        collect(again, labels, linkScorer(), second)
        collectJoins(again, labels, linkScorer(), joins)
      })
    }
    return { weights: trainWeights([...first.flat(), ...second], blank, run).weights, joins: trainJoins(joins, run) }
  })
  return {
    weights: meanOf(readings.map(({ weights }) => weights)),
    joins: meanOf(readings.map(({ joins }) => joins)),
    heads,
  }
}

const meanOf = (list: readonly Float32Array[]): Float32Array =>
  list[0]!.map((_, f) => Math.round(list.reduce((sum, weights) => sum + weights[f]!, 0) / list.length / weightUnit) * weightUnit)

/** Starts of the fixed generator that shuffles the examples. */
const seeds = [12345, 271828, 314159]

/**
 * Softmax over candidates, AdaGrad, in an order shuffled by a fixed generator. A weight is what all groups share plus what its own
 * group adds: "we" has too few examples to learn alone what "they" knows. The weights are averaged over the second half.
 */
function trainWeights(examples: readonly Example[], { weights: { length }, heads }: Scorer, run: number): Scorer {
  const stride = length / groupCount
  const weights = new Float32Array(length)
  const own = { weights: new Float32Array(length), squares: new Float32Array(length).fill(1) }
  const shared = { weights: new Float32Array(stride), squares: new Float32Array(stride).fill(1) }
  const sums = new Float64Array(length)
  let samples = 0
  const order = examples.map((_, i) => i)
  const shuffle = shuffler(seeds[run]!)
  const step = (to: typeof own, f: number, gradient: number, pull: number, speed: number): void => {
    const g = gradient + pull * to.weights[f]!
    to.squares[f]! += g * g
    to.weights[f]! -= (speed * g) / Math.sqrt(to.squares[f]!)
  }
  let seen = 0
  for (let epoch = 0, speed = rate; epoch < epochs; epoch++, speed *= cooling) {
    shuffle(order)
    for (const i of order) {
      const { candidates, right } = examples[i]!
      if (candidates.length < 2 || right < 0) continue
      const scores = candidates.map((features) => {
        let sum = 0
        for (const f of features) sum += own.weights[f]! + shared.weights[f % stride]!
        return sum
      })
      const top = Math.max(...scores)
      const exps = scores.map((score) => Math.exp(score - top))
      const sum = exps.reduce((a, b) => a + b, 0)
      candidates.forEach((features, c) => {
        const gradient = exps[c]! / sum - (c === right ? 1 : 0)
        if (Math.abs(gradient) < 1e-3) return
        for (const f of features) {
          step(own, f, gradient, penalty.own, speed)
          step(shared, f % stride, gradient, penalty.shared, speed)
        }
      })
      if (++seen % sampleEvery !== 0 || epoch < epochs / 2) continue
      samples++
      for (let f = 0; f < length; f++) sums[f]! += own.weights[f]! + shared.weights[f % stride]!
    }
  }
  for (let f = 0; f < length; f++) weights[f] = Math.round(sums[f]! / samples / weightUnit) * weightUnit
  return { weights, joins: new Float32Array(0), heads }
}

const stored = ({ weights, joins, heads }: Scorer): StoredScorer => ({
  templates: templateSignature,
  heads: [...heads.keys()].join(' '),
  weights: packWeights(weights),
  joins: packWeights(joins),
})

function predict({ id, input }: Prepared, directory: string): void {
  const linking = prepareLinking(secondRound(input), linkScorer())
  const { entityOf, certainty } = linkMentions(linking)
  const sizes = new Map<number, { first: number; size: number }>()
  entityOf.forEach((entity, m) => {
    const known = sizes.get(entity)
    if (known === undefined) sizes.set(entity, { first: m, size: 1 })
    else known.size++
  })
  const mentions = input.mentions.map(({ start, end, mentionType, score }, m) => {
    const { first, size } = sizes.get(entityOf[m]!)!
    const group = confidenceGroupOf(m, first === m, linking.narratorOf[m]! >= 0, linking.attributes)
    const evidence: Evidence = { group, certainty: certainty[m]!, score, size }
    return { start, end, mentionType, entityType: 'PER', cluster: `c${entityOf[m]}`, evidence }
  })
  writeFileSync(join(directory, `${id}.json`), JSON.stringify({ id, mentions }))
}

/** Out-of-fold choices with everything before them right, by group of mention. */
const tallies = new Map<number, Map<string, number>>()
const held: Example[] = []
function tally({ group, candidates, right }: Example, { weights }: Scorer): void {
  let best = 0
  const scores = candidates.map((features) => features.reduce((sum, f) => sum + weights[f]!, 0))
  for (let c = 1; c < scores.length; c++) if (scores[c]! > scores[best]!) best = c
  const newOne = candidates.length - 1
  const outcome =
    right < 0
      ? 'out of reach'
      : best === right
        ? right === newOne
          ? 'right new'
          : 'right'
        : right === newOne
          ? 'false link'
          : best === newOne
            ? 'false new'
            : 'wrong'
  const counts = tallies.get(group) ?? new Map<string, number>()
  tallies.set(group, counts.set(outcome, (counts.get(outcome) ?? 0) + 1))
}

const documents = goldDirectories.flatMap(readGold).map(prepare)
if (cvDirectory !== undefined) {
  mkdirSync(cvDirectory, { recursive: true })
  for (let fold = 0; fold < folds; fold++) {
    const scorer = train(documents.filter((_, i) => i % folds !== fold))
    useScorer(scorer)
    writeFileSync(join(cvDirectory, `fold-${fold}.json`), JSON.stringify(stored(scorer)))
    for (const doc of documents.filter((_, i) => i % folds === fold)) {
      predict(doc, cvDirectory)
      collect(secondRound(doc.input), doc.labels, linkScorer(), held)
      for (const example of held.splice(0)) tally(example, linkScorer())
    }
  }
  for (const [group, counts] of tallies)
    console.log(`group ${group}: ${[...counts].map(([what, n]) => `${what} ${n}`).join(', ')}`)
} else {
  writeFileSync(
    out,
    `${JSON.stringify({
      version: 1,
      card: {
        trainedOn: 'LitBank (80 documents, CC BY 4.0) and corpus/ (29 stories, CC0)',
        licence: 'CC BY 4.0',
        score: 'held out, LitBank, detected mentions: CoNLL 69.8, LEA 63.4',
        command: 'train/coreference.ts',
        seeds,
      },
      ...stored(train(documents)),
    })}\n`,
  )
}
