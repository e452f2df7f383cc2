/** What the weights of the speaker decoder are drawn to while they are learned: log odds by hand. */
import {
  C,
  type conditionNames,
  F,
  type FeatureName,
  featureCount,
  firstChange,
  places,
  turnClasses,
  weightCount,
} from '../src/quotation/feature.js'

const features: Partial<Record<FeatureName, number>> = {
  nameTag: 9,
  nominalTag: 4,
  introducedTag: 4,
  roleTag: 4,
  anyoneTag: 3,
  kinTag: 4,
  otherThanNominal: -1,
  link: 4,
  linkedNominal: -2,
  nominalCluster: 3,
  nominalTrusted: 3,
  pronounSame: 0.6,
  pronounTrusted: 3,
  antecedentBeside: 3.2,
  antecedentSubject: 1.6,
  antecedentOther: 0.8,
  sexAgrees: 1.2,
  sexUnknown: -0.8,
  sexDiffers: -6,
  sexlessTag: 4,
  firstPersonTag: 9,
  narratorInThird: -5,
  narratorElsewhere: 2,
  toldTo: -2.5,
  nameBeat: 3,
  nominalBeat: 2,
  beatNominalCluster: 3,
  beatPronounSame: 0.6,
  beatPronounTrusted: 3,
  beatSexAgrees: 0.7,
  beatSexDiffers: -3,
  beatSexless: 1.5,
  beatFirstPerson: 3,
  beatToldTo: -2.5,
  beatAntecedentBeside: 3.2,
  beatAntecedentSubject: 1.6,
  beatAntecedentOther: 0.8,
  mentionedBeside: -0.7,
  lastSubject: 0.8,
  addressed: -6,
  addressedBefore: 2.2,
  toldBefore: 1.2,
  sexAddressedBefore: 0.8,
  sexNotAddressedBefore: -0.8,
  addressedNext: 0.8,
  namedInside: -2,
  salience: 0.45,
  distance: -0.05,
  unnamed: -0.5,
  unlisted: -2,
  spoken: 0.1,
  neverActs: -1.5,
}

/** The same speaker, the one before last, the one before that, an earlier one, somebody new. */
const changes: Partial<Record<(typeof conditionNames)[number], readonly number[]>> = {
  opens: [-1.6, -1.8, -2.0, -2.1, -2.2],
  told0: [-3.1, -0.3, -2.2, -2.8, -3.2],
  told1: [-0.9, -1.0, -2.2, -2.6, -2.9],
  told2: [-1.1, -1.5, -2.2, -2.5, -2.7],
  told3: [-1.2, -1.7, -2.2, -2.4, -2.5],
  bare0: [-4.6, -0.5, -3.3, -4.2, -4.8],
  bare1: [-1.4, -1.5, -3.3, -3.9, -4.4],
  bare2: [-1.6, -2.2, -3.3, -3.8, -4.1],
  bare3: [-1.8, -2.5, -3.3, -3.6, -3.8],
}

export function priorWeights(): Float64Array {
  const weights = new Float64Array(weightCount)
  for (let c = 0; c < turnClasses.length; c++)
    for (const [name, weight] of Object.entries(features)) weights[c * featureCount + F[name as FeatureName]] = weight
  for (const [name, [same, back, third, fourth, fresh]] of Object.entries(changes))
    weights.set(
      [same!, same!, back!, back!, third!, third!, fourth!, fourth!, fresh!],
      firstChange + C[name as (typeof conditionNames)[number]] * places,
    )
  return weights
}
