/** CoNLL-2012 coreference files, both ways. */
import type { GivenLayers, Story } from '../types.js'
import { type ForeignMention, layersOfClusters } from './cluster.js'
import { alignTokens, fileTokens, tokenRange } from './token.js'

/**
 * A Story in CoNLL-2012 columns: document, part, index, word, then "-" for what is not ours, the speaker, and the clusters in
 * the last column as "(0", "0)", "(0)", joined by "|". Sentences are parted by a blank line.
 */
export function toConll(story: Story, { document = 'story' } = {}): string {
  const tokens = fileTokens(story)
  const clusterOf = new Map(story.characters.map(({ id }, i) => [id, i]))
  const nameOf = new Map(story.characters.map(({ id, name }) => [id, name.replace(/\s+/g, '_')]))
  const opening = new Map<number, string[]>()
  const closing = new Map<number, string[]>()
  const single = new Map<number, string[]>()
  const note = (map: Map<number, string[]>, token: number, mark: string): void =>
    void map.set(token, [...(map.get(token) ?? []), mark])
  // Outer mentions come first: their brackets open first and close last.
  for (const mention of story.mentions) {
    const range = tokenRange(tokens, mention)
    const cluster = clusterOf.get(mention.character)
    if (range === null || cluster === undefined) continue
    const [first, last] = range
    if (first === last) note(single, first, `(${cluster})`)
    else {
      note(opening, first, `(${cluster}`)
      closing.set(last, [`${cluster})`, ...(closing.get(last) ?? [])])
    }
  }
  const speakers: (string | undefined)[] = []
  for (const quotation of story.quotations) {
    const range = tokenRange(tokens, quotation)
    if (range === null || quotation.speaker === null) continue
    for (let i = range[0]; i <= range[1]; i++) speakers[i] = nameOf.get(quotation.speaker)
  }
  const name = document.replace(/\s+/g, '_')
  const lines = [`#begin document (${name}); part 000`]
  let sentence = 0
  tokens.forEach((token, i) => {
    if (token.sentence !== sentence) lines.push('')
    sentence = token.sentence
    const marks = [...(opening.get(i) ?? []), ...(single.get(i) ?? []), ...(closing.get(i) ?? [])].join('|') || '-'
    lines.push([name, 0, token.inSentence, token.text, '-', '-', '-', '-', '-', speakers[i] ?? '-', '*', marks].join('\t'))
  })
  return `${[...lines, '', '#end document'].join('\n')}\n`
}

/**
 * The clusters of a CoNLL-2012 file as layers for `analyze(text, { given })`. Mention types are told by form: pronouns, names
 * (capitalised), the rest. The file's words are found in the text one after the other.
 *
 * @throws {TypeError} when the file belongs to another text, or its brackets do not match.
 */
export function fromConll(text: string, file: string): GivenLayers {
  const rows = file
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.trim().split(/\s+/))
  const tokens = alignTokens(
    text,
    rows.map((row) => row[3] ?? ''),
    'CoNLL',
  )
  const mentions: ForeignMention[] = []
  const open = new Map<string, number[]>()
  rows.forEach((row, i) => {
    for (const mark of (row.at(-1) ?? '-').split('|')) {
      const cluster = mark.replace(/[()]/g, '')
      if (!/^\d+$/.test(cluster)) continue
      if (mark.startsWith('(')) open.set(cluster, [...(open.get(cluster) ?? []), i])
      if (!mark.endsWith(')')) continue
      const first = open.get(cluster)?.pop()
      if (first === undefined) throw new TypeError(`CoNLL: cluster ${cluster} closes at token ${i} without having been opened`)
      mentions.push({ start: tokens[first]!.start, end: tokens[i]!.end, cluster, mentionType: null })
    }
  })
  for (const [cluster, starts] of open)
    if (starts.length > 0) throw new TypeError(`CoNLL: cluster ${cluster} is opened and never closed`)
  return layersOfClusters(text, mentions, null)
}
