/** Chapters of a file that marks headings but does not say which of them open chapters. */
import type { Draft, Part } from './draft.js'
import { type Line, settleBreaks } from './line.js'

/**
 * Chapters begin at the highest heading level that occurs at least twice. A heading that repeats the title goes. With no such
 * level the file has no known chapters (`structured` false) and the text itself must show them.
 */
export function divideAtHeadings(
  lines: readonly Line[],
  title: string | null,
  source: number,
): Pick<Draft, 'parts' | 'structured'> {
  const story = lines.filter((line) => !(line.kind === 'heading' && line.text === title))
  const counts = new Map<number, number>()
  for (const { level, kind } of story) if (kind === 'heading') counts.set(level, (counts.get(level) ?? 0) + 1)
  const level = Math.min(...[...counts].filter(([, count]) => count > 1).map(([level]) => level))
  if (level === Infinity) return { parts: [{ heading: null, lines: settleBreaks(story), path: null, source }], structured: false }
  const parts: { heading: string | null; lines: Line[]; source: number }[] = []
  for (const line of story) {
    if (line.kind === 'heading' && line.level === level) parts.push({ heading: line.text, lines: [], source: line.source })
    else {
      if (parts.length === 0) parts.push({ heading: null, lines: [], source })
      parts.at(-1)!.lines.push(line)
    }
  }
  return { parts: parts.map((part): Part => ({ ...part, lines: settleBreaks(part.lines), path: null })), structured: true }
}
