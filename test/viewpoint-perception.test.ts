import { describe, expect, test } from 'vitest'
import type { Gender, MentionSpan } from '../src/layers.js'
import { detectQuotations } from '../src/quotation/detect.js'
import { readText } from '../src/text/layer.js'
import { perceptionSigns, readSigns } from '../src/viewpoint/perception.js'

/** The signs of a text, as "cluster sign", where every mention is set in marks: "[anna:She] knew". */
function signsOf(marked: string, genders: Readonly<Record<string, Gender>> = {}): string[] {
  const names: string[] = []
  const clusterOf: number[] = []
  const spans: { start: number; end: number }[] = []
  let text = ''
  for (const [, plain, name, mention] of marked.matchAll(/([^[]*)(?:\[(\w+):([^\]]*)\])?/g)) {
    text += plain
    if (name === undefined) continue
    if (!names.includes(name)) names.push(name)
    clusterOf.push(names.indexOf(name))
    spans.push({ start: text.length, end: text.length + mention!.length })
    text += mention
  }
  const layer = readText(text)
  const quotations = detectQuotations(layer)
  const { tokens, paragraphs } = layer
  const mentions = spans.map(({ start, end }): MentionSpan => {
    const first = tokens.start.indexOf(start)
    const last = tokens.end.indexOf(end)
    const mentionType = /^(?:she|he|her|him)$/i.test(text.slice(start, end)) ? 'PRON' : 'PROP'
    return { start, end, first, last, head: last, mentionType, score: 1, plural: false, vocative: false }
  })
  const clusters = names.map((name, c) => ({
    mentions: mentions.flatMap((_, m) => (clusterOf[m] === c ? [m] : [])),
    ...{ name, gender: genders[name] ?? ('she' as const), kind: 'person' as const, narrator: false },
  }))
  const nobody = { speaker: -1, addressee: -1, type: null, cue: null, confidence: 0, tagMention: -1 }
  const found: string[] = []
  readSigns(
    {
      ...{ text: layer, quotations, mentions, unitOf: new Int32Array(paragraphs.length) },
      coreference: { clusters, clusterOf: Int32Array.from(clusterOf), confidence: new Float32Array(mentions.length) },
      speakers: { speakers: quotations.quotations.map(() => nobody) },
    },
    (_, cluster, sign) => {
      if (perceptionSigns[sign] !== 'first') found.push(`${names[cluster]} ${perceptionSigns[sign]}`)
    },
  )
  return found
}

describe('signs of perception', () => {
  test.each([
    ['[anna:Anna] looked at the mill.', ['anna PROP.looks']],
    ['[anna:She] had looked around twice.', ['anna PRON.looks']],
    ['[anna:Anna] looked tired.', ['anna PROP.seems']],
    ['[anna:Anna] looked like a windmill.', ['anna PROP.seems']],
    ['[anna:Anna] seemed at ease.', ['anna PROP.seems']],
  ])('who looks at something sees, who looks tired is seen: %s', (text, signs) => expect(signsOf(text)).toEqual(signs))

  test('whom the story never names is the one of their sex named most around them', () => {
    expect(signsOf('[anna:Anna] went in. [anna:Anna] sat down. [ruth:Ruth] sat down. [other:She] knew the house.')).toContain(
      'anna PRON.mind',
    )
    expect(signsOf('[tom:Tom] went in. [tom:Tom] sat down. [other:She] knew the house.', { tom: 'he' })).toContain(
      'other PRON.mind',
    )
  })
})
