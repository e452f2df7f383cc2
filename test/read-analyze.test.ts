import { expect, test } from 'vitest'
import { analyze } from '../src/index.js'
import { readStory, toOptions } from '../src/read/index.js'
import type { Story } from '../src/types.js'
import * as formats from './formats.js'
import { mill } from './mill.js'
import { problemsOf } from './validate.js'

const files: readonly (readonly [format: string, name: string, input: string | Uint8Array])[] = [
  ['txt', 'mill.txt', formats.asText(mill)],
  ['hard-wrapped txt', 'mill.txt', formats.asWrapped(mill)],
  ['txt with CRLF', 'mill.txt', formats.asText(mill).replaceAll('\n', '\r\n')],
  ['Markdown', 'mill.md', formats.asMarkdown(mill)],
  ['AO3 HTML, old template', 'mill.html', formats.asArchiveHtml(mill, 'old')],
  ['AO3 HTML, template of 2026', 'mill.html', formats.asArchiveHtml(mill, 'new')],
  ['AO3 work page', 'mill.html', formats.asArchivePage(mill)],
  ['AO3 EPUB', 'mill.epub', formats.asArchiveEpub(mill)],
  ['FanFicFare HTML', 'mill.html', formats.asFanFicFareHtml(mill)],
  ['FanFicFare EPUB', 'mill.epub', formats.asFanFicFareEpub(mill)],
  ['FanFicFare TXT', 'mill.txt', formats.asFanFicFareText(mill)],
  ['FanFicFare TXT, wrapped', 'mill.txt', formats.asFanFicFareText(mill, 72)],
  ['FicHub EPUB', 'mill.epub', formats.asFicHubEpub(mill)],
  ['another web page', 'mill.html', formats.asWebPage(mill)],
  ['DOCX', 'mill.docx', formats.asWordDocument(mill)],
]

/** What a reader of the result sees, offsets and emphasis marks left out. */
function gist({ text, scenes, characters, quotations, viewpoints, mentions }: Story) {
  const name = (id: string | null): string | null => characters.find((character) => character.id === id)?.name ?? null
  const words = ({ start, end }: { start: number; end: number }): string =>
    text
      .slice(start, end)
      .replace(/^Chapter \d: /, '')
      .replace(/[*_]/g, '')
      .replace(/\s+/g, ' ')
      .trim()
  return {
    scenes: scenes.map((scene) => [
      words({ ...scene, end: Math.min(scene.end, scene.start + 60) }).slice(0, 30),
      scene.boundary.cause,
      scene.cast.map((c) => name(c.character)),
    ]),
    characters: characters.map(({ name, aliases, pronouns, mentionCount }) => [
      name,
      aliases.map(({ text }) => text),
      pronouns,
      mentionCount,
    ]),
    quotations: quotations.map((quotation) => [words(quotation), quotation.kind, name(quotation.speaker)]),
    viewpoints: viewpoints.map(({ person, tense, narrator, focal }) => [person, tense, name(narrator), name(focal)]),
    mentions: mentions.map((mention) => words(mention)),
  }
}

const analysed = (name: string, input: string | Uint8Array): Story => {
  const file = readStory(input, { name })
  const story = analyze(file.text, toOptions(file))
  expect(problemsOf(story)).toEqual([])
  return story
}
const reference = gist(analysed('mill.txt', formats.asText(mill)))

test('the reference has two chapters of scenes, with speech and thought', () => {
  expect(reference.scenes.length).toBeGreaterThanOrEqual(3)
  expect(reference.quotations.length).toBeGreaterThan(12)
})

test.each(files.slice(1))('%s gives the same scenes, characters, quotations and viewpoints as plain text', (_, name, input) => {
  expect(gist(analysed(name, input))).toEqual(reference)
})
