/**
 * Joins the pieces of one person: the second pass, over whole entities. A mention that opened an entity had others in reach; now that
 * all is read, what became of both says whether they are one.
 */
import { type Attributes, Determiner, Kind } from './attribute.js'
import type { Entity } from './entity.js'
import { FeatureSum, Group, stepOf, steps } from './template.js'

/** An entity, and another that its first mention might have been instead. */
export interface Proposal {
  /** The mention that opened the entity, and its group. */
  readonly mention: number
  readonly group: number
  readonly entity: number
  readonly other: number
  /** By how much a new entity led over the other, and the other's place among all. */
  readonly lead: number
  readonly place: number
}

/** Candidates kept of a mention that opened an entity. */
const proposed = 3

/** Keeps the best candidates that a new entity has won over; the new one's score is the last. Its own number is known at the end. */
export function propose(
  proposals: Proposal[],
  mention: number,
  group: number,
  scores: Float64Array,
  ids: Int32Array,
  count: number,
): void {
  for (let place = 0, before = -1; place < proposed && place < count; place++) {
    let next = -1
    for (let c = 0; c < count; c++)
      if (before < 0 || scores[c]! < scores[before]! || (scores[c] === scores[before] && c > before))
        if (next < 0 || scores[c]! > scores[next]!) next = c
    if (next < 0) return
    proposals.push({ mention, group, entity: -1, other: ids[next]!, lead: scores[count]! - scores[next]!, place })
    before = next
  }
}

/** What is asked of the talk: who spoke to whom and of whom. */
export interface Exchanges {
  /** Times that one spoke to or of the other, in either direction. */
  readonly toEachOther: (x: number, y: number) => number
  readonly ofEachOther: (x: number, y: number) => number
}

const openers = 8
/** Sizes of the templates. */
const sizes = {
  bias: 1,
  lead: 10 * openers,
  size: 25,
  type: 48,
  sex: 5 * openers,
  together: 20,
  near: 20,
  after: 40,
  gap: 6 * openers,
  talk: 15,
  spoken: 15,
  head: 4 * openers,
  narrator: 4,
  first: 3 * openers,
} as const
const at: Record<keyof typeof sizes, number> = { ...sizes }
let total = 0
for (const template of Object.keys(sizes) as (keyof typeof sizes)[]) {
  at[template] = total
  total += sizes[template]
}
export const joinFeatures = total

const sizeSteps = steps([2, 3, 6, 15])
const afterSteps = steps([1, 3, 8, 20])
const gapSteps = steps([1, 2, 5, 15, 50])
const leadEdges = [0.2, 0.5, 1, 1.5, 2, 3, 4, 6, 9]
/** Mentions on either side that are near. */
const nearby = 8
/** First mentions of an entity that are looked at for company. */
const mostLooked = 40

/** Probability from which two are joined; set on LitBank dev and corpus/, held out. */
const joinedFrom = 0.4

export class Joiner {
  private readonly members: readonly number[][]
  private readonly features: FeatureSum
  private readonly largest: number

  constructor(
    private readonly a: Attributes,
    private readonly entities: readonly Entity[],
    private readonly entityOf: Int32Array,
    private readonly exchanges: Exchanges,
    weights: Float32Array,
    lists: boolean,
  ) {
    const members: number[][] = entities.map(() => [])
    for (let m = 0; m < entityOf.length; m++) members[entityOf[m]!]!.push(m)
    this.members = members
    this.features = new FeatureSum(weights, 0, lists)
    let largest = -1
    for (const { id, size } of entities) if (largest < 0 || size > entities[largest]!.size) largest = id
    this.largest = largest
  }

  /** Joins whom the weights join, the surest first; changes `entityOf`, the entities and the certainty. */
  join(proposals: readonly Proposal[], certainty: Float32Array): void {
    const scored = proposals
      .filter((proposal) => this.isPossible(proposal))
      .map((proposal) => ({ ...proposal, score: this.score(proposal) }))
      .filter(({ score }) => score >= Math.log(joinedFrom / (1 - joinedFrom)))
      .sort((x, y) => y.score - x.score || x.mention - y.mention)
    const home = Int32Array.from(this.entities, ({ id }) => id)
    const rootOf = (id: number): number => {
      let root = id
      while (home[root] !== root) root = home[root]!
      return root
    }
    for (const { mention, entity, other, score } of scored) {
      // An entity joins one other; what others have joined it comes along.
      if (home[entity] !== entity) continue
      const root = rootOf(other)
      if (root === entity || !areCompatible(this.entities[entity]!, this.entities[root]!)) continue
      home[entity] = root
      this.entities[root]!.absorb(this.entities[entity]!)
      certainty[mention]! *= 1 / (1 + Math.exp(-score))
    }
    for (let m = 0; m < this.entityOf.length; m++) this.entityOf[m] = rootOf(this.entityOf[m]!)
  }

  isPossible({ entity, other }: Proposal): boolean {
    return entity !== other && areCompatible(this.entities[entity]!, this.entities[other]!)
  }

