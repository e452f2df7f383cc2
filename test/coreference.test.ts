import { describe, expect, it } from 'vitest'
import { clusterAliases } from '../src/character/alias.js'
import { type Attributes, Kind, readAttributes } from '../src/character/attribute.js'
import { resolveCoreference } from '../src/character/coreference.js'
import { nameWords, readName } from '../src/character/name.js'
import { nameCluster } from '../src/character/naming.js'
import type { MentionSpan } from '../src/layers.js'
import { detectQuotations } from '../src/quotation/detect.js'
import { readText } from '../src/text/layer.js'
import type { AnalyzeOptions } from '../src/types.js'
import { findPersons } from '../src/viewpoint/person.js'

/** Reads "[Anna|a] met [her|a] [brother]": marked mentions with the cluster each belongs to. Marks may nest. */
function marked(source: string): { text: string; mentions: { start: number; end: number; cluster: string }[] } {
  let text = ''
  const open: number[] = []
  const mentions: { start: number; end: number; cluster: string }[] = []
  for (let i = 0; i < source.length; i++) {
    const char = source[i]!
    if (char === '[') open.push(text.length)
    else if (char === '|') {
      const close = source.indexOf(']', i)
      mentions.push({ start: open.pop()!, end: text.length, cluster: source.slice(i + 1, close) })
      i = close
    } else text += char
  }
  return { text, mentions: mentions.sort((a, b) => a.start - b.start || b.end - a.end) }
}

const pronouns = /^(i|me|my|we|us|our|you|your|he|him|his|himself|she|her|hers|herself|they|them|their)$/i

function resolve(source: string, options: Pick<AnalyzeOptions, 'cast' | 'merge' | 'split'> = {}) {
  const { text, mentions: gold } = marked(source)
  const layer = readText(text)
  const quotations = detectQuotations(layer)
  const at = (offset: number, edges: Int32Array) => edges.indexOf(offset)
  const mentions: MentionSpan[] = gold.map(({ start, end }) => {
    const value = text.slice(start, end)
    const first = at(start, layer.tokens.start)
    const last = at(end, layer.tokens.end)
    const mentionType = pronouns.test(value) ? 'PRON' : /^[A-Z]/.test(value.split(' ').at(-1)!) ? 'PROP' : 'NOM'
    return {
      start,
      end,
      mentionType,
      first,
      last,
      head: last,
      score: 1,
      plural: /^(they|them|their|we|us|our)$/i.test(value),
      vocative: false,
    }
  })
  const person = findPersons({ text: layer, quotations })
  const result = resolveCoreference({ text: layer, quotations, mentions, person, speakers: null, viewpoints: null, options })
  return { gold, mentions, layer, quotations, result }
}

/** The clusters found, as the gold labels of their mentions. */
function partition(source: string, options: Pick<AnalyzeOptions, 'cast' | 'merge' | 'split'> = {}): string[] {
  const { gold, result } = resolve(source, options)
  return result.clusters.map(({ mentions }) => [...new Set(mentions.map((m) => gold[m]!.cluster))].sort().join('+')).sort()
}

describe('coreference', () => {
  it.each([
    ['a pronoun goes to the one of its sex', '[Anna|a] met [Tom|t] at the gate. [She|a] smiled, and [he|t] bowed.'],
    ['a possessor is not what it owns', '[Anna|a] wrote to [[her|a] sister|s] that night.'],
    [
      'every I of the narration is the narrator',
      '[I|n] woke late. [My|n] head ached, and the rain had soaked [me|n]. [I|n] went out.',
    ],
    [
      'the first word of a full name is the same person',
      '[Tom Sawyer|t] ran home. [Aunt Polly|p] was waiting. “Well?” [Tom|t] said.',
    ],
    ['Mrs. X is not Mr. X', '[Mr. Bell|m] opened the door. [Mrs. Bell|f] stood behind [him|m]. [She|f] waved.'],
    ['a name does not cross sexes', '[Mary Bell|f] sat with [John Bell|m]. [She|f] sang and [he|m] slept.'],
    [
      'the doctor is the one with the title',
      '[Dr. Hale|d] came at noon. [Anna|a] let [him|d] in. [The doctor|d] took off [his|d] gloves.',
    ],
    ['they are the two just named', '[Anna|a] and [Tom|t] came home. [They|g] were wet. [They|g] laughed.'],
    ['the speaker says I', '“[I|a] am tired,” said [Anna|a]. [Tom|t] looked up. “[I|t] am not,” [he|t] said.'],
  ])('%s', (_title, source) => {
    const labels = [...new Set(resolve(source).gold.map(({ cluster }) => cluster))].sort()
    expect(partition(source)).toEqual(labels)
  })

  it('is empty for a story without mentions', () => {
    expect(resolve('It rained all day.').result.clusters).toEqual([])
  })

  it('gives each mention one cluster and each cluster its mentions in order', () => {
    const { result, mentions } = resolve('[Anna|a] saw [Tom|t]. [He|t] saw [her|a]. [They|g] laughed.')
    expect(result.clusters.flatMap((cluster) => cluster.mentions).sort((a, b) => a - b)).toEqual(mentions.map((_, m) => m))
    result.clusters.forEach((cluster, id) => {
      for (const m of cluster.mentions) expect(result.clusterOf[m]).toBe(id)
    })
  })
})

