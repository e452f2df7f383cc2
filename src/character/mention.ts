/** Mentions of persons: names, noun phrases and pronouns, as maximal spans that nest and never cross. */
import { Form, type MentionSpan, type QuotationLayer, type TextLayer } from '../layers.js'
import { bySpan } from '../span.js'
import type { CastEntry } from '../types.js'
import { type Candidate, findCandidates, type Reading, readTokens, Tag } from './mention/candidate.js'
import { findPronouns } from './mention/pronoun.js'
import { endByRule, startByRule, startOptions } from './mention/span.js'
import { type NameStatistics, readStatistics } from './mention/statistics.js'
import { isVocative } from './mention/vocative.js'
import { readWords, WordClass } from './mention/word.js'

export function findMentions({
  text,
  quotations,
}: {
  text: TextLayer
  quotations: QuotationLayer
  cast: readonly CastEntry[]
}): MentionSpan[] {
  const reading = readTokens(text, readWords(text.tokens))
  const candidates = findCandidates(reading)
  const statistics = readStatistics(reading)
  const mentions = findPronouns(reading)
  const startOfHead = new Int32Array(text.tokens.length).fill(-1)
  const options: number[] = []
  const { tokens } = text
  for (const candidate of candidates) {
    const count = startOptions(reading, candidate, (head) => startOfHead[head]!, options)
    const first = startByRule(reading, candidate, options, count)
    const last = endByRule(reading, candidate)
    startOfHead[candidate.head] = first
    if (!(candidate.name ? isPersonName(reading, statistics, candidate) : isPersonNoun(reading, candidate))) continue
    mentions.push({
      start: tokens.start[first]!,
      end: tokens.end[last]!,
      mentionType: candidate.name ? 'PROP' : 'NOM',
      first,
      last,
      head: candidate.head,
      score: 0.8,
      plural: (reading.bits[candidate.head]! & WordClass.plural) !== 0 || isCollective(reading, candidate.head),
      vocative: isVocative(reading, quotations, first, last),
    })
  }
  return uncrossed(mentions.sort(bySpan))
}

function isPersonNoun({ tokens, bits }: Reading, { head }: Candidate): boolean {
  const b = bits[head]!
  if ((b & WordClass.indefinite) !== 0) return true
  return (b & WordClass.person) !== 0 && tokens.pos[head] !== Tag.adj
}

function isPersonName({ tokens, bits }: Reading, statistics: NameStatistics, { first, head }: Candidate): boolean {
  if (first < head && (bits[first]! & WordClass.title) !== 0) return true
  if (first < head && (bits[head]! & WordClass.honorific) !== 0 && tokens.form[head] === Form.lower) return true
  const w = tokens.word[head]!
  const { inside, lower, place, acts, titled } = statistics
  if (inside[w] === 0 && lower[w]! > 0) return false
  if (titled[w]! > 0) return true
  const listed = (bits[head]! & (WordClass.nameHe | WordClass.nameShe)) !== 0
  if (place[w]! > acts[w]! + (listed ? 1 : 0)) return false
  return listed || acts[w]! > 0
}

/** Keeps of two crossing spans the one that opens first; the same span once. */
function uncrossed(sorted: readonly MentionSpan[]): MentionSpan[] {
  const kept: MentionSpan[] = []
  const open: MentionSpan[] = []
  for (const mention of sorted) {
    while (open.length > 0 && open[open.length - 1]!.end <= mention.start) open.pop()
    const outer = open[open.length - 1]
    if (outer !== undefined && (mention.end > outer.end || (mention.start === outer.start && mention.end === outer.end))) continue
    kept.push(mention)
    open.push(mention)
  }
  return kept
}

const isCollective = ({ bits }: Reading, head: number): boolean => (bits[head]! & WordClass.collective) !== 0
