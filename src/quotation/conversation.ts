/** The conversations of a story: turns with their candidates, and what they are judged by, before anybody is chosen. */
import type { CoreferenceLayer, PersonLayer } from '../layers.js'
import type { CastEntry } from '../types.js'
import { antecedentFinder } from './antecedent.js'
import { candidateFinder } from './candidate.js'
import { type Cast, castOf } from './cast.js'
import type { Dialogue } from './dialogue.js'
import type { Scoring, TurnEvidence } from './score.js'
import { Sex } from './sex.js'
import type { Reading } from './subject.js'
import { TagStrength } from './tag.js'
import { readConditions } from './transition.js'
import { gatherTurns, type Turn } from './turn.js'
import { addressOf } from './vocative.js'

/** How many of the persons before a pronoun become candidates for its words. */
const mostIntroduced = 2

export interface Conversation {
  /** With the turns, in text order. */
  readonly scoring: Scoring
  /** Of each turn, for the change of speaker from the one before. */
  readonly conditions: readonly (readonly number[])[]
  /** The same for thoughts, each of which stands alone. */
  readonly thoughts: Scoring
}

export function readConversation(
  { reading, speeches, thoughts, addresses }: Dialogue,
  coreference: CoreferenceLayer,
  person: PersonLayer,
  listed: readonly CastEntry[],
  trusted?: boolean,
): Conversation {
  const cast = castOf(reading, coreference, person, listed, trusted)
  const turns = gatherTurns(reading, cast, speeches)
  const spoken = countTags(cast, turns)
  const findCandidates = candidateFinder(reading, cast, person.personOf, spoken)
  const antecedents = antecedentFinder(reading, cast)
  const gather = (turn: Turn): TurnEvidence => {
    const extra: number[] = []
    for (const { mention } of [turn.tag, ...turn.beats])
      if (mention >= 0) extra.push(cast.figureOf[mention]!, cast.figureOfCluster[cast.clusterOf[mention]!]!)
    // A woman sat there. “…” she said: whoever stands before the pronoun may speak, though nothing else tells of them.
    const { mention } = turn.tag
    const stated = mention < 0 ? Sex.unknown : reading.pronounSex[mention]!
    if (stated !== Sex.unknown) antecedents.before(mention, stated, (f, rank) => rank < mostIntroduced && extra.push(f))
    return { turn, address: addressOf(addresses, cast, turn), candidates: findCandidates(turn, extra) }
  }
  const scoring: Scoring = { reading, cast, spoken, antecedents, turns: turns.map(gather) }
  return {
    scoring,
    conditions: readConditions(reading, scoring.turns),
    thoughts: { ...scoring, turns: gatherTurns(reading, cast, thoughts).map(gather) },
  }
}

/** How often a tag names each figure. */
function countTags({ size, figureOf }: Cast, turns: readonly Turn[]): Int32Array {
  const spoken = new Int32Array(size)
  for (const { tag } of turns) {
    const figure = tag.strength >= TagStrength.placed && tag.mention >= 0 ? figureOf[tag.mention]! : -1
    if (figure >= 0) spoken[figure]!++
  }
  return spoken
}

/**
 * The cluster a figure speaks under: a name's own; for a nominal, the one its tag's mention has. Several who speak at once
 * ("they cried") are a cluster of their own.
 */
export function publishedCluster(
  { mentions }: Reading,
  { named, clusterOf, clusterOfFigure, figureOf }: Cast,
  figure: number,
  { tag, label }: Turn,
): number {
  const { mention, strength } = tag
  if (mention >= 0 && strength === TagStrength.report && mentions[mention]!.plural) return clusterOf[mention]!
  if (figure < 0 || (label >= 0 && mention < 0)) return -1
  const tagged = mention >= 0 && figureOf[mention] === figure && named[figure] === 0
  return tagged ? clusterOf[mention]! : clusterOfFigure[figure]!
}
