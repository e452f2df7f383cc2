/** Quotation marks: what each character can be, by its own shape and by its neighbours. */

import { Characters } from '../text/character.js'

/** Families of marks. A document sets its speech in one of them; another one inside it is a quotation within a quotation. */
export type MarkFamily = 'double' | 'single' | 'guillemet' | 'low'

/** Which side of a quotation a mark stands on: `either` when neither its form nor its neighbours say. */
export type Side = 'open' | 'close' | 'weak-close' | 'either'

export interface Mark {
  readonly start: number
  readonly end: number
  readonly family: MarkFamily
  readonly side: Side
}

const familyOf: Readonly<Record<string, MarkFamily>> = {
  '"': 'double',
  '“': 'double',
  '”': 'double',
  '‟': 'double',
  '＂': 'double',
  '«': 'guillemet',
  '»': 'guillemet',
  '‹': 'guillemet',
  '›': 'guillemet',
  '„': 'low',
  '‘': 'single',
  '’': 'single',
  "'": 'single',
  '‚': 'low',
}
const backtick = '`'
/** Codes of the marks. */
const isMark = (code: number): boolean =>
  code < 0xab
    ? code === 0x22 || code === 0x27 || code === 0x60
    : code === 0xab ||
      code === 0xbb ||
      (code >= 0x2018 && code <= 0x201f && code !== 0x201b) ||
      code === 0x2039 ||
      code === 0x203a ||
      code === 0xff02

/** Words that lose their first letters to an apostrophe: 'tis, 'em, 'cause. The mark before them opens nothing. */
const elided = new Set(
  'tis twas twere twill twould tisn twasn em im er cause cos cuz til till bout n round neath gainst fore ere pon less un uns sup course scuse spect nough nother kay ave ome ow ard ead im ello ospital ouse appen im'.split(
    ' ',
  ),
)

