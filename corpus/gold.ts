/** The form of a gold file. Fields are explained in corpus/README.md. */
export interface GoldMention {
  start: number
  end: number
  text: string
  entityType: 'PER'
  mentionType: 'PROP' | 'NOM' | 'PRON'
  cluster: string
  link?: { type: 'COP'; cluster: string }
}
export interface GoldQuotation {
  id: string
  start: number
  end: number
  speaker: string | null
  addressee: string | null
  type: 'explicit' | 'anaphoric' | 'implicit'
}
export interface GoldQuoted {
  start: number
  end: number
  kind: 'thought' | 'quoted'
  speaker: string | null
}
export interface GoldParagraph {
  start: number
  end: number
  kind: 'prose' | 'heading' | 'break' | 'note'
}
export interface GoldScene {
  start: number
  end: number
  chapter: number
  kind: 'scene' | 'summary' | 'document' | 'note'
  cause: 'start' | 'chapter' | 'marker' | 'inferred'
}
export interface GoldSegment {
  start: number
  end: number
  chapterIndex: number
  person: 'first' | 'second' | 'third' | 'epistolary-first' | null
  tense: 'past' | 'present' | null
  tenseBasis: 'known'
  form: 'narration' | 'diary' | 'letter' | 'document' | 'note'
  narrator: string | null
  focal: string | null
  unnamed?: true
  certainty: 'high' | 'low'
}
export interface GoldCharacter {
  id: string
  name: string
  kind: 'person' | 'group' | 'animal'
  pronouns: string | null
  aliases: string[]
  epithets: string[]
}
export interface GoldStory {
  id: string
  title: string
  author: string
  style: string
  world: string
  license: string
  text: string
  paragraphs: GoldParagraph[]
  chapters: { title: string; start: number; end: number }[]
  headings: { start: number; end: number }[]
  breaks: { offset: number; kind: 'chapter' | 'hr' | 'hidden' }[]
  scenes: GoldScene[]
  segments: GoldSegment[]
  aliases: Record<string, string[]>
  characters: GoldCharacter[]
  quotes: GoldQuotation[]
  quoted: GoldQuoted[]
  mentions: GoldMention[]
}

/** The gold as JSON text, one annotation a line, so that a change of one mark is a change of few lines. */
export function formatGold(gold: GoldStory): string {
  const fields = Object.entries(gold).map(([key, value]) => {
    const list =
      Array.isArray(value) && value.length
        ? `[\n${value.map((item) => `  ${JSON.stringify(item)}`).join(',\n')}\n ]`
        : JSON.stringify(value)
    return ` ${JSON.stringify(key)}: ${list}`
  })
  return `{\n${fields.join(',\n')}\n}\n`
}
