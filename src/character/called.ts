/**
 * Who answers to a name that the story itself never uses: “Miss Holt,” said to a Vivian, who then speaks. What is read from the turns
 * beside such an address, once the first round has said whose they are.
 */
import type { CoreferenceLayer, SpeakerLayer } from '../layers.js'
import { isDiminutive } from '../lexicon/person.js'
import type { AliasLayer } from './alias.js'
import { type Attributes, Kind } from './attribute.js'
import { Role } from './clause.js'
import { type NamedPerson, sexOfPerson } from './name.js'
import { personOfCluster } from './narrator.js'
import { Sex } from './pronoun.js'
import type { TalkCues } from './talk.js'

/** Paragraphs between two turns of one conversation at most. */
const turnReach = 2

/**
 * The aliases with every such name put to the person who answers to it.
 *
 * @param split names that the user keeps apart, as in the options.
 */
export function joinCalled(
  a: Attributes,
  aliases: AliasLayer,
  talk: TalkCues,
  draft: CoreferenceLayer,
  { speakers }: SpeakerLayer,
  split: readonly string[] = [],
): AliasLayer {
  const { persons, personOf, formOf } = aliases
  const told = persons.map(({ forms }) => forms.some((form) => form.told > 0))
  const apart = new Set(split.map(aliases.find))
  const known = new Map<number, number>()
  const speakerOf = (q: number): number => {
    const cluster = speakers[q]?.speaker ?? -1
    if (cluster < 0) return -1
    let person = known.get(cluster)
    if (person === undefined) {
      person = personOfCluster(draft.clusters[cluster]!.mentions, aliases)
      known.set(cluster, person)
    }
    return person
  }
  /** Votes of each name for each person beside whose turn it is called out, the name's own turns included. */
  const votes = new Map<number, Map<number, number>>()
  for (let m = 0; m < a.length; m++) {
    const name = personOf[m]!
    if (name < 0 || told[name] || a.kind[m] !== Kind.name || a.role[m] !== Role.vocative || a.quotation[m]! < 0) continue
    const q = a.quotation[m]!
    const by = speakerOf(q)
    const beside = new Set([turnBefore(q, talk), turnAfter(q, talk)].map((k) => (k < 0 ? -1 : speakerOf(k))))
    const own = votes.get(name) ?? new Map<number, number>()
    votes.set(name, own)
    for (const person of beside)
      if (person >= 0 && person !== by && (told[person] || person === name)) own.set(person, (own.get(person) ?? 0) + 1)
  }
  const home = Int32Array.from(persons, (_, i) => i)
  const joined = [...persons]
  for (const [name, own] of votes) {
    const [first, second] = [...own].sort((x, y) => y[1] - x[1])
    if (first === undefined || own.has(name) || first[1] === second?.[1]) continue
    const [person, times] = first
    // Whom the user named or keeps apart is nobody else.
    if (persons[name]!.display !== null || apart.has(person)) continue
    if (!mayBeCalled(persons[person]!, persons[name]!, times / Math.max(1, second?.[1] ?? 0))) continue
    home[name] = person
    joined[person] = together(joined[person]!, persons[name]!)
  }
  return {
    persons: joined,
    personOf: personOf.map((person) => (person < 0 ? -1 : home[person]!)),
    formOf,
    find: (name) => {
      const person = aliases.find(name)
      return person < 0 ? -1 : home[person]!
    },
  }
}

/** The last quotation of the turn before, and the first of the turn after, of the same conversation; -1 for none. */
function turnBefore(q: number, { turn, gap }: TalkCues): number {
  if (gap[q]! > turnReach) return -1
  let k = q
  while (k >= 0 && turn[k] === turn[q]) k--
  return k
}
function turnAfter(q: number, { turn, gap }: TalkCues): number {
  let k = q
  while (k < turn.length && turn[k] === turn[q]) k++
  return k < turn.length && gap[k]! <= turnReach ? k : -1
}

/** Times that a bare first name must be called beside one person's turns for once beside another's; title and surname say more. */
const clearLead = 2

/** One is known by first names alone, the other by title and surname; nothing else says that they are two. */
function mayBeCalled(person: NamedPerson, name: NamedPerson, times: number): boolean {
  if (person.forms[0]!.plural || name.forms[0]!.plural || name.count > person.count) return false
  const one = sexOfPerson(person).sex
  const other = sexOfPerson(name).sex
  if (one !== Sex.unknown && other !== Sex.unknown && one !== other) return false
  if (isFormal(name)) return !isFormal(person) && (person.surnames.size === 0 || name.surnames.size === 0)
  if (!isFormal(person) || times < clearLead) return false
  const { firstNames } = person
  return firstNames.size === 0 || name.forms.some(({ words }) => [...firstNames].some((first) => isDiminutive(first, words[0]!)))
}

const isFormal = ({ forms }: NamedPerson): boolean => forms.some(({ title }) => title !== null)

const together = (person: NamedPerson, name: NamedPerson): NamedPerson => ({
  ...person,
  forms: [...person.forms, ...name.forms],
  count: person.count + name.count,
  firstNames: new Set([...person.firstNames, ...name.firstNames]),
  surnames: new Set([...person.surnames, ...name.surnames]),
})
