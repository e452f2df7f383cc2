/** What kind of passage a scene is: played out, summed up, a document, or the author speaking. */
import { Form, type QuotationLayer, type TextLayer } from '../layers.js'
import type { Scene } from '../types.js'
import { WordClass } from './word-class.js'

/** "Dear Lucy," "My dearest Min," "Mina, darling," */
const salutation =
  /^(?:(?:my|our)\s+)?(?:own\s+)?(?:dear(?:est)?|darling|beloved|sir|madam|gentlemen|to whom)\b[^.!?"“]{0,50}[,:—–-]*\s*$/i
/** "Your loving", "Yours sincerely, A. H." */
const signature =
  /^(?:(?:i am|believe me|ever|with)\b.{0,40})?\b(?:yours?|sincerely|faithfully|love|regards|affectionately)\b.{0,40}$/i
/** "From: …", "Subject: …" */
const mailHead = /^(?:from|to|cc|subject|sent|date|re)\s*:\s/i
/** "[tuesday, 10:14 pm]", "Mina 19:02", "10:14", "(Seen 10:33 pm)" */
const clockLine = /^(?:[[(].{0,30}\b\d{1,2}[:.]\d\d\b.{0,8}[\])]|.{0,30}\b\d{1,2}:\d\d(?:\s?[ap]\.?m\.?)?)$/i
/** "demi_god has left the chat" */
const chatNotice =
  /\bhas (?:left|joined|entered|added|removed|changed|muted)\b.{0,40}\b(?:chat|group|conversation|name|channel)?/i
/** "lysanderthal: ok everybody": a handle of one word, lower case or with digits and underscores; a play has NAMES. */
const handleLine = /^[@<]?[a-z][\w.-]{2,24}[^A-Z\s:]?>?:\s/
/** "Dr. Seward's Diary", "Log of the Demeter", "Case notes" */
const documentTitle =
  /\b(?:diary|journal|log|logbook|letter|telegram|memorandum|memo|report|transcript|notes|messages|groupchat|group chat|entry|gazette|times|prophet|herald|minutes|will of|e-?mail)\b/i
/** "17 October.—", "11 May.", "Monday, 3rd June", "Whitby, 9 May" */
const dateline =
  /^(?:[\p{L} .']{2,40},\s*)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?(?:\s+\d{1,2}(?:st|nd|rd|th)?)?(?:,?\s+\d{2,4})?(?=[\s.,:;—–-]|$)/iu
/** Paragraphs at a passage's start in which a letter's or diary's head stands, and at its end for the foot. */
const headLength = 5
/** Share of lines that must look like chat. */
const chatShare = 0.4
/** Time-condensing words per 100 narrated words from which a passage without speech is a summary. */
const summaryRate = 3
/** ... and the share of quoted words up to which it has no speech. */
const summaryQuoted = 0.06
/** Narrated words of a summary, at most: a longer passage plays out somewhere. */
const longestSummary = 700

/** Kind of the passage of paragraphs `[first, last]`. `classes` are the story's word classes. */
export function kindOf(
  { text, paragraphs, tokens, firstToken }: TextLayer,
  { quotationOf }: QuotationLayer,
  classes: Int32Array,
  first: number,
  last: number,
): Scene['kind'] {
  const lines: string[] = []
  let notes = 0
  let prose = 0
  for (let p = first; p <= last; p++) {
    const { kind, start, end } = paragraphs[p]!
    if (kind === 'note') notes++
    if (kind === 'prose') prose++
    if (kind !== 'break' && kind !== 'note') lines.push(text.slice(start, Math.min(end, start + 120)).trim())
  }
  if (notes > 0 && prose === 0) return 'note'
  if (isDocument(lines)) return 'document'
  return isSummary() ? 'summary' : 'scene'

  /** "In the weeks after that we had tickets every other Saturday." */
  function isSummary(): boolean {
    let words = 0
    let quoted = 0
    let condensing = 0
    for (let p = first; p <= last; p++) {
      if (paragraphs[p]!.kind !== 'prose') continue
      for (let i = firstToken[p]!; i < firstToken[p + 1]!; i++) {
        if (tokens.form[i] === Form.punctuation) continue
        words++
        if (quotationOf[i]! >= 0) {
          quoted++
          continue
        }
        const flags = classes[tokens.word[i]!]!
        const value = tokens.vocabulary[tokens.word[i]!]!
        if ((flags & (WordClass.habit | WordClass.calendar)) !== 0) condensing++
        if ((flags & WordClass.unit) !== 0 && longUnit.test(value)) condensing++
        if (sequence.has(value)) condensing += 0.5
      }
    }
    if (words === 0 || words > longestSummary || quoted > words * summaryQuoted) return false
    return (100 * condensing) / (words + 15) >= summaryRate
  }
}

const longUnit = /^(?:days?|nights|weeks?|fortnight|months?|years?|decades?|centuries|winters|summers)$/
const sequence = new Set(['after', 'since', 'until', 'till', 'later', 'when', 'afterwards'])

function isDocument(lines: readonly string[]): boolean {
  const head = lines.slice(0, headLength)
  const foot = lines.slice(-headLength)
  if (head.filter((line) => mailHead.test(line)).length >= 2) return true
  const chat = lines.filter((line) => clockLine.test(line) || handleLine.test(line) || chatNotice.test(line)).length
  if (chat >= 3 && chat >= lines.length * chatShare) return true
  const greeted = head.some((line) => line.length < 60 && salutation.test(line))
  const signed = foot.some((line) => line.length < 60 && signature.test(line))
  const dated = head.slice(0, 3).some((line) => dateline.test(line))
  const titled = head.slice(0, 2).some((line) => line.length < 60 && documentTitle.test(line) && !/[.!?”"]$/.test(line))
  return (
    (greeted && (signed || dated || lines.length <= 30)) ||
    (dated && (signed || titled)) ||
    (titled && head.some((line) => dateline.test(line)))
  )
}
