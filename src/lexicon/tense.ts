/** Forms that show the tense of a finite verb. */
import tense from './tense.json' with { type: 'json' }

let past: Set<string> | undefined

/** True for a finite past form: "went", "looked". Forms that are also a present ("put", "set", "read") are left out. */
export function isPastForm(word: string): boolean {
  past ??= new Set(tense.past.split(' '))
  return past.has(word) || (word.length > 4 && word.endsWith('ed') && !word.endsWith('eed'))
}

const presentForms = new Set(['am', 'is', 'are', 'has', 'does', "'m", "'re"])

/** True for a form that can only be a finite present: "is", "has", "'m". */
export const isPresentForm = (word: string): boolean => presentForms.has(word)
