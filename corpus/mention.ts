/** Mentions of a marked story: those marked, and those that follow from what is declared. */
import type { GoldMention } from './gold.js'
import type { Mark, MarkedText } from './parse.js'

type PronounKey = 'I' | 'you' | 'we' | 'he' | 'she' | 'they'
const PRONOUNS: Readonly<Record<PronounKey, string>> = {
  I: 'i me my myself im ive',
  you: "you your yourself yourselves ya yer u ur youre y'all",
  we: 'we us our ourselves',
  he: 'he him his himself hes',
  she: 'she her herself shes',
  they: 'they them their themselves themself theyre',
}
const pronounKeys = new Map(
  Object.entries(PRONOUNS).flatMap(([key, words]) => words.split(' ').map((word) => [word, key as PronounKey] as const)),
)
/** Pronouns that are only ever marked by hand. */
const OTHER_PRONOUNS = new Set('it its itself thee thou thy thine xe xem xyr ze zir hir'.split(' '))
const INDEFINITE = /^(?:(?:some|any|every|no)(?:body|one)|no-one)$/iu
const PERSON_NOUN =
  /^(?:man|men|woman|women|boys?|girls?|lady|ladies|gentlem[ae]n|child|children|kids?|father|mother|mum|mom|dad|brothers?|sisters?|sons?|daughters?|aunt|uncle|cousins?|wife|husband|friends?|doctor|detective|knights?|king|queen|prince|princess|captain|sheriff|people|person|guys?|sir|madam|miss|strangers?|teacher|servants?|maid|cabman|soldiers?|guards?|enem(?:y|ies)|lord|gods?|goddess|parents|family|host|guests?|neighbou?rs?|landlady|baby|idiots?|boyfriend|girlfriend|thief|thieves|hero|blonde?|brunette|redhead)$/iu

interface Stretch {
  readonly start: number
  readonly end: number
}
const covers = (outer: Stretch, inner: Stretch): boolean => outer.start <= inner.start && inner.end <= outer.end
const plain = (words: string): string => words.toLowerCase().replace(/’/gu, "'")

