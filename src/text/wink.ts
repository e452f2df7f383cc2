/**
 * wink-nlp's tokeniser, lexicon and tagging rules, read once and never written to. A stock instance keeps every unknown word that
 * it meets for good and reads later text differently because of it; here each story has a memory of its own (`WordReader`).
 */
import model from 'wink-eng-lite-web-model'
import compileRules from 'wink-nlp/src/compile-trex.js'
import makeTokenizer, { type TokenReceiver } from 'wink-nlp/src/tokenizer.js'
import { compileMachine, type Machine } from './machine.js'

/** Where a property of a word lies in its record: word, mask, shift. */
type Field = readonly [number, number, number]

/** The undocumented shape of wink's model, as of the pinned versions; a test compares the result with a stock instance. */
interface Core {
  readonly features: {
    readonly lexeme: { readonly list: readonly string[]; readonly hash: Readonly<Record<string, number>> }
    readonly posClusters: { readonly list: readonly ReadonlySet<number>[] }
  }
  readonly packing: { readonly size: number; readonly layout: Record<string, Field>; readonly config: unknown }
  readonly lexicon: Uint32Array
  readonly xpansions: Uint32Array
  readonly tcat: { readonly hash: Record<string, number> }
  readonly pos: { readonly list: readonly string[] }
  readonly trex: unknown
  readonly preserve: unknown
}
/** What the tag of an unknown word is worked out from. */
export interface KnownWords {
  lookup(text: string): number[] | null
  intrinsicSize(): number
  posOf(index: number): number
}
interface WinkModel {
  core(): Core
  pos(): { readonly machines: readonly string[] }
  featureFn(config: unknown): { pos(word: string, category: number, words: KnownWords): number }
}

/** The part of a contraction in its record: its word, the word's normal form, and its tag, which nothing changes. */
export interface Expansion {
  readonly word: number
  readonly normal: number
  readonly tag: number
}

export interface Wink {
  readonly tokenize: (receiver: TokenReceiver, text: string) => void
  /** Number of the words in the lexicon; unknown words are numbered from here on. */
  readonly size: number
  /** Number of a word, `undefined` when the lexicon lacks it. */
  readonly numberOf: (word: string) => number | undefined
  readonly wordAt: (index: number) => string
  /** The parts of a contraction, `null` for any other word. */
  readonly expansions: (index: number) => readonly Expansion[] | null
  /** The spelling under which a word is tagged: itself, or that of which it is a variant. */
  readonly spelling: (index: number) => number
  readonly normal: (index: number) => number
  /** Likeliest tag of a word. */
  readonly tag: (index: number) => number
  /** The word's own sign in the tagging rules; 0 for none. */
  readonly hint: (index: number) => number
  /** The tags that a word may have, a bit each; the first set is that of the unknown words. */
  readonly possibleTags: (index: number) => number
  readonly unknownTags: number
  readonly tagOfUnknown: (word: string, category: number, words: KnownWords) => number
  readonly machines: readonly Machine[]
  readonly tagNames: readonly string[]
}

/** Bits of a contraction's record: where its parts begin, and how many numbers they take, four for each. */
const partsStart = 0x3fff
const partsCount = 0x1f

let shared: Wink | undefined
export function wink(): Wink {
  shared ??= readWink(model as unknown as WinkModel)
  return shared
}

function readWink({ core, pos, featureFn }: WinkModel): Wink {
  const { features, packing, lexicon, xpansions, tcat, pos: tags, trex, preserve } = core()
  const { list, hash } = features.lexeme
  const field =
    (name: string) =>
    (index: number): number => {
      const [word, mask, shift] = packing.layout[name]!
      return (lexicon[word + index * packing.size]! & mask) >>> shift
    }
  const lemma = field('lemma')
  const isContraction = field('isContraction')
  const isVariant = field('isSpellingMapped')
  const normal = field('normal')
  const cluster = field('lexemeCID')
  const clusters = features.posClusters.list.map((set) => [...set].reduce((bits, tag) => bits | (1 << tag), 0))
  const tagOf = field('pos')
  const spelling = (index: number): number => (isVariant(index) ? lemma(index) : index)
  const rules = featureFn(packing.config)
  // Most of what is looked up in vain opens or ends with a mark that no word of the lexicon does: “Well,
  const first = new Uint8Array(1 << 16)
  const last = new Uint8Array(1 << 16)
  for (const word of list) {
    first[word.charCodeAt(0)] = 1
    last[word.charCodeAt(word.length - 1)]! |= word.length > 1 ? 2 : 1
  }
  const mayBeKnown = (word: string): boolean =>
    first[word.charCodeAt(0)] !== 0 && (last[word.charCodeAt(word.length - 1)]! & (word.length > 1 ? 2 : 1)) !== 0
  return {
    tokenize: makeTokenizer(compileRules(trex), tcat.hash, preserve),
    size: list.length,
    numberOf: (word) => (mayBeKnown(word) ? hash[word] : undefined),
    wordAt: (index) => list[index]!,
    expansions: (index) => {
      if (!isContraction(index)) return null
      const start = lemma(index) & partsStart
      const count = (lemma(index) >> 14) & partsCount
      const parts: Expansion[] = []
      for (let at = start; at < start + count; at += 4)
        parts.push({ word: xpansions[at]!, normal: xpansions[at + 1]!, tag: xpansions[at + 3]! })
      return parts
    },
    spelling,
    normal: (index) => (isVariant(index) ? lemma(index) : index + normal(index)),
    tag: tagOf,
    hint: field('posHint'),
    possibleTags: (index) => clusters[cluster(index)]!,
    unknownTags: clusters[0]!,
    tagOfUnknown: (word, category, words) => rules.pos(word, category, words),
    machines: pos().machines.map((machine) => compileMachine(machine)),
    tagNames: tags.list,
  }
}
