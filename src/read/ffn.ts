/** Saved pages of FanFiction.net (and FictionPress, which shares its layout), from 2001 on, and its profile block inside other exports. */
import { byId, byTag, find, findAll, hasClass, type Node, textOf } from './dom.js'
import type { Draft } from './draft.js'
import { settleBreaks } from './line.js'
import { dateOfSeconds, type fromLabels, isoDate, languageTag, numberOf } from './metadata.js'
import { isFurniture, linesOf } from './prose.js'

type Fields = ReturnType<typeof fromLabels>

export const isFanFictionNetPage = (root: Node): boolean =>
  byId(root, 'storytext') !== null ||
  (byId(root, 'profile_top') !== null && find(root, (node) => hasClass(node, 'xcontrast_txt')) !== null)

/** The text is `#storytext` in every layout; the page holds one chapter, the menu of chapters knows its name. */
export function readFanFictionNetPage(root: Node): Draft {
  const text = byId(root, 'storytext')!
  const lines = settleBreaks(linesOf(text, isFurniture))
  const menu = byId(root, 'chap_select')
  const chosen = menu === null ? null : find(menu, (node) => node.tag === 'option' && node.attributes.selected !== undefined)
  const heading = textOf(chosen).replace(/^(\d+)\.\s*/, 'Chapter $1: ') || null
  return {
    format: 'ffn-html',
    metadata: profileMetadata(root),
    parts: [{ heading, lines, path: null, source: text.offset }],
    notes: [],
    structured: true,
  }
}

/** "Title Chapter 3: Name, a fandom fanfic | FanFiction", the page's title in all layouts. */
const pageTitle = /^(.+?)(?:,? Chapter \d+(?::.*?)?)?, an? (.+?) (?:fanfic|fan ?fiction)\b/i

/** Title, author and the positional line "Rated: … - English - Genre - Characters - Chapters: 2 - Words: 1,234 - … - id: 7". */
export function profileMetadata(root: Node): Fields {
  const profile = byId(root, 'profile_top') ?? root
  const titled = pageTitle.exec(textOf(byTag(root, 'title')).slice(0, 500))
  const title = textOf(find(profile, (node) => node.tag === 'b' && hasClass(node, 'xcontrast_txt'))) || titled?.[1] || null
  const author = findAll(root, (node) => node.tag === 'a' && /(?:^|\.(?:net|com))\/u\/\d+/.test(node.attributes.href ?? ''))[0]
  const line = find(root, (node) => /^(?:Fiction )?Rated:/.test(ownText(node)))
  const dates = findAll(line ?? profile, (node) => node.attributes['data-xutime'] !== undefined)
  const summary = find(profile, (node) => node.tag === 'div' && hasClass(node, 'xcontrast_txt') && textOf(node) !== '')
  const fields = ratedLine(textOf(line))
  const published = dates.at(-1)?.attributes['data-xutime']
  return {
    ...fields,
    source: 'ffn',
    title,
    author: textOf(author ?? null) || null,
    summary: textOf(summary) || null,
    fandoms: titled?.[2] === undefined ? [] : [titled[2]],
    ...(published === undefined ? {} : { published: dateOfSeconds(published) }),
  }
}

/** Text of the node and its inline children, "" for nodes that hold blocks: the line is the smallest element that begins with "Rated:". */
const ownText = (node: Node): string =>
  node.tag !== '' && node.children.some(({ tag, text }) => tag === '' && text.trim() !== '') ? textOf(node) : ''

/** Splits the line at " - "; what has no label is told by its place: language, genres, characters. */
export function ratedLine(line: string): Fields {
  const items = line.split(/\s+-\s+/)
  const fields: Fields = {}
  let place = 0
  for (const item of items) {
    const [, label, value] = /^([A-Za-z]+(?: [A-Za-z]+)?):\s*(.*)$/.exec(item) ?? []
    if (label === undefined || value === undefined) {
      if (place === 1) fields.language = languageTag(item)
      else if (place > 1 && fields.words === undefined) {
        if (place === 2 && item.split('/').every((genre) => genres.has(genre))) fields.tags = splitGenres(item)
        else
          fields.characterTags = item
            .replace(/[[\]]/g, '')
            .split(/,\s+|\s+&\s+/)
            .filter((name) => name !== '')
      }
    } else if (/^(Fiction )?Rated$/.test(label)) fields.rating = value.replace(/^Fiction\s+/, '')
    else if (label === 'Words') fields.words = numberOf(value)
    else if (label === 'Published') fields.published = isoDate(value)
    else if (label === 'Language') fields.language = languageTag(value)
    else if (label === 'Genre') fields.tags = splitGenres(value)
    else if (label === 'Characters') fields.characterTags = value.split(/,\s+|\s+&\s+/)
    place++
  }
  const id = /\bid:\s?(\d+)/.exec(line)?.[1]
  return id === undefined ? fields : { ...fields, url: `https://www.fanfiction.net/s/${id}` }
}

const splitGenres = (item: string): string[] =>
  item
    .replace('Hurt/Comfort', 'Hurt-Comfort')
    .split('/')
    .map((genre) => genre.replace('-', '/'))

/** The site's genres: how a genre item is told from a character item that holds a slash. */
const genres = new Set(
  'General Romance Humor Drama Poetry Adventure Mystery Horror Parody Angst Supernatural Suspense Sci-Fi Fantasy Spiritual Tragedy Western Crime Family Hurt Comfort Friendship'.split(
    ' ',
  ),
)
