/** Shifts: where one viewpoint gives way to the next, what changes there, and whether the author marked the place. */

import { firstEndingAfter } from '../span.js'
import type { Paragraph, Scene, Shift, Viewpoint } from '../types.js'

/**
 * The changes between neighbouring viewpoints. A tense or person that is unknown on one side is no change. `placement` is
 * "chapter" or "scene" where one begins there, headings and breaks apart, else "inside": a head-hop.
 */
export function findShifts(
  viewpoints: readonly Pick<Viewpoint, 'start' | 'person' | 'tense' | 'narrator' | 'focal'>[],
  scenes: readonly Pick<Scene, 'start' | 'boundary'>[],
  paragraphs: readonly Paragraph[],
): Shift[] {
  const causes = new Map(scenes.map(({ start, boundary }) => [start, boundary.cause]))
  const causeAt = (offset: number): Scene['boundary']['cause'] | undefined => {
    for (let p = firstEndingAfter(paragraphs, offset); p < paragraphs.length; p++) {
      const cause = causes.get(paragraphs[p]!.start)
      if (cause !== undefined || paragraphs[p]!.kind === 'prose') return cause
    }
    return undefined
  }
  return viewpoints.slice(1).flatMap((to, v): Shift[] => {
    const from = viewpoints[v]!
    const changes: Shift['changes'][number][] = []
    if (from.person !== to.person && from.person !== null && to.person !== null) changes.push('person')
    if (from.tense !== to.tense && from.tense !== null && to.tense !== null) changes.push('tense')
    if (from.narrator !== to.narrator) changes.push('narrator')
    if (from.focal !== to.focal) changes.push('focal')
    if (changes.length === 0) return []
    const cause = causeAt(to.start)
    const placement = cause === undefined ? 'inside' : cause === 'chapter' || cause === 'start' ? 'chapter' : 'scene'
    return [{ offset: to.start, from: v, to: v + 1, changes, placement }]
  })
}
