/**
 * Fits what each sign of perception is worth (src/model/perception.json): a conditional logit of the focal character of stretches of
 * narration among everyone in them.
 *   node perception.mjs OUT_FILE GOLD_DIR...
 * Prints how often the one with the most is right, stories left out, beside the most and the first mentioned name. Deterministic.
 */
import { writeFileSync } from 'node:fs'
import trained from '../src/model/perception.json' with { type: 'json' }
import { perceptionSigns } from '../src/viewpoint/perception.js'
import { readSeen, type SeenStory, type Stretch, stretchesOf } from './seer-data.js'

/** Words of narration in a stretch. */
const stretch = 150
/** Pull towards zero per stretch, and passes of gradient ascent; enough to settle. */
const penalty = 0.02
const passes = 250
const step = 0.3
/** Stories are left out in so many groups. */
const folds = 4
/** What a name as subject of a verb of the mind is worth: the measure in which the prices of viewpoints are set. */
const unit = { sign: 'PROP.mind', worth: 2.5 } as const

const [out, ...folders] = process.argv.slice(2)
if (out === undefined || folders.length === 0) throw new Error('usage: perception OUT_FILE GOLD_DIR...')

/**
 * Who is who depends on who sees, and so on these very weights: the stories are read without any first, then with those of the round
 * before. More rounds go back and forth.
 */
const rounds = 3
const read = trained.weights as Record<string, number>
for (const sign of Object.keys(read)) delete read[sign]
let stories = readSeen(folders)
for (let round = 1; round < rounds; round++) {
  Object.assign(read, worthOf(fitWorth(stories)))
  stories = readSeen(folders)
}

/** Long stories count for more, but only by the root of their length. */
function fitWorth(training: readonly SeenStory[]): Float64Array {
  const cases: { readonly stretch: Stretch; readonly weight: number }[] = []
  for (const story of training) {
    const own = stretchesOf(story, stretch).filter(({ isSeer }) => isSeer.length > 1 && isSeer.includes(true))
    for (const one of own) cases.push({ stretch: one, weight: own.length ** -0.5 })
  }
  const mean = cases.reduce((sum, { weight }) => sum + weight, 0) / cases.length
  const weights = new Float64Array(perceptionSigns.length)
  const squares = new Float64Array(weights.length).fill(1)
  const gradient = new Float64Array(weights.length)
  for (let pass = 0; pass < passes; pass++) {
    weights.forEach((weight, k) => {
      gradient[k] = -penalty * cases.length * weight
    })
    for (const { stretch, weight } of cases) {
      const scores = stretch.signs.map((signs) => scoreOf(signs, weights))
      const highest = Math.max(...scores)
      const odds = scores.map((score) => Math.exp(score - highest))
      const all = odds.reduce((sum, odd) => sum + odd, 0)
      const right = odds.reduce((sum, odd, i) => sum + (stretch.isSeer[i] ? odd : 0), 0)
      stretch.signs.forEach((signs, i) => {
        const error = (weight / mean) * ((stretch.isSeer[i] ? odds[i]! / right : 0) - odds[i]! / all)
        for (let k = 0; k < weights.length; k++) if (signs[k] !== 0) gradient[k]! += error * signs[k]!
      })
    }
    for (let k = 0; k < weights.length; k++) {
      squares[k]! += gradient[k]! ** 2
      weights[k]! += (step * gradient[k]!) / Math.sqrt(squares[k]!)
    }
  }
  return weights
}

/** Weights by sign, in the measure of `unit`. */
function worthOf(weights: Float64Array): Record<string, number> {
  const scale = unit.worth / weights[perceptionSigns.indexOf(unit.sign)]!
  const entries = perceptionSigns.map((sign, k) => [sign, Math.round(weights[k]! * scale * 100) / 100] as const)
  return Object.fromEntries(entries.filter(([, weight]) => weight !== 0))
}

function scoreOf(signs: Float64Array, weights: Float64Array): number {
  let score = 0
  for (let k = 0; k < weights.length; k++) score += signs[k]! * weights[k]!
  return score
}

function isRight({ signs, isSeer }: Stretch, weights: Float64Array): boolean {
  let best = -1
  let most = Number.NEGATIVE_INFINITY
  signs.forEach((own, i) => {
    const score = scoreOf(own, weights)
    if (score <= most) return
    most = score
    best = i
  })
  return best >= 0 && isSeer[best]!
}

const share = (list: readonly Stretch[], right: (one: Stretch) => boolean): number =>
  list.length === 0 ? 0 : list.filter(right).length / list.length
const percent = (values: readonly number[]): string =>
  `${((100 * values.reduce((sum, value) => sum + value, 0)) / values.length).toFixed(1)} %`

const heldOut = new Map<SeenStory, Float64Array>()
for (let fold = 0; fold < folds; fold++) {
  const weights = fitWorth(stories.filter((_, s) => s % folds !== fold))
  stories.forEach((story, s) => {
    if (s % folds === fold) heldOut.set(story, weights)
  })
}
const lengths = [150, 400, 1500, Number.POSITIVE_INFINITY]
let score = 0
for (const length of lengths)
  for (const kind of ['short', 'long'] as const) {
    const own = stories.filter(({ isShort }) => isShort === (kind === 'short'))
    const parts = own.map((story) => stretchesOf(story, length))
    // Short stories have few stretches each, so they are counted together.
    const lists = kind === 'short' ? [parts.flat()] : parts
    const weightsOf = new Map(parts.flatMap((list, s) => list.map((one) => [one, heldOut.get(own[s]!)!] as const)))
    const right = percent(lists.map((list) => share(list, (one) => isRight(one, weightsOf.get(one)!))))
    const most = percent(lists.map((list) => share(list, (one) => one.most)))
    const first = percent(lists.map((list) => share(list, (one) => one.first)))
    const name = Number.isFinite(length) ? `${length} words` : 'sections'
    if (kind === 'long' && length === stretch) score = Number.parseFloat(right)
    console.log(`${kind.padEnd(6)} ${name.padEnd(12)} signs ${right}  most mentioned ${most}  first mentioned ${first}`)
  }

writeFileSync(
  out,
  `${JSON.stringify(
    {
      version: 1,
      card: {
        trainedOn: `${stories.length} stories and novels with a known focal character (gold/pov and corpus/, CC0)`,
        licence: 'CC0 1.0',
        score: `${score} % of stretches of ${stretch} words, mean of novels, stories left out`,
        command: 'train/perception.ts',
      },
      weights: worthOf(fitWorth(stories)),
    },
    null,
    1,
  )}\n`,
)
