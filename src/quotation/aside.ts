/** Stage directions: what the narrator puts in brackets inside the marks. "Well, Anna, (with a smile,) what now?" */
import type { Span } from '../types.js'

const bracket = /\(([^()]{3,200})\)/g
/** A manner or an action: "lowering her voice", "with a bow". */
const direction =
  /^(?:(?:still|then|again|here|now|half|rather|very|and) )?(?:(?!being|excepting|considering|including|according|speaking|meaning|allowing|nothing|anything|something|everything|during)\p{L}{2,}ing\b|with (?:an?|the|his|her|great|some|much|\p{L}+ing)\b|in (?:an?|his|her) (?:\p{L}+ )?(?:voice|tone|whisper|undertone)\b|aside\b|\p{L}+ingly$)/iu
/** Words of whoever speaks. */
const own = /\b(?:I|me|my|you|your|we|us|our)\b/i

/** The parts of a speech that are spoken, without the brackets between them. */
export function withoutAsides(text: string, { start, end }: Span): Span[] {
  const words = text.slice(start, end)
  if (!words.includes('(')) return [{ start, end }]
  const parts: Span[] = []
  let from = start
  for (const { index, 0: whole, 1: inner } of words.matchAll(bracket)) {
    if (!direction.test(inner!) || own.test(inner!)) continue
    const before = trimmedEnd(text, from, start + index)
    const after = start + index + whole.length
    if (!/\p{L}/u.test(text.slice(from, before)) || !/\p{L}/u.test(text.slice(after, end))) continue
    parts.push({ start: from, end: before })
    from = after + /^[,;:.]?[\s—–-]*/.exec(text.slice(after, end))![0].length
  }
  parts.push({ start: from, end })
  return parts
}

function trimmedEnd(text: string, from: number, to: number): number {
  let end = to
  while (end > from && /\s/.test(text[end - 1]!)) end--
  return end
}
