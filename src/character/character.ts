/** From clusters to characters: name, aliases with their types, pronouns and what speaks for them, kind and role. */
import type { Cluster, CoreferenceLayer, MentionSpan, TextLayer } from '../layers.js'
import { kinNouns } from '../lexicon/person.js'
import type { AnalyzeOptions, Character, GenderEvidence } from '../types.js'
import { isTitle, type NameForm, nameWords, readName, sexOfForm } from './name.js'
import { spellName } from './naming.js'
import { describeHead, HeadClass } from './noun.js'
import { pronounOf, Sex } from './pronoun.js'

/** What a cluster is published as, but for its id and its quotations. */
export type Portrait = Pick<Character, 'name' | 'kind' | 'role' | 'aliases' | 'pronouns' | 'genderEvidence'>

/** Who counts as major: a share of the most mentioned character's mentions, a share of all mentions, a least number. */
const major = { ofLeader: 0.15, ofAll: 0.02, least: 10 }
/** Mentions up to which a character only passes through. */
const passing = 2

/** Describes every cluster; one entry per cluster, in their order. */
export function describeCharacters({
  text,
  mentions,
  coreference: { clusters },
  options: { rename = {}, cast = [] },
}: {
  text: TextLayer
  mentions: readonly MentionSpan[]
  coreference: CoreferenceLayer
  options: Pick<AnalyzeOptions, 'rename' | 'cast'>
}): Portrait[] {
  const listed = new Map(cast.map(({ name }) => [withoutArticle(name), name]))
  const leader = clusters.reduce((most, cluster) => Math.max(most, cluster.mentions.length), 0)
  return clusters.map((cluster): Portrait => {
    const count = cluster.mentions.length
    const spelled = spellingsOf(cluster, text, mentions)
    const carries = count >= major.least && count >= leader * major.ofLeader && count >= mentions.length * major.ofAll
    return {
      name: renamed(cluster, rename, text, mentions),
      kind: cluster.kind,
      role: carries ? 'major' : count <= passing ? 'passing' : 'minor',
      aliases: aliasesOf(cluster.name, spelled, text, listed),
      pronouns: cluster.gender,
      genderEvidence: evidenceOf(cluster, spelled, text, mentions),
    }
  })
}

/** The new name where the user gave one for the cluster's name or for any name it is called by. */
function renamed(
  { name, mentions: list }: Cluster,
  rename: Readonly<Record<string, string>>,
  { text }: TextLayer,
  mentions: readonly MentionSpan[],
): string {
  const wanted = Object.entries(rename)
  if (wanted.length === 0) return name
  if (Object.hasOwn(rename, name)) return rename[name]!
  for (const [old, next] of wanted)
    if (list.some((m) => mentions[m]!.mentionType === 'PROP' && text.slice(mentions[m]!.start, mentions[m]!.end) === old))
      return next
  return name
}

/** One way in which a character is called by name or noun: its first mention and how many there are. */
interface Spelling {
  readonly mention: MentionSpan
  count: number
}

/** The names and nouns of a cluster, each spelling once, in text order. */
function spellingsOf({ mentions: list }: Cluster, { text }: TextLayer, mentions: readonly MentionSpan[]): Spelling[] {
  const found = new Map<string, Spelling>()
  for (const m of list) {
    const mention = mentions[m]!
    if (mention.mentionType === 'PRON') continue
    const key = mention.mentionType + text.slice(mention.start, mention.end)
    const known = found.get(key)
    if (known === undefined) found.set(key, { mention, count: 1 })
    else known.count++
  }
  return [...found.values()]
}

