/** A corpus story as its annotators see it: the gold layers as a Story, whatever the analysis finds. */
import { readFileSync } from 'node:fs'
import type { GoldStory } from '../corpus/gold.js'
import { contains, indexAt } from '../src/span.js'
import type { Alias, CastMember, Character, PronounSet, Quotation, Scene, Shift, Story, Viewpoint } from '../src/types.js'
import { syntheticStory } from './synthetic.js'

const nobodys: Story = syntheticStory({ characters: 0, scenes: 0 })
const sets: ReadonlySet<string> = new Set(['he', 'she', 'they', 'it', 'neo'])

export function goldStory(name: string): Story {
  const gold = JSON.parse(readFileSync(`corpus/${name}.json`, 'utf8')) as GoldStory
  const { text } = gold
  const counts = new Map<string, number>()
  for (const { cluster } of gold.mentions) counts.set(cluster, (counts.get(cluster) ?? 0) + 1)
  const ranked = gold.characters
    .filter(({ id }) => counts.has(id))
    .sort((a, b) => counts.get(b.id)! - counts.get(a.id)! || (a.id < b.id ? -1 : 1))
  const idOf = new Map<string | null, string>(ranked.map(({ id }, rank) => [id, `c${rank}`]))
  const idOfName = new Map<string | null, string>(ranked.map(({ name: own }, rank) => [own, `c${rank}`]))

  const quotations: Quotation[] = [
    ...gold.quotes.map((quote) => ({ ...quote, kind: 'speech' as const })),
    ...gold.quoted.map((quoted) => ({ ...quoted, addressee: null, type: null })),
  ]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, kind, speaker, addressee, type }, k) => {
      const known = idOf.get(speaker) ?? null
      const heard = idOf.get(addressee) ?? null
      return {
        id: `q${k}`,
        start,
        end,
        kind,
        speaker: known,
        addressee: heard,
        type,
        cue: null,
        confidence: known === null ? 0 : 1,
      }
    })
  const mentions = gold.mentions
    .flatMap((mention) => {
      const character = idOf.get(mention.cluster)
      const quotation = quotations.find((own) => contains(own, mention))?.id ?? null
      const { start, end, mentionType } = mention
      return character === undefined ? [] : [{ start, end, character, mentionType, quotation, confidence: 1 }]
    })
    .sort((a, b) => a.start - b.start || b.end - a.end)
  const characters = ranked.map((own, rank): Character => {
    const mine = mentions.filter(({ character }) => character === `c${rank}`)
    const count = (alias: string): number => mine.filter(({ start, end }) => text.slice(start, end) === alias).length
    const aliases: Alias[] = [
      ...own.aliases.map((alias) => ({ text: alias, type: 'name' as const, count: count(alias) })),
      ...own.epithets.map((alias) => ({ text: alias, type: 'epithet' as const, count: count(alias) })),
    ]
    return {
      id: `c${rank}`,
      name: own.name,
      kind: own.kind,
      role: mine.length > mentions.length / 20 ? 'major' : mine.length > 2 ? 'minor' : 'passing',
      narrator: gold.segments.some(({ narrator }) => narrator === own.name),
      aliases,
      pronouns: own.pronouns !== null && sets.has(own.pronouns) ? (own.pronouns as PronounSet) : null,
      genderEvidence: { he: 0, she: 0, they: 0, it: 0, neo: 0, nouns: null, firstName: null },
      mentionCount: mine.length,
      quotationCount: quotations.filter(({ speaker }) => speaker === `c${rank}`).length,
      firstMention: mine[0]!.start,
      lastMention: mine.at(-1)!.start,
    }
  })
  const scenes = gold.scenes.map(({ start, end, chapter, kind, cause }, k): Scene => {
    const cast = characters.flatMap(({ id }): CastMember[] => {
      const own = mentions.filter((mention) => mention.character === id && mention.start >= start && mention.start < end)
      const said = quotations.filter((quotation) => quotation.speaker === id && quotation.start >= start && quotation.start < end)
      const present = said.length > 0 || own.some(({ quotation }) => quotation === null)
      const words = said.reduce((sum, { start: from, end: to }) => sum + text.slice(from, to).split(/\s+/).length, 0)
      return own.length === 0 ? [] : [{ character: id, present, mentions: own.length, quotations: said.length, words }]
    })
    const boundary = { cause, cues: [], score: 1 }
    return { id: `s${k}`, start, end, chapter, kind, boundary, cast, setting: { times: [], places: [], place: null } }
  })
  const viewpoints = gold.segments.map(
    ({ start, end, person, tense, form, narrator, focal }): Viewpoint => ({
      start,
      end,
      person: person === 'epistolary-first' ? 'first' : person,
      tense,
      form,
      narrator: idOfName.get(narrator) ?? null,
      focal: idOfName.get(focal) ?? idOfName.get(narrator) ?? null,
      cue: null,
      confidence: 1,
    }),
  )
  const shifts = viewpoints.slice(1).flatMap((to, k): Shift[] => {
    const changes = (['person', 'tense', 'narrator', 'focal'] as const).filter((part) => viewpoints[k]![part] !== to[part])
    const scene = scenes[indexAt(scenes, to.start)]!
    const opensChapter = gold.chapters.some(({ start }) => start === to.start)
    const placement = opensChapter ? 'chapter' : scene.start === to.start ? 'scene' : 'inside'
    return changes.length === 0 ? [] : [{ offset: to.start, from: k, to: k + 1, changes, placement }]
  })
  return {
    ...nobodys,
    text,
    metadata: { ...nobodys.metadata, title: gold.title, author: gold.author },
    chapters: gold.chapters.map(({ title, start, end }) => ({ start, end, title: title === '' ? null : title })),
    paragraphs: gold.paragraphs,
    quotations,
    characters,
    mentions,
    scenes,
    viewpoints,
    shifts,
  }
}
