/** What the page and its worker say to each other. */
import type { AnalyzeOptions, Story } from '../src/types.js'

/** A story to read: a file's bytes, or pasted text. */
export interface Source {
  readonly content: Uint8Array | string
  readonly name: string
}

export interface Request {
  /** Counts the page's requests: answers to older ones are dropped. */
  readonly run: number
  readonly source: Source
  /** Whether the archive's tags are taken as a known cast. */
  readonly useCast: boolean
  readonly corrections: Pick<AnalyzeOptions, 'merge' | 'split' | 'rename'>
}

export type Answer =
  | { readonly run: number; readonly stage: string; readonly done: number }
  | { readonly run: number; readonly story: Story; readonly milliseconds: number }
  | { readonly run: number; readonly error: string }
