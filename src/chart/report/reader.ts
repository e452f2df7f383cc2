/** The text as a page to read: mentions, quotations with their speakers, scenes and viewpoints marked. */
import type { Mention, Paragraph, Quotation, Span, Story, Viewpoint } from '../../types.js'
import { counted, type WordScale } from '../axis.js'
import type { Player } from '../cast.js'
import { escapeMarkup } from '../svg.js'
import { holderOf } from '../viewpoint.js'
import { heightClasses } from './style.js'

/** Paragraphs in a block that the browser lays out only when it comes near the window. */
const paragraphsPerBlock = 24
/** To estimate a block's height before it is laid out: characters of a line, pixels of a line and between paragraphs. */
const estimate = { charactersPerLine: 82, line: 28, gap: 15 } as const

export interface ReaderParts {
  readonly story: Story
  readonly players: ReadonlyMap<string, Player>
  /** Place of a character in the story's order, by id. */
  readonly ranks: ReadonlyMap<string, number>
  readonly words: WordScale
}

/** The reader view as HTML. Linear in the text and its layers. */
export function readerView(parts: ReaderParts): string {
  const { story } = parts
  const inline = inlineLayers(parts)
  const pieces: string[] = []
  let p = 0
  let v = 0
  story.scenes.forEach((scene, index) => {
    pieces.push(`<section class="scene" id="s${index}" aria-label="Scene ${index + 1}">`)
    let block: string[] = [sceneMark(parts, index)]
    let height = 0
    const close = (): void => {
      if (block.length > 0) pieces.push(`<div class="block h${heightClass(height)}">${block.join('')}</div>`)
      block = []
      height = 0
    }
    for (
      let inBlock = 0;
      p < story.paragraphs.length && (story.paragraphs[p]!.start < scene.end || index === story.scenes.length - 1);
      p++
    ) {
      const paragraph = story.paragraphs[p]!
      for (; v < story.viewpoints.length && story.viewpoints[v]!.start < paragraph.end; v++) block.push(viewpointMark(parts, v))
      block.push(paragraphMarkup(paragraph, inline(paragraph)))
      height += estimate.line * Math.ceil((paragraph.end - paragraph.start) / estimate.charactersPerLine) + estimate.gap
      if (++inBlock % paragraphsPerBlock === 0) close()
    }
    close()
    pieces.push('</section>')
  })
  return pieces.join('\n')
}

/** The class whose estimate is nearest (see the style sheet). */
const heightClass = (height: number): number =>
  Math.min(
    heightClasses.count - 1,
    Math.max(0, Math.round(Math.log(height / heightClasses.least) / Math.log(heightClasses.growth))),
  )

function paragraphMarkup({ kind }: Paragraph, content: string): string {
  if (kind === 'heading') return `<h3 dir="auto">${content}</h3>`
  return `<p dir="auto"${kind === 'prose' ? '' : ` class="${kind}"`}>${content}</p>`
}

/** "Scene 4 / the kitchen, 812 words / Anna, Ben", as a mark in the margin. */
function sceneMark({ story, players, words }: ReaderParts, index: number): string {
  const scene = story.scenes[index]!
  const present = scene.cast.filter((member) => member.present).slice(0, 6)
  const who = present.map(({ character }) => escapeMarkup(players.get(character)?.name ?? character)).join(', ')
  const facts = [
    ...(scene.setting.place === null ? [] : [scene.setting.place.slice(0, 60)]),
    counted(words.within(scene), 'word'),
  ]
  return `<div class="mark"><h4>Scene ${index + 1}</h4>${escapeMarkup(facts.join(', '))}${who === '' ? '' : `<br>${who}`}</div>`
}

/** "Viewpoint: Anna, third person, past", where a viewpoint begins. */
function viewpointMark({ story, players }: ReaderParts, index: number): string {
  const viewpoint = story.viewpoints[index]!
  const hop = story.shifts.some(({ to, placement }) => to === index && placement === 'inside')
  return `<div class="mark shift${hop ? ' hop' : ''}" id="v${index}">${hop ? 'Head-hop: ' : 'Viewpoint: '}${escapeMarkup(viewpointWords(viewpoint, players))}</div>`
}

