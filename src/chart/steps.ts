/** Scenes as the columns of a chart: neighbours are taken together where a picture has no room for each. */
import type { CastMember, CharacterId, Scene, Story } from '../types.js'
import type { WordScale } from './axis.js'

/** A column: one scene, or several that follow each other. */
export interface Step {
  readonly start: number
  readonly end: number
  readonly words: number
  readonly scenes: readonly Scene[]
}

/**
 * The scenes as at most `limit` columns. The smallest column joins its smaller neighbour until the number fits, within a
 * chapter as long as that is possible. Quadratic in the number of scenes beyond the limit, so the count is first brought below
 * four times the limit by joining pairs.
 */
export function stepsOf({ scenes }: Pick<Story, 'scenes'>, words: WordScale, limit: number): Step[] {
  let steps: Step[] = scenes.map((scene) => ({ start: scene.start, end: scene.end, words: words.within(scene), scenes: [scene] }))
  const most = Math.max(1, Math.floor(limit))
  while (steps.length > most * 4) {
    const paired: Step[] = []
    for (let k = 0; k < steps.length; k += 2) paired.push(k + 1 < steps.length ? joined(steps[k]!, steps[k + 1]!) : steps[k]!)
    steps = paired
  }
  while (steps.length > most) {
    let best = 0
    let bestCost = Number.POSITIVE_INFINITY
    for (let k = 0; k + 1 < steps.length; k++) {
      const [left, right] = [steps[k]!, steps[k + 1]!]
      const sameChapter = left.scenes.at(-1)!.chapter === right.scenes[0]!.chapter
      const cost = left.words + right.words + (sameChapter ? 0 : words.total)
      if (cost < bestCost) {
        bestCost = cost
        best = k
      }
    }
    steps.splice(best, 2, joined(steps[best]!, steps[best + 1]!))
  }
  return steps
}

const joined = (left: Step, right: Step): Step => ({
  start: left.start,
  end: right.end,
  words: left.words + right.words,
  scenes: [...left.scenes, ...right.scenes],
})

/** Who is there: the present; where a scene marks nobody so, those who speak. */
export function presentIn({ cast }: Pick<Scene, 'cast'>): readonly CastMember[] {
  const present = cast.filter((member) => member.present)
  return present.length > 0 ? present : cast.filter((member) => member.quotations > 0)
}

/**
 * The groups of characters that are together in a column. In a joined column each character counts with the company of the
 * longest scene it is in.
 */
export function groupsIn({ scenes }: Step, words: WordScale, indexOf: ReadonlyMap<CharacterId, number>): number[][] {
  const longestFirst =
    scenes.length === 1 ? scenes : [...scenes].sort((a, b) => words.within(b) - words.within(a) || a.start - b.start)
  const placed = new Set<number>()
  const groups: number[][] = []
  for (const scene of longestFirst) {
    const group: number[] = []
    for (const { character } of presentIn(scene)) {
      const index = indexOf.get(character)
      if (index !== undefined && !placed.has(index)) group.push(index)
    }
    for (const index of group) placed.add(index)
    if (group.length > 0) groups.push(group)
  }
  return groups
}

/** "Scene 4: the kitchen, 812 words. Anna, Ben", for tooltips and links. */
export function stepLabel(step: Step, storyScenes: ReadonlyMap<string, number>, names: readonly string[]): string {
  const first = (storyScenes.get(step.scenes[0]!.id) ?? 0) + 1
  const last = first + step.scenes.length - 1
  const place = step.scenes.length === 1 ? step.scenes[0]!.setting.place : null
  const head = first === last ? `Scene ${first}` : `Scenes ${first}–${last}`
  return `${head}${place === null ? '' : `: ${place.replace(/\s+/g, ' ')}`}, ${step.words} words${names.length > 0 ? `. ${names.join(', ')}` : ''}`
}
