import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detectQuotations } from '../src/quotation/detect.js'
import { findVerses } from '../src/quotation/verse.js'
import { readText } from '../src/text/layer.js'

/** Detects the quotations of a text and writes them back into it: {q:“No,”} said Anna. Thought is {t:…}, quoted words {w:…}. */
const mark = (text: string): string => {
  const { quotations } = detectQuotations(readText(text))
  let out = ''
  let at = 0
  for (const { start, end, kind } of quotations) {
    out += `${text.slice(at, start)}{${{ speech: 'q', thought: 't', quoted: 'w' }[kind]}:${text.slice(start, end)}}`
    at = end
  }
  return out + text.slice(at)
}
const unmark = (marked: string): string => marked.replace(/\{[qtw]:([^}]*)\}/g, '$1')
const check = (marked: string): void => expect(mark(unmark(marked))).toBe(marked)

describe('detectQuotations', () => {
  test.each([
    ['a tag between two parts', '{q:“No,”} said Anna, {q:“not yet.”}'],
    ['straight double marks', '{q:"No,"} said Anna, {q:"not yet."}'],
    ['typewriter marks', "{q:``No,''} said Anna, {q:``not yet.''}"],
    ['single marks: apostrophes are none', "{q:'I don't know the boys' names,'} said Anna. {q:''Tis late.'} He took Tom's hat."],
    ['curly single marks', '{q:‘I don’t know the boys’ names,’} said Anna. {q:‘’Tis late.’} He took Tom’s hat.'],
    ['single marks hold double ones', "{q:'She said “no” to me,'} Anna said. {q:'Twice.'}"],
    ['guillemets', '{q:«No»,} said Anna.'.replace('»,}', '»},')],
    ['guillemets that point inwards', '{q:»No,«} said Anna.\n\n{q:»Yes,«} said Tom.'],
    ['low and high', '{q:„No,“} said Anna. {q:„Not yet.“}'],
    ['nested marks of the same kind', '{q:“He called it “home” and left,”} said Anna.'],
    ['a nested quotation in other marks belongs to the outer one', '{q:“He said ‘no’ and left,”} said Anna.'],
    ['a dash before the mark', '{q:“Oh!”}—{q:“Yes?”}'],
    ['a tag without comma', '{q:"Bats"} he hummed.'],
    ['words that interrupt each other', '{q:"I never--"} {q:"Never?"}'],
    ['a reply that a comment announces', '{q:“I believe you”} was her emphatic comment.'],
    ['a title in the tag ends no sentence', '{q:“Is it ugly?”} said Mrs. Hale {q:“then it is some other place.”}'],
    ['what the narrator puts in brackets inside the marks', '{q:“Well, Anna,} (with a gentle sigh,) {q:what now?”}'],
    ['brackets of whoever speaks', '{q:“He (being my brother) told me (I was glad) to stay.”}'],
    ['whom a speech is said to, in brackets', '{q:“Well,} (to Anna,) {q:what now?”}'],
    ['what those who listen do', '{q:“Friends, we have won} (cheers), {q:and we shall win} (hear, hear).”'],
    ['inches', '{q:"He is 6\' 5" tall,"} said Anna.'],
  ])('%s', (_, marked) => check(marked))

  test('a speech that reopens at every paragraph continues until it closes', () => {
    const text = '“One.\n\n“Two.\n\n“Three,” said Anna.'
    check('{q:“One.}\n\n{q:“Two.}\n\n{q:“Three,”} said Anna.')
    expect(detectQuotations(readText(text)).quotations.map(({ continues }) => continues)).toEqual([true, true, false])
  })

  test.each([
    ['a lost closing mark: the tag ends it', '{q:“Come in,} she said, and stood up.\n\nTom came. {q:“Thanks,”} he said.'],
    ['a lost closing mark between two parts', '{q:“Come in,} she said. {q:“Sit down.”}\n\n{q:“Thanks,”} said Tom.'],
    ['a lost opening mark', '{q:Come in,”} she said.\n\n{q:“Thanks,”} said Tom.'],
  ])('%s costs its paragraph only', (_, marked) => check(marked))

  test.each([
    ['scare quotes', 'The {w:“younger set”} was there. {q:“Indeed,”} said Anna.'],
    ['a naming', 'They called him {w:“Captain.”} He smiled.'],
    ['a naming by a verb that also speaks', 'The dish was called {w:“stew.”} {q:“Indeed,”} said Anna.'],
    ['a phrase without an end of its own', 'She learned to say {w:“good night”} in Danish. {q:“Indeed,”} said Anna.'],
    [
      'verses under a heading',
      'Chapter 1\n\n{w:“The sea is wide,\nThe boat is small,\nAnd I am none.”}\n\n{q:“Come in,”} said Anna.',
    ],
    ['a title', 'He read from {w:“The Raven”} again.'],
    ['a written sign', 'The sign said {w:“Keep out.”} {q:“Well,”} said Anna.'],
    ['a look that speaks', 'She looked up as if to say, {w:“Are you all like this?”}'],
    ['the other family of marks', 'The {w:‘younger set’} was there. {q:“Indeed,”} said Anna.'],
    ['words that open a sentence and have no end of their own', 'She left. {w:“Nice”} women, however wronged, stay.'],
    ['words that somebody only wished to say', 'He wished to say to Anna, {w:“Stay with me,”} and left.'],
    ['words that somebody almost said', 'She was cold. She had almost said, {w:“Never.”}'],
    ['words that are written', 'He had written: {w:“Come at once.”} Nothing more.'],
    ['words that a note holds', 'There was a card in the envelope:\n\n{w:“Come at once.”}\n\n{q:“Oh,”} said Anna.'],
    ['words that run', 'It ran as follows: {w:“Come at once.”} Nothing more.'],
    ['both parts of a tag that writes', '{w:“Come,”} the note ran, {w:“at once.”} {q:“Oh,”} said Anna.'],
    [
      'the paragraphs of a letter that stays open',
      'He read:\n\n{w:“Come at once.}\n\n{w:“I am not well.”}\n\n{q:“Oh,”} said Anna.',
    ],
    ['a letter with its salutation before a dash', '{w:“My dear Anna,--I am well. Come soon.”}\n\n{q:“Oh,”} said Anna.'],
    ['three lines of verse', 'She sang to the North.\n\n{w:“The sea is wide,\nThe boat is small,\nAnd I am none.”}\n\nHe slept.'],
    ['a term that takes the comma of its sentence', 'He disliked being, unlike his brother, {w:“met,”} and went.'],
    ['a term after another mark', 'He wore cloth; {w:“full dress”} was rare.'],
    [
      'speech in the voice of the narrator',
      'Mr. Hale was delighted with the rooms, and told everybody so for an hour. {w:“He had never seen such a fire; they must all come and sit by him.”} Nobody did.',
    ],
  ])('%s are quoted, not said', (_, marked) => check(marked))

  test.each([
    ['a sentence in italics', 'He stopped. {t:*What am I doing here?*} Nobody answered.'],
    ['underscores', '{t:_Not again,_} thought Anna.'],
    ['slashes', 'He stared at her. {t:/I should have told you./}'],
  ])('%s: thought', (_, marked) => check(marked))

  test('thought in the marks of speech is a quotation like others', () => {
    const text = '“No,” he thought, “not yet.”\n\n“Yes,” he said.'
    check('{q:“No,”} he thought, {q:“not yet.”}\n\n{q:“Yes,”} he said.')
    expect(detectQuotations(readText(text)).quotations.map(({ silent }) => silent)).toEqual([true, false, false])
  })

  test('a stressed word is no thought', () => check('He was *so* tired. {q:“You *did* it,”} she said.'))

  test.each([
    ['a tag inside', '{q:— Yes,} said he, {q:come.}'],
    ['a tag and a sentence that tells', '{q:—Thanks,} he said. He went to the window.'],
    ['a tag and a sentence that speaks', '{q:—Thanks,} he said. {q:I will come.}'],
    ['a second dash that takes the speech up', '{q:—I will go back.} He folded the bag. {q:—It was your turn.}'],
    ['a word cut off', '{q:—There is a man who—}'],
    ['a report inside the speech', '{q:—I will sell it. The priest says there is a buyer.}'],
    ['narration that goes on after the tag', '{q:—You are a fool,} said Sorcha, and she reached for the cup.'],
    ['dashes around the tag', '{q:– Yes} – he said – {q:come in.}'],
  ])('dash speech: %s', (_, marked) => check(`${marked}\n\n{q:— No.}\n\n{q:— Why not?}`))

  test.each([
    ['a fragment and what is so after the tag', '{q:—He is late,} he said. {q:A bad sign. He has no watch.}'],
    ['a command that reads like a tag', '{q:—You fool! Tell that to the guests. You must say so.}'],
  ])('dash speech: %s', (_, marked) => check(`${marked}\n\n{q:— No.}\n\n{q:— Why not?}`))

  test('a number between dashes is no speech', () => check('— II —\n\n{q:—Come in.}\n\n{q:— No.}\n\n{q:— Why not?}'))

  test('italics after a verb of speech or before a tag are said where a document has no marks', () => {
    check(
      'One of them cried aloud, {q:_Tolo bana_}; and there was a shout of {q:_Bana_}. They call it _bana_.\n\n{q:*Come,*} he said.',
    )
    check('One of them cried aloud, _Tolo bana_.\n\n{q:“Come,”} he said.')
  })

  test('script lines: the label is no part of the words', () => {
    const text = 'ANNA: Where is he?\n\nTOM: Gone.\n\nANNA: Gone where?\n\nTOM: Just gone.'
    check('ANNA: {q:Where is he?}\n\nTOM: {q:Gone.}\n\nANNA: {q:Gone where?}\n\nTOM: {q:Just gone.}')
    const [first] = detectQuotations(readText(text)).quotations
    expect(text.slice(first!.label!.start, first!.label!.end)).toBe('ANNA')
  })

  test('chat lines', () => {
    check('<kit_cat> {q:u there}\n\n<Tom> {q:yes}\n\n<kit_cat> {q:good}\n\n<Tom> {q:why}')
    check('[12:03] kit: {q:u there}\n\n[12:04] tom: {q:yes}\n\n[12:04] kit: {q:good}\n\n[12:05] tom: {q:why}')
  })

  test('a letter in marks is read, not said; an address without a farewell is said', () => {
    check(
      'He read:\n\n{w:“Dear Anna,”}\n\n{w:“I am well. Come soon.”}\n\n{w:“Yours truly,”}\n\n{w:“Tom.”}\n\n{q:“Well!”} said Anna.',
    )
    check('{q:“Dear Anna,”}\n\n{q:“Yes?”}\n\n{q:“Come in.”}')
  })

  test('a letter that ends with a name in capitals', () => {
    check('{w:“DEAREST ANNA,”}\n\n{w:“I am well.”}\n\n{w:“TOM.”}\n\n{q:“Well!”} said Anna.')
    check('{q:“Dear Anna,”}\n\n{q:“Yes?”}\n\n{q:“TOM!”}')
  })

  test('a block set in from the margin is read; where all paragraphs are set in, it is said', () => {
    const lines = Array.from({ length: 6 }, () => 'He went on and on.')
    check(`{q:“Look,”} said Anna.\n\n    {w:“Rooms to let.”}\n\n${lines.join('\n\n')}`)
    check(`{q:“Look,”} said Anna.\n\n    {q:“Rooms to let.”}\n\n    ${lines.join('\n\n    ')}`)
  })

  test.each([
    ['a gesture before it', 'Tom looked up. {q:“He had left before she came down to the garden.”}'],
    [
      'a tag',
      'Tom thought of the house for a long while and then said at last, {q:“He had left before she came down.”} Nobody spoke.',
    ],
    [
      'one who speaks of himself',
      'Tom thought of the house for a long while, and of her. {q:“I had left before she came down.”} Nobody spoke.',
    ],
  ])('speech of others with %s is said', (_, marked) => check(marked))

  test('a letter told of in the sentence that speaks is none', () =>
    check('Anna said, shutting the letter:\n\n{q:“He is not coming.”}'))

  test('what actors do in a script is not said', () =>
    check(
      'ANNA: {q:Where is he?} (Listens.) {q:Gone?}\n\nTOM: {q:Gone.}\n\nANNA: {q:Gone where?}\n\nTOM: {q:Just (you know) gone.}',
    ))

  test('verses whose lines are paragraphs of their own; with blank lines between them a mark was lost', () => {
    const versesOf = (lines: readonly string[], between: string): number[] => {
      const text = lines.join(between)
      const paragraphs = lines.map((line) => ({ start: text.indexOf(line), end: text.indexOf(line) + line.length }))
      const quotationIn = (paragraph: number) =>
        ({ ...paragraphs[paragraph]!, kind: 'speech', continues: false, paragraph, label: null, silent: false }) as const
      return findVerses(text, paragraphs, [quotationIn(0), quotationIn(2)])
    }
    const lines = ['“The sea is wide,', 'The boat is small,', 'And I am none.”']
    expect(versesOf(lines, '\n')).toEqual([0, 1])
    expect(versesOf(lines, '\n\n')).toEqual([])
  })

  test('messages under a name and a time', () => {
    check('Mina 19:02\n{q:u there}\n\nLuce 19:03\n{q:yes}\n\nMina 19:03\n{q:good}\n\nLuce 19:05\n{q:why}')
    check(
      'Mina — Today at 7:02 PM\n\n{q:u there}\n\nLuce (7:03 PM)\n\n{q:yes}\n\nMina 7:03 PM\n\n{q:good}\n\nLuce 7:05 PM\n\n{q:why}',
    )
    check('At 19:02\n\nHe came.\n\nTrain 19:05\n\nShe left.')
  })

  test('a colon in prose labels nothing', () => {
    check('He had two reasons: money and fear.\n\nShe had one: love.\n\nRating: T\n\nSummary: They meet.\n\nWarnings: none')
  })

  test('any text gives quotations in order, inside their paragraphs, without overlap', () => {
    const pieces = fc.array(
      fc.constantFrom('"', '“', '”', "'", '‘', '’', '«', '»', '„', '—', '*', '_', ' ', '\n\n', 'said', 'he', 'A', '.', ',', ': '),
    )
    fc.assert(
      fc.property(pieces, (list) => {
        const layer = readText(list.join(''))
        let end = 0
        for (const q of detectQuotations(layer).quotations) {
          const paragraph = layer.paragraphs[q.paragraph]!
          expect(q.start).toBeGreaterThanOrEqual(end)
          expect(q.start).toBeGreaterThanOrEqual(paragraph.start)
          expect(q.end).toBeGreaterThan(q.start)
          expect(q.end).toBeLessThanOrEqual(paragraph.end)
          end = q.end
        }
      }),
    )
  })
})
