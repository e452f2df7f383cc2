/**
 * Compiles corpus/source/*.txt into corpus/NAME.txt and corpus/NAME.json: `npm run corpus [-- NAME…]`. `--warn` lists person nouns
 * and capitalised words that no mark covers.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { formatGold } from './gold.js'
import { compileStory } from './marked.js'
import { archivePage } from './page.js'

const folder = 'corpus'
/** The story that is also there as a page. */
const paged = 'four-chapters'
const names = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const warn = process.argv.includes('--warn')
for (const file of readdirSync(join(folder, 'source')).sort()) {
  const name = basename(file, '.txt')
  if (names.length && !names.includes(name)) continue
  try {
    const { gold, warnings } = compileStory(name, readFileSync(join(folder, 'source', file), 'utf8'))
    writeFileSync(join(folder, `${name}.txt`), gold.text)
    writeFileSync(join(folder, `${name}.json`), formatGold(gold))
    if (name === paged) writeFileSync(join(folder, `${name}.html`), archivePage(gold))
    const words = gold.text.split(/\s+/u).length
    console.log(
      `${name}: ${words} words, ${gold.mentions.length} mentions, ${gold.quotes.length} quotations, ${gold.scenes.length} scenes, ${gold.segments.length} segments`,
    )
    if (warn) for (const line of warnings) console.log(`  ${line}`)
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}
