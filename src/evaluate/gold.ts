/** What is compared: gold annotation as the stories of corpus/ carry it, and a Story in the same form. */
import type { Character, Span, Story } from '../types.js'

export type MentionType = 'PROP' | 'NOM' | 'PRON'

/** A gold mention. Only those of `entityType` "PER" (or none stated) are scored. */
export interface GoldMention extends Span {
  readonly cluster: string
  readonly mentionType: MentionType
  readonly entityType?: string
}

/** A gold quotation. All spans with one `quoteId` are one quotation to attribute. */
export interface GoldQuotation extends Span {
  readonly id?: string
  readonly quoteId?: string
  /** A cluster (`speakerCluster` in LitBank's form) or a character's id; `null` when not known. */
  readonly speaker?: string | null
  readonly speakerCluster?: string | null
  readonly type?: string
}

export interface GoldCharacter {
  readonly id: string
  readonly name: string
  readonly aliases?: readonly string[]
  readonly gender?: string | null
  readonly category?: string
}

/** A place where the author (or annotator) ends a scene: offset of the first character after it. */
export interface GoldBreak {
  readonly offset: number
  readonly kind: string
}

export interface GoldScene extends Span {
  readonly kind: string
}

/** A stretch of one viewpoint. `narrator` and `focal` are names; what is `null` is not scored. */
export interface GoldSegment extends Span {
  readonly chapterIndex: number
  readonly person: string | null
  readonly tense: string | null
  readonly tenseBasis?: string | null
  readonly narrator: string | null
  readonly focal: string | null
  readonly unnamed?: boolean
  /** "low": not scored, nor are shifts near it. */
  readonly certainty?: string
}

/** One annotated text; every layer but the text may be missing. */
export interface Gold {
  readonly id: string
  readonly text: string
  readonly mentions?: readonly GoldMention[]
  readonly quotes?: readonly GoldQuotation[]
  readonly characters?: readonly GoldCharacter[]
  /** Id of the character who tells the story, where quotations are matched by names. */
  readonly narrator?: string | null
  readonly breaks?: readonly GoldBreak[]
  readonly scenes?: readonly GoldScene[]
  readonly segments?: readonly GoldSegment[]
  readonly chapters?: readonly Span[]
  readonly headings?: readonly Span[]
  readonly paragraphs?: readonly (Span & { readonly kind: string })[]
  readonly aliases?: Readonly<Record<string, readonly string[]>>
}

/** A system's answer, in the terms of the gold. */
export interface Prediction {
  readonly mentions: readonly (Span & { readonly cluster: string; readonly mentionType: MentionType })[]
  readonly quotes: readonly (Span & { readonly speaker: string | null })[]
  readonly clusters: readonly {
    readonly id: string
    readonly names: readonly { name: string; count: number }[]
    readonly narrator: boolean
  }[]
  readonly scenes: readonly (Span & { readonly kind: string; readonly score: number })[]
  readonly candidates: readonly { readonly offset: number; readonly score: number }[] | null
  readonly viewpoints: readonly (Span & {
    readonly person: string | null
    readonly tense: string | null
    readonly narrator: string | null
    readonly focal: string | null
  })[]
}

/** A Story as a prediction: speech only, names for narrators and focal characters, diaries and letters told in "epistolary-first". */
export function predictionOf(story: Story): Prediction {
  const byId = new Map(story.characters.map((character) => [character.id, character]))
  const nameOf = (id: string | null) => (id === null ? null : (byId.get(id)?.name ?? null))
  const namesOf = ({ name, aliases }: Character) => [
    { name, count: 1 },
    ...aliases.filter(({ type }) => type !== 'epithet').map(({ text, count }) => ({ name: text, count })),
  ]
  return {
    mentions: story.mentions.map(({ start, end, character, mentionType }) => ({ start, end, cluster: character, mentionType })),
    quotes: story.quotations.filter(({ kind }) => kind === 'speech').map(({ start, end, speaker }) => ({ start, end, speaker })),
    clusters: story.characters.map((character) => ({
      id: character.id,
      names: namesOf(character),
      narrator: character.narrator,
    })),
    scenes: story.scenes.map(({ start, end, kind, boundary }) => ({ start, end, kind, score: boundary.score })),
    candidates: story.candidates,
    viewpoints: story.viewpoints.map(({ start, end, person, tense, form, narrator, focal }) => ({
      start,
      end,
      person: person === 'first' && (form === 'diary' || form === 'letter') ? 'epistolary-first' : person,
      tense,
      narrator: nameOf(narrator),
      focal: nameOf(focal),
    })),
  }
}
