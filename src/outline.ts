/** A table of contents of a story's scenes. */
import type { Character, Scene, Story } from './types.js'

/** One line of a story's outline. */
export interface OutlineEntry {
  /** Id of the scene. */
  readonly scene: Scene['id']
  /** Title of the scene's chapter, `null` when it has none. */
  readonly chapter: string | null
  readonly kind: Scene['kind']
  /** Where, when and who: "the kitchen, next morning: Anna, Tom"; the first words when the text says none of it. */
  readonly label: string
  /** The scene's first words, without heading. */
  readonly opening: string
  readonly start: number
  readonly end: number
  /** Words of the scene, counted between white space. */
  readonly words: number
}

/** People named in a label, at most. */
const labelCast = 3
/** Words of an opening, at most. */
const openingWords = 12

const faceless = new Set(
  'i me you your he him his she her hers they them their it we us our one ones someone somebody anyone anybody everyone everybody nobody none no-one no one'.split(
    ' ',
  ),
)

/** True for a character whom the story gives neither name nor description: no help in a label. */
export const isFaceless = ({ name }: Pick<Character, 'name'>): boolean => faceless.has(name.toLowerCase())

/** Lists a story's scenes in order, each with a label built from its setting and cast and with its first words. Linear. */
export function storyOutline({
  text,
  scenes,
  chapters,
  characters,
  paragraphs,
}: Pick<Story, 'text' | 'scenes' | 'chapters' | 'characters' | 'paragraphs'>): OutlineEntry[] {
  const names = new Map(characters.filter((character) => !isFaceless(character)).map(({ id, name }) => [id, name]))
  let p = 0
  return scenes.map(({ id, chapter, kind, start, end, cast, setting }) => {
    while (
      p < paragraphs.length &&
      (paragraphs[p]!.start < start || isFurniture(paragraphs[p]!.kind, kind)) &&
      paragraphs[p]!.end <= end
    )
      p++
    const from = p < paragraphs.length && paragraphs[p]!.start < end ? paragraphs[p]!.start : start
    const words = text
      .slice(from, Math.min(end, from + openingWords * 20))
      .trim()
      .split(/\s+/)
    const opening = words.slice(0, openingWords).join(' ') + (words.length > openingWords ? ' …' : '')
    const time = setting.times.find(({ timeOfDay, dayOffset }) => timeOfDay !== null || dayOffset !== null)
    const where = [setting.place, time === undefined ? null : text.slice(time.start, time.end).replace(/\s+/g, ' ')].filter(
      (part) => part !== null,
    )
    const who = cast
      .filter(({ present, character }) => present && names.has(character))
      .slice(0, labelCast)
      .map(({ character }) => names.get(character) ?? character)
    const label = [where.join(', '), who.join(', ')].filter((part) => part !== '').join(': ')
    return {
      scene: id,
      chapter: chapters[chapter]?.title ?? null,
      kind,
      label: label === '' ? opening : label,
      opening,
      start,
      end,
      words: text
        .slice(start, end)
        .split(/\s+/)
        .filter((word) => word !== '').length,
    }
  })
}

const isFurniture = (paragraph: Story['paragraphs'][number]['kind'], scene: Scene['kind']): boolean =>
  paragraph === 'heading' || paragraph === 'break' || (paragraph === 'note' && scene !== 'note')
