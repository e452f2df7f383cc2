/** Verbs that report words said. */
import verbs from './verbs.json' with { type: 'json' }

let speech: Set<string> | undefined

/** Every form of the verbs of speech, WordNet's verb.communication and the manners of saying. */
export const speechVerbs = (): ReadonlySet<string> => {
  speech ??= new Set(verbs.communication.split(' '))
  return speech
}

/** True for any form of a verb that can report speech: "said", "whispering", "drawls". */
export const isSpeechVerb = (word: string): boolean => speechVerbs().has(word)
