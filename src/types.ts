/**
 * The data model: what {@link Story} holds, layer by layer, in the order in which the pipeline makes them.
 * Plain JSON throughout: no methods, no cycles, no `undefined`; `null` means "looked and did not find".
 */

/** A stretch of the story's text: UTF-16 code units of the very string the caller passed in, `end` exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Identifies a character within one story, "c0" being the most prominent. Not stable across edits of the text. */
export type CharacterId = string
/** Identifies a quotation within one story ("q0", "q1", … in text order). */
export type QuotationId = string
/** Identifies a scene within one story ("s0", "s1", … in text order). */
export type SceneId = string

/** The layers of one analysed story. */
export interface Story {
  readonly schemaVersion: 1
  /** The caller's string, untouched. Every span indexes it. */
  readonly text: string
  readonly metadata: Metadata
  /** Chapters in text order; they cover the text without gap or overlap (one for a story without chapters). */
  readonly chapters: readonly Chapter[]
  /** Paragraphs in text order, without the white space between them. */
  readonly paragraphs: readonly Paragraph[]
  /** Sentences in text order; one holds its quotation together with the clause that tags it. */
  readonly sentences: readonly Span[]
  readonly quotations: readonly Quotation[]
  /** Every person of the story, named or not, most prominent first. */
  readonly characters: readonly Character[]
  /** Sorted by start, an outer mention before the one nested in it. */
  readonly mentions: readonly Mention[]
  /** Scenes in text order; they cover the text without gap or overlap and never cross a chapter. */
  readonly scenes: readonly Scene[]
  /** Runs of one point of view in text order; they cover the text without gap or overlap. */
  readonly viewpoints: readonly Viewpoint[]
  /** The changes between neighbouring viewpoints. */
  readonly shifts: readonly Shift[]
  /** The boundary score of every paragraph start, with option `candidates`; otherwise `null`. */
  readonly candidates: readonly Candidate[] | null
  readonly diagnostics: readonly Diagnostic[]
}

/** What is known of the work itself, as its file states it. Unknown: `null`, or `[]` for lists. */
export interface Metadata {
  readonly title: string | null
  /** One string; several authors are joined by ", ". */
  readonly author: string | null
  /** BCP 47 tag ("en") where the file's language is recognised, else the language's name as given. */
  readonly language: string | null
  /** Where the file comes from: "ao3", "fanficfare", "fichub", "ffn", "wattpad", "webtoepub", "gutenberg", … */
  readonly source: string | null
  readonly url: string | null
  readonly fandoms: readonly string[]
  readonly relationships: readonly string[]
  readonly characterTags: readonly string[]
  readonly tags: readonly string[]
  readonly rating: string | null
  readonly warnings: readonly string[]
  readonly summary: string | null
  /** ISO 8601 date. */
  readonly published: string | null
  /** Words as the file states them, not as counted. */
  readonly words: number | null
}

/** A chapter: from its heading to the next heading. */
export interface Chapter extends Span {
  /** The heading's text, `null` for a story (or an opening) without heading. */
  readonly title: string | null
}

/** A block of text between line or blank-line breaks. */
export interface Paragraph extends Span {
  /** "heading": chapter or section title, POV header; "break": a typed scene break; "note": author's note, disclaimer. */
  readonly kind: 'prose' | 'heading' | 'break' | 'note'
}

/** Words set between quotation marks (marks included), or thought set off by italics or slashes. */
export interface Quotation extends Span {
  readonly id: QuotationId
  /**
   * "speech": set in the story's marks for speech, said aloud or to oneself ("No," thought Anna: its `cue` is "thought");
   * "thought": unspoken, set off by italics or slashes; "quoted": scare quotes, titles, words read from a page.
   */
  readonly kind: 'speech' | 'thought' | 'quoted'
  /** Who says it; `null` when nothing speaks for anyone. */
  readonly speaker: CharacterId | null
  /** To whom; `null` when nothing speaks for anyone. */
  readonly addressee: CharacterId | null
  /** As in PDNC: a name in the tag, a pronoun or noun phrase in the tag, no tag; `null` when there is no speaker. */
  readonly type: 'explicit' | 'anaphoric' | 'implicit' | null
  /** What gave the speaker away: "tag", "thought" (a tag that says it is only thought), "beat", "turn", "narrator", "script", …; `null` without a speaker. */
  readonly cue: string | null
  /** Estimated probability that the speaker is right, in [0, 1]; 0 without a speaker. */
  readonly confidence: number
}

