export { analyze } from './analyze.js'
export { type OutlineEntry, storyOutline } from './outline.js'
export { type SpeakerTurn, speakerTurns } from './quotation/speaker-turn.js'
export type * from './types.js'
export {
  type PointOfViewReport,
  pointOfViewReport,
  type ReportedShift,
  type ShiftSide,
  type ViewpointShare,
} from './viewpoint/report.js'
