/** Tokens with exact offsets: wink-nlp's words, aligned with the caller's string. */
import { Form, posTags, type Tokens } from '../layers.js'
import type { Span } from '../types.js'
import { type WinkTokens, withWink } from './wink.js'

/** Characters read at a time: bounds wink's working memory; set by nothing finer than that. */
const chunkLength = 20_000
/** A run without white space longer than this is cut: wink takes seconds over one of 20,000 characters. */
const longestRun = 100

/** Marks that decorate words and spoil their tags: emphasis and invisible characters. Each is read as one space. */
const decoration = /[*_~\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
const longRun = new RegExp(`\\S{${longestRun}}(?=\\S)`, 'g')
/** A possessive or contraction glued to its word: wink splits the first "Seward's" of a text, glues those after it, and never splits "I'm". */
const glued = /^(.*\p{L}[^\p{L}]*)(['’](?:[sdm]|re|ve|ll))$/iu

/** Contractions as careless writers type them, without the apostrophe, that are no other word; the letters of their ending. */
const bareContractions = new Map<string, number>([
  ...['im', 'hed', 'hes', 'shes', 'youd', 'theyd'].map((word) => [word, 1] as const),
  ...['ive', 'youre', 'theyre', 'youve', 'weve', 'theyve', 'youll', 'theyll'].map((word) => [word, 2] as const),
])

const posCode = new Map<string, number>(posTags.map((tag, code) => [tag, code]))
const verbCode = posCode.get('VERB')!
const partCode = posCode.get('PART')!
const auxCode = posCode.get('AUX')!
const pronCode = posCode.get('PRON')!
const propnCode = posCode.get('PROPN')!

/** The text as the tagger sees it: of the same length, emphasis marks and invisible characters blanked. */
export const maskDecoration = (text: string): string => text.replace(decoration, ' ')

/** Reads the paragraphs into token columns. Linear; wink forgets each story, so that none colours the next. */
export function tokenize(text: string, paragraphs: readonly Span[]): { tokens: Tokens; firstToken: Int32Array } {
  const columns = new Columns(text.length)
  const masked = maskDecoration(text)
  withWink((read) => {
    for (let from = 0; from < paragraphs.length; ) {
      let to = from
      const { start } = paragraphs[from]!
      while (to < paragraphs.length && paragraphs[to]!.end - start <= chunkLength) to++
      to = Math.max(to, from + 1)
      const { end } = paragraphs[to - 1]!
      for (const piece of pieces(start, end)) {
        const chunk = cutRuns(masked.slice(piece.start, piece.end))
        if (chunk.trim() !== '') columns.append(masked, piece, read(chunk))
      }
      from = to
    }
  })
  const firstToken = new Int32Array(paragraphs.length + 1)
  return { tokens: columns.finish(paragraphs, firstToken), firstToken }
}

/** Cuts long runs without white space; looks for one first, as hardly a text has any. */
function cutRuns(chunk: string): string {
  let from = 0
  for (let i = 0; i < chunk.length; i++)
    if (isSpace(chunk.charCodeAt(i))) from = i + 1
    else if (i - from >= longestRun) return chunk.replace(longRun, '$& ')
  return chunk
}

/** A huge single paragraph is read in pieces too. */
function* pieces(start: number, end: number): Generator<Span> {
  for (let at = start; at < end; at += chunkLength * 4) yield { start: at, end: Math.min(end, at + chunkLength * 4) }
}

/** What is the same for every token of a spelling. */
interface Spelling {
  readonly word: number
  readonly form: number
  /** The parts of a token that is two: where the second begins, how it is read, its tag, and whether the first is a pronoun for sure. */
  readonly parts: {
    readonly length: number
    readonly ending: string
    readonly endingTag: number
    readonly isPronoun: boolean
  } | null
}

function partsOf(value: string): Spelling['parts'] {
  const bare = bareContractions.get(value.toLowerCase())
  if (bare !== undefined)
    return { length: value.length - bare, ending: `'${value.slice(-bare)}`, endingTag: auxCode, isPronoun: true }
  const parts = value.length > 2 ? glued.exec(value) : null
  if (parts === null) return null
  const [, word = '', ending = ''] = parts
  return {
    length: word.length,
    ending,
    endingTag: /^.s$/i.test(ending) ? partCode : auxCode,
    isPronoun: /^i$/i.test(word),
  }
}

/** Growing columns, trimmed at the end. */
class Columns {
  private length = 0
  private start: Int32Array
  private end: Int32Array
  private pos: Uint8Array
  private word: Int32Array
  private form: Uint8Array
  private readonly ids = new Map<string, number>()
  private readonly vocabulary: string[] = []
  /** Per spelling: its word, form and parts, worked out once. */
  private readonly spellings = new Map<string, Spelling>()

  constructor(textLength: number) {
    const capacity = 64 + (textLength >> 2)
    this.start = new Int32Array(capacity)
    this.end = new Int32Array(capacity)
    this.pos = new Uint8Array(capacity)
    this.word = new Int32Array(capacity)
    this.form = new Uint8Array(capacity)
  }

  /** Finds each token of a chunk in the text: tokens are verbatim, in order, with only white space between. */
  append(masked: string, chunk: Span, { values, tags }: WinkTokens): void {
    let cursor = chunk.start
    for (let i = 0; i < values.length; i++) {
      if (tags[i] === 'SPACE') continue
      const value = values[i]!
      let at = cursor
      while (at < chunk.end && isSpace(masked.charCodeAt(at))) at++
      if (!masked.startsWith(value, at)) at = masked.indexOf(value, cursor)
      if (at < 0 || at + value.length > chunk.end) continue
      cursor = at + value.length
      this.add(value, at, cursor, posCode.get(tags[i]!) ?? 0)
    }
  }

  /** A word, or the parts of a contraction; "he’d’ve" is split twice. */
  private add(value: string, start: number, end: number, tag: number): void {
    const spelling = this.spellingOf(value)
    if (spelling.parts === null) {
      this.push(spelling, start, end, tag)
      return
    }
    const { length, ending, endingTag, isPronoun } = spelling.parts
    const middle = start + length
    this.add(value.slice(0, length), start, middle, isPronoun ? pronCode : tag === verbCode ? propnCode : tag)
    this.push(this.spellingOf(ending), middle, end, endingTag)
  }

  private spellingOf(value: string): Spelling {
    let spelling = this.spellings.get(value)
    if (spelling === undefined) {
      const parts = partsOf(value)
      spelling = { word: parts === null ? this.wordOf(value) : -1, form: formOf(value), parts }
      this.spellings.set(value, spelling)
    }
    return spelling
  }

  private wordOf(value: string): number {
    const lower = value.toLowerCase().replaceAll('’', "'")
    let word = this.ids.get(lower)
    if (word === undefined) {
      word = this.vocabulary.push(lower) - 1
      this.ids.set(lower, word)
    }
    return word
  }

  private push({ word, form }: Spelling, start: number, end: number, tag: number): void {
    if (this.length === this.start.length) this.grow()
    const i = this.length++
    this.start[i] = start
    this.end[i] = end
    this.pos[i] = tag
    this.word[i] = word
    this.form[i] = form
  }

  private grow(): void {
    const longer = <T extends Int32Array | Uint8Array>(column: T): T => {
      const copy = new (column.constructor as new (length: number) => T)(column.length * 2)
      copy.set(column)
      return copy
    }
    this.start = longer(this.start)
    this.end = longer(this.end)
    this.pos = longer(this.pos)
    this.word = longer(this.word)
    this.form = longer(this.form)
  }

  finish(paragraphs: readonly Span[], firstToken: Int32Array): Tokens {
    const { length, ids } = this
    const paragraph = new Int32Array(length)
    let p = 0
    for (let i = 0; i < length; i++) {
      while (this.start[i]! >= paragraphs[p]!.end) firstToken[++p] = i
      paragraph[i] = p
    }
    while (p < paragraphs.length) firstToken[++p] = length
    return {
      length,
      start: this.start.slice(0, length),
      end: this.end.slice(0, length),
      pos: this.pos.slice(0, length),
      word: this.word.slice(0, length),
      form: this.form.slice(0, length),
      paragraph,
      sentence: new Int32Array(length),
      vocabulary: this.vocabulary,
      wordId: (word) => ids.get(word) ?? -1,
    }
  }
}

const isSpace = (code: number): boolean => code <= 32 || (code > 127 && /\s/.test(String.fromCharCode(code)))

const letter = /\p{L}/u
const upperFirst = /^[^\p{L}\p{N}]*\p{Lu}/u

/** How a word is written. "I" and "A" are capitalised, not upper: one letter does not shout. */
function formOf(value: string): number {
  if (!letter.test(value)) return /\p{N}/u.test(value) ? Form.number : Form.punctuation
  const lower = value === value.toLowerCase()
  if (lower) return Form.lower
  if (value.length > 1 && value === value.toUpperCase()) return Form.upper
  if (!upperFirst.test(value)) return Form.mixed
  return /\p{Lu}/u.test(value.slice(1)) ? Form.mixed : Form.capitalised
}

/** A flag per vocabulary entry: one look-up per distinct word of the story, or of the list, instead of one per token. */
export function flagWords(
  { vocabulary, wordId }: Pick<Tokens, 'vocabulary' | 'wordId'>,
  words: ReadonlySet<string> | ReadonlyMap<string, unknown>,
): Uint8Array {
  const flags = new Uint8Array(vocabulary.length)
  if (words.size < flags.length) {
    for (const word of words.keys()) {
      const id = wordId(word)
      if (id >= 0) flags[id] = 1
    }
  } else for (let i = 0; i < flags.length; i++) if (words.has(vocabulary[i]!)) flags[i] = 1
  return flags
}