/** One name string of a character. */
export interface Alias {
  readonly text: string
  readonly type: 'name' | 'nickname' | 'title' | 'epithet'
  /** How often the text uses it for this character. */
  readonly count: number
}

/** The pronoun set that a story uses for a character. "neo": neopronouns such as xe or ze. */
export type PronounSet = 'he' | 'she' | 'they' | 'it' | 'neo'

/** What speaks for a character's pronouns. */
export interface GenderEvidence {
  /** Pronoun mentions of each set, outside first and second person. */
  readonly he: number
  readonly she: number
  readonly they: number
  readonly it: number
  readonly neo: number
  /** What the titles and nouns used for the character say ("Mrs.", "the boy"); `null` when nothing, or both. */
  readonly nouns: 'he' | 'she' | null
  /** What the first name usually is, from a list; `null` when unlisted or used for both. */
  readonly firstName: 'he' | 'she' | null
}

/** A person (or group, or animal with a mind) of the story: a published cluster of mentions. */
export interface Character {
  readonly id: CharacterId
  /** The fullest usual name; for the unnamed, the commonest description ("the old man"). */
  readonly name: string
  readonly kind: 'person' | 'group' | 'animal'
  /** By share of the story's mentions: "major" carries it, "passing" is mentioned once or twice. */
  readonly role: 'major' | 'minor' | 'passing'
  /** True when the character tells at least one viewpoint in the first person. */
  readonly narrator: boolean
  readonly aliases: readonly Alias[]
  readonly pronouns: PronounSet | null
  readonly genderEvidence: GenderEvidence
  readonly mentionCount: number
  readonly quotationCount: number
  /** Offset of the first mention's start. */
  readonly firstMention: number
  /** Offset of the last mention's start. */
  readonly lastMention: number
}

/** A span that refers to someone: a name (PROP), a noun phrase (NOM) or a pronoun (PRON). Spans are maximal and may nest. */
export interface Mention extends Span {
  readonly character: CharacterId
  readonly mentionType: 'PROP' | 'NOM' | 'PRON'
  /** The innermost quotation the mention lies in, `null` outside quotations. */
  readonly quotation: QuotationId | null
  /** Estimated probability that the mention belongs to this character, in [0, 1]. */
  readonly confidence: number
}

/** What speaks for a scene boundary. */
export type BoundaryCue = 'time' | 'place' | 'cast' | 'viewpoint' | 'tense' | 'marker' | 'heading'

/** Why a scene begins where it does. */
export interface Boundary {
  readonly cause: 'start' | 'chapter' | 'marker' | 'inferred'
  readonly cues: readonly BoundaryCue[]
  /** Estimated probability that a scene begins here, in [0, 1]; 1 for "start", "chapter" and "marker". */
  readonly score: number
}

/** One character's part in a scene. */
export interface CastMember {
  readonly character: CharacterId
  /** False when the character is only spoken or thought of. */
  readonly present: boolean
  readonly mentions: number
  readonly quotations: number
  /** Words spoken. */
  readonly words: number
}

/** An expression of time, normalised where sure. */
export interface TimeExpression extends Span {
  readonly timeOfDay: 'morning' | 'midday' | 'afternoon' | 'evening' | 'night' | null
  /** Days since the scene before ("three weeks later": 21, "the next morning": 1, "the day before": -1). */
  readonly dayOffset: number | null
}