const spaceOrOpener = new Characters(/[\s([{—–\-―/*_“‘«„"]/)
const spaceOrCloser = new Characters(/[\s)\]}—–\-―/*_,.;:!?…”’»"]/)
const letter = new Characters(/\p{L}/u)
const letterOrDigit = new Characters(/[\p{L}\p{N}]/u)
const sentencePunctuation = new Characters(/[,.!?;:…—–\-―~*_]/)

const space = 0x20
const apostrophe = 0x27

/** True at a character that may stand before an opening mark, text start included. */
const opensAfter = (text: string, at: number, start: number): boolean => at < start || spaceOrOpener.has(text.charCodeAt(at))
const closesBefore = (text: string, at: number, end: number): boolean => at >= end || spaceOrCloser.has(text.charCodeAt(at))

/**
 * The marks of a paragraph, apostrophes left out. Curly and angled marks have a side of their own, straight ones take it from
 * their neighbours: `"Yes` opens, `no,"` closes, ` " ` may be either.
 */
export function findMarks(text: string, start: number, end: number, anglesOpenInwards: boolean): Mark[] {
  const marks: Mark[] = []
  for (let at = start; at < end; at++) {
    if (!isMark(text.charCodeAt(at))) continue
    const char = text[at]!
    // Typists of `` and '' mean double marks.
    if ((char === "'" || char === backtick) && text[at + 1] === char && at + 1 < end && !isElided(text, at + 2, end)) {
      marks.push({ start: at, end: at + 2, family: 'double', side: sideByNeighbours(text, at, at + 2, start, end) })
      at++
      continue
    }
    if (char === backtick) continue
    const family = familyOf[char]!
    const side = family === 'single' ? singleSide(text, at, start, end) : markSide(text, char, at, start, end, anglesOpenInwards)
    if (side !== null) marks.push({ start: at, end: at + 1, family, side })
  }
  return marks
}

function markSide(text: string, char: string, at: number, start: number, end: number, anglesOpenInwards: boolean): Side | null {
  if (char === '„' || char === '‚' || char === '‟') return char === '‚' && !opensAfter(text, at - 1, start) ? null : 'open'
  if (char === '«' || char === '‹') return anglesOpenInwards ? 'open' : 'close'
  if (char === '»' || char === '›') return anglesOpenInwards ? 'close' : 'open'
  const side = sideByNeighbours(text, at, at + 1, start, end)
  // Inches and seconds: 6", 10'5".
  if (char === '"' && at > start && /\d/.test(text[at - 1]!) && side === 'close') return 'weak-close'
  if (char === '“') return side === 'close' ? 'either' : 'open'
  if (char === '”') return side === 'open' ? 'either' : 'close'
  return side
}

function sideByNeighbours(text: string, at: number, after: number, start: number, end: number): Side {
  const opens = opensAfter(text, at - 1, start)
  const closes = closesBefore(text, after, end)
  return opens && !closes ? 'open' : closes && !opens ? 'close' : 'either'
}

/** A single mark is an apostrophe inside or before a word (`null`); after a letter it may be one: "the boys' room". */
function singleSide(text: string, at: number, start: number, end: number): Side | null {
  const before = at > start ? text.charCodeAt(at - 1) : space
  const after = at + 1 < end ? text.charCodeAt(at + 1) : space
  if (letterOrDigit.has(before) && letterOrDigit.has(after)) return null
  const char = text[at]!
  if (before === apostrophe && isElided(text, at + 1, end)) return null
  const opens = spaceOrOpener.has(before)
  const closes = spaceOrCloser.has(after)
  if (opens && !closes) return char === '’' || isElided(text, at + 1, end) ? null : 'open'
  if (opens && closes) return char === '‘' ? 'open' : sentencePunctuation.has(before) ? 'close' : null
  if (char === '‘') return letterOrDigit.has(before) ? null : 'open'
  if (!closes) return letterOrDigit.has(before) ? null : 'close'
  return letterOrDigit.has(before) ? 'weak-close' : 'close'
}

function isElided(text: string, at: number, end: number): boolean {
  let to = at
  while (to < end && to < at + 9 && letter.has(text.charCodeAt(to))) to++
  return elided.has(text.slice(at, to).toLowerCase())
}

const dashStart = /^[—–―‒]\s?["“‘]?[\p{L}…¿¡]|^--?\s?(?=[\p{L}…])/u
/** True for a paragraph that a dash opens, as Joyce and half of Europe set speech. */
export const opensWithDash = (text: string, start: number): boolean => dashStart.test(text.slice(start, start + 6))

/** How a document sets its speech. */
export interface MarkStyle {
  readonly family: MarkFamily | 'dash'
  /** «so» rather than »so«. */
  readonly anglesOpenInwards: boolean
  /** The marks of each paragraph that was asked about. */
  readonly marks: readonly (readonly Mark[])[]
}

/**
 * Recognises the style: the first opening mark of each paragraph votes, since what stands inside a quotation comes second.
 * Double marks win ties, because apostrophes pass for single ones now and then.
 */
export function recogniseStyle(text: string, paragraphs: readonly { start: number; end: number }[]): MarkStyle {
  const votes = { double: 0, single: 0, guillemet: 0, low: 0, dash: 0 }
  let inwards = 0
  if (text.includes('«') || text.includes('»'))
    for (const { start, end } of paragraphs) {
      const first = /[«»]/.exec(text.slice(start, Math.min(end, start + 400)))
      if (first !== null) inwards += first[0] === '«' ? 1 : -1
    }
  const anglesOpenInwards = inwards >= 0
  const marks: Mark[][] = []
  for (const { start, end } of paragraphs) {
    const found = findMarks(text, start, end, anglesOpenInwards)
    marks.push(found)
    const first = found.findIndex(({ side }) => side === 'open')
    if (first >= 0) {
      const { family } = found[first]!
      if (family !== 'single' || found.slice(first + 1).some((m) => m.family === 'single' && m.side === 'close')) votes[family]++
    } else if (opensWithDash(text, start)) votes.dash++
  }
  let family: MarkStyle['family'] = 'double'
  for (const other of ['single', 'guillemet', 'low', 'dash'] as const) if (votes[other] > votes[family]) family = other
  return { family, anglesOpenInwards, marks }
}
