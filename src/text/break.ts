/** Typed scene breaks, by rule and not by a list of spellings. */
import type { BreakKind } from '../layers.js'

/** Most lines: no symbol comes first. */
const proseOpening = /^["“”'‘’«»A-Za-z]/
const symbolLine = /^[^\p{L}\p{N}\p{Sc}"“”'‘’«»]+$/u
/** One to four dots, or marks of surprise, are a silence in a dialogue. */
const silence = /^(?:[?!…\s]+|[.\s]{1,7})$/
const ruleTag = /^<hr\b[^>]{0,60}>$/i
/** oOo, xXx, o0o, -x-, .oOo., ~oOo~, X X X: nothing but x, o, 0 and v, and symbols. */
const ornament = /^[xo0v\P{L}]+$/iu
const ornamentLetters = /[xo0v]/gi
/** HPHPHPHP, SSHGSSHG: a short group of letters, repeated. A group with a vowel is laughter or a noise. */
const initials = /^([A-Z]{2,4}?)\1+$/
const laughing = /^[A-Z]*[AEIOUY][A-Z]*$/
const wordLine =
  /^(?:(?:end(?: of)?(?: the)? )?(?:flash ?-?backs?|flash ?forward|dream)(?: (?:ends?|ended|over|begins?|starts?))?|(?:line|page|scene|section|chapter|story) ?-?break(?: here)?|break|scene (?:change|cut|shift)|time ?-?(?:skip|jump|lapse|break)s?|change of scene|meanwhile|elsewhere|later)$/i
const timeUnit =
  '(?:seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|mornings?|evenings?|afternoons?|weekends?|decades?|centur(?:y|ies))'
const count =
  '(?:\\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|half an|a few|a couple(?: of)?|several|many|some)'
const timeLine = new RegExp(
  `^(?:time ?-?skips?\\W+.{1,40}|(?:about |almost |nearly |just |over )?${count}(?: (?:and a half|more|long|short))? ${timeUnit} (?:later|earlier|ago|after|before)|(?:the|that) (?:next|following|same|previous) ${timeUnit}|(?:later|earlier|early|late) (?:that|the|the next|the same) (?:same )?${timeUnit}|(?:the )?${timeUnit} (?:after|before)|next ${timeUnit})$`,
  'i',
)
const wordsOnly = /^[A-Za-z\d](?:[\s\S]*[A-Za-z\d])?$/
/** Longest line that can be a break of words, in characters. */
const longestWordLine = 60

/** The kind of break that a block is by itself, `null` for none. */
export function breakKind(line: string): BreakKind | null {
  const opensAsProse = proseOpening.test(line)
  if (!opensAsProse && ruleTag.test(line)) return 'symbol'
  if (!opensAsProse && symbolLine.test(line)) return silence.test(line) || line.includes('\n\n') ? null : 'symbol'
  if (line.length > longestWordLine) return null
  if (ornament.test(line) && isOrnament(line)) return 'ornament'
  const bare = wordsOnly.test(line) ? line : line.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
  if (initials.test(bare) && (bare.length >= 8 || !laughing.test(initials.exec(bare)![1]!))) return 'initials'
  if (wordLine.test(bare) && !/["“”]/.test(line)) return 'word'
  if (timeLine.test(bare) && !/["“”?!,]/.test(line)) return 'time'
  return null
}

/** "Ox" and "Vo" are words: an ornament has two signs of a kind, a symbol beside its letters, or mixes its cases. */
function isOrnament(line: string): boolean {
  const letters = line.match(ornamentLetters)?.join('') ?? ''
  // A small circle, drawn with a letter; a lone x is a kiss.
  if (line === 'o') return true
  if (letters === '' || /^[\d\s.,:]+$/.test(line)) return false
  if (/[^\p{L}\p{N}\s.]/u.test(line) || /(?:^|\s)[xo0]\s+[xo0](?:\s|$)/i.test(line)) return true
  return /([xo])\1|[xo].?o|o0o/i.test(letters) && letters.length >= 2 && !/^(?:ox|oo|xo|xoxo)$/i.test(letters)
}
