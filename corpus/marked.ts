/**
 * Compiles a story marked by hand into its plain text and gold annotation. The marks are described in corpus/README.md.
 *
 * The marks say who every noun phrase, quotation and ambiguous pronoun is. Three things follow from them by definition and are
 * filled in: a declared name is its bearer wherever it stands; I inside a quotation is the speaker, you the addressee; he, she,
 * they and we are whom the latest `@ he=x` line says. Where none of this settles a pronoun, compiling fails.
 */
import type { GoldCharacter, GoldMention, GoldQuotation, GoldQuoted, GoldStory } from './gold.js'
import { layOut } from './layout.js'
import { mentionsOf } from './mention.js'
import { type MarkedText, parseMarked } from './parse.js'

/** Compiles one story. Throws with a list of every fault; `warnings` name person nouns and capitals that no mark covers. */
export function compileStory(id: string, source: string): { gold: GoldStory; warnings: string[] } {
  const marked = parseMarked(source)
  const { header, text } = marked
  const faults = [...marked.faults]
  const warnings: string[] = []
  const { paragraphs, chapters, scenes, segments } = layOut(marked, faults)
  const mentions = mentionsOf(marked, faults, warnings)
  const { quotes, quoted } = quotationsOf(marked, mentions, faults)
  const characters = charactersOf(marked, mentions, quotes, faults)
  if (faults.length) throw new Error(`${id}: ${faults.length} faults\n  ${faults.join('\n  ')}`)
  const breakKinds = { chapter: 'chapter', marker: 'hr', inferred: 'hidden', start: 'hr' } as const
  const gold: GoldStory = {
    id,
    title: header.get('title') ?? id,
    author: 'throughline corpus',
    style: header.get('style') ?? '',
    world: header.get('world') ?? 'original',
    license: 'CC0-1.0',
    text,
    paragraphs,
    chapters,
    headings: paragraphs.filter(({ kind }) => kind === 'heading').map(({ start, end }) => ({ start, end })),
    breaks: scenes.slice(1).map(({ start, cause }) => ({ offset: start, kind: breakKinds[cause] })),
    scenes,
    segments,
    // A reader whom the story only calls "you" can be named no other way.
    aliases: Object.fromEntries(
      characters.map(({ name, aliases, pronouns }) => [
        name,
        [...aliases.filter((alias) => alias !== name), ...(pronouns === 'you' ? ['you'] : [])],
      ]),
    ),
    characters,
    quotes,
    quoted,
    mentions,
  }
  return { gold, warnings }
}

function quotationsOf({ cast, text, quotations }: MarkedText, mentions: readonly GoldMention[], faults: string[]) {
  const known = new Set([...cast.map(({ key }) => key), ...mentions.map(({ cluster }) => cluster)])
  const quotes: GoldQuotation[] = []
  const quoted: GoldQuoted[] = []
  for (const { start, end, kind, speaker, addressee, type } of quotations) {
    const context = JSON.stringify(text.slice(start, end).slice(0, 60))
    for (const person of [speaker, addressee]) if (person && !known.has(person)) faults.push(`${person} is no one ${context}`)
    if (kind === 'speech') {
      if (!speaker) faults.push(`speech without speaker ${context}`)
      quotes.push({ id: `q${quotes.length}`, start, end, speaker, addressee, type })
    } else quoted.push({ start, end, kind, speaker })
  }
  return { quotes, quoted }
}

/** The declared characters, and those undeclared ones who speak. */
function charactersOf(
  { cast }: MarkedText,
  mentions: readonly GoldMention[],
  quotes: readonly GoldQuotation[],
  faults: string[],
) {
  const textsOf = (own: readonly GoldMention[], type: GoldMention['mentionType']) => [
    ...new Set(own.filter(({ mentionType }) => mentionType === type).map((mention) => mention.text.replace(/\s+/gu, ' '))),
  ]
  const speakers = new Set(quotes.flatMap(({ speaker }) => (speaker?.startsWith('_') ? [speaker] : [])))
  const undeclared = [...speakers].map((key) => ({ key, name: '', pronouns: null, kind: 'person' as const }))
  return [...cast, ...undeclared].map(({ key, name, kind, pronouns }): GoldCharacter => {
    const own = mentions.filter(({ cluster }) => cluster === key)
    if (!own.length) faults.push(`character ${key} has no mention`)
    const firstWords = own.find(({ mentionType }) => mentionType !== 'PRON')?.text
    return {
      id: key,
      name: name || firstWords || key,
      kind,
      pronouns,
      aliases: textsOf(own, 'PROP'),
      epithets: textsOf(own, 'NOM'),
    }
  })
}
