export { analyze } from './analyze.js'
export { type OutlineEntry, storyOutline } from './outline.js'
export { type SpeakerTurn, speakerTurns } from './quotation/speaker-turn.js'
export type * from './types.js'
