/** What the words around a mention say of whose mind the narration is in. */
import { type MentionSpan, posTags, type QuotationLayer, type TextLayer } from '../layers.js'
import { innerNouns, mindAdjectives, mindVerbs } from '../lexicon/mind.js'
import { reportVerbs } from '../lexicon/speech.js'
import { flagWords } from './token.js'

/**
 * Kinds of sign. As subject: of a verb of the mind ("Anna knew"), of a feeling ("Anna was glad"), of speech ("said Anna"), of any other
 * verb. "Owns": before what only its owner knows of ("her heart"). "Seen": after a verb of the mind ("saw Anna leave"), or as subject of
 * one that looks from outside ("Anna seemed"). "Inset": subject of a clause that hangs on somebody ("aware that Anna left").
 * "Befallen": "it seemed to Anna". "Possessive": "her hat".
 */
export const Sign = {
  other: 0,
  acts: 1,
  speaks: 2,
  mind: 3,
  feels: 4,
  owns: 5,
  seen: 6,
  inset: 7,
  insetMind: 8,
  befallen: 9,
  possessive: 10,
} as const
export const signCodes = Object.keys(Sign).length

const posOf = (tag: (typeof posTags)[number]): number => posTags.indexOf(tag)
const verb = posOf('VERB')
const aux = posOf('AUX')
const adv = posOf('ADV')
const part = posOf('PART')
/** Auxiliaries and adverbs between a subject and its verb, at most: "she had never really known". */
const mostBetween = 5

const Flag = { mind: 1, inner: 2, befalls: 4, reports: 8, adjective: 16, be: 32, seems: 64, insets: 128 } as const
const lists: readonly (readonly [number, () => ReadonlySet<string>])[] = [
  [Flag.mind, mindVerbs],
  [Flag.inner, innerNouns],
  [Flag.reports, reportVerbs],
  [Flag.adjective, mindAdjectives],
  [Flag.befalls, () => befalling],
  [Flag.be, () => being],
  [Flag.seems, () => seeming],
  [Flag.insets, () => insetting],
]
const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))
/** "It seemed to him", "it occurred to her". */
const befalling = words('seemed seems seem occurred occurs appeared came happened')
const being = words("was were is are am 's 're been be felt feels feel")
const seeming = words('seemed seems appeared appears looked looks sounded sounds')
const insetting = words('that whether how why what if because though when where as than')
const possessives = words('his her their its my')

/** Reads the sign of one mention in the narration; a code of `Sign`. */
export function signReader(
  { tokens }: Pick<TextLayer, 'tokens'>,
  { quotationOf }: QuotationLayer,
): (mention: MentionSpan) => number {
  const flags = new Uint8Array(tokens.vocabulary.length)
  for (const [flag, list] of lists)
    flagWords(tokens, list()).forEach((isListed, w) => {
      if (isListed === 1) flags[w]! |= flag
    })
  const possessive = flagWords(tokens, possessives)
  const { pos, word, paragraph, length } = tokens
  const to = tokens.wordId('to')
  return ({ first, last, head, mentionType }) => {
    const p = paragraph[head]!
    const within = (t: number): boolean => t >= 0 && t < length && paragraph[t] === p
    const before = within(first - 1) && quotationOf[first - 1]! < 0 ? flags[word[first - 1]!]! : 0
    const isSeen = before & Flag.mind && pos[first - 1] === verb
    let next = last + 1
    let isSubject = false
    let isState = false
    for (const end = next + mostBetween; next < end && within(next); next++) {
      if (pos[next] === aux) isSubject = true
      else if (pos[next] !== adv && pos[next] !== part) break
      if (flags[word[next]!]! & Flag.be) isState = true
    }
    if (within(next) && quotationOf[next]! < 0) {
      const after = flags[word[next]!]!
      if (isState && after & Flag.adjective) return Sign.feels
      if (pos[next] === verb) {
        if (isSeen || after & Flag.seems) return Sign.seen
        if (after & Flag.mind) return before & Flag.insets ? Sign.insetMind : Sign.mind
        return before & Flag.insets ? Sign.inset : after & Flag.reports ? Sign.speaks : Sign.acts
      }
      if (isSubject) return isSeen ? Sign.seen : before & Flag.insets ? Sign.inset : Sign.acts
      if (next === last + 1 && after & Flag.inner) return Sign.owns
    }
    if (isSeen) return Sign.seen
    if (first > 1 && word[first - 1] === to && flags[word[first - 2]!]! & Flag.befalls) return Sign.befallen
    if (before & Flag.reports && first > 1 && quotationOf[first - 2]! >= 0) return Sign.speaks
    return mentionType === 'PRON' && possessive[word[head]!] === 1 ? Sign.possessive : Sign.other
  }
}
