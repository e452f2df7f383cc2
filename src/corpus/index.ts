/** Many stories at once, on one machine (`analyzeCorpus`) or as a filter under any engine (`filterLine`). Node only. */
export { type FilterOptions, type FilterResult, filterLine } from './filter.js'
export type { TableFormat } from './part.js'
export { analyzeCorpus, type CorpusFailure, type CorpusOptions, type CorpusProgress, type CorpusReport } from './run.js'
