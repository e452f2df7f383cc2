/** BookNLP's files, both ways: `.tokens`, `.entities`, `.quotes` (tab-separated, token indexes inclusive). */
import type { GivenLayers, Mention, Story } from '../types.js'
import { type ForeignMention, layersOfClusters } from './cluster.js'
import { alignTokens, fileTokens, tokenRange } from './token.js'

export interface BookNlpFiles {
  readonly tokens: string
  readonly entities: string
  readonly quotes: string
}

const tokenHeader =
  'paragraph_ID\tsentence_ID\ttoken_ID_within_sentence\ttoken_ID_within_document\tword\tlemma\tbyte_onset\tbyte_offset\tPOS_tag\tfine_POS_tag\tdependency_relation\tsyntactic_head_ID\tevent'
const entityHeader = 'COREF\tstart_token\tend_token\tprop\tcat\ttext'
const quoteHeader = 'quote_start\tquote_end\tmention_start\tmention_end\tmention_phrase\tchar_id\tquote'

/**
 * A Story as BookNLP would write it. What we do not compute (lemma, tags, syntax, events) holds BookNLP's neutral values: the word in
 * lower case, "X", "dep", the token itself, "O". Quotes are speech alone. `byte_onset` counts code points, as BookNLP's does despite its name.
 */
export function toBookNlp(story: Story): BookNlpFiles {
  const tokens = fileTokens(story)
  const points = codePointOffsets(story.text)
  const flat = (text: string): string => text.replace(/\s+/g, ' ')
  const rows = tokens.map(({ start, end, text, paragraph, sentence, inSentence }, i) =>
    [paragraph, sentence, inSentence, i, text, text.toLowerCase(), points(start), points(end), 'X', 'X', 'dep', i, 'O'].join(
      '\t',
    ),
  )
  const clusterOf = new Map(story.characters.map(({ id }, i) => [id, i]))
  const entities = story.mentions.flatMap((mention) => {
    const range = tokenRange(tokens, mention)
    if (range === null) return []
    return [
      [
        clusterOf.get(mention.character),
        ...range,
        mention.mentionType,
        'PER',
        flat(story.text.slice(mention.start, mention.end)),
      ].join('\t'),
    ]
  })
  const quotes = story.quotations.flatMap((quotation) => {
    const range = tokenRange(tokens, quotation)
    if (range === null || quotation.kind !== 'speech') return []
    const speaker = quotation.speaker === null ? 'None' : clusterOf.get(quotation.speaker)
    return [[...range, 'None', 'None', 'None', speaker, flat(story.text.slice(quotation.start, quotation.end))].join('\t')]
  })
  const file = (header: string, lines: readonly string[]): string => `${[header, ...lines].join('\n')}\n`
  return { tokens: file(tokenHeader, rows), entities: file(entityHeader, entities), quotes: file(quoteHeader, quotes) }
}

/** UTF-16 offset to code-point offset, for offsets asked in rising order mostly. Linear in all. */
function codePointOffsets(text: string): (offset: number) => number {
  const astral: number[] = []
  for (let i = 0; i < text.length - 1; i++) if (text.codePointAt(i)! > 0xffff) astral.push(i++)
  return (offset) => {
    let low = 0
    let high = astral.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (astral[middle]! < offset) low = middle + 1
      else high = middle
    }
    return offset - low
  }
}

/**
 * BookNLP's characters, mentions and quotations as layers for `analyze(text, { given })`, so that they stand under our scenes, viewpoints
 * and charts. People only (category PER); without `quotes` the quotations are left to `analyze`. Tokens are found in the text by their
 * words, so it does not matter how BookNLP counted.
 *
 * @throws {TypeError} when the files belong to another text.
 */
export function fromBookNlp(
  text: string,
  files: Pick<BookNlpFiles, 'tokens' | 'entities'> & Partial<Pick<BookNlpFiles, 'quotes'>>,
): GivenLayers {
  const tokens = alignTokens(
    text,
    records(files.tokens).map((row) => row.word ?? ''),
    'BookNLP .tokens',
  )
  const spanOf = (first: string | undefined, last: string | undefined) => {
    const [from, to] = [tokens[Number(first)], tokens[Number(last)]]
    return from === undefined || to === undefined ? { start: 0, end: 0 } : { start: from.start, end: to.end }
  }
  const mentions = records(files.entities).flatMap((row): ForeignMention[] => {
    if (row.cat !== 'PER' || row.COREF === undefined) return []
    const mentionType = /^(PROP|NOM|PRON)$/.test(row.prop ?? '') ? (row.prop as Mention['mentionType']) : null
    return [{ ...spanOf(row.start_token, row.end_token), cluster: row.COREF, mentionType }]
  })
  if (files.quotes === undefined) return layersOfClusters(text, mentions, null)
  const quotations = records(files.quotes)
    .map((row) => ({ ...spanOf(row.quote_start, row.quote_end), cluster: row.char_id === 'None' ? null : (row.char_id ?? null) }))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start)
  return layersOfClusters(text, mentions, quotations)
}

/** Tab-separated lines by their header's names. BookNLP quotes nothing. */
function records(file: string): Record<string, string>[] {
  const [header = '', ...lines] = file.split(/\r?\n/)
  const names = header.split('\t')
  return lines
    .filter((line) => line !== '')
    .map((line) => Object.fromEntries(line.split('\t').map((value, i) => [names[i] ?? '', value])))
}
