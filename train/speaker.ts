/**
 * Learns the weights of the speaker decoder (src/model/speaker.json) from quotations with gold speakers.
 *   node speaker.mjs OUT_FILE GOLD_DIR... --mentions DIR --cv DIR
 * --mentions, --cv: what train/mention.ts --predictions and train/coreference.ts --cv wrote: each document is read by mentions and
 * clusters that have not seen it.
 * Prints the share of right speakers by weights that have not seen the document either. Deterministic.
 */
import { writeFileSync } from 'node:fs'
import { decode } from '../src/quotation/decode.js'
import {
  decoderSignature,
  F,
  featureCount,
  firstChange,
  longClasses,
  places,
  TurnClass,
  turnClasses,
  useDecoderWeights,
  weightCount,
} from '../src/quotation/feature.js'
import { History } from '../src/quotation/transition.js'
import { shuffler } from './shuffle.js'
import { folds, type Reading, readConversations } from './speaker-data.js'
import { priorWeights } from './speaker-prior.js'

const args = process.argv.slice(2)
const option = (name: string): string => {
  const at = args.indexOf(name)
  const value = at < 0 ? undefined : args.splice(at, 2)[1]
  if (value === undefined) throw new Error('usage: speaker OUT_FILE GOLD_DIR... --mentions DIR --cv DIR')
  return value
}
const mentionDirectory = option('--mentions')
const scorerDirectory = option('--cv')
const [out, ...goldDirectories] = args
if (out === undefined || goldDirectories.length === 0) option('OUT_FILE')

/** What a wrong speaker has to be behind the right one, in log odds: 1 and 2 lose on novels, 5 is as good. */
const margin = 4
const rate = 0.03
const epochs = 12
/** Pull towards the prior of what all classes share, and of what each class adds to it. */
const penalty = { shared: 0.3, own: 0.9 }
const seed = 12345
/** Short texts cannot tell how far the clusters of a novel are to be trusted, nor what its tags are worth beside them. */
const fixed = [F.pronounSame, F.beatPronounSame]
const fixedClasses = [longClasses + TurnClass.pronoun, longClasses + TurnClass.tagged]

const scoresOf = ({ features }: Reading, weights: Float64Array): Float64Array[] =>
  features.map((rows) =>
    Float64Array.from(rows, ({ at, value }) => {
      let sum = 0
      for (let i = 0; i < at.length; i++) sum += weights[at[i]!]! * value[i]!
      return sum
    }),
  )

/** Adds the features of a sequence of speakers to a gradient. */
function addSequence({ turns, conditions, features }: Reading, speakers: Int32Array, by: number, gradient: Float64Array): void {
  const history = new History()
  turns.forEach(({ candidates: { figures } }, t) => {
    const speaker = speakers[t]!
    const k = figures.indexOf(speaker)
    if (k < 0) return
    const { at, value } = features[t]![k]!
    for (let i = 0; i < at.length; i++) gradient[at[i]!]! += by * value[i]!
    const place = history.place(speaker, t)
    for (const condition of conditions[t]!) gradient[firstChange + condition * places + place]! += by
    history.add(speaker, t)
  })
}

/**
 * Structured perceptron with a margin: of each story, the best sequence that keeps to the gold speakers against the best of all, a
 * wrong speaker being worth `margin` more. A weight is the prior's, plus what all classes of turns share, plus what its own adds.
 * AdaGrad, averaged over the second half.
 */
