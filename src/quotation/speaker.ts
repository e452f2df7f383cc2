/** Speakers: each quotation to its speaker and its addressee. */
import type { CoreferenceLayer, PersonLayer, SpeakerLayer } from '../layers.js'
import type { CastEntry, Quotation } from '../types.js'
import { findAddressees } from './addressee.js'
import { antecedentFinder } from './antecedent.js'
import { candidateFinder } from './candidate.js'
import { type Cast, castOf } from './cast.js'
import { confidences, type Ground, groundOf } from './confidence.js'
import { decode } from './decode.js'
import type { Dialogue } from './dialogue.js'
import { type Links, linkNominals } from './link.js'
import { scoreTurn, type TurnEvidence } from './score.js'
import { Sex } from './sex.js'
import type { Reading } from './subject.js'
import { TagStrength } from './tag.js'
import { gatherTurns, type Turn } from './turn.js'
import { addressOf } from './vocative.js'

/** How many of the persons before a pronoun become candidates for its words. */
const mostIntroduced = 2

type Attribution = SpeakerLayer['speakers'][number]

const nobody: Attribution = { speaker: -1, addressee: -1, type: null, cue: null, confidence: 0, tagMention: -1 }

/**
 * Attributes each quotation. Tags, beats, vocatives and presence score the candidates of each turn; the speakers of a whole
 * conversation are then chosen together, because a turn mostly goes to the one before last. A first reading shows which
 * nominals stand for which names; the second uses it. Linear in the text.
 */
export function attributeSpeakers({
  dialogue: { reading, speeches, thoughts: silent, addresses },
  coreference,
  person,
  listed = [],
  draft = false,
}: {
  dialogue: Dialogue
  coreference: CoreferenceLayer
  /** True for a first answer that only helps to tell who is who: nominals stay unlinked (no loss on PDNC), confidences are 0. */
  draft?: boolean
  person: PersonLayer
  /** Known characters, as the user lists them. */
  listed?: readonly CastEntry[]
}): SpeakerLayer {
  const cast = castOf(reading, coreference, person, listed)
  const turns = gatherTurns(reading, cast, speeches)
  const spoken = countTags(cast, turns)
  const findCandidates = candidateFinder(reading, cast, person.personOf, spoken)
  const antecedents = antecedentFinder(reading, cast)
  const gather = (turn: Turn): TurnEvidence => {
    const extra: number[] = []
    for (const { mention } of [turn.tag, ...turn.beats])
      if (mention >= 0) extra.push(cast.figureOf[mention]!, cast.figureOfCluster[cast.clusterOf[mention]!]!)
    // A woman sat there. “…” she said: whoever stands before the pronoun may speak, though nothing else tells of them.
    const { mention } = turn.tag
    const stated = mention < 0 ? Sex.unknown : reading.pronounSex[mention]!
    if (stated !== Sex.unknown) antecedents.before(mention, stated, (f, rank) => rank < mostIntroduced && extra.push(f))
    return { turn, address: addressOf(addresses, cast, turn), candidates: findCandidates(turn, extra) }
  }
  const evidence = turns.map(gather)
  const score = (list: readonly TurnEvidence[], links: Links): Float64Array[] =>
    list.map((_, t) => scoreTurn(reading, cast, spoken, antecedents, links, list, t))

  let scores = score(evidence, new Map())
  let speakers = decode(evidence, scores)
  const links: Links = cast.trusted || draft ? new Map() : linkNominals(reading, cast, evidence, speakers)
  if (links.size > 0) {
    const linked = (mention: number) => mention >= 0 && links.has(cast.figureOf[mention]!)
    scores = scores.map((before, t) => {
      const { tag, beats } = evidence[t]!.turn
      const touched = linked(tag.mention) || beats.some(({ mention }) => linked(mention))
      return touched ? scoreTurn(reading, cast, spoken, antecedents, links, evidence, t) : before
    })
    speakers = decode(evidence, scores)
  }
  const addressees = findAddressees(reading, cast, evidence, speakers)
  const out: Attribution[] = reading.quotations.quotations.map(() => nobody)
  write(reading, cast, evidence, draft ? null : scores, speakers, addressees, out)

  const thoughts = gatherTurns(reading, cast, silent).map(gather)
  const thoughtScores = score(thoughts, links)
  writeThoughts(reading, cast, thoughts, thoughtScores, out)
  return { speakers: out }
}

