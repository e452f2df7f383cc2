/** One story to tidy rows. */
import { indexAt, textOf } from '../span.js'
import type { Story } from '../types.js'
import type { Row, Tables, Value } from './schema.js'
import { wordCounter } from './words.js'

export interface TableOptions {
  /** Key of the story in every table. */
  readonly story: string
  /** Adds the columns that hold the story's words. Default false, so that tables can be shared. */
  readonly withText?: boolean
}

/** The rows of every table for one story, in text order. Linear in the story's layers. */
export function toTables(analysed: Story, { story, withText = false }: TableOptions): Tables {
  const { text, metadata, chapters, scenes, characters, mentions, quotations, viewpoints, shifts, diagnostics } = analysed
  const countWords = wordCounter(text)
  const sceneAt = (offset: number): string | null => scenes[indexAt(scenes, offset)]?.id ?? null
  const words = (row: Record<string, Value>, span: { start: number; end: number }): Row =>
    withText ? { ...row, text: textOf(text, span) } : row
  const spoken = new Map<string, number>()
  for (const quotation of quotations) {
    if (quotation.kind !== 'speech' || quotation.speaker === null) continue
    spoken.set(quotation.speaker, (spoken.get(quotation.speaker) ?? 0) + countWords(quotation))
  }
  return {
    stories: [
      {
        story,
        title: metadata.title,
        author: metadata.author,
        language: metadata.language,
        source: metadata.source,
        url: metadata.url,
        fandoms: list(metadata.fandoms),
        relationships: list(metadata.relationships),
        characterTags: list(metadata.characterTags),
        tags: list(metadata.tags),
        rating: metadata.rating,
        warnings: list(metadata.warnings),
        published: metadata.published,
        statedWords: metadata.words,
        words: countWords({ start: 0, end: text.length }),
        chapterCount: chapters.length,
        sceneCount: scenes.length,
        characterCount: characters.length,
        mentionCount: mentions.length,
        quotationCount: quotations.length,
        shiftCount: shifts.length,
        ...(withText ? { summary: metadata.summary, text } : {}),
      },
    ],
    chapters: chapters.map(({ start, end, title }, chapter) => ({
      story,
      chapter,
      start,
      end,
      title,
      words: countWords({ start, end }),
    })),
    scenes: scenes.map(({ id, chapter, start, end, kind, boundary, setting }) => ({
      story,
      scene: id,
      chapter,
      start,
      end,
      kind,
      cause: boundary.cause,
      cues: list(boundary.cues),
      score: boundary.score,
      place: setting.place,
      timeOfDay: setting.times.find(({ timeOfDay }) => timeOfDay !== null)?.timeOfDay ?? null,
      dayOffset: setting.times.find(({ dayOffset }) => dayOffset !== null)?.dayOffset ?? null,
      words: countWords({ start, end }),
    })),
    casts: scenes.flatMap(({ id, cast }) => cast.map((member): Row => ({ story, scene: id, ...member }))),
    characters: characters.map(
      ({ id, name, kind, role, narrator, pronouns, mentionCount, quotationCount, firstMention, lastMention }) => ({
        story,
        character: id,
        name,
        kind,
        role,
        narrator,
        pronouns,
        mentionCount,
        quotationCount,
        wordsSpoken: spoken.get(id) ?? 0,
        firstMention,
        lastMention,
      }),
    ),
    aliases: characters.flatMap(({ id, aliases }) =>
      aliases.map(({ text, type, count }): Row => ({ story, character: id, alias: text, type, count })),
    ),
    mentions: mentions.map(({ character, start, end, mentionType, quotation, confidence }, mention) =>
      words({ story, mention, character, start, end, mentionType, quotation, scene: sceneAt(start), confidence }, { start, end }),
    ),
    quotations: quotations.map(({ id, start, end, kind, speaker, addressee, type, cue, confidence }) =>
      words(
        {
          story,
          quotation: id,
          start,
          end,
          kind,
          speaker,
          addressee,
          type,
          cue,
          confidence,
          scene: sceneAt(start),
          words: countWords({ start, end }),
        },
        { start, end },
      ),
    ),
    viewpoints: viewpoints.map(({ start, end, person, tense, form, narrator, focal, cue, confidence }, viewpoint) => ({
      story,
      viewpoint,
      start,
      end,
      person,
      tense,
      form,
      narrator,
      focal,
      cue,
      confidence,
      words: countWords({ start, end }),
    })),
    shifts: shifts.map(({ offset, from, to, changes, placement }) => ({
      story,
      offset,
      from,
      to,
      changes: list(changes),
      placement,
    })),
    diagnostics: diagnostics.map(({ code, message, span }) => ({
      story,
      code,
      message,
      start: span?.start ?? null,
      end: span?.end ?? null,
    })),
  }
}

const list = (items: readonly string[]): string | null => (items.length === 0 ? null : items.join('; '))
