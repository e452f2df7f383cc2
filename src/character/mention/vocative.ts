/** Words of address: "Come here, Anna." */
import { Form, type QuotationLayer } from '../../layers.js'
import type { Reading } from './reading.js'

/** Marks that may close an address. */
const closing = /^[,.!?…;:"”’'»—–-]/
/** Words that lead an address without a comma: "oh Anna!", "dear Anna,", "no sir". */
const leads = new Set('oh o ah hey hi hello yes no yeah well why please thanks ay aye dear my goodbye and so now but'.split(' '))

/**
 * True when the span stands inside a quotation, set off from its clause on both sides, and no list or apposition goes on
 * after it. `first` and `last` are tokens.
 */
export function isVocative(
  { tokens }: Reading,
  { quotationOf }: Pick<QuotationLayer, 'quotationOf'>,
  first: number,
  last: number,
): boolean {
  const quotation = quotationOf[first]!
  if (quotation < 0 || quotationOf[last] !== quotation) return false
  const value = (i: number): string => tokens.vocabulary[tokens.word[i]!]!
  const after = last + 1
  const ends = after >= tokens.length || tokens.paragraph[after] !== tokens.paragraph[last] || closing.test(value(after))
  if (!ends) return false
  // "Anna, Tom and I": a list, not an address.
  if (value(after) === ',' && after + 2 < tokens.length && tokens.form[after + 1] !== Form.lower && value(after + 2) === 'and')
    return false
  const before = first - 1
  if (before < 0 || tokens.paragraph[before] !== tokens.paragraph[first] || quotationOf[before] !== quotation) return true
  if (tokens.form[before] === Form.punctuation) return value(before) !== '-' && value(before) !== "'"
  return leads.has(value(before))
}
