/** Words for what goes on inside a person. */
import mind from './mind.json' with { type: 'json' }

let verbs: Set<string> | undefined
let inner: Set<string> | undefined
let adjectives: Set<string> | undefined

/** Every form of the verbs of perception, thought and feeling: "saw", "wondering", "hopes". */
export const mindVerbs = (): ReadonlySet<string> => {
  verbs ??= new Set(mind.verbs.split(' '))
  return verbs
}

/** Nouns for what only their owner knows of: "heart", "thoughts", "breath". */
export const innerNouns = (): ReadonlySet<string> => {
  inner ??= new Set(mind.inner.split(' '))
  return inner
}

/** Adjectives that tell from inside how someone is: "glad", "aware", "bored". */
export const mindAdjectives = (): ReadonlySet<string> => {
  adjectives ??= new Set(mind.adjectives.split(' '))
  return adjectives
}
