/** The words of one story as wink-nlp reads them, what stands between two white spaces at a time. */
import type { TokenReceiver } from 'wink-nlp/src/tokenizer.js'
import { type KnownWords, type Wink, wink } from './wink.js'

/** What wink makes of a word that has no tag. */
const nounTag = 8

/**
 * Remembers what the story's strings between white space are made of: the same one is made of the same tokens each time, unless a word
 * that it was looked for in vain has become known meanwhile ("Seward's," is read one way before and another after "Seward's").
 * Columns have an entry per token of every reading; those of reading r are `[first[r], first[r + 1])`.
 */
export class WordReader {
  readonly first: number[] = [0]
  /** What each reading is of. */
  readonly strings: string[] = []
  /** Per reading: 1 when the same string would be read otherwise by now. */
  readonly stale: number[] = []
  readonly value: string[] = []
  /** Likeliest tag. */
  readonly tag: number[] = []
  /** 1 when no rule may change the tag. */
  readonly fixed: number[] = []
  readonly hint: number[] = []
  readonly possible: number[] = []

  private readonly wink: Wink = wink()
  /** The words that wink's lexicon lacks, numbered after its own. */
  private readonly unknown = new Map<string, number>()
  private readonly unknownWords: string[] = []
  private readonly unknownTag: number[] = []
  private readonly unknownNormal: number[] = []
  /** The readings that rest on a word's being unknown. */
  private readonly restOn = new Map<string, number[]>()
  private readonly words: KnownWords
  private readonly receiver: TokenReceiver = {
    _addTokenIfInCache: (text) => {
      const index = this.look(text)
      if (index < 0) return 0
      const parts = index < this.wink.size ? this.wink.expansions(index) : null
      if (parts === null) this.push(index)
      else for (const { word, normal, tag } of parts) this.pushAs(word, normal, tag, 1)
      return 1
    },
    _addToken: (text, category) => this.push(this.add(text, category)),
    isLexeme: (text) => this.look(text) >= 0,
  }

  constructor() {
    const { size } = this.wink
    this.words = {
      lookup: (text) => {
        const index = this.find(text)
        return index < 0 ? null : [(index < size ? this.wink.expansions(index)?.[0]?.word : undefined) ?? index]
      },
      intrinsicSize: () => size,
      posOf: (index) => (index < size ? this.wink.tag(index) : this.unknownTag[index - size]!),
    }
  }

  /** Reads what stands between two white spaces: the number of the reading. */
  read(string: string): number {
    const reading = this.strings.push(string) - 1
    this.stale.push(0)
    this.wink.tokenize(this.receiver, string)
    this.first.push(this.value.length)
    return reading
  }

  private find(text: string): number {
    return this.wink.numberOf(text) ?? this.unknown.get(text) ?? -1
  }

  private look(text: string): number {
    const index = this.find(text)
    if (index < 0) {
      const readings = this.restOn.get(text)
      if (readings === undefined) this.restOn.set(text, [this.strings.length - 1])
      else readings.push(this.strings.length - 1)
    }
    return index
  }

  /** Makes a word known, in lower case too. */
  private add(text: string, category: number): number {
    const known = this.find(text)
    const index = known < 0 ? this.number(text) : known
    const lower = text.toLowerCase()
    const knownLower = lower === text ? index : this.find(lower)
    const normal = knownLower < 0 ? this.number(lower) : knownLower
    if (known < 0) this.describe(index, text, category, normal)
    if (knownLower < 0) this.describe(normal, lower, category, normal)
    return index
  }

  private number(text: string): number {
    const index = this.wink.size + this.unknownWords.push(text) - 1
    this.unknown.set(text, index)
    const readings = this.restOn.get(text)
    if (readings !== undefined) {
      for (const reading of readings) this.stale[reading] = 1
      this.restOn.delete(text)
    }
    return index
  }

  private describe(index: number, text: string, category: number, normal: number): void {
    this.unknownNormal[index - this.wink.size] = normal
    this.unknownTag[index - this.wink.size] = this.wink.tagOfUnknown(text, category, this.words)
  }

  private push(index: number): void {
    const { size } = this.wink
    if (index < size) this.pushAs(index, this.wink.normal(index), this.words.posOf(this.wink.spelling(index)) || nounTag, 0)
    else {
      const normal = this.unknownNormal[index - size]!
      this.pushAs(index, normal < size ? this.wink.spelling(normal) : normal, this.words.posOf(index) || nounTag, 0)
    }
  }

  private pushAs(index: number, normal: number, tag: number, fixed: number): void {
    const { size, possibleTags, unknownTags, hint, wordAt } = this.wink
    this.value.push(index < size ? wordAt(index) : this.unknownWords[index - size]!)
    this.tag.push(tag)
    this.fixed.push(fixed)
    this.hint.push(index < size ? hint(index) : 0)
    this.possible.push(normal < size ? possibleTags(normal) : unknownTags)
  }
}
