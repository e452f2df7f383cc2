// Writes the text files of a folder as JSON Lines, one record per story: node demo/engines/stories.mjs corpus > stories.jsonl
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2] ?? 'corpus'
for (const file of readdirSync(folder).filter((name) => name.endsWith('.txt')).sort()) {
  console.log(JSON.stringify({ id: file.slice(0, -4), text: readFileSync(join(folder, file), 'utf8') }))
}
