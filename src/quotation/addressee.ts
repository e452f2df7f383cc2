/** Addressees: to whom each turn is said. */
import type { Cast } from './cast.js'
import type { TurnEvidence } from './score.js'
import { Sex } from './sex.js'
import type { Reading } from './subject.js'

/** Turns that the search for a hearer looks back over in one conversation. */
const turnReach = 4

/**
 * Figure spoken to in each turn, -1 for nobody in sight: the one near who is addressed by name, the one the tag
 * names ("said to Tom"), the one who spoke before, the one who answers.
 *
 * @param speakers figure of each turn's speaker.
 */
export function findAddressees(
  { pronounSex }: Reading,
  { figureOf, sex }: Cast,
  evidence: readonly TurnEvidence[],
  speakers: Int32Array,
): Int32Array {
  const addressees = new Int32Array(evidence.length).fill(-1)
  evidence.forEach(({ turn, address }, t) => {
    const speaker = speakers[t]!
    const others = (fits: (figure: number) => boolean): number => {
      for (let i = t, steps = 0; i > 0 && !evidence[i]!.turn.opens && steps < turnReach; steps++) {
        i--
        if (speakers[i]! >= 0 && speakers[i] !== speaker && fits(speakers[i]!)) return speakers[i]!
      }
      for (let i = t + 1; i < evidence.length && !evidence[i]!.turn.opens && i <= t + 2; i++)
        if (speakers[i]! >= 0 && speakers[i] !== speaker && fits(speakers[i]!)) return speakers[i]!
      return -1
    }
    // A name that nobody near bears is a person spoken of, or one called to from afar.
    const named = others((other) => address.figures.includes(other))
    if (named >= 0) {
      addressees[t] = named
      return
    }
    const told = turn.tag.addressee
    if (told >= 0) {
      const figure = figureOf[told]!
      if (figure >= 0 && figure !== speaker) {
        addressees[t] = figure
        return
      }
      const stated = pronounSex[told]!
      const fitting = stated === Sex.unknown ? -1 : others((other) => sex[other] === stated)
      if (fitting >= 0) {
        addressees[t] = fitting
        return
      }
    }
    const titled = address.sex === Sex.unknown ? -1 : others((other) => sex[other] === address.sex)
    addressees[t] = titled >= 0 ? titled : others(() => true)
    if (addressees[t]! < 0) addressees[t] = address.called.find((figure) => figure !== speaker) ?? -1
  })
  return addressees
}
