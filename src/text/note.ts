/** Author's notes, disclaimers and header fields that stand in the text itself. */

const label =
  /^[[({*_~\s-]*(?:a\s?[/\\.]\s?n\b|an\s*[:\-–—]|author(?:['’]?s)?['’]? notes?\b|(?:chapter |end |beginning )?notes?\s*:|note to (?:readers?|self)\b|disclaimers?\b|summary\s*:|rat(?:ing|ed)\s*:|(?:trigger |content )?warnings?\s*:|t\/?w\s*[:-]|pairings?\s*:|(?:main )?characters?\s*:|fandoms?\s*:|word ?count\s*:|prompts?\s*:|beta(?:'d by|ed by| reader)?\s*:|title\s*:|author\s*:|genres?\s*:|spoilers?\s*:|status\s*:|category\s*:|series\s*:|timeline\s*:|dedication\s*:|translations?\s*:|posted\b.{0,30}:)/i

/** True for a paragraph that opens with the label of an author's note or of a header field. */
export const opensNote = (paragraph: string): boolean => label.test(paragraph)

/** Paragraphs that an unclosed note may run on for, until a break or heading ends it. */
export const longestNote = 12

const readerTalk =
  /\b(?:review(?:s|ers?|ed)?|comments?|kudos|chapter|fic|fanfic|update[ds]?|readers?|reading|beta(?:ed)?|enjoy|own (?:nothing|none|any|the)|belongs? to|please r&r|favou?rit\w+|follow\w*|story)\b/i

/** True when a paragraph speaks to readers about the text: what a note goes on with. */
export const speaksToReaders = (paragraph: string): boolean =>
  readerTalk.test(paragraph) && /\b(?:I|you|me|my|your|we|I['’]\w+|[Pp]lease|[Tt]hanks?|[Hh]ope)\b/.test(paragraph)
