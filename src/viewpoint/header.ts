/** Lines that say who tells what follows: "Harry’s POV", "Dr. Seward’s Diary", "The Story Continued by Marian Halcombe", "Draco". */
import type { TextLayer } from '../layers.js'
import type { Viewpoint } from '../types.js'

/** What a line over a section says of its telling. */
export interface Header {
  /**
   * "pov": a point-of-view line; "teller": a document or telling with its author; "subject": a story "of" someone, told by or
   * about them; "bare": nothing but a name; "end": a point of view ends here.
   */
  readonly kind: 'pov' | 'teller' | 'subject' | 'bare' | 'end'
  /** The name as written, without title words of the document; `null` for "Normal POV", "3rd Person POV", "POV change". */
  readonly name: string | null
  readonly form: Viewpoint['form']
}

/** Longest line, in characters, that is read as a header. */
const longestHeader = 120
const longestPovLine = 60

const pov = /\bp\.?\s?o\.?\s?v\b\.?|\bpoints? of view\b/i
/** Nobody in particular sees: "Normal POV", "No one’s P.O.V", "3rd Person POV", "Reader’s PoV". */
const nobody =
  /^(?:normal|no ?one|nobody|general|author|narrator|omniscient|third|3rd|first|1st|second|2nd|reader|y\/n|you|change|switch|shift|multiple|mixed|alternate|alternating|different|other|another|changing|change of)\b/i
/** "letter" as it may stand in a heading: Letter, LETTER, letter. `\p{Lu}` means nothing under the flag `i`, so that flag is not used. */
const anyCase = (words: string): string =>
  words
    .split(' ')
    .flatMap((word) => [word, word.toUpperCase(), word[0]!.toUpperCase() + word.slice(1)])
    .join('|')
const title = String.raw`(?:Mrs?|Ms|Miss|Dr|Doctor|Sir|Lady|Lord|Count(?:ess)?|Captain|Capt|Colonel|Col|Major|Sergeant|Professor|Prof|Father|Sister|Mother|Hon|Rev|Chevalier)\.?`
const capital = String.raw`\p{Lu}[\p{L}’'.-]*`
const name = String.raw`(?:[Tt]he\s+)?(?:${title}\s+)*(?:${capital}\s+(?:(?:de|von|van|la|le)\s+)?){0,3}${capital}`
const letterNoun = anyCase('letter telegram e-mail email postcard note')
const diaryNoun = anyCase('diary journal log log-book logbook day-book daybook')
const documentNoun = anyCase('report memorandum transcript deposition affidavit')
const tellingNoun = anyCase(
  'narrative story account statement testimony confession memoir memoirs reminiscences recollections manuscript notes tale narration record postscript',
)
const anyNoun = `${letterNoun}|${diaryNoun}|${documentNoun}|${tellingNoun}`
const by = anyCase('by')
/** Nouns whose "of" and whose possessor may be the hero as well as the teller. */
const subjectNoun = /^(?:story|tale|account|record)$/i

/** `Dr. Seward’s Diary—continued`, `Henry Jekyll’s Full Statement of the Case` */
const owned = new RegExp(String.raw`^(${name})[’']s?\s+(?:[\p{L}-]+\s+){0,2}?(${anyNoun})(?![\p{L}])`, 'u')
/** `Letter from Miss Mina Murray to Miss Lucy Westenra`, `Telegram, Seward, London, to Van Helsing` */
const sent = new RegExp(
  String.raw`^(${letterNoun})(?![\p{L}])(?:\s*\([^)]*\))?,?\s*(?:(?:${anyCase('from')})\s+)?(?:Messrs\.?\s+)?(${name})`,
  'u',
)
/** `Extracted from the Journal of Ezra Jennings`, `Memorandum Left by Lucy Westenra`, `The Narrative of Hester Pinhorn` */
const authored = new RegExp(
  String.raw`(?<![\p{L}])(${anyNoun})(?![\p{L}])(?:\s+[\p{L}-]+){0,2}?\s+(?:${by}|${anyCase('of from')})\s+(${name})`,
  'u',
)
/** `Contributed by Mathew Bruff`, `Told by Anna` */
const told = new RegExp(
  String.raw`(?<![\p{L}])(?:${anyCase('contributed continued concluded told related begun resumed narrated written spoken dictated')})\s+(?:${by})\s+(${name})`,
  'u',
)
const bare = new RegExp(`^${name}$`, 'u')

/** `Chapter 3: `, `Part II — `, `IV. ` before the words that matter. */
const numbering =
  /^(?:(?:chapter|part|book|section|episode|letter|entry)\s+(?:\d+|[ivxlc]+|[a-z]+(?:-[a-z]+)?)|\d{1,3}|[IVXLC]{1,7})\s*(?:[:.—–-]+\s*|$)/i
