/** Vocatives: the one spoken to, named inside the quotation. "Come here, Anna." "Yes, sir." */
import type { Cast } from './cast.js'
import { Sex } from './cast.js'
import { Pos, type Reading } from './subject.js'
import type { Turn } from './turn.js'

/** What a turn's words say about the one spoken to and about others. */
export interface Address {
  /** Figures addressed by name or description, in order. */
  readonly figures: readonly number[]
  /** Those of them called by a name that the mention layer too takes for an address. */
  readonly called: readonly number[]
  /** Sex that a title or kin word states: "sir", "madam", "mother". */
  readonly sex: number
  /** Figures named in the words without being addressed: hardly the speaker. */
  readonly named: readonly number[]
}

const sirs = new Set(
  'sir sirs gentlemen lad boy son sonny brother father papa dad daddy uncle grandfather grandpa fellow chap mister monsieur señor herr lord lordship mate dude bro man king prince'.split(
    ' ',
  ),
)
const madams = new Set(
  "madam ma'am maam miss missus mrs lady ladyship mother mamma mama mum mom mommy mummy aunt auntie aunty grandmother grandma granny girl lass sister mademoiselle madame señora señorita queen princess".split(
    ' ',
  ),
)

/** Reads what a turn's quotations say of their hearer. */
export function readAddress(reading: Reading, { figureOf }: Cast, { quotations }: Turn): Address {
  const { mentions, mentionAt, quotationStart, quotationEnd, word } = reading
  const figures: number[] = []
  const called: number[] = []
  const named: number[] = []
  let sex: number = Sex.unknown
  for (const q of quotations) {
    const from = quotationStart[q]!
    const to = quotationEnd[q]!
    for (let i = from; i < to; i++) {
      const m = mentionAt[i]!
      const last = m >= 0 ? mentions[m]!.last : i
      const title = sirs.has(word(last)) ? Sex.he : madams.has(word(last)) ? Sex.she : Sex.unknown
      if (m < 0 && title === Sex.unknown) continue
      if (m >= 0 && mentions[m]!.mentionType === 'PRON') continue
      const set = isSetOff(reading, i, last, from, to)
      if (set) {
        if (title !== Sex.unknown && sex === Sex.unknown) sex = title
        if (m >= 0 && figureOf[m]! >= 0) {
          figures.push(figureOf[m]!)
          if (mentions[m]!.vocative && mentions[m]!.mentionType === 'PROP') called.push(figureOf[m]!)
        }
      } else if (m >= 0 && mentions[m]!.mentionType === 'PROP' && mentions[m]!.vocative) figures.push(figureOf[m]!)
      else if (m >= 0 && mentions[m]!.mentionType === 'PROP') named.push(figureOf[m]!)
      i = Math.max(i, last)
    }
  }
  return { figures, called, sex, named }
}

const openers = new Set(
  'my dear dearest poor old good oh o ah hey well yes no dear hello hi thank you thanks please sweet young little darling sorry morning evening night afternoon bye goodbye come look listen now why and but so'.split(
    ' ',
  ),
)

/** True for a phrase that commas or the quotation's ends set off: ", Anna," "Anna!" "my dear Anna," "Well, Anna?" */
function isSetOff({ text: { tokens }, word }: Reading, first: number, last: number, from: number, to: number): boolean {
  let before = first - 1
  while (before >= from && openers.has(word(before)) && tokens.pos[before] !== Pos.VERB) before--
  const opens = before < from || tokens.pos[before] === Pos.PUNCT
  const after = last + 1
  const closes = after >= to || (tokens.pos[after] === Pos.PUNCT && !/^['’]/.test(word(after)))
  if (!opens || !closes) return false
  // A name alone is an answer or a cry as often as an address: "Anna." but "Anna!" calls.
  const alone = before < from && after + 1 >= to
  if (alone && first - 1 === before) return /[!,]/.test(word(after) ?? '')
  // ", Anna and Tom," or "Tom, Anna, and I" lists.
  const next = word(after + 1)
  return !(next === 'and' || next === 'or')
}
