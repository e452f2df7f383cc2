/** Where each person is named next: read from left to right, so that a look ahead costs next to nothing. */
import type { AliasLayer } from './alias.js'
import type { Attributes } from './attribute.js'

/** Name uses of one paragraph that are counted at most, before and after a mention. */
const counted = 4

export class NamesAhead {
  /** Name mentions of all persons, each person's in text order; person p has `[from[p], from[p + 1])`. */
  private readonly names: Int32Array
  private readonly from: Int32Array
  /** The first name of each person after the last mention asked about. */
  private readonly place: Int32Array
  /** What `look` found: the next mention by name, -1 for none; name uses in the mention's paragraph. */
  next = -1
  here = 0

  constructor(
    { persons, personOf }: AliasLayer,
    private readonly attributes: Attributes,
  ) {
    this.from = new Int32Array(persons.length + 1)
    for (const person of personOf) if (person >= 0) this.from[person + 1]!++
    for (let p = 0; p < persons.length; p++) this.from[p + 1]! += this.from[p]!
    this.names = new Int32Array(this.from[persons.length]!)
    this.place = this.from.slice(0, persons.length)
    personOf.forEach((person, m) => {
      if (person >= 0) this.names[this.place[person]!++] = m
    })
    this.place = this.from.slice(0, persons.length)
  }

  look(m: number, person: number): void {
    const { names, from } = this
    const { paragraph } = this.attributes
    const first = from[person]!
    const end = from[person + 1]!
    let low = this.place[person]!
    while (low < end && names[low]! <= m) low++
    while (low > first && names[low - 1]! > m) low--
    this.place[person] = low
    this.next = low < end ? names[low]! : -1
    this.here = 0
    for (let i = low; i < end && i < low + counted && paragraph[names[i]!] === paragraph[m]; i++) this.here++
    for (let i = low - 1; i >= first && i >= low - counted && paragraph[names[i]!] === paragraph[m]; i--) this.here++
  }
}