/** @param listed names of the user's cast, by themselves without article: what is one's name is another's epithet at most. */
function aliasesOf(
  name: string,
  spellings: readonly Spelling[],
  layer: TextLayer,
  listed: ReadonlyMap<string, string>,
): Character['aliases'] {
  const { tokens } = layer
  const found = new Map<string, { text: string; type: Character['aliases'][number]['type']; count: number }>()
  if (spellings.length === 0) return []
  let words: ReadonlySet<string> | undefined
  const ownWords = (): ReadonlySet<string> => {
    words ??= new Set(name.toLowerCase().split(/[^\p{L}\p{N}'’-]+/u))
    return words
  }
  for (const { mention, count } of spellings) {
    const spelling = spellName(mention, layer)
    const key = spelling.toLowerCase()
    const known = found.get(key)
    if (known === undefined) {
      const head = tokens.vocabulary[tokens.word[mention.head]!]!
      const form = mention.mentionType === 'PROP' ? readName(nameWords(tokens, mention)) : null
      found.set(key, {
        text: spelling,
        type:
          form !== null
            ? typeOfName(form, ownWords())
            : isOffice(spelling, head) && (listed.get(withoutArticle(spelling)) ?? name) === name
              ? 'title'
              : 'epithet',
        count,
      })
    } else {
      known.count += count
      // "ALICE" in a heading is no spelling to show.
      if (known.text === known.text.toUpperCase()) known.text = spelling
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count)
}

const withoutArticle = (name: string): string => name.toLowerCase().replace(/^the /, '')

/** "the Captain", "Captain": called by office alone. "the captain" describes. */
const isOffice = (spelling: string, head: string): boolean =>
  isTitle(head) && !kinNouns().has(head) && /^(?:[Tt]he )?\p{Lu}\S*$/u.test(spelling)

/** A bare title is a title; a single word that the full name lacks is a nickname. */
function typeOfName({ words, title }: NameForm, ownWords: ReadonlySet<string>): 'name' | 'nickname' | 'title' {
  if (words.length === 1 && title === null && isTitle(words[0]!)) return 'title'
  return words.length === 1 && title === null && !ownWords.has(words[0]!) ? 'nickname' : 'name'
}

function evidenceOf(
  { mentions: list }: Cluster,
  spellings: readonly Spelling[],
  { tokens }: TextLayer,
  mentions: readonly MentionSpan[],
): GenderEvidence {
  const pronouns = [0, 0, 0, 0, 0, 0]
  const nouns = [0, 0, 0, 0, 0, 0]
  const names = [0, 0, 0, 0, 0, 0]
  for (const m of list) {
    const { mentionType, head } = mentions[m]!
    if (mentionType !== 'PRON') continue
    const pronoun = pronounOf(tokens.vocabulary[tokens.word[head]!]!)
    if (pronoun?.person === 3) pronouns[pronoun.sex]!++
  }
  for (const { mention } of spellings) {
    if (mention.mentionType === 'NOM') nouns[describeHead(tokens.vocabulary[tokens.word[mention.head]!]!).sex]!++
    else {
      const form = readName(nameWords(tokens, mention))
      if (form === null) continue
      const { sex, sure } = sexOfForm(form)
      if (sure) nouns[sex]!++
      else names[sex]!++
    }
  }
  const either = (counts: readonly number[]): 'he' | 'she' | null =>
    counts[Sex.he]! > 0 === counts[Sex.she]! > 0 ? null : counts[Sex.he]! > 0 ? 'he' : 'she'
  return {
    he: pronouns[Sex.he]!,
    she: pronouns[Sex.she]!,
    they: pronouns[Sex.they]!,
    it: pronouns[Sex.it]!,
    neo: pronouns[Sex.neo]!,
    nouns: either(nouns),
    firstName: either(names),
  }
}

/** "animal" where the nouns for a cluster are animals' and no name or noun says otherwise. */
export function kindOf(
  list: readonly number[],
  plural: boolean,
  { headClass, kind }: { headClass: Uint8Array; kind: Uint8Array },
): Cluster['kind'] {
  if (plural) return 'group'
  let animal = 0
  let human = 0
  for (const m of list) {
    if (kind[m] !== 1) continue
    if (headClass[m] === HeadClass.animal) animal++
    else if (headClass[m] !== HeadClass.other) human++
  }
  return animal > human ? 'animal' : 'person'
}
