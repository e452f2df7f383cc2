/** Reads the marks off a marked story: its plain text grows, and every mark is noted with its offset in it. */
import type { GoldCharacter, GoldParagraph, GoldScene, GoldSegment } from './gold.js'

/** A mark around a stretch of text. `key` is a character's key, "_" for someone mentioned once, "0" for no one. */
export interface Mark {
  readonly start: number
  readonly end: number
  readonly key: string
  /** "=": describes the character, as a predicate does; "^": a name, though not a declared one. */
  readonly flag: string
}

export interface MarkedQuotation {
  readonly start: number
  readonly end: number
  readonly kind: 'speech' | 'thought' | 'quoted'
  readonly speaker: string | null
  readonly addressee: string | null
  readonly type: 'explicit' | 'anaphoric' | 'implicit'
}

/** Whom a pronoun means unless marked: "he", "she", "they", "we", and outside quotations "I" and "you". */
export type Defaults = ReadonlyMap<string, string>

export interface DeclaredCharacter {
  readonly key: string
  readonly name: string
  readonly pronouns: string | null
  readonly kind: GoldCharacter['kind']
  /** Words that are this character wherever they stand. */
  readonly names: readonly string[]
}

export type MarkedView = Omit<GoldSegment, 'end' | 'chapterIndex'>

export interface MarkedText {
  readonly header: ReadonlyMap<string, string>
  readonly cast: readonly DeclaredCharacter[]
  readonly text: string
  readonly mentions: readonly Mark[]
  /** In text order, outer before inner. */
  readonly quotations: readonly MarkedQuotation[]
  readonly paragraphs: readonly { offset: number; kind: GoldParagraph['kind']; chapter: boolean }[]
  readonly scenes: readonly { offset: number; kind: GoldScene['kind'] }[]
  readonly views: readonly MarkedView[]
  readonly defaults: readonly { offset: number; map: Defaults }[]
  readonly faults: readonly string[]
}