  /** The features of a proposal, for training. */
  list(proposal: Proposal): Int32Array {
    this.score(proposal)
    return this.features.list()
  }

  private score({ mention, group, entity, other, lead, place }: Proposal): number {
    const { features: out, a } = this
    const x = this.entities[entity]!
    const y = this.entities[other]!
    const opener = openerOf(mention, group, a)
    const xs = stepOf(sizeSteps, x.size)
    const ys = stepOf(sizeSteps, y.size)
    out.start(0)
    out.add(at.bias)
    let bin = 0
    while (bin < leadEdges.length && lead >= leadEdges[bin]!) bin++
    out.add(at.lead + bin * openers + opener)
    out.add(at.size + xs * 5 + ys)
    out.add(at.type + (x.type * 4 + y.type) * 3 + Math.min(place, 2))
    out.add(at.sex + agreement(x, y) * openers + opener)
    let together = 0
    let near = 0
    const own = this.members[entity]!
    const looked = Math.min(own.length, mostLooked)
    for (let i = 0; i < looked; i++) {
      const m = own[i]!
      const met = this.meets(m, other)
      if (met > 0) near++
      if (met > 1) together++
    }
    out.add(at.together + shareStep(together / looked) * 5 + xs)
    out.add(at.near + shareStep(near / looked) * 5 + xs)
    const theirs = this.members[other]!
    const later = countAfter(theirs, mention)
    out.add(at.after + (stepOf(afterSteps, later) * 2 + (opener === 0 ? 1 : 0)) * 4 + Math.min(ys, 3))
    const before = theirs.length - later - 1
    const gap = before < 0 ? 1000 : a.sentence[mention]! - a.sentence[theirs[before]!]!
    out.add(at.gap + stepOf(gapSteps, gap) * openers + opener)
    out.add(at.talk + Math.min(this.exchanges.toEachOther(entity, other), 2) * 5 + xs)
    out.add(at.spoken + Math.min(this.exchanges.ofEachOther(entity, other), 2) * 5 + xs)
    out.add(at.head + this.compareHeads(x, y) * openers + opener)
    out.add(at.narrator + (x.narrator ? 2 : 0) + (y.narrator ? 1 : 0))
    out.add(at.first + (other === this.largest ? 2 : before < 0 ? 1 : 0) * openers + opener)
    return out.score
  }

  /** 2 when the other is mentioned in m's sentence, neither inside the other; 1 when nearby; 0 when not. */
  private meets(m: number, other: number): number {
    const { a, entityOf } = this
    let met = 0
    for (let step = -1; step <= 1; step += 2)
      for (let k = m + step, n = 0; n < nearby && k >= 0 && k < entityOf.length; k += step, n++) {
        if (entityOf[k] !== other) continue
        if (a.sentence[k] === a.sentence[m] && a.quotation[k] === a.quotation[m]) return 2
        met = 1
      }
    return met
  }

  /** 0 where one was never called by a noun, 1 no noun in common, 2 one in common. */
  private compareHeads(x: Entity, y: Entity): number {
    if (x.callings.length === 0 || y.callings.length === 0) return 0
    for (const one of x.callings) for (const other of y.callings) if (one.head === other.head) return 2
    return 1
  }
}

/**
 * Two of whom the story speaks by names, or of one sex and the other, are two; and narrators do not speak of themselves by name, but
 * those whom the viewpoints know by it.
 */
function areCompatible(x: Entity, y: Entity): boolean {
  if (x.plural !== y.plural || (x.person >= 0 && y.person >= 0) || (x.narrator && y.narrator)) return false
  if ((x.narrator && x.person < 0 && y.narratedNames > 0) || (y.narrator && y.person < 0 && x.narratedNames > 0)) return false
  return agreement(x, y) < 4
}

/** 0 nothing known, 1 of one, 2 the same sex, 3 leaning apart, 4 apart. */
function agreement(x: Entity, y: Entity): number {
  const one = x.he - x.she
  const other = y.he - y.she
  if (one === 0 || other === 0) return one === other ? 0 : 1
  if (one > 0 === other > 0) return 2
  return Math.min(Math.abs(one), Math.abs(other)) >= 4 ? 4 : 3
}

function openerOf(m: number, group: number, a: Attributes): number {
  if (group === Group.name) return 0
  if (a.kind[m] === Kind.nominal) {
    if (group === Group.nominals) return 5
    const determiner = a.determiner[m]!
    if (determiner === Determiner.indefinite || determiner === Determiner.quantifier) return 1
    return determiner === Determiner.possessive ? 3 : determiner === Determiner.none ? 4 : 2
  }
  return group === Group.they || group === Group.we ? 6 : 7
}

const shareStep = (share: number): number => (share === 0 ? 0 : share < 0.1 ? 1 : share < 0.35 ? 2 : 3)

/** How many of the ascending numbers are above one. */
function countAfter(list: readonly number[], value: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle]! > value) high = middle
    else low = middle + 1
  }
  return list.length - low
}
