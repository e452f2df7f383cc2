/** Antecedents: the persons a pronoun in the narration may take up, nearest first. */
import type { Cast } from './cast.js'
import { Sex } from './sex.js'
import { type Reading, Role } from './subject.js'

/** How far back the search goes, in mentions and in paragraphs. */
const mentionReach = 60
const paragraphReach = 6
/** How many different persons are offered. */
const mostAntecedents = 3

export interface Antecedents {
  /** Calls back for each agreeing figure named in the narration before mention `m`, with its rank and whether it was a subject. */
  readonly before: (
    m: number,
    sex: number,
    offer: (figure: number, rank: number, subject: boolean, paragraphs: number) => void,
  ) => void
}

export function antecedentFinder({ mentions, quotations, role, text }: Reading, { figureOf, sex, teller }: Cast): Antecedents {
  const { paragraph } = text.tokens
  return {
    before(m, stated, offer) {
      const seen: number[] = []
      const here = paragraph[mentions[m]!.head]!
      for (let i = m - 1; i >= Math.max(0, m - mentionReach); i--) {
        const { head } = mentions[i]!
        if (here - paragraph[head]! > paragraphReach) return
        const f = figureOf[i]!
        if (f < 0 || quotations.quotationOf[head]! >= 0 || seen.includes(f) || f === teller[here]) continue
        if (sex[f] !== stated && sex[f] !== Sex.unknown) continue
        offer(f, seen.length, role[i] === Role.subject, here - paragraph[head]!)
        if (seen.push(f) === mostAntecedents) return
      }
    },
  }
}