function train(readings: readonly Reading[]): Float64Array {
  const prior = priorWeights()
  const shared = { weights: new Float64Array(featureCount), squares: new Float64Array(featureCount).fill(1) }
  const own = { weights: new Float64Array(weightCount), squares: new Float64Array(weightCount).fill(1) }
  const weights = Float64Array.from(prior)
  const sums = new Float64Array(weightCount)
  const gradient = new Float64Array(weightCount)
  const step = (to: typeof own, f: number, slope: number, pull: number): void => {
    const g = slope - pull * to.weights[f]!
    to.squares[f]! += g * g
    to.weights[f]! += (rate * g) / Math.sqrt(to.squares[f]!)
  }
  useDecoderWeights(weights)
  const shuffle = shuffler(seed)
  const order = readings.map((_, i) => i)
  let samples = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order)
    for (const i of order) {
      const reading = readings[i]!
      const { right, turns, conditions } = reading
      const scores = scoresOf(reading, weights)
      const isKnown = (t: number): boolean => right[t]!.includes(1)
      const kept = scores.map((row, t) => (isKnown(t) ? row.map((score, k) => (right[t]![k] === 1 ? score : -1e6)) : row))
      const rivals = scores.map((row, t) =>
        isKnown(t) ? row.map((score, k) => (right[t]![k] === 1 ? score : score + margin)) : row,
      )
      gradient.fill(0)
      addSequence(reading, decode(turns, kept, conditions), 1, gradient)
      addSequence(reading, decode(turns, rivals, conditions), -1, gradient)
      for (const f of fixed) for (let c = 0; c < turnClasses.length; c++) gradient[c * featureCount + f] = 0
      for (let f = 0; f < featureCount; f++) {
        let slope = 0
        for (let c = 0; c < turnClasses.length; c++) slope += gradient[c * featureCount + f]!
        step(shared, f, slope, penalty.shared)
      }
      for (let f = 0; f < weightCount; f++) {
        step(own, f, gradient[f]!, f < firstChange ? penalty.own : penalty.shared)
        const learned = f < firstChange && !fixedClasses.includes(Math.floor(f / featureCount))
        weights[f] = prior[f]! + own.weights[f]! + (learned ? shared.weights[f % featureCount]! : 0)
      }
      if (epoch < epochs / 2) continue
      samples++
      for (let f = 0; f < weightCount; f++) sums[f]! += weights[f]!
    }
  }
  return sums.map((sum) => Math.round((sum / samples) * 100) / 100)
}

/** Right speakers and all quotations, by set. */
type Tally = Map<string, { right: number; of: number }>

function measure(readings: readonly Reading[], weights: Float64Array, tally: Tally): void {
  useDecoderWeights(weights)
  for (const reading of readings) {
    const { turns, conditions, right, set } = reading
    const speakers = decode(turns, scoresOf(reading, weights), conditions)
    const counts = tally.get(set) ?? { right: 0, of: 0 }
    tally.set(set, counts)
    for (const t of reading.quotations) {
      counts.of++
      if (t >= 0 && right[t]![turns[t]!.candidates.figures.indexOf(speakers[t]!)] === 1) counts.right++
    }
  }
}

const show = (tally: Tally): string =>
  [...tally].map(([set, { right, of }]) => `${set} ${((100 * right) / of).toFixed(1)} of ${of}`).join(', ')

useDecoderWeights(priorWeights())
const readings = readConversations(goldDirectories, mentionDirectory, scorerDirectory)
const byHand: Tally = new Map()
measure(readings, priorWeights(), byHand)
console.log(`by hand: ${show(byHand)}`)
const heldOut: Tally = new Map()
for (let fold = 0; fold < folds; fold++) {
  const weights = train(readings.filter((reading) => reading.fold !== fold))
  measure(
    readings.filter((reading) => reading.fold === fold),
    weights,
    heldOut,
  )
}
console.log(`held out: ${show(heldOut)}`)
const weights = train(readings)
const seen: Tally = new Map()
measure(readings, weights, seen)
console.log(`seen: ${show(seen)}`)
writeFileSync(
  out!,
  `${JSON.stringify({
    version: 1,
    card: {
      trainedOn: 'LitBank (80 documents, CC BY 4.0) and corpus/ (29 stories, CC0)',
      licence: 'CC BY 4.0',
      score: `right speakers, held out, with held-out mentions and clusters: ${show(heldOut)}; weights by hand: ${show(byHand)}`,
      command: 'train/speaker.ts',
      seed,
    },
    signature: decoderSignature,
    weights: [...weights],
  })}\n`,
)
