/** What a file says about its work: labelled values, as every archive and exporter prints them, to `Metadata`. */
import type { Metadata } from '../types.js'

/** A label with its value: the texts of its links where it has some, else the text alone. */
export interface Labelled {
  readonly label: string
  readonly text: string
  readonly links: readonly string[]
}

type Fields = { -readonly [K in keyof Metadata]?: Metadata[K] }

/**
 * Reads labelled values. Labels differ by age and site ("Character:", "Characters:"; "Word count"), so they are matched without case and
 * plural. On AO3 "Category" is "F/M"; exporters of other sites use it for the fandom, which `categoryIsFandom` says.
 */
export function fromLabels(values: readonly Labelled[], { categoryIsFandom = false } = {}): Fields {
  const found: Fields = {}
  for (const value of values) {
    if (value.label.length > longestLabel) continue
    const label = value.label
      .toLowerCase()
      .replace(/[:\s]+$/, '')
      .replace(/^\s+/, '')
    const key = labels.find(([pattern]) => pattern.test(label))?.[1]
    if (key === undefined) {
      if (categoryIsFandom && /^categor(y|ies)$/.test(label)) found.fandoms = listOf(value)
      else if (/^(stats|status)$/.test(label)) Object.assign(found, fromStats(value.text))
      continue
    }
    if (key === 'fandoms' || key === 'relationships' || key === 'characterTags' || key === 'warnings') found[key] = listOf(value)
    else if (key === 'tags') found.tags = [...(found.tags ?? []), ...listOf(value)]
    else if (key === 'words') found.words ??= numberOf(value.text)
    else if (key === 'published') found.published ??= isoDate(value.text)
    else if (key === 'language') found.language = languageTag(value.text)
    else if (key === 'author') found.author = listOf(value).join(', ') || null
    else if (key === 'url') found.url ??= /https?:\/\/\S+/.exec(value.text)?.[0] ?? null
    else found[key] ??= value.text || null
  }
  return found
}

/** Longer ones are text that happens to end in a colon. */
const longestLabel = 60

const labels: readonly (readonly [RegExp, keyof Metadata])[] = [
  [/^(fiction )?rat(ing|ed)$/, 'rating'],
  [/^(archive )?warnings?$/, 'warnings'],
  [/^fandoms?$/, 'fandoms'],
  [/^(relationships?|pairings?|ships?)$/, 'relationships'],
  [/^characters?$/, 'characterTags'],
  [/^(additional tags?|freeforms?|genres?|(free)?tags?)$/, 'tags'],
  [/^language$/, 'language'],
  [/^(words?|word count)$/, 'words'],
  [/^published$/, 'published'],
  [/^(summary|description)$/, 'summary'],
  [/^(story )?url$|^(original )?source$/, 'url'],
  [/^authors?$/, 'author'],
  [/^title$/, 'title'],
]

/** "Published: 2020-01-05 Completed: … Words: 12,345 Chapters: 3/3", each of them optional. */
export function fromStats(text: string): Fields {
  const published = /published:?\s*([^\s:]+(?: \w+,? \d{4})?)/i.exec(text)?.[1]
  const words = /words:?\s*([\d.,\s]*\d)/i.exec(text)?.[1]
  return {
    ...(published === undefined ? {} : { published: isoDate(published) }),
    ...(words === undefined ? {} : { words: numberOf(words) }),
  }
}

/** Values with links are split by them, since tags hold commas and slashes; plain ones at ", ". */
const listOf = ({ links, text }: Labelled): string[] => (links.length > 0 ? [...links] : splitList(text))

export const splitList = (text: string): string[] =>
  text
    .split(/,\s+/)
    .map((item) => item.trim())
    .filter((item) => item !== '')

export function numberOf(text: string): number | null {
  const digits = text.replace(/[\s,.\u00a0]/g, '')
  return /^\d+$/.test(digits) ? Number(digits) : null
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** An ISO 8601 date from the styles that archives print; numbers alone are read as month, day, year. `null` without a year. */
export function isoDate(text: string): string | null {
  const iso = /\b(\d{4})-(\d{2})-(\d{2})/.exec(text)
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const numeric = /\b(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})\b/.exec(text)
  if (numeric) return dateOf(fullYear(numeric[3]!), Number(numeric[1]), Number(numeric[2]))
  const named = /\b(?:(\d{1,2})\s+)?([a-z]{3})[a-z]*\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})\b/i.exec(text)
  const month = named ? months.indexOf(named[2]!.toLowerCase()) + 1 : 0
  if (named && month > 0) return dateOf(Number(named[4]), month, Number(named[1] ?? named[3] ?? 1))
  return null
}

/** FanFiction.net dates go back to 1998. */
const fullYear = (digits: string): number =>
  digits.length === 4 ? Number(digits) : Number(digits) + (Number(digits) < 90 ? 2000 : 1900)

function dateOf(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Date of a time in seconds since 1970, as FanFiction.net's `data-xutime` gives it. */
export const dateOfSeconds = (seconds: string): string | null =>
  /^\d{9,10}$/.test(seconds) ? new Date(Number(seconds) * 1000).toISOString().slice(0, 10) : null

const languageCodes = (
  'en de fr es it pt nl sv da nb nn fi is pl cs sk hu ro bg ru uk sr hr sl el tr ar he fa hi bn ta te th vi id ms fil zh ja ko la eo cy ga ' +
  'gd eu ca gl et lv lt mk sq af sw'
).split(' ')
let languageNames: Map<string, string> | undefined

/** A BCP 47 tag for a language's name in English or its own tongue; a tag is kept; an unknown name stays as it is. */
export function languageTag(name: string): string | null {
  const given = name.trim()
  if (given === '') return null
  if (/^[a-z]{2,3}([-_][A-Za-z\d]+)*$/.test(given)) return given.replaceAll('_', '-')
  if (languageNames === undefined) {
    languageNames = new Map()
    const english = new Intl.DisplayNames(['en'], { type: 'language' })
    for (const code of languageCodes) {
      const own = new Intl.DisplayNames([code], { type: 'language' }).of(code)
      for (const known of [english.of(code), own]) if (known !== undefined) languageNames.set(known.toLowerCase(), code)
    }
  }
  const lower = given.toLowerCase()
  return languageNames.get(lower) ?? (/^中文|chinese/.test(lower) ? 'zh' : languageNames.get(lower.split(/[\s(/-]/)[0]!)) ?? given
}
