/** What is known of a work whose file says nothing. */
import type { Metadata } from './types.js'

export const emptyMetadata: Metadata = {
  title: null,
  author: null,
  language: null,
  source: null,
  url: null,
  fandoms: [],
  relationships: [],
  characterTags: [],
  tags: [],
  rating: null,
  warnings: [],
  summary: null,
  published: null,
  words: null,
}