/** Where and when a scene takes place, as far as the text says. */
export interface Setting {
  readonly times: readonly TimeExpression[]
  readonly places: readonly Span[]
  /** The place to name the scene by, in the text's words ("the kitchen"). */
  readonly place: string | null
}

/** A stretch where time, place, action and the people present stay together (Zehe et al. 2021). */
export interface Scene extends Span {
  readonly id: SceneId
  /** Index into `chapters`. */
  readonly chapter: number
  /** "summary": time-condensed narration; "document": letter, news, chat log, diary entry; "note": author's note. */
  readonly kind: 'scene' | 'summary' | 'document' | 'note'
  readonly boundary: Boundary
  /** Most mentioned first. */
  readonly cast: readonly CastMember[]
  readonly setting: Setting
}

/** A run of one person, tense, narrator and focal character. */
export interface Viewpoint extends Span {
  /** Grammatical person of the narration, quotations left out; `null` when there is too little narration. */
  readonly person: 'first' | 'second' | 'third' | null
  readonly tense: 'past' | 'present' | null
  readonly form: 'narration' | 'diary' | 'letter' | 'document' | 'note'
  /** Who tells; `null` in third person. An unnamed narrator is a character of their own. */
  readonly narrator: CharacterId | null
  /** Through whom it is perceived (Genette's focalization); `null` when external or omniscient. */
  readonly focal: CharacterId | null
  /** What gave it away: "header", "signature", "vocative", "introduction", "perception", …; `null` when nothing did. */
  readonly cue: string | null
  readonly confidence: number
}

/** A change of viewpoint. `from` and `to` index `viewpoints`. */
export interface Shift {
  readonly offset: number
  readonly from: number
  readonly to: number
  readonly changes: readonly ('person' | 'tense' | 'narrator' | 'focal')[]
  /** "inside": in the middle of a scene, a head-hop. */
  readonly placement: 'chapter' | 'scene' | 'inside'
}

/** A paragraph start with the probability that a scene begins there. */
export interface Candidate {
  readonly offset: number
  readonly score: number
}

/** Something the caller should know about the text or the result. */
export interface Diagnostic {
  /** Stable, for programs: "not-english", "unbalanced-quotation-marks", "possible-alias", … */
  readonly code: string
  /** One sentence, for people. */
  readonly message: string
  readonly span: Span | null
}

/** A character known beforehand, from the user or from an archive's tags. */
export interface CastEntry {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly pronouns?: PronounSet
}

/** Layers taken as they are instead of computed; checked against the text first. */
export type GivenLayers = Partial<
  Pick<Story, 'chapters' | 'paragraphs' | 'quotations' | 'characters' | 'mentions' | 'scenes' | 'viewpoints' | 'shifts'>
>

/** Options of `analyze`. */
export interface AnalyzeOptions {
  /** Known characters. Their names and aliases are persons and belong together; others are still found. */
  readonly cast?: readonly CastEntry[]
  /** Names that are one character: each inner list is merged into its first name. */
  readonly merge?: readonly (readonly string[])[]
  /** Names that are not the same character as the others they were put with: each gets one of its own. */
  readonly split?: readonly string[]
  /** New display names, old name to new. */
  readonly rename?: Readonly<Record<string, string>>
  /** Layers from elsewhere, such as BookNLP's characters and mentions, or hand-corrected ones. */
  readonly given?: GivenLayers
  /** Metadata read from the file; passed through. */
  readonly metadata?: Partial<Metadata>
  /** How fine scenes are cut: 0 keeps the author's own breaks alone, 1 is the default, higher finds more. Range [0, 4]. */
  readonly sensitivity?: number
  /** Gives the boundary score of every paragraph start in `Story.candidates`. Default false. */
  readonly candidates?: boolean
  /** Called as stages finish, with the share done in [0, 1]. */
  readonly onProgress?: (progress: { readonly stage: string; readonly done: number }) => void
}
