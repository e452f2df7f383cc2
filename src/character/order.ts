/** In which order the mentions are read. */
import type { Attributes } from './attribute.js'
import { Role } from './clause.js'
import type { TalkCues } from './talk.js'

/** Reading order, but the words of a quotation come after its tag, and its vocative before its other words. */
export function readingOrder({ length, quotation, role }: Attributes, { tag: tags }: TalkCues): Int32Array {
  const next = new Int32Array(length).fill(-1)
  const vocatives = new Int32Array(length).fill(-1)
  const others = new Int32Array(length).fill(-1)
  const moved = new Uint8Array(length)
  for (let m = length - 1; m >= 0; m--) {
    const q = quotation[m]!
    const tag = q < 0 ? -1 : tags[q]!
    if (tag <= m) continue
    moved[m] = 1
    const after = role[m] === Role.vocative ? vocatives : others
    next[m] = after[tag]!
    after[tag] = m
  }
  const order = new Int32Array(length)
  let count = 0
  for (let m = 0; m < length; m++) {
    if (!moved[m]) order[count++] = m
    for (let k = vocatives[m]!; k >= 0; k = next[k]!) order[count++] = k
    for (let k = others[m]!; k >= 0; k = next[k]!) order[count++] = k
  }
  return order
}
