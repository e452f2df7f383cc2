/** Features that no tag gives: who is there, whom the narration around the words tells of, who is spoken to. */
import { F, type Sheet } from './feature.js'
import type { Scoring } from './score.js'
import { Sex } from './sex.js'
import { Role } from './subject.js'
import type { Address } from './vocative.js'

/** Distance in paragraphs from which one is as good as out of sight. */
const farthest = 10
/** Turns looked through for a name that a tag gives. */
const anchorReach = 12

export function scorePresence({ cast, spoken, turns, reading }: Scoring, t: number, sheet: Sheet): void {
  const { turn, candidates } = turns[t]!
  const { figures, salience, distance } = candidates
  const tells = cast.teller[turn.firstParagraph]!
  for (let k = 0; k < figures.length; k++) {
    const f = figures[k]!
    sheet.add(k, F.salience, Math.log(0.05 + salience[k]!))
    sheet.add(k, F.distance, Math.min(farthest, distance[k]!))
    if (distance[k]! > farthest) sheet.add(k, F.unseen, 1)
    if (k < 3) sheet.add(k, k === 0 ? F.mostSalient : k === 1 ? F.secondSalient : F.thirdSalient, 1)
    if (cast.named[f] === 0) sheet.add(k, F.unnamed, 1)
    if (cast.unlisted[f] === 1) sheet.add(k, F.unlisted, 1)
    if (spoken[f]! > 0) sheet.add(k, F.spoken, Math.log(spoken[f]!))
    else {
      sheet.add(k, F.neverSpeaks, 1)
      if (cast.acts[f] === 0) sheet.add(k, F.neverActs, 1)
    }
    if (f === tells) sheet.add(k, F.teller, 1)
  }
  scoreAnchors(t, sheet)

  /** Who is named as the speaker of turns near: the number of turns between, on each side. */
  function scoreAnchors(at: number, to: Sheet): void {
    const seen: number[] = []
    for (let i = at - 1, from = at; i >= 0 && at - i <= anchorReach && !turns[from]!.turn.opens; from = i--) {
      const k = figures.indexOf(anchorOf(i))
      if (k >= 0 && !seen.includes(k)) {
        seen.push(k)
        to.add(k, anchorBefore[at - i]!, 1)
      }
    }
    seen.length = 0
    for (let i = at + 1; i < turns.length && i - at <= anchorReach && !turns[i]!.turn.opens; i++) {
      const k = figures.indexOf(anchorOf(i))
      if (k >= 0 && !seen.includes(k)) {
        seen.push(k)
        to.add(k, anchorAfter[i - at]!, 1)
      }
    }
  }

  function anchorOf(i: number): number {
    const { tag, beats } = turns[i]!.turn
    const mention = tag.mention >= 0 ? tag.mention : (beats[0]?.mention ?? -1)
    return mention >= 0 && reading.mentions[mention]!.mentionType === 'PROP' ? cast.figureOf[mention]! : -2
  }
}

const anchorBefore: readonly number[] = [
  -1,
  F.anchor1Before,
  F.anchor2Before,
  F.anchor3Before,
  F.anchor4Before,
  F.anchor8Before,
  F.anchor8Before,
  F.anchor8Before,
  F.anchor8Before,
  F.anchorFarBefore,
  F.anchorFarBefore,
  F.anchorFarBefore,
  F.anchorFarBefore,
]
const anchorAfter: readonly number[] = [
  -1,
  F.anchor1After,
  F.anchor2After,
  F.anchor3After,
  F.anchor4After,
  F.anchor8After,
  F.anchor8After,
  F.anchor8After,
  F.anchor8After,
  F.anchorFarAfter,
  F.anchorFarAfter,
  F.anchorFarAfter,
  F.anchorFarAfter,
]

