/** Gold documents (LitBank's JSON) read into the layers that stages take. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MentionSpan, posTags, type QuotationLayer, type TextLayer } from '../src/layers.js'

export interface GoldMention {
  readonly start: number
  readonly end: number
  readonly entityType?: string
  readonly mentionType: 'PROP' | 'NOM' | 'PRON'
  readonly cluster: string
}

export interface GoldDocument {
  readonly id: string
  readonly text: string
  readonly mentions: readonly GoldMention[]
}

/** The documents of a directory, sorted by file name; persons' mentions only. */
export function readGold(directory: string): GoldDocument[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as GoldDocument)
    .filter(({ mentions }) => Array.isArray(mentions))
    .map((doc) => ({
      ...doc,
      mentions: doc.mentions
        .filter(({ entityType = 'PER' }) => entityType === 'PER')
        .slice()
        .sort((a, b) => a.start - b.start || b.end - a.end),
    }))
}

const pluralPronouns = new Set('we us our ours ourselves they them their theirs themselves yourselves'.split(' '))
const singularInS = new Set([
  'boss',
  'miss',
  'mrs',
  'ms',
  'actress',
  'princess',
  'duchess',
  'mistress',
  'hostess',
  'goddess',
  'countess',
  'governess',
  'witness',
  'james',
  'charles',
  'thomas',
])
const pluralNouns = new Set('men women children people folk folks gentlemen ladies police persons wives brethren'.split(' '))
const nounTags = new Set(['NOUN', 'PROPN', 'PRON', 'NUM', 'ADJ'])

/** Gold mentions as a perfect mention detector would give them. */
export function goldSpans({ tokens, text }: TextLayer, quotations: QuotationLayer, gold: readonly GoldMention[]): MentionSpan[] {
  const firstAt = new Map<number, number>()
  const lastAt = new Map<number, number>()
  for (let t = 0; t < tokens.length; t++) {
    firstAt.set(tokens.start[t]!, t)
    lastAt.set(tokens.end[t]!, t)
  }
  const spans: MentionSpan[] = []
  for (const { start, end, mentionType } of gold) {
    const first = firstAt.get(start) ?? nearest(start, tokens.end, (edge) => edge > start)
    const last = lastAt.get(end) ?? nearest(end, tokens.end, (edge) => edge >= end)
    if (first < 0 || last < first) continue
    let head = last
    if (mentionType === 'NOM') {
      head = first
      for (let t = first; t <= last; t++) {
        const tag = posTags[tokens.pos[t]!]!
        const word = tokens.vocabulary[tokens.word[t]!]!
        if (tag === 'NOUN' || tag === 'PROPN' || (tag === 'PRON' && t === first)) head = t
        else if (head > first || nounTags.has(posTags[tokens.pos[first]!]!)) {
          if (
            (tag === 'ADP' || tag === 'PUNCT' || tag === 'SCONJ' || /^(who|whom|whose|which|that|and)$/.test(word)) &&
            t > first &&
            nounTags.has(posTags[tokens.pos[t - 1]!]!)
          )
            break
        }
      }
      if (head === first && first < last && posTags[tokens.pos[first]!] === 'DET') head = last
    } else if (mentionType === 'PROP') {
      while (head > first && tokens.vocabulary[tokens.word[head]!]! === "'s") head--
    }
    const word = tokens.vocabulary[tokens.word[head]!]!
    const plural =
      mentionType === 'PRON'
        ? pluralPronouns.has(word)
        : mentionType === 'NOM'
          ? pluralNouns.has(word) || (word.endsWith('s') && !word.endsWith('ss') && !singularInS.has(word) && word.length > 3)
          : word.endsWith('s') && /^the /i.test(text.slice(start, end)) && word.length > 3
    const q = quotations.quotationOf[head]!
    const before = first > 0 ? text[tokens.end[first - 1]! - 1]! : '.'
    const after = text[tokens.end[last]!] ?? '.'
    const vocative = q >= 0 && mentionType !== 'PRON' && /[,.!?“"‘'—-]/.test(before) && /[,.!?;”"’—-]/.test(after)
    spans.push({ start, end, mentionType, first, last, head, score: 1, plural, vocative })
  }
  return spans
}

function nearest(at: number, edges: Int32Array, found: (edge: number) => boolean): number {
  for (let t = 0; t < edges.length; t++) if (found(edges[t]!)) return t
  return at < 0 ? -1 : edges.length - 1
}

/** Mentions on the tokens of today: a detector's file may be older than the tokeniser. */
export function realign({ tokens }: TextLayer, mentions: readonly MentionSpan[]): MentionSpan[] {
  const firstAt = new Map<number, number>()
  const lastAt = new Map<number, number>()
  for (let t = 0; t < tokens.length; t++) {
    firstAt.set(tokens.start[t]!, t)
    lastAt.set(tokens.end[t]!, t)
  }
  return mentions.flatMap((mention) => {
    const first = firstAt.get(mention.start)
    const last = lastAt.get(mention.end)
    if (first === undefined || last === undefined) return []
    return [{ ...mention, first, last, head: Math.min(last, Math.max(first, mention.head - mention.first + first)) }]
  })
}
