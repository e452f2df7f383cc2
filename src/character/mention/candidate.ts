/** Where a mention may be: capitalised runs that may be names, nouns that may stand for a person. */
import { Form } from '../../layers.js'
import { type Reading, Tag } from './reading.js'
import { functionWord, WordClass } from './word.js'

/** A place where a mention may be: its core (the name, or the noun) without what belongs to it on both sides. */
export interface Candidate {
  readonly name: boolean
  readonly first: number
  /** Last token of the core, which carries the meaning. */
  readonly head: number
}

/** Candidates in text order: every capitalised run, and every noun that ends its noun compound. */
export function findCandidates(reading: Reading): Candidate[] {
  const { tokens } = reading
  const candidates: Candidate[] = []
  for (let i = 0; i < tokens.length; i++) {
    const end = nameRunEnd(reading, i)
    if (end >= i) {
      candidates.push({ name: true, first: i, head: end })
      i = end
    } else if (isNounHead(reading, i)) candidates.push({ name: false, first: i, head: i })
  }
  return candidates
}

const isInside = ({ length, paragraph }: Reading['tokens'], i: number, of: number): boolean => i < length && paragraph[i] === of

/** Last token of the capitalised run that opens at `i`, or -1 when none opens there. */
function nameRunEnd(reading: Reading, i: number): number {
  if (!isNamePart(reading, i)) return -1
  const { tokens, bits, mark } = reading
  const paragraph = tokens.paragraph[i]!
  let end = i
  for (let j = i + 1; isInside(tokens, j, paragraph); j++) {
    const glued = tokens.start[j] === tokens.end[j - 1]
    if (isNamePart(reading, j) && (!glued || tokens.word[j - 1] === mark.hyphen)) end = j
    // "J. R. Smith", "Mr . Smith"
    else if (
      tokens.word[j] === mark.period &&
      glued &&
      isShort(reading, j - 1) &&
      isInside(tokens, j + 1, paragraph) &&
      isNamePart(reading, j + 1)
    )
      continue
    // "Anne-Marie", "Izuku-kun"
    else if (
      tokens.word[j] === mark.hyphen &&
      glued &&
      isInside(tokens, j + 1, paragraph) &&
      tokens.start[j + 1] === tokens.end[j]
    ) {
      if ((bits[j + 1]! & WordClass.honorific) !== 0) {
        end = j + 1
        j++
      } else if (!isNamePart(reading, j + 1)) break
    }
    // "Ludwig van Beethoven", "Mr. van der Luyden"
    else if (
      (bits[j]! & WordClass.particle) !== 0 &&
      tokens.word[j] !== mark.of &&
      tokens.word[j] !== mark.the &&
      isInside(tokens, j + 1, paragraph) &&
      (isNamePart(reading, j + 1) || (bits[j + 1]! & WordClass.particle) !== 0)
    )
      continue
    // "John Graves, Esq."
    else if (tokens.word[j] === mark.comma && isInside(tokens, j + 1, paragraph) && (bits[j + 1]! & WordClass.suffix) !== 0) {
      end = j + 1
      j++
    } else break
  }
  return end
}

/** Titles that are written short, with a full stop; "Dean" and "Lord" end a sentence. */
const shortened = new Set(
  'mr mrs ms dr prof st rev hon capt cap col gen lt lieut sgt maj messrs mme mlle gov pres sen rep'.split(' '),
)

/** An initial or a title that may carry a full stop. */
function isShort({ tokens }: Reading, i: number): boolean {
  return tokens.end[i]! - tokens.start[i]! === 1 || shortened.has(tokens.vocabulary[tokens.word[i]!]!)
}

function isNamePart(reading: Reading, i: number): boolean {
  const { tokens, bits, opening, capital } = reading
  if (capital[i] === 0) return false
  if (reading.cast[tokens.word[i]!] === 1) return true
  const b = bits[i]!
  const pos = tokens.pos[i]!
  const word = tokens.word[i]!
  if (reading.willed[word] === 1 && tokens.form[i] === Form.capitalised) return opening[i] === 0 || isSubject(reading, i)
  if ((b & functionWord) !== 0 && (b & WordClass.title) === 0) return false
  if (opening[i] === 1 && reading.exclaimed[word] === 1) return false
  if (reading.named[word] === 1) return true
  if (opening[i] === 0 || pos === Tag.propn || (b & (WordClass.title | WordClass.nameHe | WordClass.nameShe)) !== 0) return true
  return false
}

/** "Will laughed", "Will's hat", "Will, listen", but "Will you come?", "Will come." */
function isSubject({ tokens }: Reading, i: number): boolean {
  const next = i + 1
  if (next >= tokens.length || tokens.sentence[next] !== tokens.sentence[i]) return false
  const value = tokens.vocabulary[tokens.word[next]!]!
  return (
    value === "'s" ||
    /^[,.!?]/.test(value) ||
    tokens.pos[next] === Tag.aux ||
    (tokens.pos[next] === Tag.verb && /(?:ed|s)$/.test(value))
  )
}

/** A noun that ends its compound, or another word that may stand for a person. */
function isNounHead(reading: Reading, i: number): boolean {
  const { tokens, bits, mark } = reading
  const b = bits[i]!
  const pos = tokens.pos[i]!
  if (tokens.form[i] === Form.punctuation) return false
  if ((b & (WordClass.indefinite | WordClass.address)) !== 0 && pos !== Tag.aux) return true
  const inside = i + 1 < tokens.length && tokens.paragraph[i + 1] === tokens.paragraph[i]
  const next = inside ? tokens.pos[i + 1]! : Tag.punct
  if ((b & WordClass.person) !== 0 && (b & functionWord) === 0) return pos === Tag.noun || next !== Tag.noun
  const ends = next !== Tag.noun && next !== Tag.propn
  if (pos === Tag.noun || (pos === Tag.propn && tokens.form[i] === Form.lower)) return next !== Tag.noun
  const word = tokens.word[i]!
  const glued = inside && tokens.word[i + 1] === mark.hyphen
  if (!ends || glued || next === Tag.adj || next === Tag.num) return false
  // "those who knocked", "he who wore it", "one that keeps an inn"
  const relative = inside && (bits[i + 1]! & WordClass.relative) !== 0
  if (word === mark.those) return next !== Tag.det && next !== Tag.adv
  if ((b & WordClass.pronoun) !== 0 && (b & (WordClass.possessive | WordClass.quantifier)) === 0)
    return relative && tokens.word[i + 1] === mark.who
  // "some of them", "no one", "the others"; but "all the horses" is headed by its noun
  if ((b & WordClass.quantifier) !== 0) return next !== Tag.det && (bits[i + 1]! & WordClass.possessive) === 0
  // "the poor"
  return (
    pos === Tag.adj &&
    i > 0 &&
    (tokens.word[i - 1] === mark.the || tokens.pos[i - 1] === Tag.adj || tokens.pos[i - 1] === Tag.adv)
  )
}
