/** A Story as a page for the terminal: title, scenes, characters, who speaks how much, viewpoints, a timeline. */
import { isFaceless } from '../outline.js'
import type { Character, CharacterId, Story } from '../types.js'
import { cut, paint, plain, type Style, type Terminal } from './terminal.js'

/** Rows shown of a long list; the rest is counted. */
const shown = { characters: 12, scenes: 30, aliases: 6, speakers: 8, shifts: 20, timeline: 6 }
const colours: readonly Style[] = ['cyan', 'yellow', 'magenta', 'green', 'blue', 'red']

/** Renders the summary, lines joined by "\n". `name` stands in for a title that is not known. */
export function renderSummary(story: Story, name: string, terminal: Terminal): string {
  const names = new Map(story.characters.map((character) => [character.id, plain(character.name)]))
  const nameOf = (id: CharacterId | null): string => (id === null ? '—' : (names.get(id) ?? '?'))
  const major = story.characters.filter(
    (character) => character.role !== 'passing' && character.kind !== 'group' && (character.narrator || !isFaceless(character)),
  )
  return [
    title(story, name, terminal),
    section('Characters', characters(story, major, terminal), terminal),
    section('Who speaks', speakers(story, nameOf, terminal), terminal),
    section('Scenes', scenes(story, nameOf, terminal), terminal),
    section('Point of view', viewpoints(story, nameOf, terminal), terminal),
    section('Timeline', timeline(story, major, terminal), terminal),
    section(
      'Notes',
      story.diagnostics
        .slice(0, 5)
        .map(({ message, span }) => cut(span === null ? message : `${message} (at ${span.start})`, terminal.width)),
      terminal,
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

const countWords = (text: string): number => text.match(/\S+/g)?.length ?? 0
const plural = (count: number, noun: string): string => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`

function title({ metadata, text, chapters, scenes, quotations }: Story, name: string, terminal: Terminal): string {
  const heading = cut(metadata.title ?? name, terminal.width)
  const author = metadata.author === null ? '' : `by ${cut(metadata.author, terminal.width - 3)}\n`
  const counts = [
    plural(countWords(text), 'word'),
    plural(chapters.length, 'chapter'),
    plural(scenes.length, 'scene'),
    plural(quotations.length, 'quotation'),
  ]
  return `${paint(terminal, 'bold', heading)}\n${author}${paint(terminal, 'dim', counts.join(' · '))}`
}

const section = (heading: string, lines: readonly string[], terminal: Terminal): string =>
  lines.length === 0 ? '' : [paint(terminal, 'bold', heading), ...lines.map((line) => `  ${line}`)].join('\n')

const rest = (all: number, most: number, noun: string): string[] => (all > most ? [`… and ${plural(all - most, noun)} more`] : [])

function characters({ characters: all }: Story, major: readonly Character[], { width }: Terminal): string[] {
  const list = major.length > 0 ? major : all
  const column = Math.min(28, Math.max(...list.slice(0, shown.characters).map(({ name }) => [...plain(name)].length), 4))
  const lines = list.slice(0, shown.characters).map(({ name, aliases, pronouns, mentionCount, narrator }) => {
    const others = aliases
      .filter((alias) => alias.text !== name && alias.text.length > 1)
      .slice(0, shown.aliases)
      .map(({ text }) => plain(text))
    const facts = [pronouns ?? '', narrator ? 'narrator' : '', others.length > 0 ? `also ${others.join(', ')}` : '']
      .filter(Boolean)
      .join('; ')
    return `${cut(name, column).padEnd(column)} ${String(mentionCount).padStart(5)}  ${cut(facts, width - column - 10)}`.trimEnd()
  })
  return [...lines, ...rest(list.length, shown.characters, 'character')]
}

function speakers({ quotations, text }: Story, nameOf: (id: CharacterId | null) => string, { width }: Terminal): string[] {
  const words = new Map<CharacterId | null, number>()
  for (const { speaker, start, end, kind } of quotations)
    if (kind === 'speech') words.set(speaker, (words.get(speaker) ?? 0) + countWords(text.slice(start, end)))
  const total = [...words.values()].reduce((sum, count) => sum + count, 0)
  const ranked = [...words].filter(([id]) => id !== null).sort((a, b) => b[1] - a[1])
  const column = Math.min(28, Math.max(...ranked.slice(0, shown.speakers).map(([id]) => [...nameOf(id)].length), 4))
  const room = Math.max(10, width - column - 16)
  return ranked.slice(0, shown.speakers).map(([id, count]) => {
    const bar = '█'.repeat(Math.max(1, Math.round((count / ranked[0]![1]) * room)))
    return `${cut(nameOf(id), column).padEnd(column)} ${String(Math.round((100 * count) / total)).padStart(3)} %  ${bar}`
  })
}

function scenes(story: Story, nameOf: (id: CharacterId | null) => string, { width }: Terminal): string[] {
  const unknown = new Set(story.characters.filter(isFaceless).map(({ id }) => id))
  const lines = story.scenes.slice(0, shown.scenes).map((scene, i) => {
    const present = scene.cast
      .filter((member) => member.present && !unknown.has(member.character))
      .slice(0, 4)
      .map(({ character }) => nameOf(character))
    const view = story.viewpoints.find(({ start, end }) => start <= scene.start && scene.start < end)
    const through = view?.narrator ?? view?.focal ?? null
    const time = scene.setting.times[0]
    const setting = [scene.setting.place, time === undefined ? null : story.text.slice(time.start, time.end)]
      .filter((part) => part !== null)
      .map(plain)
    const facts = [
      scene.kind === 'scene' ? '' : scene.kind,
      present.join(', '),
      setting.join(', '),
      through === null ? '' : `through ${nameOf(through)}`,
    ].filter(Boolean)
    const chapter =
      scene.boundary.cause === 'chapter' || scene.boundary.cause === 'start' ? story.chapters[scene.chapter]?.title : null
    const label = chapter == null ? '' : `${plain(chapter)}: `
    return cut(
      `${String(i + 1).padStart(3)}. ${label}${facts.join(' · ') || plain(story.text.slice(scene.start, scene.start + 80))}`,
      width - 2,
    )
  })
  return [...lines, ...rest(story.scenes.length, shown.scenes, 'scene')]
}

function viewpoints(
  { viewpoints: all, shifts }: Story,
  nameOf: (id: CharacterId | null) => string,
  { width }: Terminal,
): string[] {
  const describe = (v: number): string => {
    const { person, tense, narrator, focal, form } = all[v]!
    const who = narrator !== null ? `told by ${nameOf(narrator)}` : focal !== null ? `through ${nameOf(focal)}` : ''
    return [person === null ? 'no narration' : `${person} person`, tense, form === 'narration' ? '' : form, who]
      .filter(Boolean)
      .join(', ')
  }
  if (all.length === 0) return []
  const lines = shifts.slice(0, shown.shifts).map(({ to, placement, changes }) => {
    const mark = placement === 'inside' ? 'head-hop' : `new ${placement}`
    return cut(`→ ${describe(to)} (${mark}; ${changes.join(', ')})`, width - 2)
  })
  return [cut(describe(0), width - 2), ...lines, ...rest(shifts.length, shown.shifts, 'shift')]
}

/** One row per main character: a block where the story mentions them, darker where more often; `|` marks chapters. */
function timeline({ text, mentions, chapters }: Story, major: readonly Character[], terminal: Terminal): string[] {
  if (text.length === 0 || major.length === 0) return []
  const rows = major.slice(0, shown.timeline)
  const column = Math.min(18, Math.max(...rows.map(({ name }) => [...plain(name)].length)))
  const room = terminal.width - column - 4
  const at = (offset: number): number => Math.min(room - 1, Math.floor((offset / text.length) * room))
  const lines = rows.map(({ id, name }, r) => {
    const counts = new Array<number>(room).fill(0)
    for (const { character, start } of mentions) if (character === id) counts[at(start)]!++
    const most = Math.max(...counts, 1)
    const bar = counts.map((count) => ' ░▒▓█'[Math.ceil((4 * count) / most)]).join('')
    return `${cut(name, column).padEnd(column)} ${paint(terminal, colours[r % colours.length]!, bar)}`
  })
  if (chapters.length < 2) return lines
  const marks = new Array<string>(room).fill(' ')
  for (const { start } of chapters.slice(1)) marks[at(start)] = '|'
  return [...lines, paint(terminal, 'dim', `${'chapters'.slice(0, column).padEnd(column)} ${marks.join('').trimEnd()}`)]
}