/** "xXx Anna xXx", "o0o Anna o0o": letters that the author draws a border with. */
const border = /^([xo0]{2,7})\s+(.+?)\s+[xo0]{2,7}$/i
/** "-Anna-", "::Anna::", "(Anna)": a line within marks heads what follows, whatever the layout says. */
const framed = /^(?!["“‘'])[^\p{L}\p{N}\s]{1,12}\s*\p{Lu}[\p{L}’'. -]*?\s*[^\p{L}\p{N}\s.,;!?…"”’']{1,12}$/u
/** "Anna’s Perspective" */
const perspective = new RegExp(String.raw`^(?:[Ff]rom\s+)?(${name})[’'][sS]?\s+(?:${anyCase('perspective')})$`, 'u')
const edges = /^[^\p{L}\p{N}(]+|[^\p{L}\p{N}).]+$/gu

/** Reads one line; `heading` tells whether the text layer takes it for a heading. Returns `null` when it names no one. */
export function readHeader(line: string, heading: boolean): Header | null {
  if (line.length > longestHeader || /["“”]/.test(line)) return null
  const words = line.replace(edges, '').replace(numbering, '').replace(edges, '').replace(border, '$2').trim()
  if (words === '') return null
  const mark = pov.exec(words)
  if (mark !== null) return line.length <= longestPovLine ? povHeader(words, mark) : null
  const seen = perspective.exec(words)
  if (seen !== null) return { kind: 'pov', name: seen[1]!.replace(/[’']s$/i, ''), form: 'narration' }
  if (!heading && !framed.test(line)) return null
  if (!/^pasted|[(]pasted/i.test(words)) {
    const bracketless = words.replace(/^\(|\)$/g, '')
    const author = told.exec(bracketless)
    if (author !== null) return teller(author[1]!, 'narrative')
    const possessive = owned.exec(bracketless)
    if (possessive !== null) return teller(possessive[1]!, possessive[2]!)
    const letter = sent.exec(bracketless)
    if (letter !== null) return teller(letter[2]!, letter[1]!)
    const document = authored.exec(bracketless)
    if (document !== null) return teller(document[2]!, document[1]!)
  }
  const alone = words.replace(/^\(\s*|\s*\)$|[.:]$/g, '')
  return bare.test(alone) && alone.split(/\s+/).length <= 3 ? { kind: 'bare', name: alone, form: 'narration' } : null
}

function povHeader(words: string, mark: RegExpExecArray): Header | null {
  if (/^\(?end\b/i.test(words)) return { kind: 'end', name: null, form: 'narration' }
  const before = words.slice(0, mark.index).replace(/^.*[(:,]\s*(?=\p{L})/u, '')
  const after = words.slice(mark.index + mark[0].length)
  const named = /\p{L}/u.test(before) ? before : after.replace(/^[^\p{L}\p{N}]+/u, '').replace(/^of\s+/i, '')
  const who = named
    .replace(/[,;(—–].*$/, '')
    .replace(/\s+(?:and|&)\s.*$/i, '')
    .replace(/^(?:from|in|back to|switch(?:ing)? to|now)\s+/i, '')
    .replace(/[’'][sS]?\s*$|\s*[:\-–—.)]+\s*$/g, '')
    .replace(/[’'][sS]?\s*$/, '')
    .trim()
  if (who === '' || nobody.test(who)) return { kind: 'pov', name: null, form: 'narration' }
  // "I saw her point of view." is a sentence; "anna pov" is not.
  const isName =
    who.split(/\s+/).length <= 4 &&
    (/^[^\p{Lu}]+$/u.test(who) || !/(?<!\p{L})(?!(?:the|de|von|van|la|le|of|and)(?!\p{L}))\p{Ll}/u.test(who))
  return isName ? { kind: 'pov', name: who, form: 'narration' } : null
}

const formOf = new Map<RegExp, Viewpoint['form']>([
  [new RegExp(`^(?:${letterNoun})$`, 'i'), 'letter'],
  [new RegExp(`^(?:${diaryNoun})$`, 'i'), 'diary'],
  [new RegExp(`^(?:${documentNoun})$`, 'i'), 'document'],
])

function teller(who: string, noun: string): Header {
  let form: Viewpoint['form'] = 'narration'
  for (const [nouns, kind] of formOf) if (nouns.test(noun)) form = kind
  return { kind: subjectNoun.test(noun) ? 'subject' : 'teller', name: who.replace(/[’']s$/, '').replace(/[.,]$/, ''), form }
}

const pointOfView = /(?:POV|PoV|Pov|pov)(?!\p{L})/gu
/** The name that stands right before it. */
const announced = new RegExp(String.raw`(?<!\p{L})((?:${capital}[^\S\n]+){0,2}${capital})[’']?s?[^\S\n]+$`, 'u')
/** Characters before it that may hold the name. */
const announcedReach = 60

/**
 * Headers that stand inside notes and, where notes run into the story, inside its prose: "(this will be in Anna’s pov!)". Prose itself
 * never says "pov". The last of a paragraph counts.
 */
export function findAnnouncements({ text, paragraphs, tokens }: TextLayer, quotationOf: Int32Array): Map<number, Header> {
  const found = new Map<number, Header>()
  let p = 0
  let t = 0
  for (const { index } of text.matchAll(pointOfView)) {
    const match = announced.exec(text.slice(Math.max(0, index - announcedReach), index))
    if (match === null) continue
    while (p + 1 < paragraphs.length && paragraphs[p + 1]!.start <= index) p++
    while (t + 1 < tokens.length && tokens.end[t]! <= index) t++
    const { kind, start, end } = paragraphs[p]!
    if ((kind !== 'prose' && kind !== 'note') || end - start <= longestPovLine || quotationOf[t]! >= 0) continue
    const who = match[1]!.replace(/[’'][sS]?$/, '')
    if (who !== '' && !nobody.test(who)) found.set(p, { kind: 'pov', name: who, form: 'narration' })
  }
  return found
}
