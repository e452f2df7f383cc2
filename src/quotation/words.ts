/** Words beside a place in the text, and what they do for a quotation: cheap look-ups for the marks themselves. */
import { reportVerbs } from '../lexicon/speech.js'

const wordAfter = /[^\p{L}\p{N}]{0,3}([\p{L}\p{N}][\p{L}\p{N}'’-]*\.?)/uy
const clauseEnd = /[,.!?;:…"“”«»—]|--|\s[–-]\s/

/** Up to `count` words from a place on, stopping at the clause's end. An abbreviated title ("Mr.") does not end it. */
export function clauseWords(text: string, from: number, to: number, count: number): string[] {
  const words: string[] = []
  let at = from
  while (words.length < count && at < to) {
    wordAfter.lastIndex = at
    const found = wordAfter.exec(text)
    if (found === null || wordAfter.lastIndex > to) break
    const gap = text.slice(at, wordAfter.lastIndex - found[1]!.length)
    if (words.length > 0 && clauseEnd.test(gap)) break
    const word = found[1]!
    const dotted = word.endsWith('.')
    const title = dotted && titles.has(word.slice(0, -1).toLowerCase())
    words.push(dotted ? word.slice(0, -1) : word)
    at = wordAfter.lastIndex
    if (dotted && !title) break
  }
  return words
}

const titles = new Set('mr mrs ms dr prof st mme mlle capt col gen lt sgt rev hon'.split(' '))

/** Up to `count` words before a place, nearest first, not crossing a sentence's end. */
export function wordsBefore(text: string, from: number, to: number, count: number): string[] {
  const stretch = text.slice(Math.max(from, to - count * 14), to)
  const sentence = stretch.slice(
    Math.max(stretch.lastIndexOf('. '), stretch.lastIndexOf('! '), stretch.lastIndexOf('? '), stretch.lastIndexOf('"')) + 1,
  )
  return (sentence.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []).slice(-count).reverse()
}

const subjects = new Set('he she i we they it you ze xe hir'.split(' '))
const determiners = new Set('the a an his her my their its our your this that another one both'.split(' '))
const isSubject = (word: string): boolean =>
  subjects.has(word.toLowerCase()) || determiners.has(word.toLowerCase()) || /^\p{Lu}/u.test(word)

/** Where the verb stands after a pronoun at the latest: "he then quietly asked". */
const pronounReach = 3

/** How many words a tag's subject may have before or after its verb: "the tall young man cried". */
const subjectReach = 5

/** True when the clause that starts here is a tag: a subject with a verb of the list, or the verb with its subject after it. */
export function startsTag(
  text: string,
  from: number,
  to: number,
  verbs: { has(word: string): boolean } = reportVerbs(),
): boolean {
  const words = clauseWords(text, from, to, subjectReach + 1)
  if (words.length < 2) return false
  if (verbs.has(words[0]!.toLowerCase()) && isSubject(words[1]!)) return true
  if (!isSubject(words[0]!)) return false
  const at = words.findIndex((word, i) => i > 0 && verbs.has(word))
  return at > 0 && (subjects.has(words[0]!.toLowerCase()) ? at <= pronounReach : true)
}
