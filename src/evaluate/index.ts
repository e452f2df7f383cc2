/** Entry "throughline/evaluate": scorers for every layer, against gold annotations. */
export { bestAssignment, type Weights } from './assignment.js'
export { paragraphsOf, type Ranking, rankingOf, type WindowMeasures, windowMeasures } from './boundary.js'
export { type CharacterComparison, compareCharacters } from './character.js'
export {
  bCubed,
  type CoreferenceCounts,
  ceaf,
  coreferenceCounts,
  lea,
  muc,
  type Partition,
  withoutSingletons,
} from './coreference.js'
export { accuracyOf, type Counts, type Score, scoreOf, sumCounts, sumTallies, type Tally } from './counts.js'
export { type CoreferenceScores, compareDocument, type DocumentComparison, type Summary, summarise } from './document.js'
export * from './gold.js'
export { compareMentions, type Matching, type MentionComparison, type MentionCounts, pairMentions } from './mention.js'
export { compareQuotations, type QuotationComparison } from './quotation.js'
export { type BoundaryComparison, type BreakView, compareBoundaries, compareKinds, type KindComparison } from './scene.js'
export { compareViewpoints, type ViewpointComparison, type ViewpointField } from './viewpoint.js'
