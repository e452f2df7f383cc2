/** wink-nlp's tokeniser and tagger, one cheap and unspoilt instance per story. Its sentences are not asked for: the tags do not depend on them. */
import model from 'wink-eng-lite-web-model'
import winkNLP from 'wink-nlp'

/** What wink-nlp reads of one piece of text: parallel lists. */
export interface WinkTokens {
  readonly values: readonly string[]
  readonly tags: readonly string[]
}

interface Feature {
  list: string[]
  hash?: Record<string, number>
  /** Where the next unknown word will go: the length of the list. */
  index: number
}
/** The undocumented shape of wink's model, as of the pinned versions; a test compares the result with a stock instance. */
interface WinkModel {
  core: () => { features: Record<string, Feature> }
  sbd: () => object
  ner: () => object
  sa: () => object
  negation: () => object
  metaCER: () => unknown
}

/** The model as read once, and its lists with the lengths that they have before any text. */
interface Shared {
  readonly model: WinkModel
  readonly lists: readonly { readonly feature: Feature; readonly hash: Record<string, number>; readonly length: number }[]
}
let shared: Shared | undefined

/** An instance parses the machines of every stage at its making, also of those that its pipe leaves out: these get nothing to parse. */
const noMachines = (): object => ({ machines: [], transformers: [] })
const emptyMachine = (): object => ({ machines: ['[null,0,[],[],[],[]]'] })

function share(): Shared {
  const stock = model as unknown as WinkModel
  const core = stock.core()
  const metaCER = stock.metaCER()
  return {
    model: {
      ...stock,
      core: () => core,
      metaCER: () => metaCER,
      sbd: noMachines,
      ner: noMachines,
      sa: emptyMachine,
      negation: emptyMachine,
    },
    lists: Object.values(core.features).flatMap((feature) =>
      feature.hash === undefined ? [] : [{ feature, hash: feature.hash, length: feature.list.length }],
    ),
  }
}

/**
 * Lends a reader with a memory of its own for the time of `use`. wink-nlp keeps every unknown word it meets for good and reads later
 * text differently because of it, so no two stories may share a memory; but a stock instance costs 50–110 ms, and the 21st one in a
 * process throws (the model's `metaCER` doubles a string at each call). So the 3 MB core is read once, and what `use` has added to
 * its lists is taken off again. Not for use inside `use`.
 */
export function withWink<T>(use: (read: (text: string) => WinkTokens) => T): T {
  shared ??= share()
  const { model, lists } = shared
  const nlp = winkNLP(model as unknown as Parameters<typeof winkNLP>[0], ['pos'])
  const { value, pos } = nlp.its
  try {
    return use((text) => {
      const tokens = nlp.readDoc(text).tokens()
      return { values: tokens.out(value) as string[], tags: tokens.out(pos as never) as unknown as string[] }
    })
  } finally {
    for (const { feature, hash, length } of lists) {
      for (let i = length; i < feature.list.length; i++) delete hash[feature.list[i]!]
      feature.list.length = length
      feature.index = length
    }
  }
}
