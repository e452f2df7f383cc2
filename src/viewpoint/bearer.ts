/** Whose the pronouns are that the story connects with no name. */
import type { PerceptionInput } from './perception.js'

/**
 * Who goes by no name in the whole story was not connected with it: in a unit they are taken for whoever of their sex is named,
 * speaks and is spoken to there most.
 */
export function bearersOf({
  text: { tokens },
  quotations: { quotations },
  mentions,
  coreference: { clusterOf, clusters },
  speakers: { speakers },
  unitOf,
}: PerceptionInput): (cluster: number, unit: number) => number {
  const sexOf = Uint8Array.from(clusters, ({ gender }) => (gender === 'he' ? 1 : gender === 'she' ? 2 : 0))
  const isNamed = new Uint8Array(clusters.length)
  for (let m = 0; m < mentions.length; m++) if (mentions[m]!.mentionType !== 'PRON') isNamed[clusterOf[m]!] = 1
  const units = (unitOf.at(-1) ?? -1) + 1
  const foremost = new Int32Array(units * 3).fill(-1)
  const presence = new Int32Array(clusters.length)
  let q = 0
  let m = 0
  for (let u = 0; u < units; u++) {
    const seen: number[] = []
    const count = (c: number): void => {
      if (c < 0 || isNamed[c] === 0 || sexOf[c] === 0) return
      if (presence[c]!++ === 0) seen.push(c)
    }
    for (; m < mentions.length && unitOf[tokens.paragraph[mentions[m]!.head]!]! <= u; m++)
      if (mentions[m]!.mentionType === 'PROP') count(clusterOf[m]!)
    for (; q < quotations.length && unitOf[quotations[q]!.paragraph]! <= u; q++) {
      count(speakers[q]!.speaker)
      count(speakers[q]!.addressee)
    }
    for (const c of seen) {
      const best = foremost[u * 3 + sexOf[c]!]!
      if (best < 0 || presence[c]! > presence[best]!) foremost[u * 3 + sexOf[c]!] = c
    }
    for (const c of seen) presence[c] = 0
  }
  return (cluster, unit) => {
    if (isNamed[cluster] === 1 || sexOf[cluster] === 0) return cluster
    const bearer = foremost[unit * 3 + sexOf[cluster]!]!
    return bearer < 0 ? cluster : bearer
  }
}
