/** Texts of any length for the benches, made from corpus/. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const stories = readdirSync('corpus')
  .filter((file) => file.endsWith('.txt'))
  .sort()
  .map((file) => readFileSync(join('corpus', file), 'utf8'))
export const countWords = (text: string): number => text.match(/\S+/g)?.length ?? 0

/** Corpus stories one after another as chapters, their names changed from round to round so that the cast grows as a novel's does. */
export function novelOf(words: number): string {
  const parts: string[] = []
  let length = 0
  for (let round = 0; length < words; round++) {
    const story = stories[round % stories.length]!
    const series = Math.floor(round / stories.length)
    const text =
      series === 0
        ? story
        : story.replace(/\b([A-Z][a-z]{3,})(?=['’]s\b| said\b| looked\b)/g, (name) => name + 'aeiou'[series % 5])
    parts.push(`Chapter ${round + 1}\n\n${text}`)
    length += countWords(text)
  }
  const text = parts.join('\n\n')
  return text
    .split(/(?<=\s)(?=\S)/)
    .slice(0, words)
    .join('')
}
