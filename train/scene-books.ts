/** Books whose scene breaks are known, read into layers once and kept on disk. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { readCharacters, resolveCoreference } from '../src/character/coreference.js'
import { findMentions } from '../src/character/mention.js'
import type { CoreferenceLayer, MentionSpan, QuotationLayer, TextLayer } from '../src/layers.js'
import { detectQuotations } from '../src/quotation/detect.js'
import { readText } from '../src/text/layer.js'
import { readTelling } from '../src/viewpoint/telling.js'

export type BreakClass = 'hr' | 'section' | 'chapter'

/** The layers that a boundary is found from. */
export interface BookLayers {
  readonly text: TextLayer
  readonly quotations: QuotationLayer
  readonly mentions: readonly MentionSpan[]
  readonly coreference: CoreferenceLayer
}

export interface Book extends BookLayers {
  readonly id: string
  readonly author: string
  /** True for the books that are scored; the others are only trained on. */
  readonly dev: boolean
  /** Class of the break before a paragraph, by paragraph index. */
  readonly breaks: ReadonlyMap<number, BreakClass>
}

interface GoldBook {
  readonly id: string
  readonly author: string
  readonly text: string
  readonly breaks?: readonly { readonly offset: number; readonly kind: BreakClass }[]
  readonly chapters: readonly { readonly start: number }[]
  readonly headings?: readonly { readonly start: number; readonly end: number }[]
}

/** Reads one book through the stages before the boundaries. */
export function readLayers(source: string): BookLayers {
  const text = readText(source)
  const quotations = detectQuotations(text)
  const person = readTelling({ text, quotations })
  const mentions = findMentions({ text, quotations, cast: [] })
  const read = { text, quotations, mentions, person }
  const reading = readCharacters({ ...read, options: {} })
  const coreference = resolveCoreference({ ...read, reading, speakers: null, viewpoints: null, options: {} })
  // A draft's clusters name themselves when asked; on disk they are plain.
  const clusters = coreference.clusters.map(({ mentions, name, gender, kind, narrator }) => ({
    mentions,
    name,
    gender,
    kind,
    narrator,
  }))
  return { text, quotations, mentions, coreference: { ...coreference, clusters } }
}

/** Layers of a text from the cache folder, or read and put there. */
export function cachedLayers(cache: string, id: string, source: string): BookLayers {
  const file = join(cache, `${id}.bin`)
  if (existsSync(file)) {
    const layers = deserialize(readFileSync(file)) as BookLayers
    const ids = new Map(layers.text.tokens.vocabulary.map((word, i) => [word, i]))
    return {
      ...layers,
      text: { ...layers.text, tokens: { ...layers.text.tokens, wordId: (word) => ids.get(word) ?? -1 } },
    }
  }
  mkdirSync(cache, { recursive: true })
  const layers = readLayers(source)
  const { wordId: _, ...tokens } = layers.text.tokens
  writeFileSync(file, serialize({ ...layers, text: { ...layers.text, tokens } }))
  return layers
}

/** The books of a folder, one after the other; of some authors only, if given. */
export function* readBooks(folder: string, cache: string, dev: boolean, authors?: ReadonlySet<string>): Generator<Book> {
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.json')) continue
    const gold = plain(JSON.parse(readFileSync(join(folder, file), 'utf8')) as GoldBook)
    if (authors !== undefined && !authors.has(gold.author)) continue
    const layers = cachedLayers(cache, gold.id, gold.text)
    const breaks = new Map<number, BreakClass>()
    const starts = layers.text.paragraphs.map(({ start }) => start)
    for (const { offset, kind } of gold.breaks ?? []) {
      const p = starts.findIndex((start) => start >= offset)
      if (p > 0) breaks.set(p, kind)
    }
    yield { ...layers, id: gold.id, author: gold.author, dev, breaks }
  }
}

/** A book with headings (the point-of-view gold) without them: its chapters are its breaks. */
function plain(gold: GoldBook): GoldBook {
  if (gold.breaks !== undefined) return gold
  const headings = gold.headings ?? []
  let text = ''
  let at = 0
  const moved = (offset: number): number =>
    offset - headings.reduce((removed, h) => removed + (h.end <= offset ? h.end - h.start : 0), 0)
  for (const { start, end } of headings) {
    text += gold.text.slice(at, start)
    at = end
  }
  text += gold.text.slice(at)
  const breaks = gold.chapters.slice(1).map(({ start }) => {
    let offset = start
    for (const h of headings) if (h.start <= offset + 4 && h.end > offset) offset = h.end
    return { offset: moved(offset) + 1, kind: 'chapter' as const }
  })
  return { ...gold, text, breaks }
}
