/** A piece of text cut at white space and tagged as wink-nlp tags it. */
import { applyMachine } from './machine.js'
import { wink } from './wink.js'
import { WordReader } from './word.js'

/** A run without white space longer than this is cut: wink takes seconds over one of 20,000 characters. */
const longestRun = 100

/** What a character is to the cutting: part of a run, a gap, a line end (a run of these is one of wink's tokens), other white space. */
const Kind = { word: 0, gap: 1, lineEnd: 2, white: 3 } as const
/** Gaps: wink's spaces; then marks that decorate words and spoil their tags, emphasis and invisible characters, each read as a space. */
const gaps = /[ \u00a0\u2002-\u2005\u2009\u200a\u202f\u205f*_~\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/
const lineEnds = /[\n\r\t]/
const white = /\s/
/** Above this only two characters are anything but part of a word. */
const tableLength = 0x2070
const wideSpace = 0x3000
const byteOrderMark = 0xfeff

let kinds: Uint8Array | undefined
const readKinds = (): Uint8Array =>
  Uint8Array.from({ length: tableLength }, (_, code) => {
    const character = String.fromCharCode(code)
    if (lineEnds.test(character)) return Kind.lineEnd
    if (gaps.test(character)) return Kind.gap
    return white.test(character) ? Kind.white : Kind.word
  })

/** FNV's prime. */
const hashFactor = 0x01000193

/** Whether the text from one place on reads as it does from another to an end. */
function isSame(text: string, met: number, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) !== text.charCodeAt(met + i - from)) return false
  return true
}

/** The runs of the piece that was tagged last, and the tags of their tokens, one after another. All pieces are of one text. */
export class Tagger {
  readonly words = new WordReader()
  /** Runs of the piece: how many, where each begins, and its reading in `words`. */
  count = 0
  start = new Int32Array(0)
  run = new Int32Array(0)
  /** Tags of their tokens, as indexes into `tagNames`. */
  tags = new Uint8Array(0)
  readonly tagNames = wink().tagNames

  private readonly machines = wink().machines
  private readonly kinds: Uint8Array
  /** The readings so far by a hash of their string, in a table with one more than their number, 0 where it is free. */
  private table = new Int32Array(1 << 12)
  /** Where in the text each reading was first met, and its hash. */
  private readonly metAt: number[] = []
  private readonly hashes: number[] = []
  private hint = new Uint8Array(0)
  private possible = new Int32Array(0)
  /** The tokens whose tags no rule may change, and their tags. */
  private readonly fixed: number[] = []
  private readonly fixedTag: number[] = []
  private places = new Int32Array(0)
  private targets = new Int8Array(0)

  constructor() {
    kinds ??= readKinds()
    this.kinds = kinds
  }

  /** Linear. */
  tag(text: string, start: number, end: number): void {
    // No token is without a character.
    if (this.start.length < end - start) this.makeRoom(end - start)
    this.cut(text, start, end)
    this.fill()
  }

  private makeRoom(length: number): void {
    this.start = new Int32Array(length)
    this.run = new Int32Array(length)
    this.tags = new Uint8Array(length)
    this.hint = new Uint8Array(length)
    this.possible = new Int32Array(length)
    this.places = new Int32Array(length)
    this.targets = new Int8Array(length)
  }

  private kindAt(text: string, at: number): number {
    const code = text.charCodeAt(at)
    if (code < tableLength) return this.kinds[code]!
    return code === wideSpace ? Kind.white : code === byteOrderMark ? Kind.gap : Kind.word
  }

  private cut(text: string, start: number, end: number): void {
    let count = 0
    for (let at = start; at < end; ) {
      const kind = this.kindAt(text, at)
      if (kind === Kind.gap) {
        at++
        continue
      }
      const from = at
      let hash = Math.imul(text.charCodeAt(at++), hashFactor)
      if (kind === Kind.lineEnd)
        for (; at < end && this.kindAt(text, at) === Kind.lineEnd; at++) hash = Math.imul(hash ^ text.charCodeAt(at), hashFactor)
      else {
        let length = kind === Kind.white ? 0 : 1
        for (; at < end; at++) {
          const next = this.kindAt(text, at)
          if (next === Kind.gap || next === Kind.lineEnd) break
          if (next === Kind.white) length = 0
          else if (++length > longestRun) break
          hash = Math.imul(hash ^ text.charCodeAt(at), hashFactor)
        }
      }
      this.start[count] = from
      this.run[count++] = this.readingOf(text, from, at, hash ^ (hash >>> 15))
    }
    this.count = count
  }

  private readingOf(text: string, from: number, to: number, hash: number): number {
    const { table, metAt, hashes, words } = this
    const mask = table.length - 1
    let slot = hash & mask
    for (let entry = table[slot]!; entry !== 0; entry = table[slot]!) {
      const reading = entry - 1
      if (hashes[reading] === hash && words.strings[reading]!.length === to - from && isSame(text, metAt[reading]!, from, to)) {
        if (words.stale[reading] === 0) return reading
        break
      }
      slot = (slot + 1) & mask
    }
    const reading = words.read(text.slice(from, to))
    metAt.push(from)
    hashes.push(hash)
    table[slot] = reading + 1
    if (metAt.length * 2 > table.length) this.growTable()
    return reading
  }

  private growTable(): void {
    const mask = this.table.length * 2 - 1
    const table = new Int32Array(mask + 1)
    for (const entry of this.table) {
      if (entry === 0) continue
      let slot = this.hashes[entry - 1]! & mask
      while (table[slot] !== 0) slot = (slot + 1) & mask
      table[slot] = entry
    }
    this.table = table
  }

  private fill(): void {
    const { words, tags, hint, possible } = this
    this.fixed.length = 0
    this.fixedTag.length = 0
    let length = 0
    for (let r = 0; r < this.count; r++) {
      const run = this.run[r]!
      const end = words.first[run + 1]!
      for (let t = words.first[run]!; t < end; t++) {
        tags[length] = words.tag[t]!
        hint[length] = words.hint[t]!
        if (words.fixed[t] === 1) {
          this.fixed.push(length)
          this.fixedTag.push(words.tag[t]!)
        }
        possible[length++] = words.possible[t]!
      }
    }
    const columns = { tag: tags, hint, possible }
    for (const machine of this.machines) applyMachine(machine, columns, length, this.places, this.targets)
    for (let i = 0; i < this.fixed.length; i++) tags[this.fixed[i]!] = this.fixedTag[i]!
  }
}
