/** Lines that name what follows: chapters, parts, numbered sections, points of view. */

/** What a heading line is. "part", "chapter" and "document" ("Dr. Seward's Diary.") by a keyword, "title" by its form alone. */
export type HeadingKind = 'part' | 'chapter' | 'markdown' | 'number' | 'pov' | 'document' | 'title'

const numberWord =
  '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]?(?:one|two|three|four|five|six|seven|eight|nine))?|hundred)'
const ordinalWord =
  '(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|twentieth|last|final)'
const roman = '(?:[ivxlc]+)'
const digits = '(?:\\d{1,4}(?:[.\\-/]\\d{1,3})?[ab]?)'
const ordinal = `(?:${digits}|${roman}|${numberWord}|${ordinalWord})`

const chapterLine = new RegExp(
  `^(?:chapter|chap|ch|chp|episode|letter|canto|stave|day|entry)\\.?\\s*[#№]?\\s*${ordinal}(?:\\s*(?:of|/)\\s*\\d+)?(?:[\\s.:\\-–—~|)\\]_*]|$)`,
  'i',
)
const partLine = new RegExp(
  `^(?:(?:part|book|volume|vol|act|phase|section|arc)\\.?\\s*[#№]?\\s*${ordinal}|${ordinalWord.replace('(?:the )?', 'the ')} (?:part|book|chapter))(?:[\\s.:\\-–—~|)\\]_*]|$)`,
  'i',
)
const namedPart =
  /^(?:(?:prologue|epilogue|interlude|preface|introduction|foreword|afterword|postscript|appendix)(?:\s+\d{1,2}|\s+[ivx]{1,4})?(?:[.:\-–—~)\]_*]|\s*$)|(?:intermission|conclusion|coda|preamble|outtake|bonus chapter|bonus scene|final chapter|last chapter|untitled chapter)(?:\s+\d{1,2}|\s+[ivx]{1,4})?(?:[:\-–—~)\]_*]|\s*$))/i
const numberLine = new RegExp(`^(?:${digits}|[IVXLC]+|${numberWord})\\.?$`, 'i')
/** "III: The Master's Wanderings", "4. At Sea", "IV: —And His Daughter". */
const numberedTitle = new RegExp(`^(${digits}|[IVXLC]+)\\s*[.:)\\-–—]\\s*[–—]?(?=\\S)`)
/** A heading printed as a path: "Part One / Chapter 3". */
const headingPath = /^.{1,200} \/ (\S[^/]{0,100})$/
const povWords = /(?:\bp\.?\s?o\.?\s?v\b\.?|\bpoint of view\b)/i
const documentLine =
  /\b(?:diary|journal|letters?|telegram|memorandum|memo|notes?|log|report|statement|narrative|story|testimony|extracts?|cutting|account|deposition|manuscript|phonograph|e-?mails?|texts?|transcript|postcard|will)\b/i
const markdownLine = /^#{1,6}\s+\S/

/** A heading is short: no longer than this many words and characters. */
const longest = { words: 14, characters: 110, titleWords: 10 }

