/** Texts with the expected result written in them: `{q:“No,”} said {anna:Anna}.` */
import type { Span } from '../src/types.js'

/** The plain text of a marked one, and the spans of each label in text order. */
export function marked(spec: string): { text: string; spans: Record<string, Span[]> } {
  let text = ''
  const spans: Record<string, Span[]> = {}
  const open: { label: string; start: number }[] = []
  for (const part of spec.matchAll(/\{(\w+):|\}|[^{}]+/g)) {
    if (part[1] !== undefined) open.push({ label: part[1], start: text.length })
    else if (part[0] === '}') {
      const span = open.pop()
      if (span === undefined) throw new Error(`marked: } without { in ${spec}`)
      spans[span.label] ??= []
      spans[span.label]!.push({ start: span.start, end: text.length })
    } else text += part[0]
  }
  if (open.length > 0) throw new Error(`marked: { without } in ${spec}`)
  for (const list of Object.values(spans)) list.sort((a, b) => a.start - b.start || b.end - a.end)
  return { text, spans }
}
