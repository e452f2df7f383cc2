/**
 * Writes src/lexicon/common.json: words that books write in lower case inside a sentence, which tells names from words
 * where a story has no capitals. From public-domain novels (JSON files with a `text`).
 *   node common.mjs BOOKS_DIR src/lexicon/common.json
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf } from '../src/character/mention/word.js'
import { keyMask, packKeys } from '../src/model/sparse.js'

/** Books that must have the word: one book alone may have made it up. */
const books = 2

const [dir, out] = process.argv.slice(2)
if (dir === undefined || out === undefined) throw new Error('usage: common BOOKS_DIR OUT.json')
const counts = new Map<string, number>()
for (const file of readdirSync(dir).sort()) {
  const { text } = JSON.parse(readFileSync(join(dir, file), 'utf8')) as { text: string }
  const words = new Set((text.match(/(?<![\p{L}\p{N}'’])\p{Ll}[\p{L}'’]*/gu) ?? []).map((word) => word.replaceAll('’', "'")))
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
}
const words = [...counts].filter(([, count]) => count >= books).map(([word]) => word)
const keys = [...new Set(words.map((word) => hashOf(word) & keyMask))].sort((a, b) => a - b)
writeFileSync(
  out,
  `${JSON.stringify(
    {
      source: `Words in lower case in at least ${books} of ${readdirSync(dir).length} public-domain novels (Standard Ebooks)`,
      licence: 'CC0 1.0',
      words: keys.length,
      keys: packKeys(keys),
    },
    null,
    1,
  )}\n`,
)