/** The mentions in text order, outer before inner. Faults go to `faults`; person nouns and capitals that no mark covers to `warnings`. */
export function mentionsOf(marked: MarkedText, faults: string[], warnings: string[]): GoldMention[] {
  const { header, cast, text, quotations, defaults } = marked
  const byKey = new Map(cast.map((character) => [character.key, character]))
  const mentions: GoldMention[] = []
  const taken = new Set<string>()
  let singletons = 0
  const clusterOf = (key: string) => (key === '_' ? `_${++singletons}` : key)
  const context = ({ start, end }: Stretch) => JSON.stringify(text.slice(Math.max(0, start - 45), end + 25))
  const isTaken = ({ start, end }: Stretch) => taken.has(`${start}-${end}`)
  const add = ({ start, end }: Stretch, cluster: string, mentionType: GoldMention['mentionType'], described?: string) => {
    if (isTaken({ start, end })) faults.push(`two mentions on ${context({ start, end })}`)
    taken.add(`${start}-${end}`)
    const link = described === undefined ? {} : { link: { type: 'COP' as const, cluster: described } }
    mentions.push({ start, end, text: text.slice(start, end), entityType: 'PER', mentionType, cluster, ...link })
  }
  const checkPronoun = (pronoun: PronounKey | undefined, key: string, where: Stretch) => {
    const own = byKey.get(key)?.pronouns
    if (own && (pronoun === 'he' || pronoun === 'she') && !own.includes(pronoun))
      faults.push(`${key} is "${own}" ${context(where)}`)
  }

  const excluded: Mark[] = []
  for (const mark of marked.mentions) {
    const { key, flag, start, end } = mark
    const words = plain(text.slice(start, end))
    if (start === end) faults.push(`empty mention of ${key} ${context(mark)}`)
    if (key === '0') {
      excluded.push(mark)
      continue
    }
    if (!key.startsWith('_') && !byKey.has(key)) faults.push(`undeclared ${key} ${context(mark)}`)
    const pronoun = pronounKeys.get(words)
    checkPronoun(pronoun, key, mark)
    const endsInName = byKey.get(key)?.names.some((name) => words === plain(name) || words.endsWith(` ${plain(name)}`)) ?? false
    const type = pronoun || OTHER_PRONOUNS.has(words) ? 'PRON' : flag === '^' || endsInName ? 'PROP' : 'NOM'
    // A predicate is a mention of its own, linked to whom it describes.
    if (flag === '=') add(mark, clusterOf('_'), type, key)
    else add(mark, clusterOf(key), type)
  }

  // Declared names, the longer first ("Miss Pell" before "Pell"), not inside a marked name of the same bearer.
  const named: Stretch[] = []
  const names = cast
    .flatMap(({ key, names }) => names.map((name) => ({ name, key })))
    .sort((a, b) => b.name.length - a.name.length)
  for (const { name, key } of names) {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&').replace(/['’]/gu, "['’]")
    for (const match of text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'gu'))) {
      const span = { start: match.index, end: match.index + match[0].length }
      if (named.some((other) => other.start < span.end && span.start < other.end)) continue
      if (excluded.some((mark) => covers(mark, span))) continue
      named.push(span)
      const isPartOfName = mentions.some(
        (mention) => covers(mention, span) && mention.cluster === key && mention.mentionType === 'PROP',
      )
      if (!isTaken(span) && !isPartOfName) add(span, key, 'PROP')
    }
  }

  // Pronouns and indefinites, word by word.
  for (const match of text.matchAll(/[\p{L}]+(?:-one)?/gu)) {
    const word = match[0]
    const span = { start: match.index, end: match.index + word.length }
    const isNamed = named.some((name) => covers(name, span))
    const isSettled = isTaken(span) || isNamed || excluded.some((mark) => covers(mark, span))
    if (INDEFINITE.test(word)) {
      // "everybody who was there" is one mention, "anybody's daughter" two.
      const isHead =
        !/['’]/u.test(text[span.end] ?? '') && mentions.some(({ start, end }) => start === span.start && end > span.end)
      if (!isSettled && !isHead) add(span, clusterOf('_'), 'NOM')
      continue
    }
    if (PERSON_NOUN.test(word) && !isNamed && !marked.mentions.some((mark) => covers(mark, span)))
      warnings.push(`noun "${word}" ${context(span)}`)
    const pronoun = pronounKeys.get(plain(word))
    if (!pronoun || isSettled || /\p{L}['’]$/u.test(text.slice(0, span.start).slice(-2))) continue
    if (word === 'i' && header.get('case') !== 'lower') continue
    const speech = quotations.findLast((quotation) => quotation.kind !== 'quoted' && covers(quotation, span))
    const usual = defaults.findLast(({ offset }) => offset <= span.start)!.map.get(pronoun)
    const key = speech && pronoun === 'I' ? speech.speaker : speech && pronoun === 'you' ? speech.addressee : usual
    if (!key) {
      faults.push(`"${word}" unresolved ${context(span)}`)
      continue
    }
    const isThirdPerson = pronoun === 'he' || pronoun === 'she' || pronoun === 'they'
    if (speech && isThirdPerson && (key === speech.speaker || key === speech.addressee))
      faults.push(`"${word}" from ${speech.speaker} to ${speech.addressee} is ${key} ${context(span)}`)
    checkPronoun(pronoun, key, span)
    add(span, key, 'PRON')
  }

  for (const match of text.matchAll(/(?<=[\p{Ll},;] )\p{Lu}[\p{L}’']+/gu)) {
    const span = { start: match.index, end: match.index + match[0].length }
    const isKnown = named.some(({ start, end }) => start < span.end && span.start < end) || /^I(?:['’]|$)/u.test(match[0])
    if (!isKnown && !marked.mentions.some((mark) => covers(mark, span))) warnings.push(`capital "${match[0]}" ${context(span)}`)
  }
  return mentions.sort((a, b) => a.start - b.start || b.end - a.end)
}
