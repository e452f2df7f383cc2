/** What can be wrong with a story file. */

/**
 * Why a file gave no story:
 * - *empty*: no bytes, or nothing but white space
 * - *unsupported*: another kind of file (PDF, image, Kindle, RTF, …)
 * - *encrypted*: a ZIP or EPUB that is locked
 * - *truncated*: the file breaks off, so its text would be partial
 * - *malformed*: the container contradicts itself (bad checksum, missing parts, JSON that does not parse)
 * - *too-large*: more than the limits allow, unpacked
 * - *notice-page*: a site's page that stands in for the work (adult warning, log-in, "not found", unrevealed work)
 * - *no-story*: a sound file in which no story text was found
 * - *several-stories*: a ZIP or JSONL with more than one story; `readStories` reads them one by one
 */
export type ReadErrorCode =
  | 'empty'
  | 'unsupported'
  | 'encrypted'
  | 'truncated'
  | 'malformed'
  | 'too-large'
  | 'notice-page'
  | 'no-story'
  | 'several-stories'

/** A file that could not be read as a story: a stable `code` for programs, one sentence for people. */
export class ReadError extends Error {
  override readonly name = 'ReadError'
  readonly code: ReadErrorCode

  constructor(code: ReadErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
