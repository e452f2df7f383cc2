/** Lone names over sections: in some stories they say who tells or sees, in most they are titles. */
import type { NameIndex } from './naming.js'
import type { Unit } from './unit.js'

/** Lone names head at least so many units, and this share of those that have a heading; and they come back, or name people of the story. */
const bareShares = { units: 3, share: 0.6, repeated: 0.4, allShare: 0.9, people: 0.6 } as const

/** True when sections of the story are headed by names. */
export function bareNamesAreTheRule(units: readonly Unit[], names: NameIndex): boolean {
  const counts = new Map<string, number>()
  let headed = 0
  for (const { headers, mark } of units) {
    if (mark === 'chapter' || mark === 'heading' || mark === 'restart' || mark === 'start' || headers.length > 0) headed++
    const bare = headers.find(({ kind }) => kind === 'bare')
    if (bare?.name != null) counts.set(bare.name, (counts.get(bare.name) ?? 0) + 1)
  }
  let total = 0
  let repeated = 0
  let people = 0
  for (const [name, count] of counts) {
    total += count
    if (count > 1) repeated += count
    if (names.find(name) >= 0) people += count
  }
  if (total < bareShares.units || total < headed * bareShares.share) return false
  return repeated >= total * bareShares.repeated || (total >= headed * bareShares.allShare && people >= total * bareShares.people)
}