describe('confidence', () => {
  it('is a probability, and highest for a narrator', () => {
    const { result } = resolve('[I|n] saw [Tom|t] and [Will|w]. [He|t] waved. [I|n] waved back, and [my|n] dog barked.')
    for (const sure of result.confidence) {
      expect(sure).toBeGreaterThan(0)
      expect(sure).toBeLessThanOrEqual(1)
    }
    expect(result.confidence[0]).toBeGreaterThan(0.85)
    expect(result.confidence[3]).toBeLessThan(result.confidence[0]!)
  })
})

describe('hand corrections', () => {
  const story = '[Clark|c] left the office. Above the city [Superman|s] turned. [Lois|l] looked up.'
  it('merge puts names together', () => {
    expect(partition(story)).toEqual(['c', 'l', 's'])
    expect(partition(story, { merge: [['Clark', 'Superman']] })).toEqual(['c+s', 'l'])
  })
  it('cast names belong together', () => {
    expect(partition(story, { cast: [{ name: 'Clark Kent', aliases: ['Clark', 'Superman'] }] })).toEqual(['c+s', 'l'])
  })
  it('split parts a name from the others', () => {
    const family = '[Tom Bell|t] came in. [Tom|u] was late.'
    expect(partition(family)).toEqual(['t+u'])
    expect(partition(family, { split: ['Tom'] })).toEqual(['t', 'u'])
  })
})

