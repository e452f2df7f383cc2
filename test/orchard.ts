import type { Character, Mention, Story } from '../src/types.js'

const text =
  'Ben came at noon. “Anna, the apples are down,” he said. “All of them.”\n\n🍎\n\n“Come in, Ben,” said his sister. She was alone with Ben’s basket in the barn.'

const at = (words: string, from = 0): { start: number; end: number } => {
  const start = text.indexOf(words, from)
  if (start < 0) throw new Error(`orchard: "${words}" is not in the text`)
  return { start, end: start + words.length }
}
const second = text.indexOf('“Come')

const mention = (
  span: { start: number; end: number },
  character: string,
  mentionType: Mention['mentionType'],
  quotation: string | null = null,
): Mention => ({
  ...span,
  character,
  mentionType,
  quotation,
  confidence: 1,
})

const mentions: Mention[] = [
  mention(at('Ben'), 'c0', 'PROP'),
  mention(at('Anna'), 'c1', 'PROP', 'q0'),
  mention(at('he said'.slice(0, 2), text.indexOf('he said')), 'c0', 'PRON'),
  mention(at('Ben', second), 'c0', 'PROP', 'q2'),
  mention(at('his sister'), 'c1', 'NOM'),
  mention(at('his', text.indexOf('his sister')), 'c0', 'PRON'),
  mention(at('She'), 'c1', 'PRON'),
]

const character = (id: string, name: string, pronouns: 'he' | 'she'): Character => {
  const own = mentions.filter((one) => one.character === id)
  return {
    id,
    name,
    kind: 'person',
    role: 'major',
    narrator: false,
    aliases: [{ text: name, type: 'name', count: 1 }],
    pronouns,
    genderEvidence: { he: 0, she: 0, they: 0, it: 0, neo: 0, nouns: null, firstName: null },
    mentionCount: own.length,
    quotationCount: id === 'c0' ? 2 : 1,
    firstMention: own[0]!.start,
    lastMention: own.at(-1)!.start,
  }
}

const split = text.indexOf('🍎')
const none = { times: [], places: [], place: null }

/** A Story made by hand: two scenes, a nested mention, a sign outside the Basic Multilingual Plane. */
export const orchard: Story = {
  schemaVersion: 1,
  text,
  metadata: {
    title: 'Orchard',
    author: null,
    language: 'en',
    source: null,
    url: null,
    fandoms: ['Orchards', 'Barns'],
    relationships: [],
    characterTags: [],
    tags: [],
    rating: null,
    warnings: [],
    summary: null,
    published: null,
    words: null,
  },
  chapters: [{ start: 0, end: text.length, title: null }],
  paragraphs: [
    { start: 0, end: text.indexOf('\n'), kind: 'prose' },
    { start: split, end: split + 2, kind: 'break' },
    { start: second, end: text.length, kind: 'prose' },
  ],
  sentences: [
    at('Ben came at noon.'),
    at('“Anna, the apples are down,” he said.'),
    at('“All of them.”'),
    at('“Come in, Ben,” said his sister.'),
    { start: text.indexOf('She'), end: text.length },
  ],
  quotations: [
    {
      id: 'q0',
      ...at('“Anna, the apples are down,”'),
      kind: 'speech',
      speaker: 'c0',
      addressee: 'c1',
      type: 'anaphoric',
      cue: 'tag',
      confidence: 0.9,
    },
    {
      id: 'q1',
      ...at('“All of them.”'),
      kind: 'speech',
      speaker: 'c0',
      addressee: 'c1',
      type: 'implicit',
      cue: 'turn',
      confidence: 0.8,
    },
    {
      id: 'q2',
      ...at('“Come in, Ben,”'),
      kind: 'speech',
      speaker: 'c1',
      addressee: 'c0',
      type: 'anaphoric',
      cue: 'tag',
      confidence: 0.9,
    },
  ],
  characters: [character('c0', 'Ben 🍎 "Red"', 'he'), character('c1', 'Anna', 'she')],
  mentions,
  scenes: [
    {
      id: 's0',
      start: 0,
      end: split,
      chapter: 0,
      kind: 'scene',
      boundary: { cause: 'start', cues: [], score: 1 },
      cast: [
        { character: 'c0', present: true, mentions: 2, quotations: 2, words: 8 },
        { character: 'c1', present: false, mentions: 1, quotations: 0, words: 0 },
      ],
      setting: { times: [{ ...at('noon'), timeOfDay: 'midday', dayOffset: null }], places: [], place: null },
    },
    {
      id: 's1',
      start: split,
      end: text.length,
      chapter: 0,
      kind: 'scene',
      boundary: { cause: 'marker', cues: ['marker'], score: 1 },
      cast: [
        { character: 'c0', present: true, mentions: 2, quotations: 0, words: 0 },
        { character: 'c1', present: true, mentions: 2, quotations: 1, words: 3 },
      ],
      setting: none,
    },
  ],
  viewpoints: [
    {
      start: 0,
      end: text.length,
      person: 'third',
      tense: 'past',
      form: 'narration',
      narrator: null,
      focal: null,
      cue: null,
      confidence: 0.9,
    },
  ],
  shifts: [],
  candidates: null,
  diagnostics: [],
}
