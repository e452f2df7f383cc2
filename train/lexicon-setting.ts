/**
 * Writes src/lexicon/places.json from WordNet 3.0 (Debian's `wordnet-base`): the nouns under a few concepts of place.
 *   node lexicon-setting.mjs /usr/share/wordnet src/lexicon
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [wordnet, out] = process.argv.slice(2)
if (wordnet === undefined || out === undefined) throw new Error('usage: lexicon-setting WORDNET_DIR OUT_DIR')

/** Noun synsets: hyponyms of each. */
const hyponyms = new Map<string, string[]>()
for (const line of readFileSync(join(wordnet, 'data.noun'), 'latin1').split('\n')) {
  if (line.startsWith(' ') || line === '') continue
  const fields = line.split(' | ')[0]!.split(' ')
  const words = Number.parseInt(fields[3]!, 16)
  const pointers = Number(fields[4 + words * 2])
  const below: string[] = []
  for (let i = 0; i < pointers; i++) {
    const at = 5 + words * 2 + i * 4
    if (fields[at] === '~') below.push(fields[at + 1]!)
  }
  hyponyms.set(fields[0]!, below)
}
/** Synsets of each lemma, commonest sense first. */
const senses = new Map<string, string[]>()
for (const line of readFileSync(join(wordnet, 'index.noun'), 'latin1').split('\n')) {
  if (line.startsWith(' ') || line === '') continue
  const fields = line.trim().split(' ')
  senses.set(fields[0]!, fields.slice(6 + Number(fields[3])))
}

/** All synsets under the given ones, themselves included. */
function under(roots: readonly string[]): Set<string> {
  const found = new Set(roots)
  for (const synset of found) for (const below of hyponyms.get(synset) ?? []) found.add(below)
  return found
}

/** Single words whose first sense lies under the roots, singular and regular plural. */
function nouns(...roots: [lemma: string, sense: number][]): string {
  const wanted = under(roots.map(([lemma, sense]) => senses.get(lemma)![sense - 1]!))
  return [...senses]
    .filter(([lemma, synsets]) => /^[a-z]{3,}$/.test(lemma) && wanted.has(synsets[0]!))
    .map(([lemma]) => lemma)
    .join(' ')
}

writeFileSync(
  join(out, 'places.json'),
  `${JSON.stringify(
    {
      source:
        'WordNet 3.0, Princeton University (data files of Debian package wordnet-base): nouns whose first sense lies under a concept of place',
      licence: 'WordNet 3.0 licence (permissive, attribution)',
      room: nouns(['room', 1], ['area', 5]),
      building: nouns(['building', 1], ['establishment', 4], ['facility', 1], ['housing', 1]),
      way: nouns(['way', 6], ['street', 1], ['passage', 3]),
      land: nouns(
        ['geological_formation', 1],
        ['land', 3],
        ['tract', 1],
        ['body_of_water', 1],
        ['geographical_area', 1],
        ['settlement', 2],
      ),
      vehicle: nouns(['vehicle', 1]),
    },
    null,
    1,
  )}\n`,
)