describe('aliases', () => {
  it.each([
    ['Mr. Tom Sawyer', 'mr tom sawyer', ['tom', 'sawyer']],
    ['the General', 'general', ['general']],
    ['Sammy Davis Jr.', 'sammy davis', ['sammy', 'davis']],
    ['Weary Mr. Holt', 'mr holt', ['holt']],
    ['Captain Sir John Holt', 'captain sir john holt', ['john', 'holt']],
    ['Mr. Sergeant', 'sergeant', ['sergeant']],
    ['Mr. King', 'mr king', ['king']],
    ['Mr. Bounderby the Banker', 'mr bounderby', ['bounderby']],
  ])('reads %s', (name, key, words) => {
    expect(readName(name.toLowerCase().split(' '))).toMatchObject({ key, words })
  })

  it.each([
    ['Inspector Holt of the river police', 'inspector holt'],
    ['Mr. Begg the gardener', 'mr. begg'],
    ['O Miss Holt', 'miss holt'],
    ['Walter de la Mare', 'walter de la mare'],
    ['Anne of the Island', 'anne of the island'],
  ])('the name in “%s”', (name, expected) => {
    const { tokens } = readText(`${name} came in.`)
    const last = tokens.end.indexOf(name.length)
    const mention: MentionSpan = {
      start: 0,
      end: name.length,
      mentionType: 'PROP',
      first: 0,
      last,
      head: last,
      score: 1,
      plural: false,
      vocative: false,
    }
    expect(nameWords(tokens, mention).join(' ').replace(' .', '.')).toBe(expected)
  })

  it('a character whom the story describes throughout is not called by a stray name', () => {
    const layer = readText(`Billie came in. ${'The youth sat down. '.repeat(60)}`)
    const { tokens } = layer
    const mentions = [...tokens.word.keys()].flatMap((t): MentionSpan[] => {
      const word = tokens.vocabulary[tokens.word[t]!]!
      if (word !== 'billie' && word !== 'youth') return []
      const first = word === 'youth' ? t - 1 : t
      const mentionType = word === 'youth' ? 'NOM' : 'PROP'
      return [
        {
          start: tokens.start[first]!,
          end: tokens.end[t]!,
          mentionType,
          first,
          last: t,
          head: t,
          score: 1,
          plural: false,
          vocative: false,
        },
      ]
    })
    const kind = Uint8Array.from(mentions, ({ mentionType }) => (mentionType === 'PROP' ? Kind.name : Kind.nominal))
    const name = (list: number[]) => nameCluster(list, layer, mentions, { kind } as unknown as Attributes)
    expect(name([...mentions.keys()])).toBe('The youth')
    expect(name([...mentions.keys()].slice(0, 20))).toBe('Billie')
  })

  function persons(names: readonly string[]): string[][] {
    const text = `${names.join('. ')}.`
    const layer = readText(text)
    const quotations = detectQuotations(layer)
    let from = 0
    const mentions = names.map((name): MentionSpan => {
      const start = text.indexOf(name, from)
      from = start + name.length
      const first = layer.tokens.start.indexOf(start)
      const last = layer.tokens.end.findIndex((at) => at >= from)
      return { start, end: from, mentionType: 'PROP', first, last, head: last, score: 1, plural: false, vocative: false }
    })
    const { personOf } = clusterAliases(layer.tokens, mentions, readAttributes(layer, quotations, mentions))
    const groups = new Map<number, string[]>()
    names.forEach((name, i) => {
      groups.set(personOf[i]!, [...(groups.get(personOf[i]!) ?? []), name])
    })
    return [...groups.values()]
  }
  it.each([
    [['Tom Sawyer', 'Tom', 'Mr. Sawyer', 'Thomas']],
    [['Dr. Watson', 'Watson', 'John Watson']],
    [['Newland Archer', 'Archer', 'Newland']],
    [['Captain Wentworth', 'Wentworth']],
    [['Captain Reyes', 'the Captain', 'Capt. Reyes']],
    [['Sato Haruki', 'Haruki-kun', 'Haruki', 'Sato-san']],
    [['Mori Aya', 'Mori-senpai', 'Senpai']],
    [['Maddie', 'Mads']],
    [['David Holt', 'David', 'Master Davy', 'Mistah David']],
    [['Lucy', 'Luce', 'Lucy']],
    [['Thorn', 'Thornley', 'Thorn']],
  ])('%s are one person', (names) => expect(persons(names)).toHaveLength(1))
  it.each([
    [['Mr. Bennet', 'Mrs. Bennet', 'Miss Bennet'], 3],
    [['George Knightley', 'John Knightley'], 2],
    [['Colonel Forster', 'Captain Forster'], 2],
    [['Mary Bell', 'John Bell'], 2],
    [['Captain Reyes', 'Captain Holt', 'the Captain'], 3],
    [['Mrs. Reyes', 'Aunt Polly', 'Aunt'], 3],
    [['Mori-sensei', 'Sato-sensei'], 2],
    [['Mary', 'Marie'], 2],
    [['William Thorn', 'Mr. Williams'], 2],
    [['Ann', 'Annette'], 2],
  ])('%s are %i persons', (names, count) => expect(persons(names)).toHaveLength(count))
})

describe('possible aliases', () => {
  const alternate = (one: string, other: string) =>
    Array.from({ length: 14 }, (_, i) => `[${i % 2 ? one : other}|x] crossed the yard and looked at the roof.`).join(' ')
  /** Messages of the second round, with nobody's speech known. */
  function proposed(source: string): string[] {
    const { layer, quotations, mentions, result } = resolve(source)
    const person = findPersons({ text: layer, quotations })
    const round = {
      text: layer,
      quotations,
      mentions,
      person,
      speakers: { speakers: [] },
      viewpoints: null,
      draft: result,
      options: {},
    }
    return (resolveCoreference(round).diagnostics ?? []).map(({ message }) => message)
  }

  it('proposes two names that take turns and never share a sentence', () => {
    expect(proposed(alternate('Robert Grayle', 'Nightjar')).join()).toContain('Nightjar')
  })
  it('proposes nothing for two persons who meet', () => {
    expect(proposed(`${alternate('Robert Grayle', 'Nightjar')} [Robert Grayle|x] shook hands with [Nightjar|y].`)).toEqual([])
  })
  it('proposes nothing across sexes', () => {
    expect(proposed(alternate('Mr. Grayle', 'Miss Nightjar'))).toEqual([])
  })
})

it('God, called upon, is nobody’s “he”', () => {
  expect(partition('“Thank [God|g],” said [Anna|a]. [He|h] came up the path. [He|h] had [his|h] hat on.')).toEqual([
    'a',
    'g',
    'h',
  ])
})
