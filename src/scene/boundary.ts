/** Where scenes begin: the author's own chapters and breaks, and between them the starts that read like one. */
import type { BoundaryLayer } from '../layers.js'
import type { BoundaryCue } from '../types.js'
import { decide, settle } from './decide.js'
import type { Features, Layers } from './feature.js'
import { probability, type Scorer, sceneScorer, scoreStarts } from './scorer.js'

/**
 * Finds where scenes begin. Boundaries of cause "start", "chapter" and "marker" are the author's and always there; the others are
 * local maxima of the learned score, best first, as many as `sensitivity` allows: 0 none; 1 (default) so many that, with the author's
 * chapters, about one paragraph in 25 opens a scene (more where the scores are high, fewer where they are low), and in a text with typed
 * scene breaks one in 200 beside those; 2 twice as many. Linear but for one sort.
 */
export function findBoundaries(layers: Layers & { readonly sensitivity: number }, scorer: Scorer = sceneScorer()): BoundaryLayer {
  const { text, sensitivity } = layers
  const { features, score } = scoreStarts(layers, scorer)
  const { decided, scores } = decide(
    text,
    features.units,
    settle(features.units, score),
    (z) => probability(z, scorer.platt),
    sensitivity,
  )
  return {
    boundaries: decided.map(({ paragraph, cause, score, unit }) => ({
      paragraph,
      cause,
      cues:
        cause === 'start'
          ? []
          : unit >= 0
            ? cuesAt(features, unit)
            : [cause === 'marker' && text.paragraphs[paragraph]!.kind !== 'heading' ? 'marker' : 'heading'],
      score,
    })),
    scores,
  }
}

/** From these values on a feature is named as a cue. */
const cueFloor = { freshCast: 0.6, tense: 0.25, person: 0.03 }

/** What a reader can check at the opening: a time, a place, other people, another tense or person. */
function cuesAt({ units: { counts }, columns }: Features, u: number): BoundaryCue[] {
  const value = (name: string): number => columns.find((column) => column.name === name)!.values[u]!
  const cues: BoundaryCue[] = []
  if (counts.openDayPart[u]! + counts.openUnit[u]! + counts.openCalendar[u]! > 0 || counts.openSequence[u]! > 1) cues.push('time')
  if (value('place') > 0 || counts.openPlaceName[u]! > 0) cues.push('place')
  if (value('peopleFresh3') >= cueFloor.freshCast || value('castFresh3') >= cueFloor.freshCast) cues.push('cast')
  if (Math.abs(value('i/8')) >= cueFloor.person) cues.push('viewpoint')
  if (Math.abs(value('present/8')) >= cueFloor.tense) cues.push('tense')
  return cues
}
