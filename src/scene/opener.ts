/** What kind of word opens a paragraph, and whether the time of day has changed. */
import { Form, posTags, type Tokens } from '../layers.js'
import time from '../lexicon/time.json' with { type: 'json' }
import type { Units } from './unit.js'

const openerWords = {
  firstHe: 'he him his',
  firstShe: 'she her hers',
  firstThey: 'they we their our',
  firstI: 'i my me',
  firstIt: 'it there this that these those such',
  firstThe: 'the',
  firstA: 'a an one two three some another',
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
  const proper = new Float32Array(length)
  const verb = new Float32Array(length)
  for (let u = 0; u < length; u++) {
    let i = first[u]!
    while (i < end[u]! - 1 && form[i] === Form.punctuation) i++
    const kind = kindOf[word[i]!]!
    if (kind >= 0) flags[kind]![1][u] = 1
    if (nameWord[word[i]!] === 1) name[u] = 1
    if (posTags[pos[i]!] === 'PROPN') proper[u] = 1
    if (posTags[pos[i]!] === 'VERB') verb[u] = 1
  }
  return [...flags, ['firstIsName', name], ['firstIsProper', proper], ['firstIsVerb', verb]]
}

/** Units before a start within which an earlier time of day still holds. */
const dayPartMemory = 60

/** 1 where the opening names another time of day than the last one named, -1 where the same, 0 without either. */
export function dayPartChange({ length, first, end }: Units, { word, vocabulary, wordId }: Tokens): Float32Array {
  const part = new Int8Array(vocabulary.length)
  ;[time.morning, time.midday, time.afternoon, time.evening, time.night].forEach((words, k) => {
    for (const value of words.split(' ')) if (wordId(value) >= 0) part[wordId(value)] = k + 1
  })
  const change = new Float32Array(length)
  let last = 0
  let since = 0
  for (let u = 0; u < length; u++) {
    let opened = false
    for (let i = first[u]!; i < end[u]!; i++) {
      const now = part[word[i]!]!
      if (now === 0) continue
      if (!opened && i < first[u]! + 30) {
        opened = true
        change[u] = last === 0 || u - since > dayPartMemory ? 0.5 : now === last ? -1 : 1
      }
      last = now
      since = u
    }
  }
  return change
}
