/** The cast: what the speaker rules need to know of each cluster of mentions. */
import type { CoreferenceLayer, Gender, MentionSpan, TextLayer } from '../layers.js'

/** Sexes as codes, so that they compare fast. */
export const Sex = { unknown: 0, he: 1, she: 2, other: 3 } as const

export interface Cast {
  readonly size: number
  /** A code of `Sex` per cluster. */
  readonly sex: Uint8Array
  /** 1 for a cluster with a name. */
  readonly named: Uint8Array
  /** 1 for a group ("the boys", "they"). */
  readonly group: Uint8Array
  /** Mentions, pronouns included. */
  readonly count: Int32Array
  /** Cluster of each mention. */
  readonly clusterOf: Int32Array
  readonly confidence: Float32Array
  /** Clusters that say "I" in the narration. */
  readonly narrators: readonly number[]
}

const sexOf = (gender: Gender): number =>
  gender === 'he' ? Sex.he : gender === 'she' ? Sex.she : gender === null ? Sex.unknown : Sex.other

const sexOfPronoun: Readonly<Record<string, number>> = {
  he: Sex.he,
  him: Sex.he,
  his: Sex.he,
  himself: Sex.he,
  she: Sex.she,
  her: Sex.she,
  hers: Sex.she,
  herself: Sex.she,
}
/** Sex that a pronoun states, `unknown` for all others. */
export const pronounSex = (word: string): number => sexOfPronoun[word] ?? Sex.unknown

/** Clusters as columns. */
export function castOf(
  { tokens }: TextLayer,
  mentions: readonly MentionSpan[],
  { clusters, clusterOf, confidence }: CoreferenceLayer,
): Cast {
  const size = clusters.length
  const cast = {
    size,
    sex: new Uint8Array(size),
    named: new Uint8Array(size),
    group: new Uint8Array(size),
    count: new Int32Array(size),
    clusterOf,
    confidence,
    narrators: clusters.flatMap(({ narrator }, c) => (narrator ? [c] : [])),
  }
  clusters.forEach(({ gender, kind, mentions: members }, c) => {
    cast.sex[c] = sexOf(gender)
    cast.count[c] = members.length
    let plural = 0
    for (const m of members) {
      const mention = mentions[m]!
      if (mention.mentionType === 'PROP') cast.named[c] = 1
      if (mention.plural) plural++
    }
    if (kind === 'group' || plural * 2 > members.length) cast.group[c] = 1
    if (cast.sex[c] === Sex.unknown && gender === null) cast.sex[c] = pronounVote(members, mentions, tokens)
  })
  return cast
}

/** The sex that most of a cluster's pronouns state, when they agree. */
function pronounVote(members: readonly number[], mentions: readonly MentionSpan[], tokens: TextLayer['tokens']): number {
  let he = 0
  let she = 0
  for (const m of members) {
    const { mentionType, head } = mentions[m]!
    if (mentionType !== 'PRON') continue
    const sex = pronounSex(tokens.vocabulary[tokens.word[head]!]!)
    if (sex === Sex.he) he++
    else if (sex === Sex.she) she++
  }
  return he > she * 2 ? Sex.he : she > he * 2 ? Sex.she : Sex.unknown
}
