import { Form, type MentionSpan, type QuotationLayer, type TextLayer } from '../layers.js'
import type { CastEntry } from '../types.js'

const pronouns = new Set(
  'i me my myself we us our you your he him his himself she her herself they them their yourself ourselves themselves'.split(' '),
)
const plurals = new Set('we us our they them their ourselves themselves'.split(' '))

/** Finds mentions of persons. (First version: pronouns and capitalised runs.) */
export function findMentions({
  text: { tokens },
}: {
  text: TextLayer
  quotations: QuotationLayer
  cast: readonly CastEntry[]
}): MentionSpan[] {
  const mentions: MentionSpan[] = []
  for (let i = 0; i < tokens.length; i++) {
    const word = tokens.vocabulary[tokens.word[i]!]!
    const base = { score: 0.9, vocative: false }
    if (pronouns.has(word)) {
      mentions.push({
        ...base,
        start: tokens.start[i]!,
        end: tokens.end[i]!,
        mentionType: 'PRON',
        first: i,
        last: i,
        head: i,
        plural: plurals.has(word),
      })
    } else if (tokens.form[i] === Form.capitalised && tokens.pos[i] === 12) {
      let j = i
      while (j + 1 < tokens.length && tokens.form[j + 1] === Form.capitalised && tokens.pos[j + 1] === 12) j++
      mentions.push({
        ...base,
        start: tokens.start[i]!,
        end: tokens.end[j]!,
        mentionType: 'PROP',
        first: i,
        last: j,
        head: j,
        plural: false,
      })
      i = j
    }
  }
  return mentions
}
