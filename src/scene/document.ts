/** Letters, mails, diaries and chats: what their first and last lines look like, and where one follows another. */
import type { TextLayer } from '../layers.js'

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
/** "17 June.—This morning": the date of a diary entry runs into its text. */
const entryDate = /^(?=[^—–"“]*\d)[^—–"“]{3,40}[—–]/
/** Paragraphs at a passage's start in which a letter's or diary's head stands, and at its end for the foot. */
const headLength = 5
/** Share of lines that must look like chat. */
const chatShare = 0.4

/** The lines of a block, each cut to its first 120 characters; past 40 lines only the last ones count. */
export function linesOf(text: string, start: number, end: number): string[] {
  const lines: string[] = []
  for (let at = start; at < end; ) {
    const stop = text.indexOf('\n', at)
    const lineEnd = stop < 0 || stop > end ? end : stop
    const line = text.slice(at, Math.min(lineEnd, at + 120)).trim()
    if (line !== '') lines.push(line)
    at = lineEnd + 1
  }
  return lines
}

/** True for the lines of a letter, a mail, a diary entry or a chat. */
export function isDocument(lines: readonly string[]): boolean {
  const head = lines.slice(0, headLength)
  const foot = lines.slice(-headLength)
  if (head.filter((line) => mailHead.test(line)).length >= 2) return true
  const chat = lines.filter((line) => clockLine.test(line) || handleLine.test(line) || chatNotice.test(line)).length
  if (chat >= 3 && chat >= lines.length * chatShare) return true
  const greeted = head.some((line) => line.length < 60 && salutation.test(line))
  const signed = foot.some((line) => line.length < 60 && signature.test(line))
  const dated = head.slice(0, 3).some((line) => dateline.test(line))
  const entry = head.slice(0, 2).some((line) => entryDate.test(line) && dateline.test(line))
  const titled = head.slice(0, 2).some((line) => line.length < 60 && documentTitle.test(line) && !/[.!?”"]$/.test(line))
  return (
    entry ||
    (greeted && (signed || dated || lines.length <= 30)) ||
    (dated && (signed || titled)) ||
    (titled && head.some((line) => dateline.test(line)))
  )
}

/** Paragraphs of a letter, at least: a shorter one is part of the next. */
const shortestLetter = 3

/**
 * Where one letter or mail follows another: the first paragraph of each head inside a passage that opens with one. A letter read in the
 * middle of a scene is no scene of its own. `starts` are the paragraphs where the author's breaks fall.
 */
export function documentStarts({ text, paragraphs }: TextLayer, starts: ReadonlySet<number>): number[] {
  const found: number[] = []
  let since = 0
  let inside = false
  for (let p = 0; p < paragraphs.length; p++) {
    if (p === 0 || starts.has(p)) {
      since = p
      inside = false
    }
    const { kind, start, end } = paragraphs[p]!
    if (kind === 'break' || kind === 'note' || end - start > 400) continue
    const lines = linesOf(text, start, end)
    const greeting = lines.some((line) => line.length < 60 && salutation.test(line))
    if (!greeting && !isHead(lines, kind === 'heading')) continue
    if (p - since < shortestLetter) {
      inside = true
      continue
    }
    if (!inside) continue
    let first = p
    while (
      greeting &&
      first - 1 > since &&
      p - first < 2 &&
      isHeadLine(linesOf(text, paragraphs[first - 1]!.start, paragraphs[first - 1]!.end))
    )
      first--
    found.push(first)
    since = first
  }
  return found
}

/** A mail's lines, or a title ("Messages with Luce") that is a heading or has a date under it. */
const isHead = (lines: readonly string[], heading: boolean): boolean =>
  lines.filter((line) => mailHead.test(line)).length >= 2 ||
  ((heading || lines.length === 2) && documentTitle.test(lines[0] ?? '') && (heading || dateline.test(lines[1]!)))

/** An address, a date, a title: short, and no sentence. */
const isHeadLine = (lines: readonly string[]): boolean =>
  lines.length <= 3 && lines.every((line) => line.length < 60 && !/[.!?”"…]$/.test(line) && !signature.test(line))
