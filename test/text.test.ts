import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import model from 'wink-eng-lite-web-model'
import winkNLP from 'wink-nlp'
import { posTags } from '../src/layers.js'
import { breakKind } from '../src/text/break.js'
import { headingKind, isTitleForm } from '../src/text/heading.js'
import { readText } from '../src/text/layer.js'
import { splitBlocks } from '../src/text/paragraph.js'
import { Tagger } from '../src/text/tagger.js'
import { marked } from './marked.js'

const blocksOf = (text: string) => splitBlocks(text).blocks.map(({ start, end }) => text.slice(start, end))
const outline = (text: string) => readText(text).paragraphs.map(({ start, end, kind }) => `${kind}: ${text.slice(start, end)}`)
const prose = 'The rain had not stopped since noon, and nobody in the house had said a word about it.'

describe('splitBlocks', () => {
  test('a blank line parts paragraphs', () => expect(blocksOf('One.\n\nTwo.\r\n\r\nThree.')).toEqual(['One.', 'Two.', 'Three.']))
  test('one paragraph per line', () => {
    const text = `${prose}\n“No,” she said.\n${prose}\n“Yes.”\n${prose}`
    expect(blocksOf(text)).toHaveLength(5)
  })
  test('hard-wrapped lines are one paragraph', () => {
    const line = 'It was the custom of the house that nobody spoke before the tea was'
    expect(splitBlocks(`${line}\n${line}\n${line}\nready.\n\n${line}\n${line}\nready.`)).toMatchObject({
      style: 'hard-wrapped',
      blocks: { length: 2 },
    })
  })
  test('verse inside a blank-line file stays together', () =>
    expect(blocksOf(`${prose}\n\nO rose,\nthou art sick\nand pale\n\n${prose}\n\n${prose}`)).toHaveLength(4))
})

describe('typed breaks', () => {
  test.each(['***', '* * *', '---', '~~~', '⁂', '<hr>', '<hr size="1" />', '-*-', '♤', '—', '•••••'])(
    '%s is a symbol break',
    (line) => expect(breakKind(line)).toBe('symbol'),
  )
  test.each(['oOo', 'o', 'xXx', 'o0o', '-x-', '.oOo.', '~oOo~', 'XXX', 'x x x', '-0-0-0-'])('%s is an ornament', (line) =>
    expect(breakKind(line)).toBe('ornament'),
  )
  test.each(['HPHPHPHP', 'SSHGSSHG'])('%s is initials', (line) => expect(breakKind(line)).toBe('initials'))
  test.each(['-line break-', 'Flashback', '*End Flashback*', 'Time Skip', 'scene change'])('%s is a word break', (line) =>
    expect(breakKind(line)).toBe('word'),
  )
  test.each(['Three days later', 'The next morning', '~ Later that night ~', 'A few weeks later...'])(
    '%s is a time line',
    (line) => expect(breakKind(line)).toBe('time'),
  )
  test.each(['...', '?!', '“…”', 'HAHAHA', 'Ox', 'xoxo', '$$$', 'Later, she said that he had been there.', '42'])(
    '%s is none',
    (line) => expect(breakKind(line)).toBeNull(),
  )
})

describe('headings', () => {
  test.each([
    ['Chapter 7: The Letter', 'chapter'],
    ['CHAPTER THE FIRST', 'chapter'],
    ['Chapter Twenty-One', 'chapter'],
    ['** Chapter 2 **', 'chapter'],
    ['Prologue', 'chapter'],
    ['PART TWO', 'part'],
    ['# The House', 'markdown'],
    ['VII', 'number'],
    ['12.', 'number'],
    ['III: The Road', 'number'],
    ['IV: —And His Sister', 'number'],
    ['IX: —$40.00—', 'number'],
    ['Harry’s POV', 'pov'],
    ['(POV: Hermione)', 'pov'],
    ['Dr. Seward’s Diary.', 'document'],
    ['Conclusion.', null],
    ['Part of the plan was done.', null],
    ['Chapter one of the book bored him to tears.', null],
    ['From her point of view it was over.', null],
  ])('%s → %s', (line, kind) => expect(headingKind(line)).toBe(kind))
  test('a signature has not', () => expect(isTitleForm('(Signed) Anna Grey]')).toBe(false))
  test.each(['The Road to York', 'AT SEA', 'Draco'])('%s has the form of a title', (line) => expect(isTitleForm(line)).toBe(true))
  test.each(['The road to York', 'Dear Anna', '“Draco”', 'Yours,', 'He Left.', 'May 3rd, 1893'])('%s has not', (line) =>
    expect(isTitleForm(line)).toBe(false),
  )
})

