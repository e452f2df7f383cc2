/** An archive's character and relationship tags as a cast suggestion. */
import type { CastEntry, Metadata } from '../types.js'

/** Tags that name nobody in particular. */
const nobody =
  /\b(original|minor|other|others|various|background|unnamed|everyone|ensemble|reader|readers?-insert|you|characters?|additional|oc|ocs|ofc|omc|y\/n)\b|^(none|me|self)$/i
/** What taggers set around a pairing. */
const pairingAround =
  /^(?:(?:past|former|minor|implied|mentioned|background|one-?sided|unrequited|eventual|future|pre|hinted|side|established)[\s-]+)+|\s+-\s+relationship$/gi

/**
 * People named by the tags, fullest names first as the tags give them: "Bruce Wayne/Joker" is two, "Clark Kent | Superman" is one
 * with an alias, "Jim Gordon (DCU)" is Jim Gordon, "Original Female Character(s)" nobody. A lone first or last name that a
 * fuller tag holds adds nothing. Empty without tags.
 */
export function castOfTags({ characterTags, relationships }: Pick<Metadata, 'characterTags' | 'relationships'>): CastEntry[] {
  const cast: CastEntry[] = []
  const names: string[] = []
  const tags = [
    ...characterTags,
    ...relationships.flatMap((tag) => tag.replace(pairingAround, '').split(/\s*\/\s*|\s+[&x×♥♦]\s+/)),
  ]
  for (const tag of tags) {
    const spellings = tag
      .replace(/\s*\([^()]*\)/g, '')
      .split(/\s*\|\s*/)
      .map((name) => name.replace(pairingAround, '').trim())
    const name = spellings[0] ?? ''
    if (name === '' || !/\p{L}/u.test(name) || nobody.test(name) || isKnown(name, names)) continue
    const aliases = spellings.slice(1).filter((alias) => alias !== '' && alias !== name)
    names.push(name, ...aliases)
    cast.push(aliases.length > 0 ? { name, aliases } : { name })
  }
  return cast
}

const isKnown = (name: string, names: readonly string[]): boolean =>
  names.includes(name) || (!name.includes(' ') && names.some((known) => known.split(' ').includes(name)))
