/** Labels of scripts and chats: "ANNA: Where is he?" names a person, whatever else the word is. */
import type { MentionSpan, QuotationLayer, TextLayer } from '../../layers.js'

const pronouns = new Set(['i', 'me', 'you', 'he', 'she', 'they', 'we'])

/** A name for each label. */
export function findLabels({ tokens, firstToken }: TextLayer, { quotations }: QuotationLayer): MentionSpan[] {
  const labels: MentionSpan[] = []
  for (const { label, paragraph } of quotations) {
    if (label === null) continue
    // A message's name may stand in a line of its own before it.
    let first = firstToken[paragraph]!
    while (first > 0 && tokens.start[first - 1]! >= label.start) first--
    const to = firstToken[paragraph + 1]!
    while (first < to && tokens.start[first]! < label.start) first++
    let last = first
    while (last + 1 < to && tokens.end[last + 1]! <= label.end) last++
    if (first >= to || tokens.end[last]! > label.end || pronouns.has(tokens.vocabulary[tokens.word[first]!]!)) continue
    labels.push({
      start: tokens.start[first]!,
      end: tokens.end[last]!,
      mentionType: 'PROP',
      first,
      last,
      head: last,
      score: 1,
      plural: false,
      vocative: false,
    })
  }
  return labels
}
