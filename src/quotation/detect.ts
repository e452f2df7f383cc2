import type { QuotationLayer, QuotedSpan, TextLayer } from '../layers.js'

/** Finds what the text sets between quotation marks. (First version: double marks.) */
export function detectQuotations({ text, tokens, paragraphs }: TextLayer): QuotationLayer {
  const quotations: QuotedSpan[] = []
  paragraphs.forEach(({ start, end }, paragraph) => {
    let open = -1
    for (let i = start; i < end; i++) {
      const char = text[i]
      if (open < 0 && (char === '“' || char === '"')) open = i
      else if (open >= 0 && (char === '”' || char === '"')) {
        quotations.push({ start: open, end: i + 1, kind: 'speech', continues: false, paragraph, label: null })
        open = -1
      }
    }
    if (open >= 0) quotations.push({ start: open, end, kind: 'speech', continues: true, paragraph, label: null })
  })
  const quotationOf = new Int32Array(tokens.length).fill(-1)
  let q = 0
  for (let i = 0; i < tokens.length; i++) {
    while (q < quotations.length && quotations[q]!.end <= tokens.start[i]!) q++
    if (q < quotations.length && quotations[q]!.start <= tokens.start[i]!) quotationOf[i] = q
  }
  return { quotations, quotationOf }
}
