/** The layout of the linear scorer's features: named templates, each with as many values as it can take, one set per group of mentions. */

/** Kinds of mention that are scored by weights of their own. */
export const Group = {
  third: 0,
  thirdSpeech: 1,
  they: 2,
  we: 3,
  speech: 4,
  you: 5,
  name: 6,
  nominal: 7,
  nominals: 8,
  it: 9,
} as const
export const groupCount = 10

/** Sizes of the templates: how many values each can take. */
const sizes = {
  bias: 1,
  distance: 48,
  rank: 36,
  size: 30,
  last: 72,
  bind: 6,
  roles: 108,
  talk: 48,
  turn: 50,
  type: 24,
  prominence: 24,
  choice: 30,
  subject: 32,
  fit: 24,
  first: 32,
  narrator: 12,
  head: 150,
  headSize: 30,
  owner: 40,
  modifiers: 20,
  kin: 78,
  kindOf: 168,
  call: 32,
  describe: 12,
  sayer: 12,
  tag: 32,
  salience: 24,
  quoted: 48,
  narrated: 16,
  center: 54,
  paragraph: 20,
  focal: 36,
  focalRank: 12,
  sign: 66,
  signSalience: 66,
  ahead: 48,
  around: 30,
  inside: 24,
  members: 24,
  newBias: 1,
  newForm: 42,
  newSame: 18,
  newChoice: 36,
  newRole: 12,
  newLength: 30,
  newOwner: 56,
  newDescribes: 4,
  newPair: 4,
} as const

type Template = keyof typeof sizes

/** Place of each template's first value within a group. A copy of `sizes` filled anew: an object that grew by computed keys would be slow to read. */
export const at: Record<Template, number> = { ...sizes }
let total = 0
for (const template of Object.keys(sizes) as Template[]) {
  at[template] = total
  total += sizes[template]
}
export const baseFeatures = total
/** Lexical features: one per listed head noun, for new ones and for links without the same head. */
export const headFeatures = 3

/** The names of the templates with their sizes: a model made for others does not fit. */
export const templateSignature = Object.entries(sizes)
  .map(([name, size]) => `${name}:${size}`)
  .join(' ')

/** Adds up the weights of features; for training it also lists them. */
export class FeatureSum {
  score = 0
  /** The features since the start, where they are listed. */
  private readonly listed = new Int32Array(80)
  private length = 0
  private base = 0
  private readonly stride: number

  constructor(
    private readonly weights: Float32Array,
    heads: number,
    private readonly lists: boolean,
  ) {
    this.stride = baseFeatures + heads * headFeatures
  }

  /** Starts anew for a group of mentions. */
  start(group: number): void {
    this.score = 0
    this.length = 0
    this.base = group * this.stride
  }

  /** Adds a place within the group: a template's and the value's. */
  add(place: number): void {
    const feature = this.base + place
    this.score += this.weights[feature]!
    if (this.lists) this.listed[this.length++] = feature
  }

  addHead(head: number, use: number): void {
    if (head >= 0) this.add(baseFeatures + head * headFeatures + use)
  }

  list(): Int32Array {
    return this.listed.slice(0, this.length)
  }
}

/** Numbers put in steps: `steps([1, 3])` gives 0 below 1, 1 below 3, 2 from there on. */
export const steps = (edges: readonly number[]): Uint8Array =>
  Uint8Array.from({ length: edges.at(-1)! + 1 }, (_, value) => edges.filter((edge) => value >= edge).length)

export const stepOf = (table: Uint8Array, value: number): number =>
  value <= 0 ? table[0]! : value < table.length ? table[value]! : table[table.length - 1]!
