/**
 * Fits the probability that a mention is right (src/model/confidence.json) on held-out predictions of train/coreference.ts --cv.
 *   node confidence.mjs OUT_FILE PREDICTIONS_DIR GOLD_DIR...
 * A mention is right when its span is gold's and its cluster is mostly its person. Prints how often mentions of each confidence were
 * right, by weights fitted on the other half of the documents. Deterministic.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ConfidenceGroup, confidenceGroups, confidenceTerms, type Evidence } from '../src/character/confidence.js'
import { readGold } from './gold.js'

const [out, predictions, ...goldDirectories] = process.argv.slice(2)
if (out === undefined || predictions === undefined || goldDirectories.length === 0)
  throw new Error('usage: confidence OUT_FILE PREDICTIONS_DIR GOLD_DIR...')

interface Case {
  readonly document: number
  readonly evidence: Evidence
  readonly right: boolean
}

const cases: Case[] = []
goldDirectories.flatMap(readGold).forEach((gold, document) => {
  const file = join(predictions, `${gold.id}.json`)
  if (!existsSync(file)) return
  const { mentions } = JSON.parse(readFileSync(file, 'utf8')) as {
    mentions: { start: number; end: number; cluster: string; evidence: Evidence }[]
  }
  const labelAt = new Map(gold.mentions.map(({ start, end, cluster }) => [`${start}-${end}`, cluster]))
  const members = new Map<string, Map<string, number>>()
  for (const { start, end, cluster } of mentions) {
    const label = labelAt.get(`${start}-${end}`) ?? `?${start}-${end}`
    const counts = members.get(cluster) ?? new Map<string, number>()
    members.set(cluster, counts.set(label, (counts.get(label) ?? 0) + 1))
  }
  for (const { start, end, cluster, evidence } of mentions) {
    const label = labelAt.get(`${start}-${end}`)
    const [majority] = [...members.get(cluster)!].sort((a, b) => b[1] - a[1])[0]!
    cases.push({ document, evidence, right: label === majority })
  }
})

/** Pull towards zero and passes of gradient ascent; enough to settle. */
const penalty = 1
const passes = 400

function fitWeights(examples: readonly Case[]): Record<ConfidenceGroup, number[]> {
  const weights = {} as Record<ConfidenceGroup, number[]>
  for (const group of confidenceGroups) {
    const own = examples.filter(({ evidence }) => evidence.group === group)
    const terms = own.map(({ evidence }) => confidenceTerms(evidence))
    const w = [0, 0, 0, 0]
    const squares = [1, 1, 1, 1]
    for (let pass = 0; pass < passes; pass++) {
      const gradient = w.map((weight) => -penalty * weight)
      own.forEach(({ right }, i) => {
        const x = terms[i]!
        const p = 1 / (1 + Math.exp(-x.reduce((sum, term, k) => sum + term * w[k]!, 0)))
        for (let k = 0; k < 4; k++) gradient[k]! += ((right ? 1 : 0) - p) * x[k]!
      })
      for (let k = 0; k < 4; k++) {
        squares[k]! += gradient[k]! ** 2
        w[k]! += (0.3 * gradient[k]!) / Math.sqrt(squares[k]!)
      }
    }
    weights[group] = w.map((weight) => Math.round(weight * 1000) / 1000)
  }
  return weights
}

const probability = ({ evidence }: Case, weights: Record<ConfidenceGroup, number[]>): number =>
  1 / (1 + Math.exp(-confidenceTerms(evidence).reduce((sum, term, k) => sum + term * weights[evidence.group][k]!, 0)))

const edges = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
const bins = Array.from({ length: edges.length + 1 }, () => ({ count: 0, right: 0, sum: 0 }))
for (const half of [0, 1]) {
  const weights = fitWeights(cases.filter(({ document }) => document % 2 !== half))
  for (const example of cases.filter(({ document }) => document % 2 === half)) {
    const p = probability(example, weights)
    const bin = bins[edges.filter((edge) => p >= edge).length]!
    bin.count++
    bin.sum += p
    if (example.right) bin.right++
  }
}
bins.forEach(({ count, right, sum }, i) => {
  const from = i === 0 ? 0 : edges[i - 1]!
  console.log(
    `${from.toFixed(2)}-${(edges[i] ?? 1).toFixed(2)}  ${String(count).padStart(6)} mentions, mean ${((100 * sum) / count).toFixed(1)}, right ${((100 * right) / count).toFixed(1)} %`,
  )
})
writeFileSync(
  out,
  `${JSON.stringify(
    {
      version: 1,
      card: {
        trainedOn: 'Held-out predictions on LitBank (80 documents, CC BY 4.0) and corpus/ (29 stories, CC0)',
        licence: 'CC BY 4.0',
        command: 'train/confidence.ts',
      },
      weights: fitWeights(cases),
    },
    null,
    1,
  )}\n`,
)
