/** The parts of a report, each a piece of HTML: for the report file and for pages that show the same. All text of the story is escaped. */
import type { BoundaryCue, Character, Story } from '../../types.js'
import { counted, formatCount, wordScale } from '../axis.js'
import { type Player, playersOf } from '../cast.js'
import type { Chart } from '../chart.js'
import { dialogueChart } from '../dialogue.js'
import { networkChart } from '../network/index.js'
import { pacingChart } from '../pacing.js'
import { presenceChart } from '../presence.js'
import { storylineChart } from '../storyline/index.js'
import { escapeMarkup } from '../svg.js'
import { holderOf, viewpointChart } from '../viewpoint.js'
import { type ReaderParts, viewpointWords } from './reader.js'

export { type ReaderParts, readerView } from './reader.js'

/** Rows of the cast table; characters beyond are named in a list. */
const maximumRows = 150
const maximumNames = 600
/** Characters of context on either side of a first mention. */
const contextLength = 60

/** What every section looks up, made once. */
export const partsOf = (story: Story): ReaderParts => ({
  story,
  players: playersOf(story),
  ranks: new Map(story.characters.map(({ id }, rank) => [id, rank])),
  words: wordScale(story.text),
})

/** Author, fandoms, counts and remarks. */
export function factsSection({ story, words }: ReaderParts): string {
  const { metadata, chapters, scenes, characters, quotations, diagnostics } = story
  const named = characters.filter(({ aliases }) => aliases.some(({ type }) => type !== 'epithet')).length
  const lines = [
    ...(metadata.author === null ? [] : [`by ${metadata.author}`]),
    ...(metadata.fandoms.length === 0 ? [] : [metadata.fandoms.join(', ')]),
    [
      counted(words.total, 'word'),
      counted(chapters.length, 'chapter'),
      counted(scenes.length, 'scene'),
      counted(named, 'named character'),
      counted(quotations.length, 'quotation'),
    ].join(' · '),
  ]
  const remarks = diagnostics.slice(0, 20).map(({ message }) => `<li>${escapeMarkup(message)}</li>`)
  return (
    lines.map((line) => `<p class="facts">${escapeMarkup(line)}</p>`).join('') +
    (remarks.length === 0
      ? ''
      : `<details><summary>${counted(diagnostics.length, 'remark')}</summary><ul>${remarks.join('')}</ul></details>`)
  )
}

/** The six charts, their scenes linked to the reader view. */
export function chartsSection({ story }: Pick<ReaderParts, 'story'>): string {
  const numbers = new Map(story.scenes.map(({ id }, index) => [id, index]))
  const sceneLink = ({ id }: { readonly id: string }): string => `#s${numbers.get(id) ?? 0}`
  const makers = [storylineChart, viewpointChart, presenceChart, dialogueChart, networkChart, pacingChart]
  return makers
    .map((make) => make(story, { width: 1100, sceneLink }))
    .map(
      (chart: Chart) =>
        `<figure><div class="scroll" tabindex="0" role="region" aria-label="${escapeMarkup(chart.title)}">${chart.svg()}</div><figcaption>${escapeMarkup(chart.description)}</figcaption></figure>`,
    )
    .join('\n')
}

/** A dot in the character's colour and its name, linked to its row in the cast. */
function nameLink(id: string | null, { story, players, ranks }: ReaderParts): string {
  if (id === null) return '<span class="quiet">–</span>'
  const name = escapeMarkup(players.get(id)?.name ?? id)
  const rank = ranks.get(id)
  return rank === undefined || !hasRow(story, rank) ? name : `<a href="#c${rank}">${name}</a>`
}

const hasRow = ({ characters }: Story, rank: number): boolean =>
  rank < maximumRows && (characters[rank]!.role !== 'passing' || rank < 12)

/** The characters with what speaks for them. */
export function castSection({ story, players }: ReaderParts): string {
  const rows = story.characters.map((character, rank) => (hasRow(story, rank) ? castRow(story, character, rank, players) : ''))
  const rest = story.characters.filter((_, rank) => !hasRow(story, rank))
  const names = rest.slice(0, maximumNames).map(({ name, mentionCount }) => `${escapeMarkup(name)} (${mentionCount})`)
  const more = rest.length > maximumNames ? `, and ${counted(rest.length - maximumNames, 'other')}` : ''
  return (
    `<div class="scroll" tabindex="0" role="region" aria-label="Cast"><table><thead><tr><th scope="col">Name</th><th scope="col">Also called</th><th scope="col">Pronouns, and what speaks for them</th><th scope="col" class="number">Mentions</th><th scope="col" class="number">Quotations</th><th scope="col">First met</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div>` +
    (rest.length === 0
      ? ''
      : `<details><summary>${counted(rest.length, 'character')} mentioned in passing</summary><p>${names.join(', ')}${more}</p></details>`)
  )
}

function castRow(story: Story, character: Character, rank: number, players: ReadonlyMap<string, Player>): string {
  const player = players.get(character.id)!
  const aliases = character.aliases
    .slice(0, 12)
    .map(({ text, type, count }) => `${escapeMarkup(text)} <span class="quiet">(${type}, ${count})</span>`)
  const kind = [
    character.role,
    ...(character.kind === 'person' ? [] : [character.kind]),
    ...(character.narrator ? ['narrator'] : []),
  ].join(', ')
  const scene = story.scenes.findIndex(({ end }) => character.firstMention < end)
  return `<tr id="c${rank}" data-name="${escapeMarkup(player.name)}"><th scope="row"><span class="swatch b${player.slot}"></span><span class="n${player.slot}">${escapeMarkup(player.name)}</span><br><span class="quiet">${kind}</span><br><button type="button" data-c="${rank}" aria-pressed="false">show in text</button></th><td>${aliases.join('; ')}</td><td>${pronouns(character)}</td><td class="number">${formatCount(character.mentionCount)}</td><td class="number">${formatCount(character.quotationCount)}</td><td>${scene < 0 ? '' : `<a href="#s${scene}">Scene ${scene + 1}</a>: `}${firstMet(story, character)}</td></tr>`
}