/** "Anna, third person, past". */
export function viewpointWords(viewpoint: Viewpoint, players: ReadonlyMap<string, Player>): string {
  const holder = holderOf(viewpoint)
  const name = holder === null ? 'nobody in particular' : (players.get(holder)?.name ?? holder)
  const form = viewpoint.form === 'narration' ? [] : [viewpoint.form]
  return [name, `${viewpoint.person ?? 'unclear'} person`, viewpoint.tense ?? 'unclear tense', ...form].join(', ')
}

/** A mention or quotation cut to its paragraph. */
interface Piece extends Span {
  readonly open: string
}

/**
 * Renders a paragraph's text with its layers. Paragraphs must be asked for in text order. A span that crosses its container's end is
 * cut there: the markup nests whatever the layers do.
 */
function inlineLayers({ story, players, ranks }: ReaderParts): (paragraph: Paragraph) => string {
  let q = 0
  let m = 0
  const mentionTag = ({ character, mentionType }: Mention): string => {
    const player = players.get(character)
    const rank = ranks.get(character)
    const slot = player === undefined || rank === undefined || rank >= 30 ? '' : ` m${player.slot}`
    const type = mentionType === 'PROP' ? '' : mentionType === 'NOM' ? ' nom' : ' pron'
    return `<span class="m${slot}${type}" data-c="${rank ?? ''}">`
  }
  const quotationTag = ({ kind, speaker, addressee, cue }: Quotation): string => {
    if (kind === 'quoted') return '<span>'
    const player = speaker === null ? undefined : players.get(speaker)
    const to = addressee === null ? undefined : players.get(addressee)
    const title = `${kind === 'thought' ? 'thought by ' : ''}${player?.name ?? 'unknown speaker'}${to === undefined ? '' : ` to ${to.name}`}${cue === null ? '' : ` (${cue})`}`
    const slot = player === undefined ? '' : ` q${player.slot}`
    return `<span class="q${slot}" data-who="${escapeMarkup(player?.name ?? '?')}" title="${escapeMarkup(title)}">`
  }
  return (paragraph) => {
    while (q < story.quotations.length && story.quotations[q]!.end <= paragraph.start) q++
    while (m < story.mentions.length && story.mentions[m]!.end <= paragraph.start) m++
    const pieces: Piece[] = []
    const add = (span: Span, open: string): void => {
      const [start, end] = [Math.max(span.start, paragraph.start), Math.min(span.end, paragraph.end)]
      if (start < end) pieces.push({ start, end, open })
    }
    for (let k = q; k < story.quotations.length && story.quotations[k]!.start < paragraph.end; k++)
      add(story.quotations[k]!, quotationTag(story.quotations[k]!))
    for (let k = m; k < story.mentions.length && story.mentions[k]!.start < paragraph.end; k++)
      add(story.mentions[k]!, mentionTag(story.mentions[k]!))
    pieces.sort((a, b) => a.start - b.start || b.end - a.end)
    return nested(story.text, paragraph, pieces)
  }
}

function nested(text: string, { start, end }: Span, pieces: readonly Piece[]): string {
  const open: number[] = []
  let markup = ''
  let at = start
  const advance = (to: number): void => {
    while (open.length > 0 && open.at(-1)! <= to) {
      const close = open.pop()!
      markup += `${escapeMarkup(text.slice(at, close))}</span>`
      at = close
    }
    if (to > at) markup += escapeMarkup(text.slice(at, to))
    at = Math.max(at, to)
  }
  for (const piece of pieces) {
    advance(piece.start)
    markup += piece.open
    open.push(Math.min(piece.end, open.at(-1) ?? end))
  }
  advance(end)
  return markup
}
