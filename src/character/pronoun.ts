/** The personal pronouns of English and what each says about whom it stands for. */

/** Codes of grammatical case as far as form shows it; "you" and "it" are `other`. */
export const Case = { subject: 0, object: 1, possessive: 2, reflexive: 3, other: 4 } as const

/** Codes of sex or pronoun set. */
export const Sex = { unknown: 0, he: 1, she: 2, they: 3, it: 4, neo: 5 } as const

export interface Pronoun {
  readonly person: 1 | 2 | 3
  readonly plural: boolean
  /** A code of `Sex`. */
  readonly sex: number
  /** A code of `Case`. */
  readonly case: number
}

const forms: readonly [string, Pronoun['person'], boolean, number, string][] = [
  ['subject', 1, false, Sex.unknown, "i i'm"],
  ['object', 1, false, Sex.unknown, 'me'],
  ['possessive', 1, false, Sex.unknown, 'my mine'],
  ['reflexive', 1, false, Sex.unknown, 'myself'],
  ['subject', 1, true, Sex.unknown, 'we'],
  ['object', 1, true, Sex.unknown, 'us'],
  ['possessive', 1, true, Sex.unknown, 'our ours'],
  ['reflexive', 1, true, Sex.unknown, 'ourselves ourself'],
  ['other', 2, false, Sex.unknown, "you ye ya thou thee y'all yall"],
  ['possessive', 2, false, Sex.unknown, 'your yours thy thine yer'],
  ['reflexive', 2, false, Sex.unknown, 'yourself thyself'],
  ['reflexive', 2, true, Sex.unknown, 'yourselves'],
  ['subject', 3, false, Sex.he, 'he'],
  ['object', 3, false, Sex.he, 'him'],
  ['possessive', 3, false, Sex.he, 'his'],
  ['reflexive', 3, false, Sex.he, 'himself hisself'],
  ['subject', 3, false, Sex.she, 'she'],
  ['object', 3, false, Sex.she, 'her'],
  ['possessive', 3, false, Sex.she, 'hers'],
  ['reflexive', 3, false, Sex.she, 'herself'],
  ['other', 3, false, Sex.it, 'it'],
  ['possessive', 3, false, Sex.it, 'its'],
  ['reflexive', 3, false, Sex.it, 'itself'],
  ['subject', 3, true, Sex.they, 'they'],
  ['object', 3, true, Sex.they, "them 'em em"],
  ['possessive', 3, true, Sex.they, 'their theirs'],
  ['reflexive', 3, true, Sex.they, 'themselves'],
  ['reflexive', 3, false, Sex.they, 'themself'],
  ['subject', 3, false, Sex.neo, 'xe ze ey fae ve'],
  ['object', 3, false, Sex.neo, 'xem zem hir zir faer ver'],
  ['possessive', 3, false, Sex.neo, 'xyr xyrs hirs zirs faers vis'],
  ['reflexive', 3, false, Sex.neo, 'xemself hirself zirself faerself'],
]

let table: Map<string, Pronoun> | undefined

/** What a lower-cased word says as a personal pronoun; `undefined` for any other word. */
export function pronounOf(word: string): Pronoun | undefined {
  table ??= new Map(
    forms.flatMap(([name, person, plural, sex, words]) =>
      words.split(' ').map((form): [string, Pronoun] => [form, { person, plural, sex, case: Case[name as keyof typeof Case] }]),
    ),
  )
  return table.get(word)
}
