import { type PersonLayer, posTags, type QuotationLayer, type TextLayer } from '../layers.js'

/** Grammatical person of the narration per paragraph. (First version: any "I" outside quotations in the story.) */
export function findPersons({
  text: { tokens, paragraphs },
  quotations,
}: {
  text: TextLayer
  quotations: QuotationLayer
}): PersonLayer {
  const i = tokens.wordId('i')
  let first = 0
  let words = 0
  for (let t = 0; t < tokens.length; t++) {
    if (quotations.quotationOf[t]! >= 0 || tokens.pos[t] === posTags.indexOf('PUNCT')) continue
    words++
    if (tokens.word[t] === i) first++
  }
  return { personOf: new Uint8Array(paragraphs.length).fill(first > words * 0.01 ? 1 : 3) }
}
