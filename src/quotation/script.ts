/**
 * Script and chat: paragraphs that open with the name of who speaks, "NAME: words", "<nick> words", "[12:03] Nick: words", or that
 * stand under a line with a name and a time, as messages do.
 */
import type { Span } from '../types.js'

const clock = String.raw`(?:[[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?[\])]?\s*[-–|]?\s*)?`
const labelled = new RegExp(
  String.raw`^${clock}[*_]{0,3}(?:<\s*([\p{L}\p{N}][^<>\n]{0,28})>:?|\[\s*([\p{L}\p{N}][^\[\]\n]{0,28})\]:?|([\p{L}\p{N}][\p{L}\p{N}_.'’ \-]{0,28}?)\s?(?:\([^()\n]{0,40}\))?[*_]{0,3}:)[*_]{0,3}\s+(?=\S)`,
  'u',
)
/** "Mina 19:02", "Mina (7:02 pm)", "Mina — Today at 7:02 PM": the line over a message. */
const stamped =
  /^[*_]{0,3}([\p{L}\p{N}][\p{L}\p{N}_.'’ -]{0,28}?)[*_]{0,3}\s*[,([—–\-|•·]{0,2}\s*(?:(?:today|yesterday)(?:,? at)?|\d{1,2}[./]\d{1,2}[./]\d{2,4},?)?\s*\d{1,2}:\d{2}(?:\s?[ap]\.?m\.?)?[)\]]?[*_]{0,3}[ \t]*(\n\s*|$)/iu
/** What stands before a colon in the head of a story file. */
const metadata = new Set(
  'title author rating rated summary summery disclaimer warning warnings pairing pairings fandom note notes a/n an genre characters character words chapter date time place setting location subject from to re cc tags tag spoilers beta prompt word status series language published updated category relationships relationship part p.s ps pov'.split(
    ' ',
  ),
)
/** Longest name, in words. */
const longestLabel = 3
/** A run of labelled paragraphs makes a script: so many, by at least two people, narration between them no longer than `gap` paragraphs. */
const smallestRun = 4
const largestGap = 2

/** A labelled paragraph: the name and the words. */
export interface ScriptLine {
  readonly paragraph: number
  readonly label: Span
  readonly words: Span
}

/** Finds script and chat passages. A label counts in company only: two names that take turns. */
export function findScriptLines(text: string, paragraphs: readonly (Span & { readonly kind: string })[]): ScriptLine[] {
  const lines: ScriptLine[] = []
  let run: ScriptLine[] = []
  const flush = () => {
    const counts = new Map<string, number>()
    for (const { label } of run) {
      const name = text.slice(label.start, label.end).toLowerCase()
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    const recurring = [...counts.values()].filter((count) => count > 1).length
    if (run.length >= smallestRun && counts.size > 1 && recurring > 0 && counts.size <= run.length * 0.75) lines.push(...run)
    run = []
  }
  let name: Span | null = null
  paragraphs.forEach((paragraph, p) => {
    if (paragraph.kind === 'note') return
    const mayOpen = hasSign(text, paragraph)
    const stamp = mayOpen ? readStamp(text, paragraph) : null
    if (stamp !== null && stamp.words.end <= stamp.words.start) {
      name = stamp.label
      return
    }
    const under = name !== null && paragraph.kind === 'prose' ? { label: name, words: paragraph } : null
    name = null
    const found = stamp ?? under
    const line = found !== null ? { ...found, paragraph: p } : mayOpen ? readLine(text, paragraph, p) : null
    if (line === null) return
    if (run.length > 0 && p - run.at(-1)!.paragraph > largestGap + 1) flush()
    run.push(line)
  })
  flush()
  return lines
}

/** Characters that a label or stamp is looked for in. */
const head = 120

/** False where none of the signs comes early that every label and stamp has one of. */
function hasSign(text: string, { start, end }: Span): boolean {
  for (let i = start; i < end && i < start + head; i++) {
    const code = text.charCodeAt(i)
    if (code === colon || code === angle || code === bracket) return true
  }
  return false
}
const colon = 0x3a
const angle = 0x3c
const bracket = 0x5b

/** A message's name and, where they share its paragraph, its words. */
function readStamp(text: string, { start, end }: Span): Omit<ScriptLine, 'paragraph'> | null {
  const found = stamped.exec(text.slice(start, Math.min(end, start + head)))
  if (found === null) return null
  const name = found[1]!.trim()
  if (name.split(/\s+/).length > longestLabel || metadata.has(name.toLowerCase())) return null
  const at = start + found[0].indexOf(name)
  return { label: { start: at, end: at + name.length }, words: { start: Math.min(end, start + found[0].length), end } }
}

function readLine(text: string, { start, end }: Span, paragraph: number): ScriptLine | null {
  if (end - start < 4) return null
  const found = labelled.exec(text.slice(start, Math.min(end, start + head)))
  if (found === null) return null
  const name = (found[1] ?? found[2] ?? found[3])!.trim()
  const words = name.split(/\s+/)
  if (words.length > longestLabel || metadata.has(name.toLowerCase()) || metadata.has(words[0]!.toLowerCase())) return null
  const at = start + found[0].indexOf(name)
  // A chat handle may be lower case; a phrase of several lower-case words is a sentence ("he had two reasons: …").
  if (words.length > 1 && found[3] !== undefined && words.some((word) => /^\p{Ll}/u.test(word))) return null
  return { paragraph, label: { start: at, end: at + name.length }, words: { start: start + found[0].length, end } }
}
