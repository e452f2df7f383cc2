/** Which names a story's narrators bear: the first is the one whose calls explain it best, any other must stand out against it. */
import { type CastVector, similarity, sumCasts } from './cast.js'
import { type Evidence, gainOf, worth } from './evidence.js'
import type { Header } from './header.js'
import { admitStates, bestPath, type PathProblem } from './path.js'
import type { Unit } from './unit.js'

/** Nobody by name. */
export const unnamed = 0

/**
 * What a new name must bring: little in a short story, where it is called once or twice; more in a long one, where more words are
 * mistaken for names.
 */
const priceOfName = { least: 0.5, base: 4, baseFrom: 48_000, perWord: 1 / 20_000, most: 10 } as const
/** Rows between which a new part, teller or form begins belong to different blocks. */
export function blocksOf(units: readonly Unit[], told: readonly number[]): Int32Array {
  let block = 0
  return Int32Array.from(told, (u, row) => {
    const { mark, headers, form } = units[u]!
    const before = row === 0 ? -1 : told[row - 1]!
    const isNew =
      before < u - 1 ||
      mark === 'restart' ||
      headers.some(namesTeller) ||
      (form === 'narration') !== (units[before]?.form === 'narration')
    return isNew ? ++block : block
  })
}

/** Rows between which the numbering begins again or a header names who tells belong to different parts. */
export function partsOf(units: readonly Unit[], told: readonly number[]): Int32Array {
  let part = 0
  return Int32Array.from(told, (u, row) => {
    const { mark, headers } = units[u]!
    return row > 0 && (mark === 'restart' || headers.some(namesTeller)) ? ++part : part
  })
}

const namesTeller = ({ kind }: Header): boolean => kind === 'pov' || kind === 'teller'

/** Calls that a block needs for a name of its own, and the share of them that the first name may still have there. */
const fewestCalls = 4
const ownBlock = 0.25

/** Casts less alike than this belong to different tellers; set on gold/pov, where one narrator’s chapters seldom fall below it. */
const strangers = 0.15

/**
 * The first name is the one whose calls explain the story best. Any other must stand out against it: names called out in other
 * chapters ("Annie", "Miss Grey", "Mrs. Holt") are the same narrator’s, unless the narration there speaks of the first by name
 * or knows none of the first’s people.
 */
export function admitNames(
  problem: PathProblem,
  evidence: Evidence,
  words: number,
  casts: readonly CastVector[],
  blockOf: Int32Array,
  partOf: Int32Array,
  circles: Uint8Array | null,
): Int32Array {
  const { states: width, gain } = problem
  const { states } = evidence
  const { least, base, baseFrom, perWord, most } = priceOfName
  const basePrice = Math.min(base, least + ((base - least) * words) / baseFrom)
  const namePrice = Math.min(most, basePrice + words * perWord)
  const candidates = mostHopeful(evidence, circles === null ? basePrice : circlesPrice)
  const isHeaded = (state: number) =>
    [...states[state - 1]!.rows.values()].some(({ header, signature }) => header > worth.bareAlone || signature > 0)
  // An introduction alone may be a lie, an office, or somebody else’s in a letter: others must call the name as surely.
  const isIntroduced = (state: number): boolean => {
    let introduced = 0
    let called = 0
    for (const { introduction, vocative } of states[state - 1]!.rows.values()) {
      introduced += introduction
      called += vocative
    }
    return introduced > 0 && called >= worth.introduction
  }
  const priceOf = (state: number): number => (circles !== null ? circlesPrice : isHeaded(state) ? priceOfName.base : namePrice)
  const called = new Float64Array(gain.length)
  for (const state of candidates)
    for (const [row, { vocative, introduction, narrated }] of states[state - 1]!.rows)
      called[row * width + state] = introduction + vocative + narrated * worth.narrated
  let first = -1
  let best = 0
  for (const state of candidates) {
    const gained = bestPath({ ...problem, gain: called }, [unnamed, state]).total - (isIntroduced(state) ? basePrice : namePrice)
    if (gained <= best) continue
    best = gained
    first = state
  }
  if (first < 0) return admitStates(problem, [unnamed], candidates.filter(isHeaded), priceOf).path
  const circle = sumCasts(
    [...states[first - 1]!.rows].flatMap(([row, { vocative }]) => (vocative > 0 ? [[casts[row]!, vocative] as const] : [])),
  )
  const callsByBlock: Map<number, number>[] = []
  for (const state of candidates)
    for (const [row, { vocative }] of states[state - 1]!.rows) {
      const block = circles === null ? blockOf[row]! : circles[row]!
      const calls = callsByBlock[block] ?? new Map<number, number>()
      callsByBlock[block] = calls
      calls.set(state, (calls.get(state) ?? 0) + vocative)
    }
  const contrasted = gain.slice()
  if (circles === null)
    for (const row of rowsOfStrangers(evidence, first, partOf, casts, circle)) contrasted[row * width + unnamed] = strangePart
  for (const state of candidates) {
    if (state === first) continue
    for (const [row, signs] of states[state - 1]!.rows) {
      const speaksOfFirst = (states[first - 1]!.rows.get(row)?.narrated ?? 0) * -worth.narrated
      const strange = signs.vocative > 0 && similarity(casts[row]!, circle) < strangers ? signs.vocative : 0
      const calls = callsByBlock[circles === null ? blockOf[row]! : circles[row]!]!
      const apart =
        calls.get(state)! >= (circles === null ? fewestCalls : worth.vocative) &&
        (calls.get(first) ?? 0) < calls.get(state)! * ownBlock
          ? signs.vocative
          : 0
      contrasted[row * width + state] = gainOf(signs, Math.min(signs.vocative, speaksOfFirst + Math.max(strange, apart)))
    }
  }
  if (circles !== null) {
    shareWithin(circles, width, contrasted)
    // A header speaks for its own section, whatever circle that is taken to belong to.
    for (const state of candidates)
      for (const [row, signs] of states[state - 1]!.rows)
        if (signs.header > worth.bare)
          contrasted[row * width + state] = Math.max(contrasted[row * width + state]!, gainOf(signs, signs.vocative))
  }
  return admitStates(
    { ...problem, gain: contrasted },
    [unnamed, first],
    candidates.filter((state) => state !== first),
    priceOf,
  ).path
}

