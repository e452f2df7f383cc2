/**
 * Writes src/lexicon/proper.json: what WordNet knows of single words that it writes with a capital: places, persons, others.
 *   node proper.mjs WORDNET_DIR src/lexicon/proper.json
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf, Proper } from '../src/character/mention/word.js'
import { keyMask, packSparse } from '../src/model/sparse.js'

const [wordnet, out] = process.argv.slice(2)
if (wordnet === undefined || out === undefined) throw new Error('usage: proper WORDNET_DIR OUT.json')
const files = { location: 15, person: 18 }
const codes = new Map<number, number>()
for (const line of readFileSync(join(wordnet, 'data.noun'), 'latin1').split('\n')) {
  if (line.startsWith(' ') || line === '') continue
  const fields = line.split(' ')
  const file = Number(fields[1])
  const code = file === files.location ? Proper.place : file === files.person ? Proper.person : Proper.other
  for (let k = 0; k < Number.parseInt(fields[3]!, 16); k++) {
    const word = fields[4 + 2 * k]!
    if (!/^[A-Z][a-z]{2,}$/.test(word)) continue
    const key = hashOf(word.toLowerCase()) & keyMask
    codes.set(key, (codes.get(key) ?? 0) | code)
  }
}
writeFileSync(
  out,
  `${JSON.stringify(
    {
      source: `WordNet 3.0, Princeton University: lexicographer files of ${codes.size} single words with a capital`,
      licence: 'WordNet 3.0 licence (permissive, attribution)',
      codes: packSparse(codes, 1),
    },
    null,
    1,
  )}\n`,
)
