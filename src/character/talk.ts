/** Who speaks and who is spoken to, as far as the text shows it by itself: tags, beats, turns. */
import { type MentionSpan, posTags, type QuotationLayer, type TextLayer } from '../layers.js'
import { speechVerbs } from '../lexicon/speech.js'
import { flagWords } from '../text/token.js'
import type { Attributes } from './attribute.js'
import { Role } from './clause.js'

/** What points at the speaker of each quotation. Mention indexes, -1 for none. */
export interface TalkCues {
  /** The mention in the tag ("she" in "she said"). */
  readonly tag: Int32Array
  /** The first subject of the narration in the quotation's paragraph. */
  readonly beat: Int32Array
  /** Someone addressed by name or title in the quotation. */
  readonly vocative: Int32Array
  /** Turn of each quotation: counts quoting paragraphs. */
  readonly turn: Int32Array
  /** Paragraphs between this turn and the one before. */
  readonly gap: Int32Array
}

const adverb = posTags.indexOf('ADV')
const auxiliary = posTags.indexOf('AUX')
/** Tokens after or before a quotation in which its tag must stand; adverbs and the noun phrase itself included. */
const tagReach = 7
const sentenceEnds = new Set(['.', ';', '!', '?'])

/** Reads the tags, beats and turns. */
export function readTalk(
  { tokens, paragraphs }: TextLayer,
  { quotations, quotationOf }: QuotationLayer,
  mentions: readonly MentionSpan[],
  a: Attributes,
): TalkCues {
  const count = quotations.length
  const cues = {
    tag: new Int32Array(count).fill(-1),
    beat: new Int32Array(count).fill(-1),
    vocative: new Int32Array(count).fill(-1),
    turn: new Int32Array(count),
    gap: new Int32Array(count),
  }
  const startsAt = new Int32Array(tokens.length).fill(-1)
  const endsAt = new Int32Array(tokens.length).fill(-1)
  const subjectOf = new Int32Array(paragraphs.length).fill(-1)
  for (let m = mentions.length - 1; m >= 0; m--) {
    startsAt[mentions[m]!.first] = m
    endsAt[mentions[m]!.last] = m
    if (a.quotation[m]! < 0 && a.role[m] === Role.subject) subjectOf[a.paragraph[m]!] = m
    if (a.quotation[m]! >= 0 && a.role[m] === Role.vocative) cues.vocative[a.quotation[m]!] = m
  }
  const speech = flagWords(tokens, speechVerbs())
  const ends = flagWords(tokens, sentenceEnds)
  const firstOf = new Int32Array(count).fill(-1)
  const lastOf = new Int32Array(count).fill(-1)
  for (let t = 0; t < tokens.length; t++) {
    const q = quotationOf[t]!
    if (q < 0) continue
    if (firstOf[q] === -1) firstOf[q] = t
    lastOf[q] = t
  }
  for (let q = 0; q < count; q++) {
    const { paragraph } = quotations[q]!
    const before = quotations[q - 1]?.paragraph ?? paragraph
    cues.turn[q] = q === 0 ? 0 : cues.turn[q - 1]! + (paragraph === before ? 0 : 1)
    cues.gap[q] = q === 0 ? 1000 : paragraph === before ? cues.gap[q - 1]! : paragraph - before
    cues.beat[q] = subjectOf[paragraph]!
    if (firstOf[q]! >= 0) cues.tag[q] = findTag(q)
  }
  return cues

  function findTag(q: number): number {
    const from = lastOf[q]! + 1
    for (
      let t = from;
      t < Math.min(tokens.length, from + tagReach) && quotationOf[t]! < 0 && tokens.paragraph[t] === tokens.paragraph[from - 1];
      t++
    ) {
      if (speech[tokens.word[t]!]) {
        const subject = t > from ? subjectBefore(t, from) : -1
        if (subject >= 0) return subject
        const inverted = startsAt[t + 1] ?? -1
        if (inverted >= 0) return inverted
      }
      if (ends[tokens.word[t]!]) break
    }
    // A tag before its quotation: the last speech verb of the words that lead up to it.
    const to = firstOf[q]! - 1
    for (
      let t = to;
      t > Math.max(0, to - tagReach) && quotationOf[t]! < 0 && tokens.paragraph[t] === tokens.paragraph[to + 1];
      t--
    ) {
      if (t < to && ends[tokens.word[t]!]) break
      if (speech[tokens.word[t]!]) {
        const subject = subjectBefore(t, Math.max(0, t - tagReach))
        if (subject >= 0) return subject
      }
    }
    return -1
  }

  /** The mention that ends right before a verb, adverbs and auxiliaries left out. */
  function subjectBefore(verb: number, from: number): number {
    let t = verb - 1
    while (t > from && (tokens.pos[t] === adverb || tokens.pos[t] === auxiliary)) t--
    return t >= from && tokens.paragraph[t] === tokens.paragraph[verb] ? endsAt[t]! : -1
  }
}
