/** Pictures of a story: each chart is a pure function from Story to {@link Chart}. */
export type { Chart, ChartOptions, Json, VegaLiteSpec } from './chart.js'
export { storylineChart } from './storyline/index.js'
