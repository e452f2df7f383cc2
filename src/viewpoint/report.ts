/** What an editor wants to know of a story's point of view: who has it for how long, and where it slips. */
import { firstEndingAfter, indexAt } from '../span.js'
import type { CharacterId, Shift, Span, Story, Viewpoint } from '../types.js'

/** One side of a shift: the paragraph next to it, and what in it belongs to the viewpoint. */
export interface ShiftSide {
  /** Index into `story.viewpoints`. */
  readonly viewpoint: number
  /** Narrator in first person, focal character in third; `null` for nobody. */
  readonly character: CharacterId | null
  /** The nearest prose paragraph of the viewpoint. */
  readonly paragraph: Span
  /** Sentences of that paragraph whose narration speaks of the character. */
  readonly evidence: readonly Span[]
}

/** A shift with both paragraphs' evidence. */
export interface ReportedShift extends Pick<Shift, 'offset' | 'changes' | 'placement'> {
  readonly before: ShiftSide
  readonly after: ShiftSide
}

/** How much of a story one viewpoint takes. */
export interface ViewpointShare extends Pick<Viewpoint, 'person' | 'tense'> {
  readonly character: CharacterId | null
  /** UTF-16 code units. */
  readonly length: number
  /** Share of the story's text, in [0, 1]. */
  readonly share: number
}

/** A story's point of view at a glance. */
export interface PointOfViewReport {
  /** Largest first. */
  readonly shares: readonly ViewpointShare[]
  /** Every shift of person, narrator or focal character, in text order. */
  readonly shifts: readonly ReportedShift[]
  /** Those in the middle of a scene, where the author left no mark. */
  readonly headHops: readonly ReportedShift[]
}

/** Sums up the viewpoints of an analysed story and lists its shifts with the evidence on both sides. Linear in the mentions. */
export function pointOfViewReport(story: Story): PointOfViewReport {
  const shifts = story.shifts
    .filter(({ changes }) => changes.some((change) => change !== 'tense'))
    .map(
      ({ offset, changes, placement, from, to }): ReportedShift => ({
        offset,
        changes,
        placement,
        before: sideOf(story, from, 'last'),
        after: sideOf(story, to, 'first'),
      }),
    )
  return { shares: sharesOf(story), shifts, headHops: shifts.filter(({ placement }) => placement === 'inside') }
}

const characterOf = ({ person, narrator, focal }: Viewpoint): CharacterId | null => (person === 'first' ? narrator : focal)

function sharesOf({ text, viewpoints }: Story): ViewpointShare[] {
  const shares = new Map<string, ViewpointShare>()
  for (const viewpoint of viewpoints) {
    const { person, tense, start, end } = viewpoint
    const character = characterOf(viewpoint)
    const key = `${person} ${tense} ${character}`
    const length = (shares.get(key)?.length ?? 0) + end - start
    shares.set(key, { person, tense, character, length, share: length / text.length })
  }
  return [...shares.values()].sort((a, b) => b.length - a.length)
}

function sideOf({ viewpoints, paragraphs, sentences, mentions }: Story, index: number, which: 'first' | 'last'): ShiftSide {
  const viewpoint = viewpoints[index]!
  const character = characterOf(viewpoint)
  let p = which === 'first' ? firstEndingAfter(paragraphs, viewpoint.start) : firstEndingAfter(paragraphs, viewpoint.end - 1)
  if (p >= paragraphs.length || paragraphs[p]!.start >= viewpoint.end) p--
  const step = which === 'first' ? 1 : -1
  const nearest = Math.max(0, p)
  while (paragraphs[p] !== undefined && paragraphs[p]!.kind !== 'prose' && inside(paragraphs[p]!, viewpoint)) p += step
  const paragraph = paragraphs[p] !== undefined && inside(paragraphs[p]!, viewpoint) ? paragraphs[p]! : paragraphs[nearest]!
  const evidence: Span[] = []
  for (let m = firstAt(mentions, paragraph.start); m < mentions.length && mentions[m]!.start < paragraph.end; m++) {
    if (mentions[m]!.quotation !== null || mentions[m]!.character !== character) continue
    const sentence = sentences[indexAt(sentences, mentions[m]!.start)]
    if (sentence !== undefined && evidence.at(-1)?.start !== sentence.start)
      evidence.push({ start: sentence.start, end: sentence.end })
  }
  return { viewpoint: index, character, paragraph: { start: paragraph.start, end: paragraph.end }, evidence }
}

const inside = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.start < outer.end

/** Index of the first mention that starts at or after an offset. */
function firstAt(mentions: Story['mentions'], offset: number): number {
  let low = 0
  let high = mentions.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (mentions[middle]!.start < offset) low = middle + 1
    else high = middle
  }
  return low
}
