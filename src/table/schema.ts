/** The tables: which columns they have, and what these mean. One table per layer; `story` and a layer's own key join them. */

export type ColumnType = 'string' | 'integer' | 'number' | 'boolean'

export interface Column {
  readonly name: string
  readonly type: ColumnType
  /** One sentence; offsets are UTF-16 code units of the story's text, `end` exclusive. */
  readonly meaning: string
  /** True for columns that hold the story's words: written only when asked for. */
  readonly isText?: boolean
}

const column =
  (type: ColumnType) =>
  (name: string, meaning: string): Column => ({ name, type, meaning })
const string = column('string')
const integer = column('integer')
const number = column('number')
const boolean = column('boolean')
const text = (name: string, meaning: string): Column => ({ name, type: 'string', meaning, isText: true })
const span = (what: string): Column[] => [integer('start', `Where ${what} begins.`), integer('end', `Where ${what} ends.`)]
const story = string('story', 'Key of the story: its path below the input, the record’s id, or the name given.')

/** Lists (fandoms, tags, cues, …) are one string, its items parted by "; ". Nothing known is null. */
export const tables = {
  stories: [
    story,
    string('title', 'As the file states it.'),
    string('author', 'Several are joined by ", ".'),
    string('language', 'BCP 47 tag where known.'),
    string('source', 'Archive or exporter: "ao3", "ffn", "fanficfare", …'),
    string('url', 'Of the work.'),
    string('fandoms', 'List.'),
    string('relationships', 'List, as tagged.'),
    string('characterTags', 'List, as tagged.'),
    string('tags', 'List of free tags.'),
    string('rating', 'As the archive words it.'),
    string('warnings', 'List.'),
    string('published', 'ISO 8601 date.'),
    integer('statedWords', 'Words as the file states them.'),
    integer('words', 'Words as counted: runs without white space that hold a letter or digit.'),
    integer('chapterCount', 'Chapters.'),
    integer('sceneCount', 'Scenes.'),
    integer('characterCount', 'Characters, passing ones included.'),
    integer('mentionCount', 'Mentions.'),
    integer('quotationCount', 'Quotations.'),
    integer('shiftCount', 'Shifts of viewpoint.'),
    text('summary', 'As the file states it.'),
    text('text', 'The story.'),
  ],
  chapters: [
    story,
    integer('chapter', 'Index, from 0.'),
    ...span('the chapter'),
    string('title', 'Its heading.'),
    integer('words', 'Words.'),
  ],
  scenes: [
    story,
    string('scene', 'Key of the scene within the story.'),
    integer('chapter', 'Index of its chapter.'),
    ...span('the scene'),
    string('kind', '"scene", "summary", "document" or "note".'),
    string('cause', 'Why it begins: "start", "chapter", "marker" or "inferred".'),
    string('cues', 'List of what speaks for the boundary.'),
    number('score', 'Estimated probability that a scene begins here.'),
    string('place', 'The place to name it by, in the text’s words.'),
    string('timeOfDay', 'Of its first time expression that tells one.'),
    integer('dayOffset', 'Days since the scene before, where the text says so.'),
    integer('words', 'Words.'),
  ],
  casts: [
    story,
    string('scene', 'Scene.'),
    string('character', 'Character.'),
    boolean('present', 'False when only spoken or thought of.'),
    integer('mentions', 'Mentions in the scene.'),
    integer('quotations', 'Quotations spoken in the scene.'),
    integer('words', 'Words spoken in the scene.'),
  ],
  characters: [
    story,
    string('character', 'Key of the character within the story.'),
    string('name', 'Fullest usual name, or commonest description.'),
    string('kind', '"person", "group" or "animal".'),
    string('role', '"major", "minor" or "passing".'),
    boolean('narrator', 'Tells at least one viewpoint in the first person.'),
    string('pronouns', '"he", "she", "they", "it", "neo" or null.'),
    integer('mentionCount', 'Mentions.'),
    integer('quotationCount', 'Quotations spoken.'),
    integer('wordsSpoken', 'Words in quotations of kind "speech" that the character says.'),
    integer('firstMention', 'Offset of the first mention.'),
    integer('lastMention', 'Offset of the last mention.'),
  ],
  aliases: [
    story,
    string('character', 'Character.'),
    string('alias', 'The name string.'),
    string('type', '"name", "nickname", "title" or "epithet".'),
    integer('count', 'How often the text uses it for this character.'),
  ],
  mentions: [
    story,
    integer('mention', 'Index, from 0, by start, outer before inner.'),
    string('character', 'Whose mention it is.'),
    ...span('the mention'),
    string('mentionType', '"PROP", "NOM" or "PRON".'),
    string('quotation', 'The quotation it lies in, or null.'),
    string('scene', 'The scene it lies in.'),
    number('confidence', 'Estimated probability that the character is right.'),
    text('text', 'The mention’s words.'),
  ],
  quotations: [
    story,
    string('quotation', 'Key of the quotation within the story.'),
    ...span('the quotation, marks included,'),
    string('kind', '"speech", "thought" or "quoted".'),
    string('speaker', 'Character who says it, or null.'),
    string('addressee', 'Character to whom, or null.'),
    string('type', '"explicit", "anaphoric" or "implicit" (as in PDNC); null without a speaker.'),
    string('cue', 'What gave the speaker away.'),
    number('confidence', 'Estimated probability that the speaker is right.'),
    string('scene', 'The scene it lies in.'),
    integer('words', 'Words.'),
    text('text', 'The quotation’s words.'),
  ],
  viewpoints: [
    story,
    integer('viewpoint', 'Index, from 0.'),
    ...span('the viewpoint'),
    string('person', '"first", "second", "third" or null.'),
    string('tense', '"past", "present" or null.'),
    string('form', '"narration", "diary", "letter", "document" or "note".'),
    string('narrator', 'Character who tells, or null.'),
    string('focal', 'Character through whom it is perceived, or null.'),
    string('cue', 'What gave it away.'),
    number('confidence', 'Estimated probability that it is right.'),
    integer('words', 'Words.'),
  ],
  shifts: [
    story,
    integer('offset', 'Where the viewpoint changes.'),
    integer('from', 'Index of the viewpoint before.'),
    integer('to', 'Index of the viewpoint after.'),
    string('changes', 'List: "person", "tense", "narrator", "focal".'),
    string('placement', '"chapter", "scene" or "inside".'),
  ],
  diagnostics: [
    story,
    string('code', 'Stable, for programs.'),
    string('message', 'One sentence, for people.'),
    ...span('the place, where there is one,'),
  ],
} as const satisfies Record<string, readonly Column[]>

export type TableName = keyof typeof tables
export const tableNames = Object.keys(tables) as TableName[]

export type Value = string | number | boolean | null
/** A row as an object, keyed by column name. */
export type Row = Readonly<Record<string, Value>>
/** The rows of every table. */
export type Tables = Readonly<Record<TableName, readonly Row[]>>

/** A table's columns: all of them with `withText`, else those that hold none of the story's words. */
export const columnsOf = (table: TableName, withText: boolean): readonly Column[] =>
  (tables[table] as readonly Column[]).filter((column) => withText || column.isText !== true)
