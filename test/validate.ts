/** What must hold of any Story, whatever its text. */
import type { Span, Story } from '../src/types.js'
import { matchesSchema } from './schema.js'

/** Every promise of the data model that the given story breaks, as sentences; empty for a sound one. */
export function problemsOf(story: Story): string[] {
  const problems: string[] = []
  const { text } = story
  const contradiction = matchesSchema(story)
  if (contradiction !== null) problems.push(`schema.json: ${contradiction}`)
  const claim = (holds: boolean, problem: string): void => {
    if (!holds) problems.push(problem)
  }
  const check = (layer: string, spans: readonly Span[], nested = false): void => {
    spans.forEach(({ start, end }, i) => {
      claim(
        Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start < end && end <= text.length,
        `${layer}[${i}] ${start}–${end} out of bounds`,
      )
      const before = spans[i - 1]
      if (before === undefined) return
      if (nested) claim(before.start < start || (before.start === start && before.end > end), `${layer}[${i}] is not sorted`)
      else claim(before.end <= start, `${layer}[${i}] overlaps the one before`)
    })
  }
  const covers = (layer: string, spans: readonly Span[]): void => {
    if (text === '' || story.paragraphs.length === 0) return
    claim(spans[0]?.start === 0 && spans.at(-1)?.end === text.length, `${layer} do not cover the text`)
    claim(
      spans.every(({ start }, i) => i === 0 || spans[i - 1]!.end === start),
      `${layer} leave gaps`,
    )
  }
  const isProbability = (x: number): boolean => x >= 0 && x <= 1
  for (const layer of ['paragraphs', 'sentences', 'quotations', 'scenes', 'viewpoints'] as const) check(layer, story[layer])
  check('mentions', story.mentions, true)
  if (text !== '') covers('chapters', story.chapters)
  covers('scenes', story.scenes)
  covers('viewpoints', story.viewpoints)

  const characters = new Map(story.characters.map((character) => [character.id, character]))
  const quotations = new Set(story.quotations.map(({ id }) => id))
  claim(characters.size === story.characters.length, 'character ids repeat')
  claim(quotations.size === story.quotations.length, 'quotation ids repeat')
  const known = (id: string | null): boolean => id === null || characters.has(id)
  const counts = new Map<string, number>()
  story.mentions.forEach(({ character, quotation, confidence, start, end }, i) => {
    claim(characters.has(character), `mentions[${i}] names no character`)
    claim(quotation === null || quotations.has(quotation), `mentions[${i}] names no quotation`)
    claim(isProbability(confidence), `mentions[${i}] confidence ${confidence}`)
    claim(text.slice(start, end).trim() === text.slice(start, end), `mentions[${i}] has white space at an end`)
    counts.set(character, (counts.get(character) ?? 0) + 1)
  })
  for (const { id, mentionCount, aliases } of story.characters) {
    claim(counts.get(id) === mentionCount, `${id} counts ${mentionCount} mentions, has ${counts.get(id)}`)
    claim(
      aliases.every(({ count }) => count > 0),
      `${id} has an alias that is never used`,
    )
  }
  for (const [i, { mentionCount, id }] of story.characters.entries())
    claim(i === 0 || story.characters[i - 1]!.mentionCount >= mentionCount, `${id} is out of order`)
  for (const { id, speaker, addressee, type, cue, confidence, start } of story.quotations) {
    claim(known(speaker) && known(addressee), `${id} names no character`)
    claim((speaker === null) === (type === null), `${id} has a type without a speaker, or none with one`)
    claim(speaker !== null || (cue === null && confidence === 0), `${id} has a cue without a speaker`)
    claim(isProbability(confidence), `${id} confidence ${confidence}`)
    claim(
      story.paragraphs.some((p) => p.start <= start && start < p.end),
      `${id} lies outside paragraphs`,
    )
  }
  for (const scene of story.scenes) {
    const chapter = story.chapters[scene.chapter]
    claim(chapter !== undefined && chapter.start <= scene.start && scene.end <= chapter.end, `${scene.id} crosses its chapter`)
    claim(isProbability(scene.boundary.score), `${scene.id} score`)
    claim(
      scene.cast.every(({ character }) => characters.has(character)),
      `${scene.id} has an unknown cast`,
    )
    for (const span of [...scene.setting.times, ...scene.setting.places])
      claim(scene.start <= span.start && span.end <= scene.end, `${scene.id} has a setting outside it`)
  }
  story.viewpoints.forEach(({ narrator, focal, person, confidence }, v) => {
    claim(known(narrator) && known(focal), `viewpoints[${v}] names no character`)
    claim(narrator === null || person !== 'third', `viewpoints[${v}] has a narrator in third person`)
    claim(isProbability(confidence), `viewpoints[${v}] confidence`)
  })
  story.shifts.forEach(({ offset, from, to, changes }, i) => {
    claim(story.viewpoints[to]?.start === offset && from === to - 1, `shifts[${i}] does not stand between viewpoints`)
    claim(changes.length > 0, `shifts[${i}] changes nothing`)
  })
  claim(
    JSON.stringify(JSON.parse(JSON.stringify(story))) === JSON.stringify(story) && !hasUndefined(story),
    'the story does not survive JSON',
  )
  return problems
}

const hasUndefined = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.values(value).some(hasUndefined))
