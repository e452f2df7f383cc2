/** From the first pass's certainty to the probability that a mention is right, span and cluster both. */
import { type Attributes, Kind } from './attribute.js'
import { Sex } from './pronoun.js'

/**
 * How often mentions proved right, as `base + slope × certainty`; fitted out of fold on LitBank dev with detected mentions.
 * The pass is surer than it should be: an early slip carries on through a cluster.
 */
const reliability = {
  narrator: { base: 0.98, slope: 0 },
  knownName: { base: 0.84, slope: 0 },
  newName: { base: 0.7, slope: 0 },
  nominal: { base: 0.66, slope: 0 },
  third: { base: 0.2, slope: 0.67 },
  first: { base: 0.2, slope: 0.7 },
  other: { base: 0.6, slope: 0.2 },
}

/** Probability that mention m belongs to its cluster. `certainty` is 1 where no score was needed. */
export function confidenceOf(m: number, certainty: number, narrates: boolean, a: Attributes): number {
  const { base, slope } = reliability[groupOf(m, certainty, narrates, a)]
  return base + slope * certainty
}

function groupOf(m: number, certainty: number, narrates: boolean, a: Attributes): keyof typeof reliability {
  if (narrates) return 'narrator'
  if (a.kind[m] === Kind.name) return certainty === 1 ? 'knownName' : 'newName'
  if (a.kind[m] === Kind.nominal) return 'nominal'
  if (a.person[m] === 1 && !a.plural[m]) return 'first'
  return a.sex[m] === Sex.he || a.sex[m] === Sex.she ? 'third' : 'other'
}
