/** "Y/N", "(y/n)": where a story for its reader leaves the reader's name to be put in. */
import type { MentionSpan, Tokens } from '../../layers.js'

/** A name for each; whether it is an address is for the caller to see. */
export function findInserts({ wordId, word, start, end, length }: Tokens): MentionSpan[] {
  const [y, slash, n] = [wordId('y'), wordId('/'), wordId('n')]
  const inserts: MentionSpan[] = []
  if (y < 0 || slash < 0 || n < 0) return inserts
  for (let t = 0; t + 2 < length; t++) {
    const last = t + 2
    if (word[t] !== y || word[t + 1] !== slash || word[last] !== n || end[last]! - start[t]! !== 3) continue
    inserts.push({
      start: start[t]!,
      end: end[last]!,
      mentionType: 'PROP',
      first: t,
      last,
      head: last,
      score: 1,
      plural: false,
      vocative: false,
    })
    t = last
  }
  return inserts
}