/** For nobody by name, in every section of a part that the first narrator does not tell. */
const strangePart = 4
/** What speaks for somebody else by name there, at most. */
const mostForOthers = 2

/**
 * The rows of parts that begin anew in which nothing points to the first narrator or to anybody else, and nobody is known to them: papers
 * that others wrote.
 */
function rowsOfStrangers(
  { states }: Evidence,
  first: number,
  partOf: Int32Array,
  casts: readonly CastVector[],
  circle: CastVector,
): number[] {
  const parts: number[][] = []
  partOf.forEach((part, row) => {
    parts[part] ??= []
    parts[part].push(row)
  })
  const signsIn = (state: number, rows: readonly number[]): number =>
    rows.reduce((sum, row) => {
      const signs = states[state - 1]!.rows.get(row)
      return signs === undefined ? sum : sum + signs.header + signs.signature + signs.introduction + Math.max(0, signs.vocative)
    }, 0)
  return parts
    .filter(
      (rows) =>
        similarity(sumCasts(rows.map((row) => [casts[row]!, 1] as const)), circle) < strangers &&
        signsIn(first, rows) === 0 &&
        states.every((_, s) => signsIn(s + 1, rows) <= mostForOthers),
    )
    .flat()
}

/** Against a narrator in the circle that is not theirs. */
const strangerPrice = 2
/** What a name must bring in a story of two circles, where each needs one. */
const circlesPrice = 1

/** What speaks for a name in one section of a circle speaks for it in all of them, and against it in the other circle. */
function shareWithin(circles: Uint8Array, width: number, gain: Float64Array): void {
  const rows = [0, 1].map((circle) => [...circles.keys()].filter((row) => circles[row] === circle))
  for (let state = unnamed + 1; state < width; state++) {
    const sums = rows.map((own) => own.reduce((total, row) => total + gain[row * width + state]!, 0))
    rows.forEach((own, circle) => {
      const total = sums[circle]! > sums[1 - circle]! ? sums[circle]! : Math.min(0, sums[circle]!) - strangerPrice
      for (const row of own) gain[row * width + state] = total / own.length
    })
  }
}

/** A story has few narrators: of many names that are called out, the most hopeful are tried. */
const mostCandidates = 16
const mostHopeful = ({ states }: Evidence, least: number): number[] =>
  states
    .flatMap(({ hope }, s) => (hope >= least ? [s + 1] : []))
    .sort((a, b) => states[b - 1]!.hope - states[a - 1]!.hope || a - b)
    .slice(0, mostCandidates)
