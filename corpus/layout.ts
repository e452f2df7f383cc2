/** Paragraphs, chapters, scenes and segments of a marked story. */
import type { GoldParagraph, GoldScene, GoldSegment, GoldStory } from './gold.js'
import type { MarkedText } from './parse.js'

export type Layout = Pick<GoldStory, 'paragraphs' | 'chapters' | 'scenes' | 'segments'>

/** Lays out the text. Scenes and segments begin with the first paragraph after their mark that is not a typed break. */
export function layOut(
  { header, cast, text, paragraphs: kinds, scenes: sceneMarks, views }: MarkedText,
  faults: string[],
): Layout {
  const paragraphs: GoldParagraph[] = []
  const pattern = header.get('layout') === 'lines' ? /[^\n]+/gu : /\S[\s\S]*?(?=\n[ \t]*\n|\s*$)/gu
  for (const match of text.matchAll(pattern)) {
    const start = match.index
    const end = start + match[0].trimEnd().length
    if (end > start) paragraphs.push({ start, end, kind: kinds.find(({ offset }) => offset === start)?.kind ?? 'prose' })
  }
  for (const { offset } of kinds)
    if (!paragraphs.some(({ start }) => start === offset)) faults.push(`mark % at ${offset} opens no paragraph`)

  const chapterStarts = kinds.filter(({ chapter }) => chapter).map(({ offset }) => offset)
  const chapters = (chapterStarts[0] === 0 ? chapterStarts : [0, ...chapterStarts]).map((start, index, all) => {
    const heading = chapterStarts.includes(start) ? paragraphs.find((paragraph) => paragraph.start === start) : undefined
    return { title: heading ? text.slice(heading.start, heading.end) : '', start, end: all[index + 1] ?? text.length }
  })
  const chapterAt = (offset: number) => chapters.findLastIndex(({ start }) => start <= offset)

  const firstAfter = (offset: number) => paragraphs.find(({ start, kind }) => start >= offset && kind !== 'break')
  /** Spans from each mark to the next. */
  const spansFrom = (offsets: readonly number[]) => {
    const starts = offsets.map((offset, index) => (index === 0 ? 0 : (firstAfter(offset)?.start ?? offset)))
    return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }))
  }
  const causeOf = (start: number): GoldScene['cause'] => {
    if (start === 0) return 'start'
    if (chapterStarts.includes(start)) return 'chapter'
    const first = firstAfter(start)
    const before = paragraphs.findLast(({ end }) => end <= start)
    const isMarked = first?.kind === 'heading' || first?.kind === 'note' || before?.kind !== 'prose'
    return isMarked ? 'marker' : 'inferred'
  }
  if (sceneMarks[0]?.offset !== 0) faults.push('no @scene at the start')
  if (views[0]?.start !== 0) faults.push('no @view at the start')
  const scenes = spansFrom(sceneMarks.map(({ offset }) => offset)).map(({ start, end }, index): GoldScene => {
    const { kind } = sceneMarks[index]!
    return { start, end, chapter: chapterAt(start), kind, cause: causeOf(start) }
  })
  for (const start of chapterStarts)
    if (!scenes.some((scene) => scene.start === start)) faults.push(`no @scene at chapter ${start}`)

  const nameOf = (key: string | null) => cast.find((character) => character.key === key)?.name ?? null
  const segments = spansFrom(views.map(({ start }) => start)).flatMap(({ start, end }, index): GoldSegment[] => {
    const view = views[index]!
    const cuts = [start, ...chapterStarts.filter((offset) => offset > start && offset < end), end]
    return cuts.slice(0, -1).map((from, piece) => ({
      ...view,
      narrator: view.unnamed ? null : nameOf(view.narrator),
      focal: nameOf(view.focal),
      start: from,
      end: cuts[piece + 1]!,
      chapterIndex: chapterAt(from),
    }))
  })
  return { paragraphs, chapters, scenes, segments }
}
