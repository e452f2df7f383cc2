/** Features of how far a mention reaches: its start and its end. */
import type { Candidate } from './candidate.js'
import { bucket, type FeatureReading, type Features, hashAt, lexicalBits, outside, symbolAt } from './key.js'
import { Tag } from './reading.js'
import { type Extent, isPossessive } from './span.js'

/** Does the mention start at `start`? `index` counts options from the core leftward. */
export function startFeatures(
  features: Features,
  reading: FeatureReading,
  { first, head, name }: Candidate,
  start: number,
  index: number,
  ruled: number,
): void {
  const { tokens, bits, words } = reading
  const kind = (name ? 1 : 0) + (start > first ? 2 : start === first ? 4 : 0)
  const at = symbolAt(reading, start, head)
  const before = symbolAt(reading, start - 1, head)
  const after = start < head ? symbolAt(reading, start + 1, head) : outside
  const b = bits[head]! & lexicalBits
  features.begin('start')
  features.add(kind, start === ruled ? 1 : 0)
  features.add(kind, at)
  features.add(kind, before)
  features.add(kind, at, before)
  features.add(at, after)
  features.add(at, after, before)
  features.add(kind, tokens.pos[start]!, start > 0 ? tokens.pos[start - 1]! : 0)
  features.add(kind, hashAt(reading, start, head))
  features.add(hashAt(reading, start - 1, head), kind)
  features.add(hashAt(reading, start - 1, head), hashAt(reading, start, head))
  features.add(symbolAt(reading, start - 2, head), before, kind)
  features.add(index, kind)
  features.add(at, b)
  features.add(before, b, kind)
  features.add(kind, reading.opening[start]!, tokens.form[start]!)
  features.add(kind, isPossessive(reading, start - 1) ? 1 : 0)
  features.add(words.lemma[tokens.word[head]!]!, start === first ? 1 : 0)
  features.add(kind, Math.min(7, Math.abs(first - start)), ruled - start)
}

/** Does the mention end at the extent's end? */
export function endFeatures(
  features: Features,
  reading: FeatureReading,
  { head, name }: Candidate,
  first: number,
  { end, commas, verbs, conjunctions, prepositions, excess }: Extent,
  index: number,
  lastOption: boolean,
  role: number,
  matrix: number,
): void {
  const { tokens, bits, words } = reading
  const b = bits[head]! & lexicalBits
  const lemma = words.lemma[tokens.word[head]!]!
  const connector = symbolAt(reading, head + 1, head)
  const connector2 = symbolAt(reading, head + 2, head)
  const connector3 = symbolAt(reading, head + 3, head)
  // ", who" and ", with" go on in different ways.
  const link = tokens.word[head + 1] === reading.mark.comma ? Math.imul(connector2, 31) + 7 : connector
  const next = symbolAt(reading, end + 1, head)
  const next2 = symbolAt(reading, end + 2, head)
  const at = symbolAt(reading, end, head)
  const opener = symbolAt(reading, first, head)
  const before = symbolAt(reading, first - 1, head)
  const stays = end === head ? 1 : 0
  const kind = stays * 2 + (name ? 1 : 0)
  features.begin('end')
  features.add(kind)
  features.add(kind, connector)
  features.add(kind, link)
  features.add(kind, connector, connector2)
  features.add(kind, link, connector3)
  features.add(kind, link, opener)
  features.add(kind, link, b)
  features.add(stays, link, lemma)
  features.add(stays, hashAt(reading, head + 1, head), hashAt(reading, head + 2, head))
  features.add(kind, opener)
  features.add(kind, lemma)
  features.add(stays, link, before)
  features.add(stays, connector, hashAt(reading, first - 1, head))
  const place = role * 4 + (matrix < 0 ? 0 : end < matrix ? 1 : end === matrix ? 2 : 3)
  const near = matrix < 0 ? 0 : bucket(matrix - head)
  features.add(stays, place)
  features.add(kind, link, place)
  features.add(stays, place, near)
  features.add(stays * 64 + place, near * 8 + Math.min(commas, 3), connector)
  if (stays === 1) {
    features.add(connector, connector3, connector2)
    features.add(connector, reading.quotationOf[head]! >= 0 ? 1 : 0)
    return
  }
  for (let k = 0; k < 2; k++) features.skip()
  const nextPos = next === outside ? Tag.punct : tokens.pos[end + 1]!
  const finite = nextPos === Tag.verb || nextPos === Tag.aux ? 1 : 0
  const over = Math.max(-2, Math.min(2, excess))
  features.add(at)
  features.add(next)
  features.add(at, next)
  features.add(link, next)
  features.add(link, at)
  features.add(next, next2)
  features.add(link, next, next2)
  features.add(link, bucket(end - head))
  features.add(link, Math.min(index, 8))
  features.add(link, Math.min(verbs, 3), next)
  features.add(link, Math.min(commas, 3), next)
  features.add(link, Math.min(conjunctions, 3), next)
  features.add(link, Math.min(prepositions, 3), next)
  features.add(link, Math.min(verbs, 3), Math.min(commas, 3))
  features.add(link, lastOption ? 1 : 0, Math.min(verbs, 3))
  features.add(hashAt(reading, end + 1, head))
  features.add(hashAt(reading, end, head))
  features.add(tokens.pos[end]!, nextPos, tokens.pos[end + 2] ?? 0)
  features.add(link, tokens.pos[end]!, next)
  features.add(link, symbolAt(reading, end - 1, head), at)
  features.add(link, over, finite)
  features.add(over, nextPos, tokens.pos[end]!)
  features.add(over, next)
  features.add(over, finite, before)
  features.add(link, over * 8 + Math.min(commas, 3), nextPos)
  features.add(place, nextPos, tokens.pos[end]!)
  features.add(place, next)
  features.add(place, over, Math.min(commas, 3))
  const noun = words.lemma[tokens.word[end]!]!
  features.add(noun, next)
  features.add(bits[end]! & lexicalBits, next)
}
