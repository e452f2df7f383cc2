/** Are the characters right as wholes: each one cluster, called by its names and epithets, with nobody else's names in it? */
import { bestAssignment } from './assignment.js'
import type { Tally } from './counts.js'
import type { Gold, GoldMention, Prediction } from './gold.js'

/**
 * Shares over the named characters of one document: clusters of the gold with a name among their mentions. Each is paired one to one
 * with the predicted cluster that holds most of its names; where that leaves a choice, most of its mentions.
 */
export interface CharacterComparison {
  /** Characters all of whose names stand in their cluster, and in whose cluster no other's name stands: none split, none merged. */
  readonly whole: Tally
  /** Mentions by name that stand in their character's cluster. */
  readonly names: Tally
  /** Mentions by a noun ("the taller man", "her brother") that do. */
  readonly epithets: Tally
}

/** More than a story has mentions of anyone: a name outweighs them all. */
const nameWeight = 1e6

const spanKey = ({ start, end }: { start: number; end: number }): string => `${start}:${end}`

export function compareCharacters(gold: Gold, prediction: Prediction): CharacterComparison {
  const clusterAt = new Map(prediction.mentions.map((mention) => [spanKey(mention), mention.cluster]))
  const members = new Map<string, GoldMention[]>()
  for (const mention of gold.mentions ?? []) {
    if (mention.entityType !== undefined && mention.entityType !== 'PER') continue
    const list = members.get(mention.cluster)
    if (list) list.push(mention)
    else members.set(mention.cluster, [mention])
  }
  const shared = new Map<string, Map<string, number>>()
  const namesIn = new Map<string, Set<string>>()
  for (const [character, list] of members) {
    const counts = new Map<string, number>()
    for (const mention of list) {
      const cluster = clusterAt.get(spanKey(mention))
      if (cluster === undefined) continue
      counts.set(cluster, (counts.get(cluster) ?? 0) + (mention.mentionType === 'PROP' ? nameWeight : 1))
      if (mention.mentionType !== 'PROP') continue
      const named = namesIn.get(cluster)
      if (named) named.add(character)
      else namesIn.set(cluster, new Set([character]))
    }
    if (counts.size) shared.set(character, counts)
  }
  const { pairs } = bestAssignment(shared)
  const whole = { right: 0, of: 0 }
  const names = { right: 0, of: 0 }
  const epithets = { right: 0, of: 0 }
  for (const [character, list] of members) {
    const named = list.filter(({ mentionType }) => mentionType === 'PROP')
    if (named.length === 0) continue
    const own = pairs.get(character)
    const isOwn = (mention: GoldMention): boolean => own !== undefined && clusterAt.get(spanKey(mention)) === own
    const right = named.filter(isOwn).length
    names.of += named.length
    names.right += right
    whole.of++
    if (right === named.length && own !== undefined && namesIn.get(own)?.size === 1) whole.right++
    for (const mention of list) {
      if (mention.mentionType !== 'NOM') continue
      epithets.of++
      if (isOwn(mention)) epithets.right++
    }
  }
  return { whole, names, epithets }
}
