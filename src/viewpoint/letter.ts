/** Marks of diaries and letters: dates, salutations, closings, signatures. */

import { readMailHead } from './message.js'

/** A paragraph that opens an entry. */
export interface Opening {
  readonly kind: 'date' | 'hour' | 'salutation' | 'mail'
  /** Days since the first of January, for dates with a month and a day: an earlier one than before is someone else's entry. */
  readonly day: number | null
  /** Who sent it, where the head of a mail says so. */
  readonly sender?: string | null
}

const monthNames = 'january february march april may june july august september october november december'.split(' ')
const month = String.raw`(jan(?:uary)?|feb(?:ruary)?|march|mar|april|apr|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?`
const weekday = '(?:mon|tues|wednes|thurs|fri|satur|sun)day'
const dayNumber = String.raw`(\d{1,2})(?:st|nd|rd|th|d)?`
/** What may follow a date line's date: its end, a mark, a year, an hour. A word in lower case makes it a sentence. */
const follows = String.raw`(?=\s*(?:$|[.,:;—–\]*_)(-]|\d{2,4}|1\d—))`
const lead = String.raw`^[^\p{L}\p{N}“"‘]*`
const dayMonth = new RegExp(String.raw`${lead}(?:${weekday},?\s+)?(?:the\s+)?${dayNumber}\s+(?:of\s+)?${month}${follows}`, 'iu')
const monthDay = new RegExp(String.raw`${lead}(?:${weekday},?\s+)?${month}\s+(?:the\s+)?${dayNumber}${follows}`, 'iu')
const dayAlone = new RegExp(
  String.raw`${lead}(?:${weekday}(?:,?\s+(?:the\s+)?${dayNumber})?|the\s+${dayNumber})\s*(?:[.:,]?[—–]|[.:]?$)`,
  'iu',
)
const hourOnly = new RegExp(
  String.raw`${lead}(?:(?:same\s+day|later|evening|midnight|morning|night|noon|afternoon|dawn)\b[^a-z]{0,4}(?:\d[^a-z]*[ap]\.?\s?m\.?)?\s*[.,]?\s*[—–]|(?:later|same day|evening|night|midnight|morning)[.:]?$)`,
  'iu',
)
/** "St. Petersburgh, Dec. 11th, 17—", "Whitby, July 24": a short line with a place first. */
const placeDate = new RegExp(
  String.raw`^\p{L}[^!?]{2,50}?[,.]\s*(?:${weekday},?\s+)?(?:(?:the\s+)?${dayNumber}\s+(?:of\s+)?${month}|${month}\s+${dayNumber})${follows}`,
  'iu',
)
const isoDate = /^[^\p{L}\p{N}]*\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b/u
const diaryGreeting = /^[^\p{L}]*dear diary\b/iu
const salutation =
  /^[^\p{L}“"‘]*(?:(?:[Mm]y\s+)?(?:very\s+|own\s+|most\s+)?(?:[Dd]ear(?:est)?|[Dd]arling|[Bb]eloved|[Hh]onou?red)(?:\s+(?:and\s+\p{L}+\s+)?[\p{L}.’'-]+){1,4}?|[Ss]ir|[Mm]adam|[Gg]entlemen)\s*(?:[,:]\s*[—–-]|[,:—–]|$)/u
const addressLine = /^to\s+(?:mrs?|miss|ms|dr|sir|lady|lord|the\s+hon)\b\.?.{0,50}$/iu

/** Longest opening line, in characters, of a letter whose salutation stands by itself. */
const openingLine = 70

/** Longest address with a date, in characters. */
const addressBlock = 120

/** What a paragraph opens, or `null`. `head` is its first characters, `length` its length in code units. */
export function readOpening(head: string, length: number): Opening | null {
  const line = length <= openingLine
  if (head.includes('\n')) {
    const mail = readMailHead(head)
    if (mail !== null) return { kind: 'mail', day: null, sender: mail.sender }
    // The writer’s address over the date: "17 Chatham Street\nWednesday".
    if (length <= addressBlock) {
      const dated = readOpening(head.slice(head.lastIndexOf('\n') + 1), length - head.lastIndexOf('\n') - 1)
      if (dated?.kind === 'date') return dated
    }
  }
  const dated = dayMonth.exec(head)
  if (dated !== null) return { kind: 'date', day: dayOfYear(dated[2]!, dated[1]!) }
  const american = monthDay.exec(head)
  if (american !== null) return { kind: 'date', day: dayOfYear(american[1]!, american[2]!) }
  if (dayAlone.test(head) || isoDate.test(head) || diaryGreeting.test(head)) return { kind: 'date', day: null }
  if (hourOnly.test(head)) return { kind: 'hour', day: null }
  if (line) {
    const placed = placeDate.exec(head)
    if (placed !== null)
      return { kind: 'date', day: placed[2] === undefined ? dayOfYear(placed[3]!, placed[4]!) : dayOfYear(placed[2], placed[1]!) }
    if (addressLine.test(head)) return { kind: 'salutation', day: null }
  }
  const greeting = salutation.exec(head)
  // In a longer paragraph the letter goes on after the greeting with a capital: "My dear Art,—I have come".
  if (greeting !== null && /^\s*(?:\p{Lu}|$)/u.test(head.slice(greeting[0].length))) return { kind: 'salutation', day: null }
  return null
}

function dayOfYear(monthName: string, day: string): number {
  const index = monthNames.findIndex((name) => name.startsWith(monthName.toLowerCase().slice(0, 3)))
  return index * 31 + Number(day)
}

const closing =
  /(?:^|[,.;—–\s])(?:(?:i am|i remain|believe me|ever|always|as ever)\b[^.!?]{0,40})?\b(?:(?:yours?|yrs?)\b\.?(?:\s*[,.—–]|\s+(?:very\s+|most\s+|ever\s+|always\s+|own\s+)*(?:truly|sincerely|faithfully|affectionate|affectionately|loving|lovingly|obedient|respectfully|ever|own|friend|devoted|humble|fond|faithful|old|sister|brother|son|daughter|mother|father|servant|cordially|gratefully)\b[^.!?]{0,40})|(?:with\s+)?(?:all\s+(?:my|our)\s+)?love,|sincerely,|regards,|affectionately,|xoxo)/iu

/** True for a paragraph that closes a letter: "Your affectionate brother,", "Yours ever, Lucy." Only its end is looked at. */
export const closesLetter = (paragraph: string): boolean =>
  paragraph.length <= 90 && !/^[“"‘]|[?!]|[.”"]$/.test(paragraph.replace(/\p{Lu}\p{L}*\.$/u, '')) && closing.test(paragraph)

const signatureName = String.raw`(?:\p{Lu}[\p{L}’'-]*\.?)(?:\s+(?:(?:van|von|de|of)\s+)?\p{Lu}[\p{L}’'-]*\.?){0,3}`
const signatureLine = new RegExp(
  String.raw`^[^\p{L}\p{N}“"‘]*(?:\(?[Ss](?:igned|IGNED)\)?[,:]?\s*)?(${signatureName})[^\p{L}\p{N}]*$`,
  'u',
)
const signatureAfterClosing = new RegExp(String.raw`[,—–\n]\s*(${signatureName})[^\p{L}\p{N}]*$`, 'u')
const signed = /^[^\p{L}]*\(?signed/iu

/** The name that a paragraph signs with, or `null`: a line of its own, or what follows the closing. */
export function readSignature(paragraph: string, afterClosing: boolean): string | null {
  if (paragraph.length > 90) return null
  if (closesLetter(paragraph)) return signatureAfterClosing.exec(paragraph)?.[1]?.replace(/\.$/, '') ?? null
  const line = signatureLine.exec(paragraph)
  if (line === null || paragraph.length > 50) return null
  if (!afterClosing && !signed.test(paragraph)) return null
  const name = line[1]!
  return /^\p{Lu}/u.test(name) ? name.replace(/\.$/, '') : null
}