const MENTION_OPENS = /([a-z][a-z0-9]*|_[a-z0-9]*|0)([=^]?)\[/uy
const QUOTATION_OPENS = /\{([~"]?)([a-z0-9_]*)(?:>([a-z0-9_]+))?([+-]?)\|/uy
const QUOTATION_KINDS: Readonly<Record<string, MarkedQuotation['kind']>> = { '~': 'thought', '"': 'quoted' }
const QUOTATION_TYPES: Readonly<Record<string, MarkedQuotation['type']>> = { '+': 'explicit', '-': 'anaphoric' }
const PARAGRAPH_KINDS: Readonly<Record<string, GoldParagraph['kind']>> = { c: 'heading', h: 'heading', b: 'break', n: 'note' }

function parseHeader(lines: readonly string[]): Pick<MarkedText, 'header' | 'cast'> {
  const header = new Map<string, string>()
  const cast: DeclaredCharacter[] = []
  for (const line of lines) {
    const [, key, name, pronouns, names, kind] =
      /^([a-z][a-z0-9]*) \| ([^|]*) \| ([^|]*) \| ([^|]*)(?:\| (\w+))?$/u.exec(line) ?? []
    if (key !== undefined)
      cast.push({
        key,
        name: name!.trim(),
        pronouns: pronouns!.trim() || null,
        kind: (kind ?? 'person') as GoldCharacter['kind'],
        names: names!
          .split(';')
          .map((part) => part.trim())
          .filter(Boolean),
      })
    else {
      const [, field, value] = /^(\w+): (.*)$/u.exec(line) ?? []
      if (field !== undefined) header.set(field, value!.trim())
    }
  }
  return { header, cast }
}

/** "first past I=w focal=h form=letter you=l": the viewpoint from here on. */
function parseView(words: readonly string[], pairs: ReadonlyMap<string, string>, start: number): MarkedView {
  const [person = 'none', tense = 'none'] = words
  const form = (pairs.get('form') ?? 'narration') as GoldSegment['form']
  const isEpistolary = person === 'first' && (form === 'diary' || form === 'letter')
  return {
    start,
    person: person === 'none' ? null : ((isEpistolary ? 'epistolary-first' : person) as GoldSegment['person']),
    tense: tense === 'past' || tense === 'present' ? tense : null,
    tenseBasis: 'known',
    form,
    narrator: pairs.get('I') ?? null,
    focal: pairs.get('focal') ?? null,
    ...(form === 'note' ? { unnamed: true as const } : {}),
    certainty: person === 'none' ? 'low' : 'high',
  }
}

export function parseMarked(source: string): MarkedText {
  const cut = source.indexOf('\n---\n')
  if (cut < 0) throw new Error('no line --- after the header')
  const { header, cast } = parseHeader(source.slice(0, cut).split('\n'))
  const body = source.slice(cut + 5).replace(/\s+$/u, '\n')
  const hasLineParagraphs = header.get('layout') === 'lines'

  let text = ''
  const mentions: Mark[] = []
  const quotations: MarkedQuotation[] = []
  const paragraphs: MarkedText['paragraphs'][number][] = []
  const scenes: MarkedText['scenes'][number][] = []
  const views: MarkedView[] = []
  const defaults: MarkedText['defaults'][number][] = [{ offset: 0, map: new Map() }]
  const faults: string[] = []
  const open: { closing: string; start: number; close: (end: number) => void }[] = []

  const setDefaults = (changes: Iterable<readonly [string, string]>, keep: (key: string) => boolean = () => true) => {
    const map = new Map([...defaults.at(-1)!.map].filter(([key]) => keep(key)))
    for (const [key, value] of changes) {
      if (value === '-') map.delete(key)
      else map.set(key, value)
    }
    defaults.push({ offset: text.length, map })
  }
  const directive = (line: string) => {
    const [name, ...rest] = line.split(/\s+/u)
    const words = rest.filter((part) => !part.includes('='))
    const pairs = new Map(rest.filter((part) => part.includes('=')).map((part) => part.split('=') as [string, string]))
    if (name === '@scene') scenes.push({ offset: text.length, kind: (words[0] ?? 'scene') as GoldScene['kind'] })
    else if (name === '@view') {
      views.push(parseView(words, pairs, text.length))
      const tellers = [...pairs].filter(([key]) => key === 'I' || key === 'you')
      setDefaults(tellers, (key) => key !== 'I' && key !== 'you')
    } else if (name === '@') setDefaults(pairs)
    else faults.push(`unknown directive ${line}`)
  }
  const matchAt = (pattern: RegExp, index: number) => {
    pattern.lastIndex = index
    return pattern.exec(body)
  }

  for (let i = 0; i < body.length; ) {
    const char = body[i]!
    const before = body[i - 1] ?? '\n'
    if (before === '\n' && char === '@') {
      const end = body.indexOf('\n', i)
      directive(body.slice(i, end).trim())
      i = end + 1
      continue
    }
    if (before === '\n' && /^%[chbn] /u.test(body.slice(i, i + 3))) {
      const letter = body[i + 1]!
      paragraphs.push({ offset: text.length, kind: PARAGRAPH_KINDS[letter]!, chapter: letter === 'c' })
      i += 3
      continue
    }
    if (char === '\\') {
      text += body[i + 1]
      i += 2
      continue
    }
    const start = text.length
    const quotation = char === '{' ? matchAt(QUOTATION_OPENS, i) : null
    const mention = !quotation && /[a-z_0]/u.test(char) && !/[\p{L}\p{N}_]/u.test(before) ? matchAt(MENTION_OPENS, i) : null
    if (quotation) {
      const [, kind, speaker, addressee, tag] = quotation
      const mark = {
        kind: QUOTATION_KINDS[kind!] ?? 'speech',
        speaker: speaker || null,
        addressee: addressee ?? null,
        type: QUOTATION_TYPES[tag!] ?? 'implicit',
      } as const
      open.push({ closing: '}', start, close: (end) => quotations.push({ start, end, ...mark }) })
    } else if (mention) {
      const [, key, flag] = mention
      open.push({ closing: ']', start, close: (end) => mentions.push({ start, end, key: key!, flag: flag! }) })
    } else if (char === ']' || char === '}') {
      const top = open.pop()
      if (top?.closing === char) top.close(text.length)
      else faults.push(`unexpected ${char} … ${JSON.stringify(text.slice(-50))}`)
    } else if (!(hasLineParagraphs && char === '\n' && text.endsWith('\n'))) text += char
    i += (quotation ?? mention)?.[0].length ?? 1
  }
  for (const { start } of open) faults.push(`mark left open ${JSON.stringify(text.slice(start, start + 50))}`)
  quotations.sort((a, b) => a.start - b.start || b.end - a.end)
  text = `${text.trimEnd()}\n`
  return { header, cast, text, mentions, quotations, paragraphs, scenes, views, defaults, faults }
}
