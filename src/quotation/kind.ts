/** Speech, thought or merely quoted words: what stands between marks is not always said. */
import { speechVerbs } from '../lexicon/speech.js'
import type { Span } from '../types.js'
import { clauseWords, startsTag, wordsBefore } from './words.js'

/** Forms of "think" that tag silent words; "mused" and "wondered" are as often aloud. */
const thoughtVerbs = new Set(['thought', 'think', 'thinks', 'thinking'])
const silently = new Set(['mentally', 'inwardly', 'silently'])
/** Things that carry writing: a sign that said "Keep out". */
const written = new Set(
  'sign signs note notes letter label labels card plaque poster banner headline headlines inscription caption tag placard notice door screen page paper telegram title words word legend motto epitaph name'.split(
    ' ',
  ),
)
/** Words that introduce a name or a term rather than a speech. */
const namingWords = new Set(
  'called call calls calling named term termed word words phrase title entitled titled labelled labeled nicknamed name expression so-called known marked written read reads reading inscribed spelled spelt song poem book play'.split(
    ' ',
  ),
)
const endsWithPunctuation = /[,.!?;:…—–\-―]["'’”»*_]*$/
/** Longest term or title, in words, that is told from speech by its place alone. */
const longestTerm = 4
/** Longest term, in words, that takes the comma of its sentence inside its marks: the "met," as he called them. */
const longestWord = 2
/** Short things said rather than cited: a rapid "I know!", an indifferent "No." */
const exclaimed = /[!?]$|^(?:yes|no|oh|ah|hush|well|ay|aye|nay|thank|thanks|good|dear|come)\b/i
/** What a look says, or what someone might have said: she looked around as much as to say, "Are you all like this?" */
const unsaid =
  /\b(?:(?:as|seem|seemed|seems|seeming|appeared) (?:much as |if |who should )?(?:to )?say|(?:eyes?|look|face|glance|smile|silence|expression|eyebrows?|gaze) (?:seemed to |said|says|say|asked|answered|told)\w*|(?:might|would|could|should) (?:never |almost )?have (?:said|quoted|cried|answered|asked|added|expressed it|exclaimed)|(?:almost|nearly) (?:said|cried out|cried|added|answered)|(?:as|who) should say|as you (?:can|could|may|might) say|(?:wish(?:ed|ing)?|want(?:ed|ing)?|ready|hesitated|longed|tempted|inclined|like|liked) to (?:say|(?:cry|call|shout)(?: out)?|add|answer|ask|exclaim|reply|shout)(?: to [\p{L}.]+)?),?[:\s]*$/u
/** An author's name after an epigraph: "…" --Shakespeare. */
const signed = /^\s*(?:--|[—–])\s*[_\p{Lu}][^!?]{1,60}$/u
/** Longest stretch of words, in words, that can be a scare quote or a title set inside a sentence (PDNC's marked non-speech is shorter in 9 of 10). */
const longestQuoted = 8

/**
 * What kind of quotation a marked stretch is. Quoted words sit inside a sentence without punctuation of their own:
 * the "younger set" was. Thought has a verb of thinking for a tag: "No," he thought.
 *
 * @param resumes true after another speech in the same sentence: "Do come," said he "pray come".
 */
export function kindOf(text: string, { start, end }: Span, paragraph: Span, resumes = false): 'speech' | 'thought' | 'quoted' {
  const inner = text
    .slice(start, end)
    .replace(/^["“„«»'‘‚`*_]+|["”“«»'’`*_]+$/g, '')
    .trim()
  if (inner === '' || !/[\p{L}\p{N}]/u.test(inner)) return /[?!…]|\.\./.test(inner) ? 'speech' : 'quoted'
  if (isThought(text, end, paragraph.end)) return 'thought'
  if (unsaid.test(text.slice(Math.max(paragraph.start, start - 60), start))) return 'quoted'
  const before = text.slice(Math.max(paragraph.start, start - 3), start).trimEnd()
  const opens = text.slice(paragraph.start, start).trim() === ''
  if ((opens || /[.!?…"”’]$/.test(before)) && namesSubject(text, inner, end, paragraph.end)) return 'quoted'
  if (opens) return signed.test(text.slice(end, paragraph.end)) ? 'quoted' : 'speech'
  const words = inner.split(/\s+/).length
  const lower = /^\p{Ll}/u.test(inner)
  if (lower && words <= longestTerm && isPartOfSentence(text, paragraph, end)) {
    if (!endsWithPunctuation.test(inner)) return 'quoted'
    if (words <= longestWord && inner.endsWith(',') && !afterVerb(text, paragraph, start)) return 'quoted'
  }
  if (!/[\p{L}\p{N}]$/u.test(before)) {
    const term = lower && words <= longestTerm && before.endsWith(',') && !endsWithPunctuation.test(inner)
    return term && !startsTag(text, end, paragraph.end) ? 'quoted' : 'speech'
  }
  const unended = !endsWithPunctuation.test(inner)
  const [last = '', ...earlier] = wordsBefore(text, paragraph.start, start, 5).map((word) => word.toLowerCase())
  // They called him "Captain." names, and he called "Wait!" cries; to say "good-night" cites.
  if (namingWords.has(last) && !exclaimed.test(inner)) return 'quoted'
  if (lower && unended && !resumes) return 'quoted'
  if (speechVerbs().has(last)) return earlier.slice(0, 3).some((word) => written.has(word)) ? 'quoted' : 'speech'
  if (exclaimed.test(inner) && (!lower || /[!?]$/.test(inner))) return 'speech'
  if (lower && resumes && words > 1) return 'speech'
  if (words <= longestTerm || lower) return 'quoted'
  if (words > longestQuoted) return 'speech'
  return unended ? 'quoted' : 'speech'
}

/** The sentence goes on behind the mark, and not with a tag. */
const isPartOfSentence = (text: string, { end: to }: Span, end: number): boolean =>
  /^\s+\p{Ll}/u.test(text.slice(end, Math.min(to, end + 4))) && !startsTag(text, end, to)

const afterVerb = (text: string, { start: from }: Span, start: number): boolean =>
  wordsBefore(text, from, start, 4).some((word) => speechVerbs().has(word.toLowerCase()))

/** "Art" always made him yawn: without punctuation of its own, it opens a sentence that goes on. */
function namesSubject(text: string, inner: string, end: number, to: number): boolean {
  if (endsWithPunctuation.test(inner) || inner.split(/\s+/).length > longestTerm) return false
  const next = /^\s+(\p{Ll}[\p{L}'’-]*)/u.exec(text.slice(end, Math.min(to, end + 30)))?.[1]
  return (
    next !== undefined &&
    !subjects.has(next) &&
    !speechVerbs().has(next) &&
    !startsTag(text, end, to) &&
    !clauseWords(text, end, to, 6).some((word) => replies.has(word))
  )
}

/** "I will" was Anna's answer. */
const replies = new Set(
  'reply answer response retort comment question remark cry exclamation greeting observation words word speech voice whisper'.split(
    ' ',
  ),
)
const subjects = new Set('i he she we they it you the a an his her'.split(' '))

function isThought(text: string, from: number, to: number): boolean {
  if (startsTag(text, from, to, thoughtVerbs)) return true
  return startsTag(text, from, to) && clauseWords(text, from, to, 6).some((word) => silently.has(word.toLowerCase()))
}
