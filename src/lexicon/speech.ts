/** Verbs that report words said. */
import report from './report.json' with { type: 'json' }
import verbs from './verbs.json' with { type: 'json' }

let speech: Set<string> | undefined
let plain: Set<string> | undefined

/** Every form of the verbs of speech, WordNet's verb.communication and the manners of saying. */
export const speechVerbs = (): ReadonlySet<string> => {
  speech ??= new Set(verbs.communication.split(' '))
  return speech
}

/** Every form of the verbs whose plain business is to report words: say, ask, whisper. */
export const reportVerbs = (): ReadonlySet<string> => {
  plain ??= new Set(report.report.split(' '))
  return plain
}

/** True for any form of a verb that can report speech: "said", "whispering", "drawls". */
export const isSpeechVerb = (word: string): boolean => speechVerbs().has(word)
