/** A fixed generator, so that training gives the same bytes each time. */

/** Shuffles lists in place, each call going on where the last one ended. */
export function shuffler(seed: number): (order: number[]) => void {
  let state = seed
  const random = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return state / 0x7fffffff
  }
  return (order) => {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1))
      ;[order[i], order[j]] = [order[j]!, order[i]!]
    }
  }
}
