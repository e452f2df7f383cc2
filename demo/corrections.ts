/** Corrections of the cast: merges, splits and new names, in the words that the text itself uses. */
import type { Character } from '../src/types.js'
import type { Request } from './protocol.js'

export type Correction =
  | { readonly kind: 'merge'; readonly name: string; readonly other: string }
  | { readonly kind: 'split'; readonly name: string }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }

/** Corrections as options of `analyze`: merges that share a name become one, the latest new name wins. */
export function optionsOf(corrections: readonly Correction[]): Request['corrections'] {
  const merge: string[][] = []
  const split: string[] = []
  const rename: Record<string, string> = {}
  for (const correction of corrections) {
    if (correction.kind === 'split') split.push(correction.name)
    else if (correction.kind === 'rename') rename[correction.name] = correction.to
    else {
      const known = merge.find((names) => names.includes(correction.name) || names.includes(correction.other))
      if (known === undefined) merge.push([correction.name, correction.other])
      else known.push(...[correction.name, correction.other].filter((name) => !known.includes(name)))
    }
  }
  return {
    ...(merge.length > 0 ? { merge } : {}),
    ...(split.length > 0 ? { split } : {}),
    ...(Object.keys(rename).length > 0 ? { rename } : {}),
  }
}

/** The name by which the text knows a character that may have been given another. */
export function nameInText({ name }: Pick<Character, 'name'>, corrections: readonly Correction[]): string {
  const renamed = corrections.findLast((correction) => correction.kind === 'rename' && correction.to === name)
  return renamed?.name ?? name
}

export const describeCorrection = (correction: Correction): string =>
  correction.kind === 'merge'
    ? `${correction.other} is ${correction.name}`
    : correction.kind === 'split'
      ? `${correction.name} is someone else`
      : `${correction.name} is called ${correction.to}`
