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
  hash: Record<string, number>
}
interface Core {
  features: Record<string, Feature>
}
/** The undocumented shape of wink's model, as of the pinned versions; a test compares the result with a stock instance. */
interface WinkModel {
  core: () => Core
  sbd: () => object
  ner: () => object
  sa: () => object
  negation: () => object
  metaCER: () => unknown
}

let shared: { core: Core; metaCER: unknown } | undefined

/** An instance parses the machines of every stage at its making, also of those that its pipe leaves out: these get nothing to parse. */
const noMachines = (): object => ({ machines: [], transformers: [] })
const emptyMachine = (): object => ({ machines: ['[null,0,[],[],[],[]]'] })

/**
 * Makes a reader with a memory of its own. wink-nlp keeps every unknown word it meets for good and reads later text
 * differently because of it, so one instance must never serve two stories; but a stock instance costs 50–110 ms, and the
 * 21st one in a process throws (the model's `metaCER` doubles a string at each call). So the 3 MB core is read once and
 * each instance gets copies of the lists that wink appends to, and look-up tables that inherit from the shared ones.
 */
export function createWinkReader(): (text: string) => WinkTokens {
  const stock = model as unknown as WinkModel
  shared ??= { core: stock.core(), metaCER: stock.metaCER() }
  const { core, metaCER } = shared
  const features: Record<string, Feature> = {}
  for (const [name, feature] of Object.entries(core.features))
    features[name] = feature.hash ? { ...feature, list: feature.list.slice(), hash: Object.create(feature.hash) } : feature
  const own: WinkModel = {
    ...stock,
    core: () => ({ ...core, features }),
    metaCER: () => metaCER,
    sbd: noMachines,
    ner: noMachines,
    sa: emptyMachine,
    negation: emptyMachine,
  }
  const nlp = winkNLP(own as unknown as typeof model, ['pos'])
  const { value, pos } = nlp.its
  return (text) => {
    const tokens = nlp.readDoc(text).tokens()
    return { values: tokens.out(value) as string[], tags: tokens.out(pos as never) as unknown as string[] }
  }
}