describe('chapters and breaks', () => {
  test('headings, breaks and notes of a fan-fiction one-shot', () => {
    const text = `Rain\n\nby Anna\n\nA/N: my first story!\n\nPlease review.\n\nChapter 1: Wet\n\n${prose}\n\n* * *\n\n${prose}\n\nHarry's POV\n\n${prose}\n\nA/N: Thanks for reading, review!`
    const layer = readText(text)
    expect(layer.paragraphs.map(({ kind }) => kind).join(' ')).toBe(
      'heading heading note note heading prose break prose heading prose note',
    )
    expect(layer.chapters).toEqual([{ start: 0, end: text.length, title: 'Chapter 1: Wet' }])
    expect(layer.breaks.map(({ kind, paragraph }) => [kind, paragraph])).toEqual([
      ['symbol', 7],
      ['heading', 8],
    ])
  })
  test('numbers are chapters when long and sections when short', () => {
    const long = Array.from({ length: 80 }, () => prose).join('\n\n')
    expect(readText(`I\n\n${long}\n\nII\n\n${long}`).chapters.map(({ title }) => title)).toEqual(['I', 'II'])
    const short = readText(`1\n\n${prose}\n\n2\n\n${prose}`)
    expect(short.chapters).toHaveLength(1)
    expect(short.breaks.map(({ kind }) => kind)).toEqual(['number'])
  })
  test('a blank run longer than the usual one is a break', () => {
    const text = `${Array.from({ length: 6 }, () => prose).join('\n\n')}\n\n\n\n${prose}\n\n${prose}`
    expect(readText(text).breaks).toEqual([{ paragraph: 6, kind: 'blank' }])
  })
  test('a mark after every paragraph divides nothing', () => {
    expect(readText(Array.from({ length: 8 }, () => prose).join('\n\n~\n\n')).breaks).toEqual([])
  })
  const long = `${prose} ${prose} ${prose} ${prose}`
  test('the source of a motto is no heading, where chapters open with mottoes', () => {
    const chapter = (source: string) => [`The sea gives, the sea takes.`, source, ...Array.from({ length: 9 }, () => long)]
    const text = ['Old Songs', 'The Book of Tides', 'A Sailor', 'Marsh Hymn'].flatMap(chapter).join('\n\n')
    expect(readText(text).breaks).toEqual([])
  })
  test.each(['***\n\n', '\n'])('a title under a short paragraph is a heading, where the author types breaks (%j)', (mark) => {
    const story = (title: string) => [
      title,
      ...Array.from({ length: 9 }, () => long),
      `${mark}${long}`,
      'The sea gives, the sea takes.',
    ]
    const text = ['Old Songs', 'The Book of Tides', 'A Sailor', 'Marsh Hymn', 'Low Water'].flatMap(story).join('\n\n')
    const { paragraphs } = readText(text)
    expect(paragraphs.filter(({ kind }) => kind === 'heading')).toHaveLength(5)
  })
  test('names that come back over sections are headings', () => {
    const section = (name: string) => [`The sea gives, the sea takes.`, name, ...Array.from({ length: 9 }, () => long)]
    const text = ['Anna', 'Tom', 'Anna', 'Tom', 'Anna'].flatMap(section).join('\n\n')
    expect(readText(text).breaks.map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => 'heading'))
  })
  test('a signature under the closing of a letter is no heading', () => {
    expect(outline(`${prose}\n\nYours ever,\n\nMina Harker\n\n${prose}`)[2]).toBe('prose: Mina Harker')
  })
})

describe('sentences', () => {
  test.each([
    ['a tag after ! goes with its quotation', '{s:"Stop!" he cried.} {s:Anna ran.}'],
    ['a tag with a name too', '{s:“Run!” Anna yelled.} {s:He nodded.}'],
    ['a beat is a sentence of its own', '{s:“Run!”} {s:Anna closed the door.}'],
    ['titles and initials end nothing', '{s:Mr. Bing met J. K. Rowe at St. Mary.} {s:He left.}'],
    ['an ellipsis before a capital ends', '{s:She nodded...} {s:He left.}'],
    ['an ellipsis before lower case does not', '{s:She… left.}'],
    ['a stop straight before a capital ends', '{s:It was tidy.}{s:He left.}'],
  ])('%s', (_, spec) => {
    const { text, spans } = marked(spec)
    expect(readText(text).sentences).toEqual(spans.s)
  })
})

