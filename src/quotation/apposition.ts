/** Appositions: whom the text calls by a noun outright. */
import type { Cast } from './cast.js'
import { Pos, type Reading } from './subject.js'

const copulas = new Set(['was', 'is', 'were', 'being'])

/** Named figures by the noun they are called, a word's number: "Mr. Hale, the surgeon,", "the surgeon, Mr. Hale,", "Mr. Giles was the butler". */
export function findAppositions(
  { text: { tokens }, mentions, mentionAt, word }: Reading,
  { figureOf, named }: Cast,
): Map<number, Set<number>> {
  const found = new Map<number, Set<number>>()
  for (let m = 0; m < mentions.length; m++) {
    const { first, last, head, mentionType } = mentions[m]!
    const next = last + 2 < tokens.length ? mentionAt[last + 2]! : -1
    if (next < 0 || tokens.sentence[first] !== tokens.sentence[mentions[next]!.first]) continue
    const between = word(last + 1)
    const other = mentions[next]!
    const [name, noun] =
      mentionType === 'PROP' && other.mentionType === 'NOM'
        ? [m, other.head]
        : mentionType === 'NOM' && other.mentionType === 'PROP'
          ? [next, head]
          : [-1, -1]
    if (name < 0) continue
    const closes = tokens.pos[other.last + 1] === Pos.PUNCT
    if (!(between === ',' && closes) && !(copulas.has(between) && name === m)) continue
    const figure = figureOf[name]!
    if (figure < 0 || named[figure] === 0) continue
    const key = tokens.word[noun]!
    const set = found.get(key) ?? new Set()
    found.set(key, set.add(figure))
  }
  return found
}
