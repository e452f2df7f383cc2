/**
 * The layers inside the library: what one stage hands the next before anything is published as a `Story`.
 * A stage takes the layers it needs as data and returns only what it makes; it changes none of them.
 */
import type { BoundaryCue, Chapter, Diagnostic, Paragraph, Quotation, Scene, Span, Viewpoint } from './types.js'

/** The 17 universal part-of-speech tags, in the order of their codes in `Tokens.pos`. */
export const posTags = [
  'X',
  'ADJ',
  'ADP',
  'ADV',
  'AUX',
  'CCONJ',
  'DET',
  'INTJ',
  'NOUN',
  'NUM',
  'PART',
  'PRON',
  'PROPN',
  'PUNCT',
  'SCONJ',
  'SYM',
  'VERB',
] as const
export type PosTag = (typeof posTags)[number]

/** How a token is written: codes in `Tokens.form`. */
export const Form = { lower: 0, capitalised: 1, upper: 2, mixed: 3, number: 4, punctuation: 5 } as const

/**
 * The tokens of a story as columns of equal length: lossless over the non-space text, in order, never overlapping,
 * never crossing a paragraph. "don't" is "do" + "n't", "Anna's" is "Anna" + "'s".
 */
export interface Tokens {
  readonly length: number
  readonly start: Int32Array
  readonly end: Int32Array
  /** Index into `posTags`. */
  readonly pos: Uint8Array
  /** Index into `vocabulary`: the lower-cased token, curly apostrophes made straight. */
  readonly word: Int32Array
  /** A code of `Form`. */
  readonly form: Uint8Array
  /** Index of the paragraph that holds the token. */
  readonly paragraph: Int32Array
  /** Index of the sentence that holds the token. */
  readonly sentence: Int32Array
  /** The distinct words of the story, so that a list is looked up once per word and not once per token. */
  readonly vocabulary: readonly string[]
  /** Vocabulary index of a word in lower case, -1 when the story has no such word. */
  readonly wordId: (word: string) => number
}

/** Why the author's layout says that something new begins. */
export type BreakKind = 'symbol' | 'ornament' | 'initials' | 'word' | 'time' | 'number' | 'heading' | 'blank'

/** A break that the author typed. */
export interface TypedBreak {
  /** Index of the paragraph that opens what follows: the heading or time line itself, else the first paragraph after the mark. */
  readonly paragraph: number
  readonly kind: BreakKind
}

/** The text read into units: the first layer, which every other stage takes. */
export interface TextLayer {
  readonly text: string
  readonly tokens: Tokens
  readonly paragraphs: readonly Paragraph[]
  /** First token of each paragraph, with one entry more: the tokens of paragraph p are `[firstToken[p], firstToken[p + 1])`. */
  readonly firstToken: Int32Array
  readonly chapters: readonly Chapter[]
  readonly breaks: readonly TypedBreak[]
  readonly sentences: readonly Span[]
}

/** A quotation before its speaker is known. */
export interface QuotedSpan extends Span {
  readonly kind: Quotation['kind']
  /** True when the paragraph ends before the mark closes and the next one goes on with the speech. */
  readonly continues: boolean
  /** Index of the paragraph that holds it; a quotation never crosses one. */
  readonly paragraph: number
  /** Script or chat: the name that stands before the words ("NAME: words"); `null` elsewhere. */
  readonly label: Span | null
  /** True when it is thought rather than said: set off as thought, or tagged so in the marks of speech ("No," thought Anna). */
  readonly silent: boolean
}

/** The quotations, outermost only and in text order, and for each token the one that holds it (-1 outside). */
export interface QuotationLayer {
  readonly quotations: readonly QuotedSpan[]
  readonly quotationOf: Int32Array
}

/** Sex or pronoun set of a person, as far as known. */
export type Gender = 'he' | 'she' | 'they' | 'it' | 'neo' | null

/** A mention before anyone knows whose it is. Token indexes are inclusive. */
export interface MentionSpan extends Span {
  readonly mentionType: 'PROP' | 'NOM' | 'PRON'
  readonly first: number
  readonly last: number
  /** The token that carries the meaning: the noun, the pronoun, the last word of the name. */
  readonly head: number
  /** Estimated probability that this is a mention of a person, in [0, 1]. */
  readonly score: number
  /** True when it stands for several people: "they", "the boys", "Anna and Tom". */
  readonly plural: boolean
  /** True when it addresses someone inside a quotation: "Come here, Anna." */
  readonly vocative: boolean
}

/** An entity inside the library: one person (or group), as far as the stage could tell. */
export interface Cluster {
  /** Indexes of its mentions, in text order. */
  readonly mentions: readonly number[]
  readonly name: string
  readonly gender: Gender
  readonly kind: 'person' | 'group' | 'animal'
  /** True for whoever says "I" outside quotations somewhere. */
  readonly narrator: boolean
}

/** Who is who: each mention's cluster, with the probability that it is right. */
export interface CoreferenceLayer {
  readonly clusters: readonly Cluster[]
  /** Cluster of each mention; every mention has one. */
  readonly clusterOf: Int32Array
  readonly confidence: Float32Array
  /** What the user may want to settle by hand, such as names that may be one character's. */
  readonly diagnostics?: readonly Diagnostic[]
}

/** Who says each quotation. One entry per quotation of the `QuotationLayer`. */
export interface SpeakerLayer {
  readonly speakers: readonly {
    /** Cluster of the speaker, -1 for nobody. */
    readonly speaker: number
    /** Cluster of the one spoken to, -1 for nobody. */
    readonly addressee: number
    readonly type: Quotation['type']
    readonly cue: string | null
    readonly confidence: number
    /** Mention that names the speaker in the tag or beat ("she" in "she said"), -1 without one. */
    readonly tagMention: number
  }[]
}

/** Grammatical person of the narration, per paragraph: 0 unknown, 1 first, 2 second, 3 third. */
export interface PersonLayer {
  readonly personOf: Uint8Array
}

/** Where scenes begin. */
export interface BoundaryLayer {
  readonly boundaries: readonly {
    /** Index of the paragraph that opens the scene. */
    readonly paragraph: number
    readonly cause: Scene['boundary']['cause']
    readonly cues: readonly BoundaryCue[]
    readonly score: number
  }[]
  /** Boundary score of each paragraph; 0 where none may begin. */
  readonly scores: Float32Array
}

/** Viewpoints in paragraphs (`first` to `last`, inclusive) and clusters (-1: nobody). */
export interface ViewpointLayer {
  readonly segments: readonly (Pick<Viewpoint, 'person' | 'tense' | 'form' | 'cue' | 'confidence'> & {
    readonly first: number
    readonly last: number
    readonly narrator: number
    readonly focal: number
    /** The narrator's or focal character's name where a header, a signature or dialogue gives one that no cluster carries. */
    readonly name: string | null
  })[]
}