describe('tokens', () => {
  const texts = [
    '“Don’t,” said Mr. Harker’s wife; she’d gone — to Seward’s house… *No way.*',
    'a\u00a0b\u200bc\ufeffd',
    '🙂🙂 x',
    'Anna’s Anna’s Anna’s, Anna’s.',
  ]
  test('are verbatim, in order, within their paragraph', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('a', 'Z', ' ', '\n', '"', '“', '’s', '.', '…', '-', '🙂', '\u00a0', '\u200b', '*', '\ud800', '7'),
          maxLength: 80,
        }),
        (text) => {
          const { tokens, paragraphs } = readText(text)
          let end = 0
          for (let i = 0; i < tokens.length; i++) {
            expect(tokens.start[i]).toBeGreaterThanOrEqual(end)
            end = tokens.end[i]!
            expect(end).toBeGreaterThan(tokens.start[i]!)
            const paragraph = paragraphs[tokens.paragraph[i]!]!
            expect(tokens.start[i]! >= paragraph.start && end <= paragraph.end).toBe(true)
          }
        },
      ),
    )
  })
  test('a possessive is a token of its own at its first use and after', () => {
    const { tokens } = readText(texts[3]!)
    expect(tokens.vocabulary.filter((word) => word.includes("'"))).toEqual(["'s"])
  })
  test('"he’d’ve" is three tokens, each in the vocabulary', () => {
    const { tokens } = readText('She said he’d’ve come if he’d known.')
    expect(Array.from(tokens.word, (id) => tokens.vocabulary[id])).toEqual([
      'she',
      'said',
      'he',
      "'d",
      "'ve",
      'come',
      'if',
      'he',
      "'d",
      'known',
      '.',
    ])
  })
  test('contractions without their apostrophe are two tokens too, and read as if they had it', () => {
    const { text, tokens } = readText('Im late and hes not. Youre early, Shell wait.')
    const parts = Array.from({ length: tokens.length }, (_, i) => text.slice(tokens.start[i]!, tokens.end[i]!))
    expect(parts).toEqual(['I', 'm', 'late', 'and', 'he', 's', 'not', '.', 'You', 're', 'early', ',', 'Shell', 'wait', '.'])
    expect(tokens.vocabulary[tokens.word[1]!]).toBe("'m")
    expect(posTags[tokens.pos[0]!]).toBe('PRON')
  })
  test('"I’m" is two tokens, like other contractions', () => {
    const text = 'I’m late. I’M late, and you’re late.'
    const { tokens } = readText(text)
    expect(Array.from(tokens.start, (start, t) => text.slice(start, tokens.end[t])).slice(0, 6)).toEqual([
      'I',
      '’m',
      'late',
      '.',
      'I',
      '’M',
    ])
  })
  /** wink's tokens and tags of texts that one memory reads in turn. */
  const tagged = (pieces: readonly string[]) => {
    const tagger = new Tagger()
    const whole = pieces.join('')
    let end = 0
    return pieces.map((text) => {
      end += text.length
      tagger.tag(whole, end - text.length, end)
      const { words, tagNames } = tagger
      const values = Array.from(tagger.run.subarray(0, tagger.count), (run) =>
        words.value.slice(words.first[run]!, words.first[run + 1]!),
      )
      return values.flat().map((value, t) => `${value}/${tagNames[tagger.tags[t]!]}`)
    })
  }
  const stockTagged = (pieces: readonly string[]) => {
    // Each stock instance doubles a string inside the model, so that the twenty-first would throw.
    const stock = winkNLP({ ...model, metaCER } as typeof model, ['sbd', 'pos'])
    return pieces.map((text) => {
      const tokens = stock.readDoc(text.replace(/[*_~\u00ad\u200b-\u200f\ufeff]/g, ' ')).tokens()
      const tags = tokens.out(stock.its.pos)
      return tokens.out().map((value, t) => `${value}/${tags[t]}`)
    })
  }
  const saved = (model as unknown as { metaCER: () => unknown }).metaCER()
  const metaCER = () => saved
  test.each(['careless', 'ship-crew', 'letters-and-texts'])(
    '%s and what follows it are tagged as a stock wink-nlp tags them',
    (name) => {
      const pieces = [...texts, readFileSync(`corpus/${name}.txt`, 'utf8'), ...texts]
      expect(tagged(pieces)).toEqual(stockTagged(pieces))
    },
  )
  test('strings without sense are tagged as a stock wink-nlp tags them', () => {
    const units = [
      'Seward',
      'zorb',
      'the',
      'well',
      'run',
      'ing',
      'can',
      '’s',
      "'s",
      "n't",
      'n’t',
      ...' \n\t“”"‘’\'.,!?…-–—/:;()[]&@#%7$é🙂'.split(''),
    ]
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom(...units), maxLength: 40 }), { minLength: 1, maxLength: 3 }),
        (pieces) => {
          expect(tagged(pieces)).toEqual(stockTagged(pieces))
        },
      ),
      { numRuns: 30 },
    )
  })
  test('a word that turns up later does not reach back, and no story knows another’s words', () => {
    const pieces = ['“Seward’s,” she said.', 'Seward’s, he said. “Seward’s,” she said. Zorb, zorbs.']
    expect(tagged(pieces)).toEqual(stockTagged(pieces))
    expect(tagged(pieces.slice(1))).toEqual(tagged(pieces.slice(1)))
    expect(tagged(pieces.slice(1))).toEqual(stockTagged(pieces.slice(1)))
  })
})
