/** The cheapest sequence of states over units, with a price for every state that the story uses at all. */

/** Gains of each state in each unit, row by row (`gain[u * states + s]`), and what a change costs before each unit. */
export interface PathProblem {
  readonly units: number
  readonly states: number
  readonly gain: Float64Array
  readonly price: Float64Array
}

/** The best path over the states of `allowed`, and what it gains. Linear in units times states. */
export function bestPath(
  { units, states, gain, price }: PathProblem,
  allowed: readonly number[],
): { path: Int32Array; total: number } {
  const path = new Int32Array(units)
  if (units === 0) return { path, total: 0 }
  const from = new Int32Array(units * states)
  const value = new Float64Array(states).fill(Number.NEGATIVE_INFINITY)
  for (const s of allowed) value[s] = gain[s]!
  for (let u = 1; u < units; u++) {
    let best = allowed[0]!
    for (const s of allowed) if (value[s]! > value[best]!) best = s
    const changed = value[best]! - price[u]!
    for (const s of allowed) {
      const stays = value[s]! >= changed
      from[u * states + s] = stays ? s : best
      value[s] = (stays ? value[s]! : changed) + gain[u * states + s]!
    }
  }
  let state = allowed[0]!
  for (const s of allowed) if (value[s]! > value[state]!) state = s
  const total = value[state]!
  for (let u = units - 1; u >= 0; u--) {
    path[u] = state
    state = from[u * states + state]!
  }
  return { path, total }
}

/**
 * Admits states one by one, each time the one that improves the path most, as long as it improves it by its price; then drops
 * those that nothing needs any more. `base` is admitted from the start.
 */
export function admitStates(
  problem: PathProblem,
  base: readonly number[],
  candidates: readonly number[],
  priceOf: (state: number) => number,
): { path: Int32Array; total: number; allowed: readonly number[] } {
  let allowed = [...base]
  let current = bestPath(problem, allowed)
  const waiting = new Set(candidates)
  while (waiting.size > 0) {
    let best = -1
    let bestPathSoFar = current
    let bestGain = 0
    for (const state of waiting) {
      const tried = bestPath(problem, [...allowed, state])
      const gain = tried.total - current.total - priceOf(state)
      if (gain <= bestGain) continue
      best = state
      bestGain = gain
      bestPathSoFar = tried
    }
    if (best < 0) break
    waiting.delete(best)
    allowed.push(best)
    current = bestPathSoFar
  }
  for (const state of allowed.slice(base.length)) {
    const without = bestPath(
      problem,
      allowed.filter((other) => other !== state),
    )
    if (current.total - without.total >= priceOf(state)) continue
    allowed = allowed.filter((other) => other !== state)
    current = without
  }
  return { ...current, allowed }
}