/** Who the narration beside the turn and just before it is about. */
export function scoreNarration({ reading, cast, turns }: Scoring, t: number, sheet: Sheet): void {
  const { turn, candidates } = turns[t]!
  const { figures } = candidates
  const { mentions, firstMention, role, quotations, pronounSex } = reading
  const { figureOf, figureOfCluster, clusterOf } = cast
  const isOutside = (m: number): boolean => quotations.quotationOf[mentions[m]!.head]! < 0
  /** The figure of a mention, a pronoun's by its cluster. */
  const meant = (m: number): number =>
    figureOf[m]! >= 0 ? figureOf[m]! : pronounSex[m] === Sex.unknown ? -1 : figureOfCluster[clusterOf[m]!]!
  const beside: number[] = []
  const note = (f: number, feature: number): void => {
    const k = f < 0 ? -1 : figures.indexOf(f)
    if (k < 0 || beside.includes(k)) return
    beside.push(k)
    sheet.add(k, feature, 1)
  }
  for (let m = firstMention[turn.firstParagraph]!; m < firstMention[turn.lastParagraph + 1]!; m++)
    if (role[m] !== Role.subject && figureOf[m]! >= 0 && isOutside(m) && !acts(m, t)) note(figureOf[m]!, F.mentionedBeside)
  // Paragraphs of narration before the turn.
  if (turn.gap > 0 && turn.firstParagraph > 0) {
    const from = firstMention[Math.max(0, turn.firstParagraph - turn.gap)]!
    const near = firstMention[turn.firstParagraph - 1]!
    let last = -1
    let lastNamed = -1
    let lastPronoun = false
    let lastAny = -1
    beside.length = 0
    for (let m = firstMention[turn.firstParagraph]! - 1; m >= from; m--) {
      if (!isOutside(m)) continue
      const f = meant(m)
      if (f < 0) continue
      if (lastAny < 0) lastAny = f
      if (role[m] !== Role.subject) continue
      if (m >= near) {
        if (last < 0) {
          last = f
          lastPronoun = figureOf[m]! < 0
        }
        if (lastNamed < 0 && figureOf[m]! >= 0) lastNamed = figureOf[m]!
      }
      note(f, F.gapSubject)
    }
    for (let m = from; m < firstMention[turn.firstParagraph]!; m++)
      if (role[m] !== Role.subject && isOutside(m)) note(meant(m), F.gapOther)
    beside.length = 0
    note(lastNamed, F.lastSubject)
    if (lastPronoun) {
      beside.length = 0
      note(last, F.lastSubjectPronoun)
    }
    beside.length = 0
    note(lastAny, F.gapLast)
  }
  // Whom the turn before is about, beside its speaker: "She glared at Tom, who sat down."
  if (t > 0 && !turn.opens) {
    const before = turns[t - 1]!.turn
    beside.length = 0
    for (let m = firstMention[before.firstParagraph]!; m < firstMention[before.lastParagraph + 1]!; m++)
      if (isOutside(m) && !acts(m, t - 1)) note(meant(m), F.besideBefore)
  }
  // Who acts first after the words.
  const next = turn.lastParagraph + 1
  if (next + 1 < firstMention.length && (turns[t + 1] === undefined || turns[t + 1]!.turn.firstParagraph > next))
    for (let m = firstMention[next]!; m < firstMention[next + 1]!; m++)
      if (role[m] === Role.subject) {
        beside.length = 0
        note(meant(m), F.nextSubject)
        break
      }

  function acts(m: number, of: number): boolean {
    const { tag, beats } = turns[of]!.turn
    return tag.mention === m || beats.some(({ mention }) => mention === m)
  }
}

/** The one addressed does not speak, but did just before or will just after. */
export function scoreAddress({ cast: { sex, figureOf }, turns }: Scoring, t: number, sheet: Sheet): void {
  const { turn, candidates, address } = turns[t]!
  const { figures } = candidates
  const before = turn.opens ? undefined : turns[t - 1]
  const twoBefore = before === undefined || before.turn.opens ? undefined : turns[t - 2]
  const after = turns[t + 1]?.turn.opens === false ? turns[t + 1] : undefined
  const toldBefore = before === undefined || before.turn.tag.addressee < 0 ? -1 : figureOf[before.turn.tag.addressee]!
  const toldNext = after === undefined || after.turn.tag.addressee < 0 ? -1 : figureOf[after.turn.tag.addressee]!
  for (let k = 0; k < figures.length; k++) {
    const f = figures[k]!
    if (address.figures.includes(f)) sheet.add(k, F.addressed, 1)
    else if (address.introduced.includes(f)) sheet.add(k, F.introducesSelf, 1)
    else if (address.named.includes(f)) sheet.add(k, F.namedInside, 1)
    if (before !== undefined) scoreHearer(k, f, before.address, toldBefore, hearerBefore)
    if (twoBefore?.address.figures.includes(f)) sheet.add(k, F.addressedTwoBefore, 1)
    if (after !== undefined) scoreHearer(k, f, after.address, toldNext, hearerNext)
  }

  /** What the words of the turn before or after say of their hearer, for candidate k. */
  function scoreHearer(k: number, f: number, spokenTo: Address, told: number, features: typeof hearerBefore): void {
    if (spokenTo.figures.includes(f)) sheet.add(k, features.addressed, 1)
    else {
      if (spokenTo.named.includes(f)) sheet.add(k, features.named, 1)
      if (spokenTo.sex !== Sex.unknown && sex[f] !== Sex.unknown)
        sheet.add(k, sex[f] === spokenTo.sex ? features.sex : features.otherSex, 1)
    }
    if (f === told) sheet.add(k, features.told, 1)
  }
}

const hearerBefore = {
  addressed: F.addressedBefore,
  named: F.namedBefore,
  sex: F.sexAddressedBefore,
  otherSex: F.sexNotAddressedBefore,
  told: F.toldBefore,
}
const hearerNext = {
  addressed: F.addressedNext,
  named: F.namedNext,
  sex: F.sexAddressedNext,
  otherSex: F.sexNotAddressedNext,
  told: F.toldNext,
}
