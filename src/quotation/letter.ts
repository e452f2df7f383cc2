/** Letters set in quotation marks, paragraph after paragraph: words read from a page, not said. */
import type { QuotedSpan } from '../layers.js'
import type { Paragraph } from '../types.js'

/** "Dearest Meg," "MY DEAR MADAM,": alone in its paragraph, with the comma that no speech ends with unless a tag follows. */
const salutation = /^(?:my )?(?:(?:dear|dearest|darling),? )?(?:dear|dearest|darling)(?:\s+[\p{L}.'’-]+){1,4}\s*[,:][—–-]{0,2}$/iu
/** "Yours affectionately," "Believe me," and the name below it. */
const farewell =
  /^(?:(?:ever |very |most )?(?:truly |sincerely |faithfully )?yours\b|your (?:loving|affectionate|devoted|obedient|humble|sincere|friend|servant|own)|believe me|with (?:love|kind|best)|(?:love|sincerely|best wishes),?$)/i
/** "HELEN." "A. W.": a name in capitals, and no cry. */
const signature = /^\p{Lu}[\p{Lu}.\s'’-]*$/u
/** Longest farewell, signature or line of address and date, in words. */
const longestLine = 6
/** Longest letter, in paragraphs: without a farewell by then, the salutation was none. */
const longestLetter = 40
/** Lines of address and date above a salutation. */
const headLines = 3

/** Indexes of the quotations that are a letter's. A paragraph of a letter is one quotation and nothing else. */
export function findLetters(text: string, paragraphs: readonly Paragraph[], quotations: readonly QuotedSpan[]): Set<number> {
  const found = new Set<number>()
  const wordsOf = (q: number): string =>
    text
      .slice(quotations[q]!.start, quotations[q]!.end)
      .replace(/^["“'‘]|["”'’]$/g, '')
      .trim()
  const isWhole = (q: number): boolean => {
    const { start, end, paragraph } = quotations[q]!
    const { start: from, end: to } = paragraphs[paragraph]!
    return start === from && to - end <= 1
  }
  const follows = (q: number, other: number): boolean =>
    quotations[other] !== undefined && isWhole(other) && quotations[other]!.paragraph === quotations[q]!.paragraph + 1
  const isLine = (q: number): boolean => wordsOf(q).split(/\s+/).length <= longestLine && !/[?!]$/.test(wordsOf(q))
  for (let q = 0; q < quotations.length; q++) {
    const { start, end } = quotations[q]!
    if (end - start > 60 || !salutation.test(wordsOf(q)) || !isWhole(q)) continue
    let last = q
    let closed = false
    while (!closed && last - q < longestLetter && follows(last, last + 1)) {
      last++
      closed = isLine(last) && (farewell.test(wordsOf(last)) || signature.test(wordsOf(last)))
    }
    if (!closed) continue
    while (follows(last, last + 1) && isLine(last + 1) && /[,.]$|\p{L}$/u.test(wordsOf(last + 1)) && last - q < longestLetter)
      last++
    let first = q
    while (q - first < headLines && first > 0 && follows(first - 1, first) && isWhole(first - 1) && isLine(first - 1)) first--
    for (let i = first; i <= last; i++) found.add(i)
    q = last
  }
  return found
}