function write(
  reading: Reading,
  cast: Cast,
  evidence: readonly TurnEvidence[],
  /** `null` where confidences are not asked for. */
  scores: readonly Float64Array[] | null,
  speakers: Int32Array,
  addressees: Int32Array,
  out: Attribution[],
): void {
  const grounds = evidence.map((each) => ground(reading, each))
  const sure = scores === null ? null : confidences(evidence, scores, speakers, (t) => grounds[t]!)
  evidence.forEach(({ turn }, t) => {
    const speaker = publishedCluster(reading, cast, speakers[t]!, turn)
    if (speaker < 0) return
    const addressee = addressees[t]! < 0 ? -1 : cast.clusterOfFigure[addressees[t]!]!
    const attribution: Attribution = {
      speaker,
      addressee: addressee === speaker ? -1 : addressee,
      type: typeOf(reading, turn),
      cue: cues[grounds[t]!],
      confidence: sure === null ? 0 : Math.round(sure[t]! * 1000) / 1000,
      tagMention: turn.tag.mention >= 0 ? turn.tag.mention : (turn.beats[0]?.mention ?? -1),
    }
    for (const q of turn.quotations)
      out[q] = reading.quotations.quotations[q]!.silent ? { ...attribution, cue: 'thought', addressee: -1 } : attribution
  })
}

/** A thought without tag of its own is the one's who speaks in its paragraph, or else the likeliest there. */
function writeThoughts(
  reading: Reading,
  cast: Cast,
  thoughts: readonly TurnEvidence[],
  scores: readonly Float64Array[],
  out: Attribution[],
): void {
  const { quotations } = reading.quotations
  thoughts.forEach((each, t) => {
    const { turn, candidates } = each
    const first = turn.quotations[0]!
    const beside =
      turn.tag.strength >= TagStrength.placed
        ? undefined
        : [first - 1, turn.quotations.at(-1)! + 1].find(
            (q) => out[q]?.speaker !== -1 && quotations[q]?.paragraph === turn.firstParagraph,
          )
    const row = scores[t]!
    let best = -1
    for (let k = 0; k < row.length; k++) if (best < 0 || row[k]! > row[best]!) best = k
    const speaker =
      beside !== undefined
        ? out[beside]!.speaker
        : best < 0
          ? -1
          : publishedCluster(reading, cast, candidates.figures[best]!, turn)
    if (speaker < 0) return
    const why = ground(reading, each)
    for (const q of turn.quotations)
      out[q] = {
        speaker,
        addressee: -1,
        type: typeOf(reading, turn),
        cue: cues[why],
        confidence: thoughtConfidence[why],
        tagMention: turn.tag.mention,
      }
  })
}

/** Thoughts have no turn before them to go by; estimates, no gold has them in number. */
const thoughtConfidence: Readonly<Record<Ground, number>> = {
  script: 0.9,
  name: 0.9,
  narrator: 0.85,
  pronoun: 0.75,
  nominal: 0.6,
  beat: 0.6,
  turn: 0.4,
}

const cues: Readonly<Record<Ground, string>> = {
  script: 'script',
  name: 'tag',
  narrator: 'narrator',
  pronoun: 'tag',
  nominal: 'tag',
  beat: 'beat',
  turn: 'turn',
}

function ground({ mentions, text, isFirstPerson }: Reading, each: TurnEvidence): Ground {
  const { mention } = each.turn.tag
  if (mention < 0) return groundOf(each, null, false)
  const { mentionType, head } = mentions[mention]!
  return groundOf(each, mentionType, isFirstPerson[text.tokens.word[head]!] === 1)
}

/**
 * The cluster a figure speaks under: a name's own; for a nominal, the one its tag's mention has. Several who speak at once
 * ("they cried") are a cluster of their own.
 */
function publishedCluster(
  { mentions }: Reading,
  { named, clusterOf, clusterOfFigure, figureOf }: Cast,
  figure: number,
  { tag, label }: Turn,
): number {
  const { mention, strength } = tag
  if (mention >= 0 && strength === TagStrength.report && mentions[mention]!.plural) return clusterOf[mention]!
  if (figure < 0 || (label >= 0 && mention < 0)) return -1
  const tagged = mention >= 0 && figureOf[mention] === figure && named[figure] === 0
  return tagged ? clusterOf[mention]! : clusterOfFigure[figure]!
}

/** How often a tag names each figure. */
function countTags({ size, figureOf }: Cast, turns: readonly Turn[]): Int32Array {
  const spoken = new Int32Array(size)
  for (const { tag } of turns) {
    const figure = tag.strength >= TagStrength.placed && tag.mention >= 0 ? figureOf[tag.mention]! : -1
    if (figure >= 0) spoken[figure]!++
  }
  return spoken
}

function typeOf({ mentions }: Reading, { tag: { mention, strength } }: Turn): Quotation['type'] {
  if (strength < TagStrength.placed || mention < 0) return 'implicit'
  return mentions[mention]!.mentionType === 'PROP' ? 'explicit' : 'anaphoric'
}
