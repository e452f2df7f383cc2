/** Sets of characters, asked by code. */

/** Codes up to here have an answer of their own; beyond are no marks of Latin text. */
const tableLength = 0x2100
const unknown = 0
const no = 1
const yes = 2

/** The characters that an expression matches, each tried once: a look-up costs a tenth of a test. Lazy: nothing is made before use. */
export class Characters {
  private table: Uint8Array | undefined
  constructor(private readonly expression: RegExp) {}

  /** True for a code unit of the set. */
  has(code: number): boolean {
    this.table ??= new Uint8Array(tableLength)
    if (!(code < tableLength)) return this.expression.test(String.fromCharCode(code))
    if (this.table[code] === unknown) this.table[code] = this.expression.test(String.fromCharCode(code)) ? yes : no
    return this.table[code] === yes
  }
}