function pronouns({ pronouns: set, genderEvidence }: Character): string {
  const counts = (['he', 'she', 'they', 'it', 'neo'] as const)
    .filter((key) => genderEvidence[key] > 0)
    .map((key) => `${key} ${genderEvidence[key]}×`)
  const more = [
    ...(genderEvidence.nouns === null ? [] : [`titles and nouns: ${genderEvidence.nouns}`]),
    ...(genderEvidence.firstName === null ? [] : [`first name: ${genderEvidence.firstName}`]),
  ]
  return `${set ?? 'unknown'}<br><span class="quiet">${[...counts, ...more].join('; ')}</span>`
}

function firstMet({ text }: Story, { firstMention }: Character): string {
  const start = Math.max(0, firstMention - contextLength)
  const end = Math.min(text.length, firstMention + contextLength)
  const context = text.slice(start, end).replace(/\s+/g, ' ').trim()
  return `<span class="quiet">${start > 0 ? '…' : ''}${escapeMarkup(context)}${end < text.length ? '…' : ''}</span>`
}

const cueNames: Readonly<Record<BoundaryCue, string>> = {
  time: 'time passes',
  place: 'new place',
  cast: 'other people',
  viewpoint: 'other viewpoint',
  tense: 'other tense',
  marker: 'typed break',
  heading: 'heading',
}

/** The scenes with who, where and why. */
export function scenesSection(parts: ReaderParts): string {
  const { story, words } = parts
  const rows = story.scenes.map((scene, index) => {
    const present = scene.cast.filter((member) => member.present)
    const shown = present.slice(0, 8).map(({ character }) => nameLink(character, parts))
    const more = present.length > shown.length ? `, and ${counted(present.length - shown.length, 'other')}` : ''
    const cues = scene.boundary.cues.map((cue) => cueNames[cue]).join(', ')
    const sure = scene.boundary.cause === 'inferred' ? ` (${Math.round(scene.boundary.score * 100)} %)` : ''
    const opening = story.text
      .slice(scene.start, Math.min(scene.end, scene.start + 200))
      .replace(/\s+/g, ' ')
      .trim()
    return `<tr><th scope="row"><a href="#s${index}">Scene ${index + 1}</a></th><td class="number">${scene.chapter + 1}</td><td class="number">${formatCount(words.within(scene))}</td><td>${scene.kind === 'scene' ? '' : `${scene.kind}<br>`}${escapeMarkup(scene.setting.place ?? '')}</td><td>${shown.join(', ')}${more}</td><td>${scene.boundary.cause}${sure}${cues === '' ? '' : `<br><span class="quiet">${cues}</span>`}</td><td class="quiet">${escapeMarkup(opening.slice(0, 90))}…</td></tr>`
  })
  return `<div class="scroll" tabindex="0" role="region" aria-label="Outline of scenes"><table><thead><tr><th scope="col">Scene</th><th scope="col" class="number">Chapter</th><th scope="col" class="number">Words</th><th scope="col">Where</th><th scope="col">Who</th><th scope="col">Why it begins here</th><th scope="col">Opening</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`
}

/** The viewpoints and what shifts between them. */
export function viewpointsSection(parts: ReaderParts): string {
  const { story, words, players } = parts
  const hops = story.shifts.filter(({ placement }) => placement === 'inside').length
  const byHolder = new Map<string | null, number>()
  for (const viewpoint of story.viewpoints)
    byHolder.set(holderOf(viewpoint), (byHolder.get(holderOf(viewpoint)) ?? 0) + words.within(viewpoint))
  const shares = [...byHolder]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 12)
    .map(
      ([id, count]) =>
        `${id === null ? 'nobody in particular' : nameLink(id, parts)} ${Math.round((100 * count) / Math.max(1, words.total))} %`,
    )
  const shiftTo = new Map(story.shifts.map((shift) => [shift.to, shift]))
  const rows = story.viewpoints.map((viewpoint, index) => {
    const shift = shiftTo.get(index)
    const change =
      shift === undefined
        ? ''
        : `${shift.changes.join(', ')}<br>${shift.placement === 'inside' ? '<span class="hopcell">inside a scene: head-hop</span>' : `<span class="quiet">at a new ${shift.placement}</span>`}`
    return `<tr><th scope="row"><a href="#v${index}">${escapeMarkup(viewpointWords(viewpoint, players))}</a></th><td>${nameLink(viewpoint.narrator, parts)}</td><td>${nameLink(viewpoint.focal, parts)}</td><td class="number">${formatCount(words.within(viewpoint))}</td><td>${change}</td><td>${viewpoint.cue === null ? '' : `${escapeMarkup(viewpoint.cue)} `}<span class="quiet">${Math.round(viewpoint.confidence * 100)} %</span></td></tr>`
  })
  return `<p>${counted(story.viewpoints.length, 'viewpoint')}, ${counted(story.shifts.length, 'shift')}, ${counted(hops, 'head-hop')}. Share of the text: ${shares.join(', ')}.</p><div class="scroll" tabindex="0" role="region" aria-label="Viewpoints"><table><thead><tr><th scope="col">Viewpoint</th><th scope="col">Narrator</th><th scope="col">Focal character</th><th scope="col" class="number">Words</th><th scope="col">What shifts</th><th scope="col">Evidence</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`
}
