/** Features of the speaker decoder: what speaks for a candidate in a turn, by name, and the weights learned for them. */
import model from '../model/speaker.json' with { type: 'json' }

/** What a candidate of a turn can have. */
export const featureNames = [
  // The tag
  'nameTag',
  'nominalTag',
  'introducedTag',
  'roleTag',
  'anyoneTag',
  'kinTag',
  'nominalTrusted',
  'otherThanNominal',
  'link',
  'linkedNominal',
  'nominalCluster',
  'pronounSame',
  'pronounTrusted',
  'pronounSure',
  'antecedentBeside',
  'antecedentSubject',
  'antecedentOther',
  'antecedentFirst',
  'antecedentSecond',
  'antecedentThird',
  'sexAgrees',
  'sexUnknown',
  'sexDiffers',
  'sexlessTag',
  'firstPersonTag',
  'narratorInThird',
  'narratorElsewhere',
  'toldTo',
  // Beats in the paragraph
  'nameBeat',
  'nominalBeat',
  'beatOtherThanNominal',
  'beatNominalCluster',
  'beatPronounSame',
  'beatPronounTrusted',
  'beatPronounSure',
  'beatSexAgrees',
  'beatSexDiffers',
  'beatSexless',
  'beatFirstPerson',
  'beatToldTo',
  'beatAntecedentBeside',
  'beatAntecedentSubject',
  'beatAntecedentOther',
  // The narration around
  'mentionedBeside',
  'lastSubject',
  'lastSubjectPronoun',
  'gapSubject',
  'gapOther',
  'gapLast',
  'besideBefore',
  'nextSubject',
  // Who is addressed
  'addressed',
  'addressedBefore',
  'addressedTwoBefore',
  'toldBefore',
  'sexAddressedBefore',
  'sexNotAddressedBefore',
  'addressedNext',
  'sexAddressedNext',
  'sexNotAddressedNext',
  'toldNext',
  'namedInside',
  'namedBefore',
  'namedNext',
  'introducesSelf',
  // Presence
  'salience',
  'distance',
  'unseen',
  'mostSalient',
  'secondSalient',
  'thirdSalient',
  'unnamed',
  'unlisted',
  'spoken',
  'neverActs',
  'neverSpeaks',
  'teller',
  // Turns with a name in their tag or beat, before and after
  'anchor1Before',
  'anchor2Before',
  'anchor3Before',
  'anchor4Before',
  'anchor8Before',
  'anchorFarBefore',
  'anchor1After',
  'anchor2After',
  'anchor3After',
  'anchor4After',
  'anchor8After',
  'anchorFarAfter',
] as const

export type FeatureName = (typeof featureNames)[number]

/** Number of each feature. */
export const F = Object.fromEntries(featureNames.map((name, i) => [name, i])) as Record<FeatureName, number>

/** What stands beside a turn: features are worth more where less does. */
export const TurnClass = { bare: 0, beat: 1, pronoun: 2, tagged: 3 } as const
/** Each class is weighed twice, in short texts and in long ones, whose clusters are worse. */
export const turnClasses = ['bare', 'beat', 'pronoun', 'tagged', 'bare, long', 'beat, long', 'pronoun, long', 'tagged, long']
export const longClasses = 4

/** Places in the list of those who spoke, for the change from one turn to the next. */
export const placeNames = ['again', 'onceMore', 'backTwo', 'backMany', 'third', 'thirdFar', 'fourth', 'fourthFar', 'new'] as const
export const places = placeNames.length

/** What a turn has that bears on who comes after whom. */
export const conditionNames = [
  'opens',
  'bare0',
  'bare1',
  'bare2',
  'bare3',
  'told0',
  'told1',
  'told2',
  'told3',
  'afterQuestion',
  'question',
  'answer',
  'answerAfterQuestion',
  'short',
  'afterShort',
  'long',
  'afterTrail',
  'lead',
  'afterAddress',
  'afterBareTurn',
  'afterTaggedTurn',
  'pronounTag',
  'nameTag',
  'pair',
  'three',
  'crowd',
] as const

export const conditionCount = conditionNames.length
export const C = Object.fromEntries(conditionNames.map((name, i) => [name, i])) as Record<(typeof conditionNames)[number], number>

export const featureCount = featureNames.length
/** Weights of the changes come after those of all classes. */
export const firstChange = turnClasses.length * featureCount
export const weightCount = firstChange + conditionCount * places

/** Names of all that has a weight, in order. */
export const decoderSignature = [...turnClasses, ...featureNames, ...conditionNames, ...placeNames].join(' ')

let weights: Float64Array | undefined

/** The weights of `src/model/speaker.json`: of each class's features, then of each condition's places. */
export function decoderWeights(): Float64Array {
  if (weights !== undefined) return weights
  if (model.signature !== decoderSignature) throw new Error('speaker.json was trained for other features: run train/speaker.ts')
  weights = Float64Array.from(model.weights)
  return weights
}

/** Puts other weights in the place of the stored ones: for training and for measuring out of fold. */
export function useDecoderWeights(other: Float64Array): void {
  weights = other
}

/** Called with each feature that a candidate has, while learning. */
export type Trace = (candidate: number, weight: number, value: number) => void

/** The scores of a turn's candidates while they are added up. */
export class Sheet {
  readonly scores: Float64Array
  readonly #weights = decoderWeights()
  readonly #offset: number
  readonly #trace: Trace | null

  constructor(candidates: number, turnClass: number, trace: Trace | null) {
    this.scores = new Float64Array(candidates)
    this.#offset = turnClass * featureCount
    this.#trace = trace
  }

  add(candidate: number, feature: number, value: number): void {
    const at = this.#offset + feature
    this.scores[candidate]! += this.#weights[at]! * value
    if (this.#trace !== null) this.#trace(candidate, at, value)
  }
}
