/** Another tool's clusters as our layers. */
import { bySpan } from '../span.js'
import type { Alias, Character, GenderEvidence, Mention, Quotation } from '../types.js'

export interface ForeignMention {
  readonly start: number
  readonly end: number
  /** The tool's own name for the cluster. */
  readonly cluster: string
  /** `null` when the format does not say. */
  readonly mentionType: Mention['mentionType'] | null
}

export interface ForeignQuotation {
  readonly start: number
  readonly end: number
  readonly cluster: string | null
}

const pronounSets: Readonly<Record<string, keyof Omit<GenderEvidence, 'nouns' | 'firstName'>>> = Object.fromEntries(
  Object.entries({
    he: 'he him his himself',
    she: 'she her hers herself',
    they: 'they them their theirs themselves themself',
    it: 'it its itself',
  }).flatMap(([set, words]) => words.split(' ').map((word) => [word, set as 'he'])),
)
const otherPronouns = new Set(
  "i me my mine myself we us our ours ourselves you your yours yourself yourselves who whom whose i'm i've i'd i'll".split(' '),
)

/** Mentions of one cluster up to which a character is "passing", and the share of all mentions from which it is "major". */
const passingMentions = 2
const majorShare = 0.05

/**
 * Characters, mentions and quotations as `given` takes them. A cluster's name is its longest frequent proper name, else its
 * commonest description; what the other tool does not know (kind, evidence from names) gets the neutral value.
 */
export function layersOfClusters(text: string, foreign: readonly ForeignMention[], quoted: readonly ForeignQuotation[] | null) {
  const sorted = [...foreign].filter(({ start, end }) => end > start).sort(bySpan)
  const members = new Map<string, ForeignMention[]>()
  for (const mention of sorted) {
    const list = members.get(mention.cluster)
    if (list === undefined) members.set(mention.cluster, [mention])
    else list.push(mention)
  }
  const order = [...members].sort(([, a], [, b]) => b.length - a.length || a[0]!.start - b[0]!.start)
  const idOf = new Map(order.map(([cluster], i) => [cluster, `c${i}`]))
  // A layer's quotations never overlap; of two that do, the first stands.
  const apart = quoted?.filter(({ start }, i) => i === 0 || start >= quoted[i - 1]!.end)
  const quotations = apart?.map((quotation, i): Quotation => {
    const speaker = quotation.cluster === null ? null : (idOf.get(quotation.cluster) ?? null)
    const named =
      speaker === null ? { type: null, cue: null, confidence: 0 } : { type: 'implicit' as const, cue: 'given', confidence: 1 }
    return { id: `q${i}`, start: quotation.start, end: quotation.end, kind: 'speech', speaker, addressee: null, ...named }
  })
  const mentions = mentionsOf(text, sorted, idOf, quotations ?? [])
  const spoken = new Map<string, number>()
  for (const { speaker } of quotations ?? []) if (speaker !== null) spoken.set(speaker, (spoken.get(speaker) ?? 0) + 1)
  const characters = order.map(([, list], i) => characterOf(`c${i}`, text, list, sorted.length, spoken.get(`c${i}`) ?? 0))
  return { characters, mentions, ...(quotations === undefined ? {} : { quotations }) }
}

function mentionsOf(
  text: string,
  sorted: readonly ForeignMention[],
  idOf: ReadonlyMap<string, string>,
  quotations: readonly Quotation[],
): Mention[] {
  let next = 0
  return sorted.map(({ start, end, cluster, mentionType }) => {
    while (next < quotations.length && quotations[next]!.end <= start) next++
    const quotation = quotations[next]
    return {
      start,
      end,
      character: idOf.get(cluster)!,
      mentionType: mentionType ?? typeOf(text.slice(start, end)),
      quotation: quotation !== undefined && quotation.start <= start && end <= quotation.end ? quotation.id : null,
      confidence: 1,
    }
  })
}

/** By form: a pronoun, else a name when it begins with a capital letter and not with an article. */
function typeOf(words: string): Mention['mentionType'] {
  const lower = words.toLowerCase().replaceAll('’', "'")
  if (Object.hasOwn(pronounSets, lower) || otherPronouns.has(lower)) return 'PRON'
  return /^\p{Lu}/u.test(words) && !/^(the|a|an|my|his|her|their|our|your|this|that|some|every)\s/i.test(words) ? 'PROP' : 'NOM'
}

function characterOf(id: string, text: string, list: readonly ForeignMention[], all: number, quotationCount: number): Character {
  const counts = { PROP: new Map<string, number>(), NOM: new Map<string, number>() }
  const evidence = { he: 0, she: 0, they: 0, it: 0, neo: 0 }
  for (const { start, end, mentionType } of list) {
    const words = text.slice(start, end).replace(/\s+/g, ' ')
    const type = mentionType ?? typeOf(words)
    if (type !== 'PRON') counts[type].set(words, (counts[type].get(words) ?? 0) + 1)
    else if (Object.hasOwn(pronounSets, words.toLowerCase())) evidence[pronounSets[words.toLowerCase()]!]++
  }
  const byCount = (map: Map<string, number>): [string, number][] =>
    [...map].sort((a, b) => b[1] - a[1] || b[0].length - a[0].length || (a[0] < b[0] ? -1 : 1))
  const names = byCount(counts.PROP)
  const frequent = names.filter(([, count]) => count * 4 >= (names[0]?.[1] ?? 0)).sort((a, b) => b[0].length - a[0].length)
  const epithets = byCount(counts.NOM)
  const aliases: Alias[] = [
    ...names.map(([text, count]): Alias => ({ text, type: 'name', count })),
    ...epithets.map(([text, count]): Alias => ({ text, type: 'epithet', count })),
  ]
  const [pronouns, most] = Object.entries(evidence).reduce((best, entry) => (entry[1] > best[1] ? entry : best))
  return {
    id,
    name: frequent[0]?.[0] ?? epithets[0]?.[0] ?? text.slice(list[0]!.start, list[0]!.end),
    kind: 'person',
    role: list.length <= passingMentions ? 'passing' : list.length >= all * majorShare ? 'major' : 'minor',
    narrator: false,
    aliases,
    pronouns: most > 0 ? (pronouns as 'he') : null,
    genderEvidence: { ...evidence, nouns: null, firstName: null },
    mentionCount: list.length,
    quotationCount,
    firstMention: list[0]!.start,
    lastMention: list.at(-1)!.start,
  }
}
