/** Writing set in marks: the words of a note, a headline, an inscription, told from speech by what leads to them or names them after. */
import type { Span } from '../types.js'

const thing =
  '(?:letter|note|telegram|cable|message|advertisement|communication|postscript|notice|headlines?|document|inscription|placard|poster|sign|envelope|card|label|page|column|paragraph|epitaph|caption|motto|entry|diary|journal|newspaper|paper|book|handwriting|contents|superscription)'
const wrote = '(?:wrote|written|indited|penned|scrawled|scribbled|inscribed|superscribed|labell?ed|entitled|signed)'
/** A comma, a colon, a dash, and the quotation after it. */
const colon = '(?:[,:]| ?--|[—–]){1,3}\\s*$'
/** What all leads end in: looked at first, since most quotations have none. */
const introduces = /[,:—–-]\s*$/
/** He had written: "Come at once." It ran as follows: "Come at once." On it were the words, "Come at once." */
const leads = new RegExp(
  [
    `\\b${wrote}(?! (?:and|but|to))(?: (?!sa[iy]|cried|asked)[\\p{L}’']+){0,3}${colon}`,
    `\\bran(?: as follows| thus| in this way| in these words)?${colon}`,
    `\\bread(?: as follows| thus| the following| these words)?(?::| ?--|[—–]){1,3}\\s*$`,
    `\\b${thing}\\b[^.!?"]{0,24} (?:ran|read|runs|reads)${colon}`,
    `\\b(?:inscription|motto|caption|headline|epitaph|postscript|telegram|placard|labell?ed)(?: \\p{L}+)?${colon}`,
    `\\b(?:contain|consist|compos|inscrib|show)\\p{L}+\\b[^.!?"]{0,60}\\b(?:words?|sentence|lines?)${colon}`,
    `\\bfollowing (?:letter|note|telegram|message|advertisement|notice|inscription)${colon}`,
    `\\b(?:letter|note|telegram|message|answer|reply)\\b[^.!?"]{0,90} (?:was|were|had been|in) (?:in )?(?:this|these|the following)(?: \\p{L}+){0,2}${colon}`,
  ].join('|'),
  'iu',
)
/** Inside the envelope there was a card: "Come at once." Nobody says anything in that sentence. */
const shows = new RegExp(`\\b${thing}\\b[^:]{0,60}:(?: ?--|[—–])?\\s*$`, 'iu')
const speaks =
  /\b(?:sa(?:id|ys?|ying)|cr(?:y|ied|ying)|ask|exclaim|remark|murmur|answer|repl(?:y|ied)|continu|add|ejaculat|announc|observ|began|call|shout|whisper)/i
/** "Come at once," the note ran. "Come at once," she wrote. */
const names = new RegExp(
  `^[\\s—–[(-]*,?\\s*(?:(?:the|his|her|this) (?:\\p{L}+ )?${thing}\\b[^.!?"]{0,10}\\b(?:ran|read|said|began|continued|went on)\\b|it ran\\b|wrote (?:\\p{Lu}|he|she|I|the)|(?:\\p{Lu}?\\p{L}+\\.? ){1,3}wrote\\b)`,
  'iu',
)
/** "My dear Anna,--I hear that you are well": a letter with its salutation in one paragraph. */
const salutes =
  /^["“„'‘_]*(?:my )?(?:very )?(?:dear|dearest|darling)(?:,? dearest)?(?:\s+[\p{L}.'’-]+){1,4}\s*[,:]\s?(?:--|[—–])/iu

/** Characters of the lead and of the tag that are looked at. */
const reach = 120
const tagReach = 60

/** Whether a marked stretch is read from a page. `before` is the paragraph before, whose last words lead to a quotation that opens its own. */
export function isWriting(text: string, { start, end }: Span, paragraph: Span, before: Span | undefined): boolean {
  const opens = start === paragraph.start
  if (opens && salutes.test(text.slice(start, Math.min(end, start + tagReach)))) return true
  if (isNamed(text, end, paragraph.end)) return true
  const lead = opens && before !== undefined && endsInColon(text, before) ? before : { start: paragraph.start, end: start }
  const words = text.slice(Math.max(lead.start, lead.end - reach), lead.end)
  if (!introduces.test(words)) return false
  if (leads.test(words)) return true
  const sentence = words.slice(Math.max(...[...'.!?"'].map((sign) => words.lastIndexOf(sign))) + 1)
  return shows.test(sentence) && !speaks.test(sentence)
}

/** Whether a tag after a marked stretch says that it is read. */
export const isNamed = (text: string, from: number, to: number): boolean =>
  names.test(text.slice(from, Math.min(to, from + tagReach)))

const endsInColon = (text: string, { start, end }: Span): boolean =>
  /:\s*(?:--|[—–])?\s*$/.test(text.slice(Math.max(start, end - 6), end))
