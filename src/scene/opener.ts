/** What kind of word opens a paragraph. */
import { Form, posTags, type Tokens } from '../layers.js'
import type { Units } from './unit.js'

const openerWords = {
  firstI: 'i my me',
  firstIt: 'it there this that these those such',
  firstThe: 'the',
  firstBut: 'but and or so yet for nor',
  firstWhen: 'when as while after before since until till once if though although because',
  firstIn: 'in at on upon from by near under over across along inside outside through during within beyond behind',
  firstThen: 'then now later meanwhile soon presently still again suddenly finally afterwards afterward already yes no well oh',
} as const

/** One flag per kind of first word; a name and a noun by how they are written and tagged. */
export function openers(
  { length, first, end, nameWord }: Units,
  { word, form, pos, vocabulary, wordId }: Tokens,
): [string, Float32Array][] {
  const kinds = Object.entries(openerWords)
  const kindOf = new Int8Array(vocabulary.length).fill(-1)
  kinds.forEach(([, list], kind) => {
    for (const value of list.split(' ')) if (wordId(value) >= 0) kindOf[wordId(value)] = kind
  })
  const flags = [...kinds.map(([name]): [string, Float32Array] => [name, new Float32Array(length)])]
  const name = new Float32Array(length)
  const verb = new Float32Array(length)
  for (let u = 0; u < length; u++) {
    let i = first[u]!
    while (i < end[u]! - 1 && form[i] === Form.punctuation) i++
    const kind = kindOf[word[i]!]!
    if (kind >= 0) flags[kind]![1][u] = 1
    if (nameWord[word[i]!] === 1) name[u] = 1
    if (posTags[pos[i]!] === 'VERB') verb[u] = 1
  }
  return [...flags, ['firstIsName', name], ['firstIsVerb', verb]]
}
