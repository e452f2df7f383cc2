/** Who says "I" outside quotations: one narrator per stretch of narration. */
import type { CoreferenceLayer, PersonLayer, ViewpointLayer } from '../layers.js'
import type { AliasLayer } from './alias.js'
import { type Attributes, Kind } from './attribute.js'

export interface Narrators {
  /**
   * Narrator key of each first-person singular pronoun outside quotations, and of each "you" of a story told to "you", who is one
   * person as well; -1 for other mentions.
   */
  readonly narratorOf: Int32Array
  /** Person of the alias layer for each key, -1 for a nameless narrator. */
  readonly narratorPerson: readonly number[]
}

/**
 * Gives every "I" of the narration its narrator. Without viewpoints there is one for the whole story; with them, one for each
 * narrator that they name, and one for all stretches whose narrator has no name.
 */
export function findNarrators({
  attributes: { length, kind, person, plural, quotation, paragraph },
  aliases,
  viewpoints,
  draft,
  person: told,
}: {
  attributes: Attributes
  aliases: AliasLayer
  viewpoints: ViewpointLayer | null
  draft: CoreferenceLayer | null
  person: PersonLayer
}): Narrators {
  const narratorOf = new Int32Array(length).fill(-1)
  const keys = new Map<string, number>()
  const narratorPerson: number[] = []
  const keyOf = (name: string, namedPerson: number): number => {
    let key = keys.get(name)
    if (key === undefined) {
      key = narratorPerson.push(namedPerson) - 1
      keys.set(name, key)
    }
    return key
  }
  const segments = viewpoints?.segments ?? []
  const persons = new Map<number, number>()
  const personOf = (narrator: number, mentions: readonly number[]): number => {
    let person = persons.get(narrator)
    if (person === undefined) {
      person = personOfCluster(mentions, aliases)
      persons.set(narrator, person)
    }
    return person
  }
  // The name that a story for its reader leaves open.
  const reader = aliases.persons.findIndex(({ forms }) => forms.some(({ key }) => key === 'y n'))
  let s = 0
  for (let m = 0; m < length; m++) {
    if (kind[m] !== Kind.pronoun || plural[m] || quotation[m]! >= 0) continue
    if (person[m] === 2 && told.personOf[paragraph[m]!] === 2) narratorOf[m] = keyOf('you', reader)
    if (person[m] !== 1) continue
    while (s + 1 < segments.length && segments[s + 1]!.first <= paragraph[m]!) s++
    const segment = segments[s]
    let key = -1
    if (segment !== undefined && segment.person === 'first') {
      const named = segment.name === null ? -1 : aliases.find(segment.name)
      const cluster = draft?.clusters[segment.narrator]
      // A name that a header gives and the text never uses is a narrator of its own; where nothing tells who narrates, the draft's
      // cluster is only whoever said "I", and what names have strayed into it say nothing.
      const known = segment.name === null && segment.cue !== null && cluster !== undefined
      const person = named >= 0 ? named : known ? personOf(segment.narrator, cluster.mentions) : -1
      if (person >= 0) key = keyOf(`p${person}`, person)
      else if (segment.name !== null) key = keyOf(`n${segment.name}`, -1)
      else if (cluster !== undefined && !cluster.narrator) key = keyOf(`c${segment.narrator}`, -1)
    }
    narratorOf[m] = key >= 0 ? key : keyOf('', -1)
  }
  return { narratorOf, narratorPerson }
}

/** The person that most of a cluster's names stand for, -1 for a cluster without names. */
export function personOfCluster(mentions: readonly number[], { personOf }: AliasLayer): number {
  const counts = new Map<number, number>()
  let best = -1
  for (const m of mentions) {
    const person = personOf[m]!
    if (person < 0) continue
    counts.set(person, (counts.get(person) ?? 0) + 1)
    if (best < 0 || counts.get(person)! > counts.get(best)!) best = person
  }
  return best
}
