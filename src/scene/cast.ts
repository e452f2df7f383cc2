/** Who takes part in a scene, and who is only spoken or thought of. */
import { Form, type MentionSpan, posTags } from '../layers.js'
import type { Describing } from './describe.js'

/** One cluster's part in a scene: as `CastMember`, before characters have ids. */
export interface Part {
  readonly cluster: number
  readonly present: boolean
  readonly mentions: number
  readonly quotations: number
  readonly words: number
}

/** Mentions in narration from which a character counts as present even if never seen doing anything. */
const enoughMentions = 4
const verb = posTags.indexOf('VERB')
const auxiliary = posTags.indexOf('AUX')
const adverb = posTags.indexOf('ADV')
const backstory = new Set(['had', "'d", 'would', 'might', 'could', 'will'])

/** The parts in a scene: mentions `[firstMention, endMention)` and quotations `[firstQuotation, endQuotation)`, most mentioned first. */
export function castOf(
  { text: { tokens }, quotations, mentions, coreference, speakers }: Describing,
  insiders: readonly number[],
  firstMention: number,
  endMention: number,
  firstQuotation: number,
  endQuotation: number,
): Part[] {
  const parts = new Map<
    number,
    { mentions: number; narrated: number; acts: number; quotations: number; words: number; addressed: number }
  >()
  const part = (cluster: number) => {
    let p = parts.get(cluster)
    if (p === undefined) {
      p = { mentions: 0, narrated: 0, acts: 0, quotations: 0, words: 0, addressed: 0 }
      parts.set(cluster, p)
    }
    return p
  }
  for (let m = firstMention; m < endMention; m++) {
    const mention = mentions[m]!
    const p = part(coreference.clusterOf[m]!)
    p.mentions++
    const q = quotations.quotationOf[mention.head]!
    if (q < 0) {
      p.narrated++
      if (acts(mention)) p.acts++
    } else if (mention.vocative) p.addressed++
  }
  for (let q = firstQuotation; q < endQuotation; q++) {
    const quotation = quotations.quotations[q]!
    const { speaker, addressee } = speakers.speakers[q]!
    if (speaker >= 0 && quotation.kind !== 'quoted') {
      const p = part(speaker)
      p.quotations++
      p.words += wordsIn(quotation.start, quotation.end)
    }
    if (addressee >= 0) part(addressee).addressed++
  }
  for (const cluster of insiders) if (parts.has(cluster)) parts.get(cluster)!.acts++
  return [...parts]
    .map(([cluster, p]) => ({
      cluster,
      present: p.quotations > 0 || p.acts > 0 || p.narrated >= enoughMentions || (p.addressed > 1 && p.narrated > 0),
      mentions: p.mentions,
      quotations: p.quotations,
      words: p.words,
    }))
    .sort((a, b) => b.mentions - a.mentions || b.words - a.words || a.cluster - b.cluster)

  /** Stands right before a verb that is not told from the past before: "Anna laughed", not "Anna had gone". */
  function acts({ last }: MentionSpan): boolean {
    let i = last + 1
    while (i < tokens.length && tokens.pos[i] === adverb) i++
    if (i >= tokens.length || tokens.sentence[i] !== tokens.sentence[last]) return false
    if (tokens.pos[i] !== verb && tokens.pos[i] !== auxiliary) return false
    return !backstory.has(tokens.vocabulary[tokens.word[i]!]!)
  }

  function wordsIn(start: number, end: number): number {
    let low = 0
    let high = tokens.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (tokens.start[middle]! < start) low = middle + 1
      else high = middle
    }
    let words = 0
    for (let i = low; i < tokens.length && tokens.end[i]! <= end; i++) if (tokens.form[i] !== Form.punctuation) words++
    return words
  }
}
