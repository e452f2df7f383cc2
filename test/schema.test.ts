import { readFileSync } from 'node:fs'
import { createGenerator } from 'ts-json-schema-generator'
import { expect, test } from 'vitest'
import { analyze } from '../src/index.js'
import { readStory, toOptions } from '../src/read/index.js'
import * as formats from './formats.js'
import { mill } from './mill.js'
import { orchard } from './orchard.js'
import { matchesSchema } from './schema.js'

const schema = JSON.parse(readFileSync('schema.json', 'utf8'))

test('schema.json is what the types say', () => {
  const generated = createGenerator({
    path: 'src/types.ts',
    tsconfig: 'tsconfig.json',
    type: 'Story',
    topRef: false,
    additionalProperties: false,
    skipTypeCheck: true,
  }).createSchema('Story')
  expect(schema.definitions).toEqual(JSON.parse(JSON.stringify(generated.definitions)))
  expect(schema.properties).toEqual(JSON.parse(JSON.stringify(generated.properties)))
})

test('Stories match it, with and without their text', () => {
  const file = readStory(formats.asArchiveEpub(mill))
  const story = analyze(file.text, { ...toOptions(file, { useCast: true }), candidates: true })
  const { text, ...withoutText } = story
  for (const one of [story, withoutText, orchard, analyze('')]) expect(matchesSchema(one)).toBeNull()
  expect(text).toBe(file.text)
})

test.each([
  ['an unknown field', { ...orchard, extra: 1 }],
  ['a missing layer', { ...orchard, scenes: undefined }],
  ['a kind that is none', { ...orchard, scenes: [{ ...orchard.scenes[0], kind: 'chase' }] }],
  ['undefined in place of null', { ...orchard, candidates: undefined }],
])('%s does not', (_, story) => expect(matchesSchema(JSON.parse(JSON.stringify(story)))).not.toBeNull())
