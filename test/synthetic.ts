/** Stories made by a seeded generator, for charts and tables: any number of characters and scenes, valid in every layer. */
import type { CastMember, Character, Mention, Paragraph, Quotation, Scene, Shift, Span, Story, Viewpoint } from '../src/types.js'

export interface SyntheticOptions {
  readonly characters: number
  readonly scenes: number
  /** Default: one for eight scenes. */
  readonly chapters?: number
  readonly seed?: number
  /** Mean number of words in a scene. Default 120. */
  readonly words?: number
  /** Names in the order of prominence, instead of made ones. */
  readonly names?: readonly string[]
  readonly chapterTitle?: (index: number) => string | null
  readonly title?: string | null
}

const firstNames = (
  'Anna Ben Clara Dmitri Eleanor Finn Grace Hugo Iris Jonah Katherine Leo Marguerite ' +
  'Nils Olive Percival Quinn Rosa Samuel Theodora Una Viktor Winifred Xavier Yusuf Zelda'
).split(' ')
const surnames = 'Ashdown Brook Carrow Delamere Everly Frost Garrick Holloway Ives Jessop'.split(' ')

/** Numbers in [0, 1) from a seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A story whose characters form circles that follow each other and mix, told in turns by up to three of them. */
export function syntheticStory(options: SyntheticOptions): Story {
  const { characters: castSize, scenes: sceneCount, chapters: chapterCount = Math.max(1, Math.round(sceneCount / 8)) } = options
  const chance = random(options.seed ?? 1)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!
  const id = (k: number): string => `c${k}`
  const names = Array.from(
    { length: castSize },
    (_, k) => options.names?.[k] ?? (k < 26 ? firstNames[k]! : `${firstNames[k % 26]} ${surnames[Math.floor(k / 26) - 1] ?? k}`),
  )
  const everyone = names.map((_, k) => k)
  const circleCount = Math.max(1, Math.ceil(castSize / 4))
  const circles = Array.from({ length: circleCount }, (_, c) => everyone.filter((k) => k % circleCount === c || chance() < 0.06))
  const tellers = everyone.slice(0, 3)

  let text = ''
  const chapters: { start: number; end: number; title: string | null }[] = []
  const paragraphs: Paragraph[] = []
  const sentences: Span[] = []
  const quotations: Quotation[] = []
  const mentions: Mention[] = []
  const scenes: Scene[] = []
  const viewpoints: Viewpoint[] = []

  const mention = (k: number, word: string, mentionType: Mention['mentionType'], confidence: number): void => {
    const start = text.length
    text += word
    mentions.push({ start, end: text.length, character: id(k), mentionType, quotation: null, confidence })
  }

  for (let s = 0; s < sceneCount; s++) {
    const chapter = Math.floor((s * chapterCount) / sceneCount)
    const opensChapter = s === 0 || chapter !== Math.floor(((s - 1) * chapterCount) / sceneCount)
    const start = text.length
    if (opensChapter) {
      if (chapters.length > 0) chapters.at(-1)!.end = start
      const title = options.chapterTitle === undefined ? `Chapter ${chapter + 1}` : options.chapterTitle(chapter)
      chapters.push({ start, end: start, title })
      if (title !== null) {
        paragraphs.push({ start, end: start + title.length, kind: 'heading' })
        text += `${title}\n\n`
      }
    }
    const circle = circles[Math.min(circleCount - 1, Math.floor(((s + chance() * 6) / (sceneCount + 6)) * circleCount))]!
    const company = new Set(Array.from({ length: circle.length === 0 ? 0 : 1 + Math.floor(chance() * 4.5) }, () => pick(circle)))
    if (chance() < 0.3 && castSize > 0) company.add(Math.floor(chance() * castSize))
    const present = [...company]
    const length = Math.max(12, Math.round((options.words ?? 120) * (0.25 + 1.9 * chance() ** 2)))
    const tally = new Map(present.map((k) => [k, { mentions: 0, quotations: 0, words: 0 }]))
    for (let written = 0; written < length; ) {
      const paragraphStart = text.length
      const who = present.length > 0 ? pick(present) : null
      const own = who === null ? undefined : tally.get(who)
      if (who !== null && own !== undefined && chance() < 0.45) {
        const words = Array.from({ length: 3 + Math.floor(chance() * 12) }, () => pick(['well', 'so', 'we', 'leave', 'now']))
        const addressee = present.find((k) => k !== who)
        const known = chance() < 0.93
        const quotationStart = text.length
        text += `“${words.join(' ')},”`
        quotations.push({
          id: `q${quotations.length}`,
          start: quotationStart,
          end: text.length,
          kind: 'speech',
          speaker: known ? id(who) : null,
          addressee: addressee === undefined ? null : id(addressee),
          type: known ? 'explicit' : null,
          cue: known ? 'tag' : null,
          confidence: known ? 0.9 : 0,
        })
        text += ' said '
        mention(who, names[who]!, 'PROP', 0.95)
        text += '.'
        own.mentions++
        own.quotations += known ? 1 : 0
        own.words += known ? words.length : 0
        written += words.length + 2
      } else {
        if (who === null) text += 'Rain'
        else if (chance() < 0.5) mention(who, 'She', 'PRON', 0.85)
        else mention(who, names[who]!, 'PROP', 0.95)
        if (own !== undefined) own.mentions++
        text += ' went along the wall until the light had gone.'
        written += 9
      }
      paragraphs.push({ start: paragraphStart, end: text.length, kind: 'prose' })
      sentences.push({ start: paragraphStart, end: text.length })
      text += '\n\n'
    }
    const cast = [...tally]
      .filter(([, own]) => own.mentions > 0)
      .sort((a, b) => b[1].mentions - a[1].mentions)
      .map(([k, own]): CastMember => ({ character: id(k), present: true, ...own }))
    const cause = s === 0 ? 'start' : opensChapter ? 'chapter' : chance() < 0.4 ? 'marker' : 'inferred'
    scenes.push({
      id: `s${s}`,
      start,
      end: text.length,
      chapter,
      kind: chance() < 0.06 ? 'summary' : 'scene',
      boundary: { cause, cues: s === 0 ? [] : ['time', 'cast'], score: cause === 'inferred' ? 0.5 + chance() / 2 : 1 },
      cast,
      setting: { times: [], places: [], place: chance() < 0.5 ? 'the kitchen' : null },
    })
    const seen = present.find((k) => tellers.includes(k)) ?? null
    const first = seen === 2
    const narrator = first ? id(seen) : null
    const focal = seen === null ? null : id(seen)
    const before = viewpoints.at(-1)
    if (before !== undefined && before.narrator === narrator && before.focal === focal)
      viewpoints[viewpoints.length - 1] = { ...before, end: text.length }
    else
      viewpoints.push({
        start,
        end: text.length,
        person: first ? 'first' : 'third',
        tense: first ? 'present' : 'past',
        form: 'narration',
        narrator,
        focal,
        cue: 'perception',
        confidence: 0.8,
      })
  }
  if (chapters.length > 0) chapters.at(-1)!.end = text.length

  const shifts = viewpoints.slice(1).map((to, k): Shift => {
    const from = viewpoints[k]!
    const changes = (['person', 'tense', 'narrator', 'focal'] as const).filter((part) => from[part] !== to[part])
    const opensChapter = chapters.some(({ start }) => start === to.start)
    return {
      offset: to.start,
      from: k,
      to: k + 1,
      changes,
      placement: opensChapter ? 'chapter' : chance() < 0.2 ? 'inside' : 'scene',
    }
  })
  const characters = names.map((name, k): Character => {
    const own = mentions.filter(({ character }) => character === id(k))
    return {
      id: id(k),
      name,
      kind: 'person',
      role: own.length <= 2 ? 'passing' : k < 5 ? 'major' : 'minor',
      narrator: viewpoints.some(({ narrator }) => narrator === id(k)),
      aliases: [{ text: name, type: 'name', count: own.filter(({ mentionType }) => mentionType === 'PROP').length }],
      pronouns: 'she',
      genderEvidence: { he: 0, she: own.length, they: 0, it: 0, neo: 0, nouns: null, firstName: 'she' },
      mentionCount: own.length,
      quotationCount: quotations.filter(({ speaker }) => speaker === id(k)).length,
      firstMention: own[0]?.start ?? 0,
      lastMention: own.at(-1)?.start ?? 0,
    }
  })
  return {
    schemaVersion: 1,
    text,
    metadata: {
      title: options.title === undefined ? 'The Glass Orchard' : options.title,
      author: null,
      language: 'en',
      source: null,
      url: null,
      fandoms: [],
      relationships: [],
      characterTags: [],
      tags: [],
      rating: null,
      warnings: [],
      summary: null,
      published: null,
      words: null,
    },
    chapters,
    paragraphs,
    sentences,
    quotations,
    characters,
    mentions,
    scenes,
    viewpoints,
    shifts,
    candidates: null,
    diagnostics: [],
  }
}
