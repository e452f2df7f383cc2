/** Speakers: each quotation to its speaker and its addressee. */
import type { CoreferenceLayer, MentionSpan, PersonLayer, QuotationLayer, SpeakerLayer, TextLayer } from '../layers.js'
import type { Quotation } from '../types.js'
import { antecedentFinder } from './antecedent.js'
import { candidateFinder } from './candidate.js'
import { type Cast, castOf } from './cast.js'
import { decode } from './decode.js'
import { type Links, linkNominals } from './link.js'
import { scoreTurn, type TurnEvidence } from './score.js'
import { type Reading, readStory } from './subject.js'
import { type Tag, TagStrength } from './tag.js'
import { gatherTurns, type Turn } from './turn.js'
import { readAddress } from './vocative.js'

type Attribution = SpeakerLayer['speakers'][number]

const nobody: Attribution = { speaker: -1, addressee: -1, type: null, cue: null, confidence: 0, tagMention: -1 }

/**
 * Attributes each quotation. Tags, beats, vocatives and presence score the candidates of each turn; the speakers of a whole
 * conversation are then chosen together, because a turn mostly goes to the one before last. Linear in the text.
 */
export function attributeSpeakers({
  text,
  quotations,
  mentions,
  coreference,
  person,
}: {
  text: TextLayer
  quotations: QuotationLayer
  mentions: readonly MentionSpan[]
  coreference: CoreferenceLayer
  person: PersonLayer
}): SpeakerLayer {
  const reading = readStory(text, quotations, mentions)
  const cast = castOf(reading, coreference)
  const turns = gatherTurns(reading, cast)
  const spoken = countTags(cast, turns)
  const findCandidates = candidateFinder(reading, cast, person.personOf, spoken, cast.named)
  const antecedents = antecedentFinder(reading, cast)
  const evidence: TurnEvidence[] = turns.map((turn) => {
    const address = readAddress(reading, cast, turn)
    const extra = [turn.tag, ...turn.beats].flatMap(({ mention }) => (mention < 0 ? [] : [cast.figureOf[mention]!]))
    return { turn, address, candidates: findCandidates(turn, extra) }
  })
  const read = (links: Links): Int32Array =>
    decode(
      evidence,
      evidence.map((_, t) => scoreTurn(reading, cast, spoken, antecedents, links, evidence, t)),
    )
  const first = read(new Map())
  const links = linkNominals(reading, cast, evidence, first)
  const speakers = links.size > 0 ? read(links) : first
  const out: Attribution[] = quotations.quotations.map(() => nobody)
  turns.forEach((turn, t) => {
    const speaker = speakers[t]!
    if (speaker < 0) return
    const attribution: Attribution = {
      speaker: publishedCluster(cast, speaker, turn),
      addressee: -1,
      type: typeOf(reading, turn.tag),
      cue: cueOf(turn),
      confidence: 0.5,
      tagMention: turn.tag.mention >= 0 ? turn.tag.mention : (turn.beats[0]?.mention ?? -1),
    }
    for (const q of turn.quotations) out[q] = attribution
  })
  return { speakers: out }
}

/** The cluster a figure speaks under: a name's own; for a nominal, the one its tag's mention has. */
function publishedCluster({ named, clusterOf, clusterOfFigure, figureOf }: Cast, figure: number, { tag }: Turn): number {
  const tagged = tag.mention >= 0 && figureOf[tag.mention] === figure && named[figure] === 0
  return tagged ? clusterOf[tag.mention]! : clusterOfFigure[figure]!
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

function typeOf({ mentions }: Reading, { mention, strength }: Tag): Quotation['type'] {
  if (strength < TagStrength.placed || mention < 0) return 'implicit'
  return mentions[mention]!.mentionType === 'PROP' ? 'explicit' : 'anaphoric'
}

function cueOf({ tag, beats, label }: Turn): string {
  if (label >= 0) return 'script'
  if (tag.strength >= TagStrength.placed) return 'tag'
  return tag.strength === TagStrength.beat || beats.length > 0 ? 'beat' : 'turn'
}
