/** Speakers: each quotation to its speaker and its addressee. */
import type { CoreferenceLayer, PersonLayer, SpeakerLayer } from '../layers.js'
import type { CastEntry, Quotation } from '../types.js'
import { findAddressees } from './addressee.js'
import type { Cast } from './cast.js'
import { confidences, type Ground, groundOf } from './confidence.js'
import { publishedCluster, readConversation } from './conversation.js'
import { decode } from './decode.js'
import type { Dialogue } from './dialogue.js'
import { type Links, linkNominals } from './link.js'
import { scoreTurn, type TurnEvidence } from './score.js'
import type { Reading } from './subject.js'
import { TagStrength } from './tag.js'
import type { Turn } from './turn.js'

type Attribution = SpeakerLayer['speakers'][number]

/** No links yet. */
const unlinked: Links = new Map()

const nobody: Attribution = { speaker: -1, addressee: -1, type: null, cue: null, confidence: 0, tagMention: -1 }

/**
 * Attributes each quotation. Tags, beats, vocatives and presence score the candidates of each turn; the speakers of a whole
 * conversation are then chosen together, because a turn mostly goes to the one before last. A first reading shows which
 * nominals stand for which names; the second uses it. Linear in the text.
 */
export function attributeSpeakers({
  dialogue,
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
  const { reading } = dialogue
  const { scoring, conditions, thoughts } = readConversation(dialogue, coreference, person, listed)
  const { cast, turns: evidence } = scoring
  let scores = evidence.map((_, t) => scoreTurn(scoring, unlinked, t))
  let speakers = decode(evidence, scores, conditions)
  const links: Links = cast.trusted || draft ? unlinked : linkNominals(reading, cast, evidence, speakers)
  if (links.size > 0) {
    const linked = (mention: number) => mention >= 0 && links.has(cast.figureOf[mention]!)
    scores = scores.map((before, t) => {
      const { tag, beats } = evidence[t]!.turn
      const touched = linked(tag.mention) || beats.some(({ mention }) => linked(mention))
      return touched ? scoreTurn(scoring, links, t) : before
    })
    speakers = decode(evidence, scores, conditions)
  }
  const addressees = findAddressees(reading, cast, evidence, speakers)
  const out: Attribution[] = reading.quotations.quotations.map(() => nobody)
  write(reading, cast, evidence, draft ? null : scores, conditions, speakers, addressees, out)

  const thoughtScores = thoughts.turns.map((_, t) => scoreTurn(thoughts, links, t))
  writeThoughts(reading, cast, thoughts.turns, thoughtScores, out)
  return { speakers: out }
}

function write(
  reading: Reading,
  cast: Cast,
  evidence: readonly TurnEvidence[],
  /** `null` where confidences are not asked for. */
  scores: readonly Float64Array[] | null,
  conditions: readonly (readonly number[])[],
  speakers: Int32Array,
  addressees: Int32Array,
  out: Attribution[],
): void {
  const grounds = evidence.map((each) => ground(reading, each))
  const confidenceOfTag = (t: number): number => cast.confidence[evidence[t]!.turn.tag.mention] ?? 1
  const sure = scores === null ? null : confidences(evidence, scores, conditions, speakers, (t) => grounds[t]!, confidenceOfTag)
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

function typeOf({ mentions }: Reading, { tag: { mention, strength } }: Turn): Quotation['type'] {
  if (strength < TagStrength.placed || mention < 0) return 'implicit'
  return mentions[mention]!.mentionType === 'PROP' ? 'explicit' : 'anaphoric'
}
