/** Names that stand side by side. */
import type { Attributes } from './attribute.js'
import { Role } from './clause.js'
import type { NamedPerson, NameForm } from './name.js'

/** How often two names in one sentence part them: at least so often, and in this share of the rarer one's uses. */
const partedBy = { times: 2, share: 0.12 }

/** Names that stand side by side in a sentence are two persons' names. */
export class Together {
  private readonly counts = new Map<string, number>()

  constructor({ length, sentence, outer, quotation, role }: Attributes, formOf: readonly (NameForm | null)[]) {
    let seen: NameForm[] = []
    let at = -1
    let inside = -1
    for (let m = 0; m < length; m++) {
      const form = formOf[m]
      if (form === null || form === undefined || outer[m]! >= 0) continue
      // “Well, Miss Bell?” said Mary: an address and the words around it may be one person's.
      if (role[m] === Role.vocative) continue
      if (sentence[m] !== at || quotation[m] !== inside) seen = []
      at = sentence[m]!
      inside = quotation[m]!
      if (seen.includes(form)) continue
      for (const other of seen) {
        const key = pairKey(other, form)
        this.counts.set(key, (this.counts.get(key) ?? 0) + 1)
      }
      if (seen.length < 12) seen.push(form)
    }
  }

  areTwo(form: NameForm, { forms, count }: NamedPerson): boolean {
    let times = 0
    for (const other of forms) times += this.counts.get(pairKey(form, other)) ?? 0
    return times >= partedBy.times && times >= Math.min(form.count, count) * partedBy.share
  }
}

const pairKey = (a: NameForm, b: NameForm): string => (a.key < b.key ? `${a.key}|${b.key}` : `${b.key}|${a.key}`)
