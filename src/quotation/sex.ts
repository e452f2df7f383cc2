/** What words say about a person's sex: pronouns, titles, nouns and first names. */

import type { Tokens } from '../layers.js'
import { femaleFirstNames, femaleNouns, femaleTitles, maleFirstNames, maleNouns, maleTitles } from '../lexicon/person.js'
import { flagWords } from '../text/token.js'

/** Sexes as codes, so that they compare fast. */
export const Sex = { unknown: 0, he: 1, she: 2, other: 3 } as const

const hePronouns = new Set(['he', 'him', 'his', 'himself'])
const shePronouns = new Set(['she', 'her', 'hers', 'herself'])

/** Codes of `Sex` per word of the vocabulary, `unknown` for most. */
export interface SexOfWords {
  readonly pronoun: Uint8Array
  readonly title: Uint8Array
  readonly noun: Uint8Array
  readonly firstName: Uint8Array
}

export function sexOfWords(tokens: Tokens): SexOfWords {
  /** A word on both lists says nothing. */
  const codes = (he: ReadonlySet<string>, she: ReadonlySet<string>): Uint8Array => {
    const flags = flagWords(tokens, he)
    const other = flagWords(tokens, she)
    for (let w = 0; w < flags.length; w++) if (other[w] === 1) flags[w] = flags[w] === 1 ? Sex.unknown : Sex.she
    return flags
  }
  return {
    pronoun: codes(hePronouns, shePronouns),
    title: codes(maleTitles(), femaleTitles()),
    noun: codes(maleNouns(), femaleNouns()),
    firstName: codes(maleFirstNames(), femaleFirstNames()),
  }
}
