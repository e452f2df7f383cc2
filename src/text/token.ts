/** Tokens with exact offsets: wink-nlp's words, as columns. */
import { Form, posTags, type Tokens } from '../layers.js'
import type { Span } from '../types.js'
import { Tagger } from './tagger.js'

/** Characters tagged at a time, in whole paragraphs; no rule looks from one piece into the next. */
const chunkLength = 20_000

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

/** Reads the paragraphs into token columns. Linear. */
export function tokenize(text: string, paragraphs: readonly Span[]): { tokens: Tokens; firstToken: Int32Array } {
  const columns = new Columns(text.length)
  for (let from = 0; from < paragraphs.length; ) {
    let to = from
    const { start } = paragraphs[from]!
    while (to < paragraphs.length && paragraphs[to]!.end - start <= chunkLength) to++
    to = Math.max(to, from + 1)
    const { end } = paragraphs[to - 1]!
    // A huge single paragraph is read in pieces too.
    for (let at = start; at < end; at += chunkLength * 4) columns.append(text, at, Math.min(end, at + chunkLength * 4))
    from = to
  }
  const firstToken = new Int32Array(paragraphs.length + 1)
  return { tokens: columns.finish(paragraphs, firstToken), firstToken }
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

/** How the tag of a part follows from wink's of the whole: it is the same, or a verb's is a name's. */
const sameTag = -1
const nameForVerb = -2

/**
 * Growing columns, trimmed at the end. Each run between two white spaces is read into parts once, however often it comes; the parts
 * of run r are `[firstPart[r], firstPart[r + 1])`.
 */
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
  private readonly tagger = new Tagger()
  private readonly codeOf: Uint8Array
  private readonly firstPart: number[] = [0]
  private readonly partStart: number[] = []
  private readonly partEnd: number[] = []
  private readonly partWord: number[] = []
  private readonly partForm: number[] = []
  /** Which of the run's tokens it is of. */
  private readonly partToken: number[] = []
  /** Its tag, where it is the same whatever the token's, or how it follows from that. */
  private readonly partTag: number[] = []

  constructor(textLength: number) {
    const capacity = 64 + (textLength >> 2)
    this.start = new Int32Array(capacity)
    this.end = new Int32Array(capacity)
    this.pos = new Uint8Array(capacity)
    this.word = new Int32Array(capacity)
    this.form = new Uint8Array(capacity)
    this.codeOf = Uint8Array.from(this.tagger.tagNames, (tag) => posCode.get(tag) ?? 0)
  }

  append(text: string, start: number, end: number): void {
    const { tagger, firstPart, partStart, partEnd, partWord, partForm, partToken, partTag, codeOf } = this
    tagger.tag(text, start, end)
    const { first } = tagger.words
    for (let r = 0, token = 0; r < tagger.count; r++) {
      const run = tagger.run[r]!
      const at = tagger.start[r]!
      while (firstPart.length <= run + 1) this.divide(firstPart.length - 1)
      const last = firstPart[run + 1]!
      while (this.length + last - firstPart[run]! > this.start.length) this.grow()
      for (let part = firstPart[run]!; part < last; part++) {
        const i = this.length++
        this.start[i] = at + partStart[part]!
        this.end[i] = at + partEnd[part]!
        this.word[i] = partWord[part]!
        this.form[i] = partForm[part]!
        const rule = partTag[part]!
        const code = codeOf[tagger.tags[token + partToken[part]!]!]!
        this.pos[i] = rule >= 0 ? rule : rule === nameForVerb && code === verbCode ? propnCode : code
      }
      token += first[run + 1]! - first[run]!
    }
  }

  /** Finds each token of a run in it: tokens are verbatim, in order, with only white space between. */
  private divide(run: number): void {
    const { strings, first, value, tag } = this.tagger.words
    const string = strings[run]!
    let cursor = 0
    for (let t = first[run]!; t < first[run + 1]!; t++) {
      if (this.tagger.tagNames[tag[t]!] === 'SPACE') continue
      const token = value[t]!
      let at = cursor
      while (at < string.length && isSpace(string.charCodeAt(at))) at++
      if (!string.startsWith(token, at)) at = string.indexOf(token, cursor)
      if (at < 0) continue
      cursor = at + token.length
      this.add(token, at, cursor, t - first[run]!, sameTag)
    }
    this.firstPart.push(this.partStart.length)
  }

  /** A word, or the parts of a contraction; "he’d’ve" is split twice. */
  private add(value: string, start: number, end: number, token: number, tag: number): void {
    const spelling = this.spellingOf(value)
    if (spelling.parts === null) {
      this.push(spelling, start, end, token, tag)
      return
    }
    const { length, ending, endingTag, isPronoun } = spelling.parts
    const middle = start + length
    const name = tag < 0 ? nameForVerb : tag === verbCode ? propnCode : tag
    this.add(value.slice(0, length), start, middle, token, isPronoun ? pronCode : name)
    this.push(this.spellingOf(ending), middle, end, token, endingTag)
  }

  private push({ word, form }: Spelling, start: number, end: number, token: number, tag: number): void {
    this.partStart.push(start)
    this.partEnd.push(end)
    this.partWord.push(word)
    this.partForm.push(form)
    this.partToken.push(token)
    this.partTag.push(tag)
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