/** Marks around a heading that are not part of it: `** Chapter 2 **`, `[Harry's POV]`, `~ VII ~`. */
export const bareLine = (line: string): string =>
  unmarked.test(line) ? line : line.replace(/^[^\p{L}\p{N}“"‘'#]+|[^\p{L}\p{N}.!?…”"’')]+$/gu, '')
/** Most lines: nothing to take off on either side. */
const unmarked = /^[A-Za-z\d“"‘'#](?:[\s\S]*[A-Za-z\d.!?…”"’')])?$/

/** The kind of a line that is a heading by its words, `null` when only its surroundings could tell. */
export function headingKind(line: string): HeadingKind | null {
  const last = line.includes(' / ') ? headingPath.exec(line)?.[1] : undefined
  if (last !== undefined && !line.includes('\n')) {
    const kind = headingKind(last)
    if (kind !== null) return kind === 'number' || kind === 'document' ? 'chapter' : kind
    if (isTitleForm(last.replace(/\.$/, ''))) return 'chapter'
  }
  if (line.length > longest.characters) return null
  if (markdownLine.test(line)) return 'markdown'
  const bare = bareLine(line)
  if (bare === '' || /^["“]/.test(bare)) return null
  const words = bare.split(/\s+/).length
  if (words > longest.words) return null
  if (chapterLine.test(bare) && !continuesSentence(bare)) return 'chapter'
  if (namedPart.test(bare)) return 'chapter'
  if (partLine.test(bare) && !continuesSentence(bare)) return 'part'
  if (numberLine.test(bare) && !/^(?:one|i)$/.test(bare)) return 'number'
  const title = bare.replace(numberedTitle, '')
  if (title !== bare && words <= longest.words && hasTitleCase(title)) return 'number'
  if (povWords.test(bare) && words <= 8 && !/[.!?]["”]?$/.test(bare.replace(/p\.\s?o\.\s?v\.?$/i, ''))) return 'pov'
  if (
    documentLine.test(bare) &&
    !/^(?:the|an?)\s/i.test(bare) &&
    !notTitle.test(bare) &&
    hasTitleCase(bare.replace(/\.$/, '').replace(/\s*\([^)]*\)$/, ''))
  )
    return 'document'
  return null
}

/** "Part one of the plan was done." is prose: a heading has no lower-cased run of words that ends like a sentence. */
const continuesSentence = (bare: string): boolean => /[a-z,;][.!?]$/.test(bare) && /^\S+ \S+ [a-z]+ [a-z]+/.test(bare)

const smallWords = new Set(
  'a an the of in on at to for from by with and or but nor as is it its into onto over under up down out off vs de la le du des von van der den and/or à et'.split(
    ' ',
  ),
)

const months = '(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*'
/** Salutations, bylines and dates look like titles. */
const notTitle = new RegExp(
  `^["“‘'(*_]*(?:(?:my |our )?(?:own |very )?(?:dear|dearest|darling|beloved|honou?red)\\b|(?:sirs?|madam|gentlemen)\\b|by [A-Z]|written by |signed\\)|p\\.?\\s?s\\b|yours\\b)|\\b\\d{1,2}(?:st|nd|rd|th)?,? (?:of )?${months}\\b|\\b${months}\\.? (?:the )?\\d{1,2}|^${months}\\.?,? \\d{4}|\\b1[5-9]\\d[\\d‒–-]|\\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\\b`,
  'i',
)

/**
 * True for a line in the form of a title: short, no final stop, every word that counts capitalised. Names, dates and
 * signatures have this form too, so the surroundings decide.
 */
export function isTitleForm(line: string, longestTitle = longest.titleWords): boolean {
  if (line.length > longest.characters || line.includes('\n') || /^["“«]/.test(line)) return false
  if (/[,;:–—-]["”*_~\s]*$/.test(line)) return false
  const bare = bareLine(line).replace(/^#+\s*/, '')
  const ends = /[.,;:!?…][”"’']*$/.test(bare.replace(/\b(?:mr|mrs|ms|dr|st|jr|sr|esq)\.$/i, ''))
  const short = !ends && bare.split(/\s+/).length <= longestTitle
  return (short ? hasTitleCase(bare) : isCapitals(bare)) && !notTitle.test(line)
}

/** Every word that counts begins with a capital or a digit. */
function hasTitleCase(bare: string): boolean {
  if (!/^[\p{Lu}\p{N}\p{Sc}“"‘'(]/u.test(bare)) return false
  const counted = bare.split(/\s+/).filter((word) => !smallWords.has(word.toLowerCase().replace(/[^\p{L}]/gu, '')))
  return counted.length > 0 && counted.every((word) => /^[^\p{L}]*[\p{Lu}\p{N}]/u.test(word) || /^[^\p{L}]*$/u.test(word))
}

/** A line in capitals throughout: a shout in prose, a title alone on its line. */
export const isCapitals = (bare: string): boolean =>
  bare.split(/\s+/).length <= longest.titleWords &&
  /\p{Lu}{2}/u.test(bare) &&
  bare === bare.toUpperCase() &&
  !/["“”]/.test(bare) &&
  !/[,;!?]$/.test(bare)

const romanDigits: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100 }
const numberWords =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  )

/** The number that a number line says, `null` when it says none. */
export function numberOf(line: string): number | null {
  const whole = bareLine(line)
  const bare = (numberedTitle.exec(whole)?.[1] ?? whole).replace(/\.$/, '').toLowerCase()
  if (/^\d{1,4}$/.test(bare)) return Number(bare)
  const word = numberWords.indexOf(bare)
  if (word >= 0) return word + 1
  if (!/^[ivxlc]+$/.test(bare)) return null
  let total = 0
  for (let i = 0; i < bare.length; i++) {
    const value = romanDigits[bare[i]!]!
    total += value < (romanDigits[bare[i + 1] ?? ''] ?? 0) ? -value : value
  }
  return total
}
