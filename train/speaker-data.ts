/** Gold documents as the speaker decoder reads them: the features of every candidate, and which of them is right. */
import { readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { type CoreferenceInput, resolveCoreference } from '../src/character/coreference.js'
import { type StoredScorer, unpack, useScorer } from '../src/character/scorer.js'
import { pairMentions } from '../src/evaluate/mention.js'
import type { MentionSpan } from '../src/layers.js'
import { publishedCluster, readConversation } from '../src/quotation/conversation.js'
import { detectQuotations } from '../src/quotation/detect.js'
import { readDialogue } from '../src/quotation/dialogue.js'
import { scoreTurn, type TurnEvidence } from '../src/quotation/score.js'
import { attributeSpeakers } from '../src/quotation/speaker.js'
import { readText } from '../src/text/layer.js'
import { findViewpoints } from '../src/viewpoint/segment.js'
import { readTelling } from '../src/viewpoint/telling.js'
import { type GoldDocument, readGold, realign } from './gold.js'

/** As many as train/mention.ts and train/coreference.ts have; a document is in the same one in all three. */
export const folds = 5

export interface Features {
  readonly at: readonly number[]
  readonly value: readonly number[]
}

export interface Reading {
  /** Folder of the document. */
  readonly set: string
  readonly fold: number
  readonly turns: readonly TurnEvidence[]
  readonly conditions: readonly (readonly number[])[]
  /** Per turn and candidate. */
  readonly features: readonly (readonly Features[])[]
  /** Per turn and candidate: 1 for whoever speaks by the gold; all 0 where no candidate does, or the gold does not say. */
  readonly right: readonly Uint8Array[]
  /** Turn of each gold quotation, -1 for one that was not found. */
  readonly quotations: readonly number[]
}

interface GoldQuotation {
  readonly start: number
  readonly end: number
  readonly speaker?: string | null
  readonly speakerCluster?: string
}

export function readConversations(goldDirectories: readonly string[], mentions: string, scorers: string): Reading[] {
  const documents = goldDirectories.flatMap((directory) => readGold(directory).map((document) => ({ document, directory })))
  const readings: Reading[] = []
  for (let fold = 0; fold < folds; fold++) {
    useScorer(unpack(JSON.parse(readFileSync(join(scorers, `fold-${fold}.json`), 'utf8')) as StoredScorer))
    documents.forEach(({ document, directory }, i) => {
      if (i % folds !== fold) return
      const spans = JSON.parse(readFileSync(join(mentions, `${document.id}.json`), 'utf8')) as MentionSpan[]
      const folder = resolve(directory)
      const set = basename(folder) === 'dev' ? basename(dirname(folder)) : basename(folder)
      readings.push({ set, fold, ...read(document, spans) })
    })
  }
  return readings
}

function read(document: GoldDocument, spans: readonly MentionSpan[]): Omit<Reading, 'set' | 'fold'> {
  const text = readText(document.text)
  const quotations = detectQuotations(text)
  const telling = readTelling({ text, quotations })
  const mentions = realign(text, spans)
  const input: CoreferenceInput = { text, quotations, mentions, person: telling, speakers: null, viewpoints: null, options: {} }
  const dialogue = readDialogue({ text, quotations, mentions })
  const draft = resolveCoreference(input)
  const speakers = attributeSpeakers({ dialogue, coreference: draft, person: telling, draft: true })
  const viewpoints = findViewpoints({ text, quotations, mentions, coreference: draft, speakers, telling })
  const coreference = resolveCoreference({ ...input, draft, speakers, viewpoints })
  const { scoring, conditions } = readConversation(dialogue, coreference, telling, [])
  const { turns } = scoring
  const personOf = personsOf(document, mentions, coreference.clusterOf)

  const turnOf = new Int32Array(quotations.quotations.length).fill(-1)
  turns.forEach(({ turn }, t) => {
    for (const q of turn.quotations) turnOf[q] = t
  })
  const speakerOf: (string | null)[] = turns.map(() => null)
  const found: number[] = []
  for (const { start, end, speaker = null, speakerCluster } of (document as unknown as { quotes: GoldQuotation[] }).quotes) {
    const name = speakerCluster ?? speaker
    if (name === null) continue
    let best = -1
    let most = 0
    quotations.quotations.forEach((span, q) => {
      const shared = Math.min(end, span.end) - Math.max(start, span.start)
      if (shared <= most || turnOf[q]! < 0) return
      most = shared
      best = turnOf[q]!
    })
    found.push(best)
    if (best >= 0) speakerOf[best] = name
  }
  return {
    turns,
    conditions,
    quotations: found,
    right: turns.map(({ turn, candidates: { figures } }, t) =>
      Uint8Array.from(figures, (figure) => {
        const person = personOf.get(publishedCluster(scoring.reading, scoring.cast, figure, turn))
        return person !== undefined && person === speakerOf[t] ? 1 : 0
      }),
    ),
    features: turns.map(({ candidates: { figures } }, t) => {
      const rows = figures.map((): { at: number[]; value: number[] } => ({ at: [], value: [] }))
      scoreTurn(scoring, new Map(), t, (k, at, value) => {
        rows[k]!.at.push(at)
        rows[k]!.value.push(value)
      })
      return rows
    }),
  }
}

/** Whom each cluster mostly is by the gold. */
function personsOf(
  { text, mentions: gold }: GoldDocument,
  mentions: readonly MentionSpan[],
  clusterOf: Int32Array,
): Map<number, string> {
  const counts = new Map<number, Map<string, number>>()
  const index = new Map(mentions.map((mention, m) => [mention, m]))
  for (const [mention, { cluster }] of pairMentions(text, gold, mentions, 'head')) {
    const c = clusterOf[index.get(mention)!]!
    const count = counts.get(c) ?? new Map<string, number>()
    counts.set(c, count.set(cluster, (count.get(cluster) ?? 0) + 1))
  }
  return new Map([...counts].map(([c, count]) => [c, [...count].sort((a, b) => b[1] - a[1])[0]![0]]))
}
