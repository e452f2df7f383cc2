/** Vocatives: the one spoken to, named inside the quotation. "Come here, Anna." "Yes, sir." */
import { flagWords } from '../text/token.js'
import type { Cast } from './cast.js'
import { Sex } from './sex.js'
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
  /** Those who name themselves: "I'm Anna." */
  readonly introduced: readonly number[]
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

/** What each quotation says of its hearer, in mentions: all that does not depend on who is who. */
export interface Addresses {
  /** Per quotation: sex that a title or kin word states. */
  readonly sex: Uint8Array
  /** Per quotation: its first entry, with one more at the end. */
  readonly first: Int32Array
  readonly mention: readonly number[]
  /** Per entry: a code of `Manner`. */
  readonly manner: readonly number[]
}

/** How a quotation names somebody: spoken to and called by name, spoken to, or spoken of. */
const Manner = { called: 0, addressed: 1, named: 2, introduced: 3 } as const

/** Reads what the quotations say of their hearers. */
export function readAddresses(reading: Reading): Addresses {
  const { mentions, mentionAt, quotationStart, quotationEnd, quotations, text } = reading
  const { word } = text.tokens
  const titles = flagWords(text.tokens, sirs)
  const female = flagWords(text.tokens, madams)
  for (let w = 0; w < titles.length; w++) titles[w] = titles[w] === 1 ? Sex.he : female[w] === 1 ? Sex.she : Sex.unknown
  const count = quotations.quotations.length
  const sex = new Uint8Array(count)
  const first = new Int32Array(count + 1)
  const mention: number[] = []
  const manner: number[] = []
  for (let q = 0; q < count; q++) {
    first[q] = mention.length
    const from = quotationStart[q]!
    const to = quotationEnd[q]!
    for (let i = from; i < to; i++) {
      const m = mentionAt[i]!
      if (m < 0 && titles[word[i]!] === Sex.unknown) continue
      if (m >= 0 && mentions[m]!.mentionType === 'PRON') continue
      const last = m >= 0 ? mentions[m]!.last : i
      const title = titles[word[last]!]!
      const set = isSetOff(reading, i, last, from, to)
      if (set && title !== Sex.unknown && sex[q] === Sex.unknown) sex[q] = title
      if (m >= 0) {
        const { mentionType, vocative } = mentions[m]!
        const named = mentionType === 'PROP'
        if (set || named) {
          mention.push(m)
          manner.push(
            set && named && vocative
              ? Manner.called
              : set || vocative
                ? Manner.addressed
                : namesSelf(reading, i, from)
                  ? Manner.introduced
                  : Manner.named,
          )
        }
      }
      i = Math.max(i, last)
    }
  }
  first[count] = mention.length
  return { sex, first, mention, manner }
}

/** What a turn's quotations say of their hearer, in figures. */
export function addressOf({ sex, first, mention, manner }: Addresses, { figureOf }: Cast, { quotations }: Turn): Address {
  const figures: number[] = []
  const called: number[] = []
  const named: number[] = []
  const introduced: number[] = []
  let stated: number = Sex.unknown
  for (const q of quotations) {
    if (stated === Sex.unknown) stated = sex[q]!
    for (let i = first[q]!; i < first[q + 1]!; i++) {
      const figure = figureOf[mention[i]!]!
      if (figure < 0) continue
      if (manner[i] === Manner.introduced) introduced.push(figure)
      else if (manner[i] === Manner.named) named.push(figure)
      else figures.push(figure)
      if (manner[i] === Manner.called) called.push(figure)
    }
  }
  return { figures, called, sex: stated, named, introduced }
}

const openers = new Set(
  'my dear dearest poor old good oh o ah hey well yes no dear hello hi thank you thanks please sweet young little darling sorry morning evening night afternoon bye goodbye come look listen now why and but so'.split(
    ' ',
  ),
)

/** "I'm Anna", "I am Anna", "my name is Anna", "the name's Anna". */
function namesSelf({ word }: Reading, first: number, from: number): boolean {
  if (first - 2 < from) return false
  const verb = word(first - 1)
  const subject = word(first - 2)
  return verb === "'m" || verb === 'am' ? subject === 'i' : (verb === 'is' || verb === "'s") && subject === 'name'
}

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
