/** What the caller should know about a text before trusting what is made of it. */
import { Form, type QuotationLayer, type TextLayer } from './layers.js'
import { flagWords } from './text/token.js'
import type { Diagnostic } from './types.js'

/** The commonest English words: running prose in English holds a third or more of them. */
const common = new Set(
  'the of and to a in that he it was i his you her with as for she had not but at on be him is they my me all this have so said from one there we when by were what or no if up would out your an their who them been are could then do into about its which more'.split(
    ' ',
  ),
)
/** Share of these words below which a text of enough words is not English; set on the LitBank texts (0.38–0.55) and 12 other languages (< 0.08). */
const englishShare = 0.15
/** Words from which the share means something. */
const enoughWords = 40
/** Share of letters outside the Latin script from which a text is not English, however short. */
const foreignLetters = 0.3

/** Looks for a language that is not read here and for marks left open. Linear. */
export function diagnose({ text, tokens, paragraphs }: TextLayer, { quotations }: QuotationLayer): Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  const isCommon = flagWords(tokens, common)
  let words = 0
  let english = 0
  for (let t = 0; t < tokens.length; t++) {
    if (tokens.form[t] !== Form.punctuation && tokens.form[t] !== Form.number) words++
    english += isCommon[tokens.word[t]!]!
  }
  let letters = 0
  let latin = 0
  for (const letter of text.slice(0, 20_000).replace(/[\s\p{P}\p{N}]+/gu, '')) {
    if (/[a-z]/i.test(letter)) latin++
    else if (!/\p{L}/u.test(letter)) continue
    else if (/\p{Script=Latin}/u.test(letter)) latin++
    letters++
  }
  if (
    (words >= enoughWords && english < words * englishShare) ||
    (letters >= enoughWords && letters - latin > letters * foreignLetters)
  )
    diagnostics.push({
      code: 'not-english',
      message: 'The text does not look like English; only English is read, so expect little sense in the result.',
      span: null,
    })
  const open = quotations.filter((quotation) => quotation.continues && !reopens(text, paragraphs[quotation.paragraph + 1]))
  for (const { start, end } of open)
    diagnostics.push({
      code: 'unbalanced-quotation-marks',
      message: 'A quotation mark opens here and does not close in its paragraph.',
      span: { start, end },
    })
  return diagnostics
}

const reopens = (text: string, next: { readonly start: number } | undefined): boolean =>
  next !== undefined && /^[\s*_]*["“”'‘«„]/.test(text.slice(next.start, next.start + 4))
