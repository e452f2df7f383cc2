/** Words that say whose someone is or what office someone holds, and which of them go together. */

/** Codes of relations; `none` for other nouns. */
export const Relation = {
  none: 0,
  parent: 1,
  child: 2,
  spouse: 3,
  sibling: 4,
  uncle: 5,
  nephew: 6,
  cousin: 7,
  grandparent: 8,
  grandchild: 9,
  master: 10,
  servant: 11,
  friend: 12,
} as const
export const relationCount = 13

const nouns: readonly (readonly [number, string])[] = [
  [Relation.parent, 'father mother papa mama mamma pa ma dad daddy mom mommy mum mummy mammy parent stepfather stepmother'],
  [Relation.child, 'son daughter child boy girl offspring heir heiress infant baby stepson stepdaughter'],
  [Relation.spouse, 'husband wife spouse hubby bride bridegroom fiancé fiancée fiance fiancee betrothed'],
  [Relation.sibling, 'brother sister twin sibling'],
  [Relation.uncle, 'uncle aunt auntie aunty'],
  [Relation.nephew, 'nephew niece'],
  [Relation.cousin, 'cousin'],
  [Relation.grandparent, 'grandfather grandmother grandpa grandma granny gran grandpapa grandmamma'],
  [Relation.grandchild, 'grandson granddaughter grandchild'],
  [Relation.master, 'master mistress employer boss chief lord governor'],
  [Relation.servant, 'servant maid valet slave butler secretary clerk assistant apprentice pupil'],
  [Relation.friend, 'friend companion comrade mate lover sweetheart neighbour neighbor colleague partner'],
]

/** How the other of two related persons is related: whose wife she is, is her husband. */
export const inverse: readonly number[] = [
  Relation.none,
  Relation.child,
  Relation.parent,
  Relation.spouse,
  Relation.sibling,
  Relation.nephew,
  Relation.uncle,
  Relation.cousin,
  Relation.grandchild,
  Relation.grandparent,
  Relation.servant,
  Relation.master,
  Relation.friend,
]

let relations: Map<string, number> | undefined

/** A code of `Relation` for a singular noun in lower case. */
export function relationOf(noun: string): number {
  relations ??= new Map(nouns.flatMap(([code, words]) => words.split(' ').map((word): [string, number] => [word, code])))
  return relations.get(noun) ?? Relation.none
}

/** Nouns for whoever bears a title: "the doctor" for "Dr. Livesey". A title is also its own noun. */
const bearers: readonly (readonly [string, string])[] = [
  ['dr', 'doctor physician surgeon'],
  ['doctor', 'physician surgeon'],
  ['capt', 'captain'],
  ["cap'n", 'captain'],
  ['captain', 'skipper officer'],
  ['col', 'colonel'],
  ['gen', 'general'],
  ['lt', 'lieutenant officer'],
  ['sgt', 'sergeant'],
  ['prof', 'professor'],
  ['professor', 'teacher scholar'],
  ['rev', 'reverend clergyman minister parson vicar preacher'],
  ['reverend', 'clergyman minister parson vicar preacher'],
  ['parson', 'clergyman'],
  ['father', 'priest'],
  ['inspector', 'detective policeman officer'],
  ['detective', 'policeman officer'],
  ['constable', 'policeman officer'],
  ['sergeant', 'policeman officer'],
  ['judge', 'magistrate'],
  ['sir', 'baronet knight'],
  ['king', 'monarch sovereign'],
  ['queen', 'monarch sovereign'],
  ['count', 'nobleman'],
  ['duke', 'nobleman'],
  ['earl', 'nobleman'],
  ['lord', 'nobleman'],
]

let titles: Map<string, string[]> | undefined

/** The titles of whom a noun may be the bearer. */
export function titlesBehind(noun: string): readonly string[] {
  if (titles === undefined) {
    titles = new Map()
    for (const [title, words] of bearers)
      for (const word of words.split(' ')) {
        const list = titles.get(word)
        if (list === undefined) titles.set(word, [title])
        else list.push(title)
      }
  }
  return titles.get(noun) ?? []
}
