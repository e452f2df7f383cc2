/** A stream of stories through one process: a JSON line in, a JSON line out, in order. */
import { analyze } from '../analyze.js'
import { readRecord, recordId } from '../read/record.js'
import { toOptions } from '../read/story.js'
import { failureOf } from './input.js'

export interface FilterResult {
  /** The result line, without line end. */
  readonly line: string
  readonly failed: boolean
}

export interface FilterOptions {
  /** Leaves the text in each Story. Default false. */
  readonly withText?: boolean
  /** Gives each record's character tags to the analysis as its cast. Default false. */
  readonly useCast?: boolean
  /** As in `analyze`. */
  readonly sensitivity?: number
}

/**
 * Analyses one record, `{"text": …, "id"?: …, "metadata"?: …}`, to one line without line end: `{"id", "story"}`, or `{"id", "line",
 * "error": {"code", "message"}}` for a record that is none. This is the contract of Spark's `pipe`, Hadoop Streaming, Dask, GNU
 * parallel and Slurm arrays: lines in, as many lines out, nothing kept between them.
 */
export function filterLine(
  line: string,
  lineNumber: number,
  { withText = false, useCast = false, sensitivity }: FilterOptions = {},
): FilterResult {
  try {
    const { id, story: file } = readRecord(line, lineNumber)
    const options = toOptions(file, { useCast })
    const { text, ...layers } = analyze(file.text, sensitivity === undefined ? options : { ...options, sensitivity })
    return { line: JSON.stringify({ id, story: withText ? { text, ...layers } : layers }), failed: false }
  } catch (error) {
    return { line: JSON.stringify({ id: recordId(line), line: lineNumber, error: failureOf(error) }), failed: true }
  }
}
