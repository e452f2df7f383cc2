/** Stage directions: what the narrator puts in brackets inside the marks. "Well, Anna, (with a smile,) what now?" */
import type { Span } from '../types.js'

const bracket = /\(([^()]{3,200})\)/g
/** A manner, an action or whom it is said to: "lowering her voice", "with a bow", "to Anna". */
const direction =
  /^(?:(?:still|then|again|here|now|half|rather|very|and) )?(?:(?!being|excepting|considering|including|according|meaning|allowing|nothing|anything|something|everything|during|speaking (?:of|as|for))\p{L}{2,}ing\b|with (?:an?|the|his|her|great|some|much|\p{L}+ing)\b|in (?:an?|his|her) (?:\p{L}+ ){0,3}(?:voice|tone|whisper|undertone|accent)\b|aside\b|\p{L}+ingly$)/iu
const listener = /^to (?:him|her|them|\p{Lu}[\p{L}.]*(?: \p{Lu}\p{L}+)?)[,.]?$/u
/** What those who listen do: "laughter", "hear, hear". */
const response =
  /^(?:(?:loud|renewed|prolonged|general|much|and|some|great) )*(?:hear,? hear|cheers|cheering|laughter|applause|sensation|groans|hisses)\b[\p{L} ,!.]{0,30}$/iu
/** In a script: any sentence of its own. "(Listens.)" */
const stageDirection = /^\p{Lu}.*[.!?]$/su
const letter = /\p{L}/u
/** Words of whoever speaks. */
const own = /\b(?:I|me|my|you|your|we|us|our)\b/i

/** The parts of a speech that are spoken, without the brackets between them. In a `script` brackets hold what the actors do. */
export function withoutAsides(text: string, { start, end }: Span, script = false): Span[] {
  const words = text.slice(start, end)
  if (!words.includes('(')) return [{ start, end }]
  const parts: Span[] = []
  let from = start
  for (const { index, 0: whole, 1: content } of words.matchAll(bracket)) {
    const inner = content!.replace(/\s+/g, ' ')
    const isAside =
      (direction.test(inner) && !own.test(inner)) ||
      listener.test(inner) ||
      response.test(inner) ||
      (script && stageDirection.test(inner))
    if (!isAside) continue
    const before = trimmedEnd(text, from, start + index)
    const after = start + index + whole.length
    if (!letter.test(text.slice(from, before))) continue
    parts.push({ start: from, end: before })
    from = after + /^[,;:.]?[\s—–-]*/.exec(text.slice(after, end))![0].length
  }
  if (letter.test(text.slice(from, end))) parts.push({ start: from, end })
  return parts
}

function trimmedEnd(text: string, from: number, to: number): number {
  let end = to
  while (end > from && /\s/.test(text[end - 1]!)) end--
  return end
}
