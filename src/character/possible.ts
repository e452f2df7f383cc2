/** Names that may be one person's although no word of theirs agrees: evidence, never a merger. */
import type { MentionSpan } from '../layers.js'
import type { Diagnostic } from '../types.js'
import type { AliasLayer } from './alias.js'
import { type Attributes, Kind } from './attribute.js'
import { Role } from './clause.js'
import { sexOfPerson } from './name.js'
import { Sex } from './pronoun.js'

/** Least name uses of either name; least times that one takes over from the other nearby; set on the corpus stories. */
const least = { uses: 5, turns: 5 }
/** Sentences within which one name takes over from the other. */
const turnReach = 4
/** Latest names that are kept. */
const kept = 6
/** Pairs reported at most. */
const reported = 5

/**
 * Finds pairs of names that share their pages but never a sentence: "Deku" and "Midoriya", a hero and the mask. Two persons who
 * meet are soon named in one breath, or speak to each other; one person's two names alternate and never do.
 */
export function findPossibleAliases(
  a: Attributes,
  aliases: AliasLayer,
  mentions: readonly MentionSpan[],
  speakerOf: (q: number) => number,
): Diagnostic[] {
  const { persons, personOf } = aliases
  const pairs = new Map<number, { a: number; b: number; turns: number; together: number; first: number }>()
  const pair = (x: number, y: number, m: number) => {
    const [low, high] = x < y ? [x, y] : [y, x]
    const key = low * persons.length + high
    let known = pairs.get(key)
    if (known === undefined) {
      known = { a: low, b: high, turns: 0, together: 0, first: m }
      pairs.set(key, known)
    }
    return known
  }
  /** The latest names, latest first. */
  const latest: number[] = []
  for (let m = 0; m < a.length; m++) {
    const person = personOf[m]!
    if (person < 0 || a.kind[m] !== Kind.name || a.plural[m] || persons[person]!.count < least.uses) continue
    while (latest.length > 0 && a.sentence[m]! - a.sentence[latest[latest.length - 1]!]! > turnReach) latest.pop()
    for (let i = 0; i < latest.length; i++) {
      const other = latest[i]!
      const who = personOf[other]!
      if (who === person || isEarlier(who, i)) continue
      const known = pair(person, who, m)
      if (a.sentence[other] === a.sentence[m]) known.together++
      else if (i === 0) known.turns++
    }
    // Whoever speaks is not whom the words name or address.
    const speaker = a.quotation[m]! < 0 ? -1 : speakerOf(a.quotation[m]!)
    if (speaker >= 0 && speaker !== person) pair(person, speaker, m).together += a.role[m] === Role.vocative ? 2 : 1
    if (latest.length === kept) latest.pop()
    latest.unshift(m)
  }
  /** True when a later name than the i-th is the same person's. */
  function isEarlier(who: number, i: number): boolean {
    for (let k = 0; k < i; k++) if (personOf[latest[k]!] === who) return true
    return false
  }
  const opposite = (x: number, y: number): boolean => {
    const one = sexOfPerson(persons[x]!).sex
    const other = sexOfPerson(persons[y]!).sex
    return one !== Sex.unknown && other !== Sex.unknown && one !== other
  }
  return [...pairs.values()]
    .filter(({ a: x, b: y, turns, together }) => together === 0 && turns >= least.turns && !opposite(x, y))
    .sort((x, y) => y.turns - x.turns || x.first - y.first)
    .slice(0, reported)
    .map(({ a: x, b: y, turns, first }) => {
      const [one, other] = [persons[x]!, persons[y]!].map(({ forms }) =>
        [...forms].sort((f, g) => g.count - f.count)[0]!.key.replace(/(^|[\s-])\p{L}/gu, (letter) => letter.toUpperCase()),
      )
      const { start, end } = mentions[first]!
      return {
        code: 'possible-alias',
        message: `“${one}” and “${other}” may be one character: the names take turns ${turns} times and never stand in one sentence. Option \`merge\` puts them together.`,
        span: { start, end },
      }
    })
}
