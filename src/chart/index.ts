/** Pictures of a story: each chart is a pure function from Story to {@link Chart}. */
export type { Chart, ChartOptions, Json, VegaLiteSpec } from './chart.js'
export { dialogueChart } from './dialogue.js'
export { type NetworkOptions, networkChart } from './network/index.js'
export { pacingChart } from './pacing.js'
export { type PresenceOptions, presenceChart } from './presence.js'
export { type ReportOptions, renderReport, reportPolicy } from './report/index.js'
export { storylineChart } from './storyline/index.js'
export { viewpointChart } from './viewpoint.js'
