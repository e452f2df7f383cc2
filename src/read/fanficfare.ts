/** FanFicFare's HTML and TXT, and the title pages of its EPUBs. */
import { byTag, find, findAll, hasClass, type Node, textOf, walk } from './dom.js'
import type { Draft, Part } from './draft.js'
import { type Line, settleBreaks } from './line.js'
import { fromLabels, type Labelled } from './metadata.js'
import { isFurniture, linesOf } from './prose.js'

type Fields = ReturnType<typeof fromLabels>

const isSectionAnchor = (node: Node): boolean => node.tag === 'a' && /^section\d+$/.test(node.attributes.name ?? '')

/** FanFicFare's HTML: a table of labelled values, and an anchor "section0001" around each chapter heading. */
export const isFanFicFarePage = (root: Node): boolean =>
  find(root, isSectionAnchor) !== null && find(root, (node) => node.tag === 'h1') !== null

export function readFanFicFarePage(root: Node): Draft {
  const body = byTag(root, 'body') ?? root
  const table = find(body, (node) => node.tag === 'table' && hasClass(node, 'full'))
  const title = byTag(body, 'h1')
  const headings = findAll(body, isSectionAnchor)
  const lines = linesOf(body, (node) => isFurniture(node) || node === table || node === title)
  const starts = headings.map((anchor) => lines.findIndex((line) => line.ids.includes(anchor.attributes.name!)))
  const parts = headings.map((anchor, i): Part => {
    const end = starts.slice(i + 1).find((start) => start >= 0) ?? lines.length
    const chapter = starts[i]! < 0 ? [] : lines.slice(starts[i]! + 1, end)
    return { heading: textOf(anchor) || null, lines: settleBreaks(chapter), path: null, source: anchor.offset }
  })
  const metadata = { ...titleOf(title), ...(table === null ? {} : tableMetadata(table)), source: 'fanficfare' }
  return { format: 'fanficfare-html', metadata, parts: withoutLoneHeading(parts), notes: [], structured: true }
}

/** A one-chapter story is no chapter: its heading repeats the title. */
export const withoutLoneHeading = (parts: readonly Part[]): Part[] =>
  parts.length === 1 ? [{ ...parts[0]!, heading: null }] : [...parts]

/** "Title by Author", the title linked to the story, each author to a page. */
export function titleOf(heading: Node | null): Fields {
  if (heading === null) return {}
  const [title, ...authors] = findAll(heading, (node) => node.tag === 'a')
  const url = title?.attributes.href
  return {
    title: textOf(title ?? heading) || null,
    author: authors.map(textOf).join(', ') || (/ by (.+)$/.exec(textOf(heading))?.[1] ?? null),
    ...(url?.startsWith('http') ? { url } : {}),
  }
}

function tableMetadata(table: Node): Fields {
  return labelledMetadata(findAll(table, (node) => node.tag === 'tr').flatMap((row) => boldLabels(row)))
}

/** `<b>Label:</b> value` in a row, or one after another in a block as on the EPUB's title page. */
export function boldLabels(block: Node): Labelled[] {
  const values: { label: string; text: string; links: string[] }[] = []
  for (const node of walk(block, (node) => node.tag !== 'b' && node.tag !== 'a')) {
    const last = values.at(-1)
    if (node.tag === 'b' && textOf(node).endsWith(':')) values.push({ label: textOf(node), text: '', links: [] })
    else if (last !== undefined && (node.tag === '' || node.tag === 'b')) last.text += node.tag === '' ? node.text : textOf(node)
    else if (last !== undefined && node.tag === 'a') last.text += textOf(node)
    else if (last !== undefined && (node.tag === 'p' || node.tag === 'br')) last.text += ' '
  }
  return values.map((value) => ({ ...value, text: value.text.replace(/\s+/g, ' ').trim() }))
}

/** FanFicFare calls the fandom "Category" and the free tags "Genre". */
export const labelledMetadata = (values: readonly Labelled[]): Fields => fromLabels(values, { categoryIsFandom: true })

/** FanFicFare's TXT: title, "by" and author, labelled lines, and every chapter heading behind a tab. */
export function readFanFicFareText(lines: readonly Line[], source: string): Draft | null {
  const byline = lines.findIndex((line) => /^by \S/.test(line.text))
  if (byline !== 1 || lines.at(-1)?.text !== 'End file.') return null
  const isHeading = (line: Line): boolean => source[line.source - 1] === '\t' && (source[line.source - 2] ?? '\n') === '\n'
  const first = lines.findIndex(isHeading)
  if (first < 0) return null
  const values = [...source.slice(lines[1]!.source, lines[first]!.source).matchAll(/^([A-Z][\w ]*): (.*)$/gm)].map(
    ([, label, text]): Labelled => ({ label: label!, text: text!.trim(), links: [] }),
  )
  const parts: { heading: string | null; lines: Line[]; path: null; source: number }[] = []
  for (const line of lines.slice(first, -1)) {
    if (isHeading(line)) parts.push({ heading: line.text, lines: [], path: null, source: line.source })
    else parts.at(-1)!.lines.push(line)
  }
  return {
    format: 'fanficfare-txt',
    metadata: { ...labelledMetadata(values), title: lines[0]!.text, author: lines[1]!.text.slice(3), source: 'fanficfare' },
    parts: withoutLoneHeading(parts.map((part) => ({ ...part, lines: settleBreaks(part.lines) }))),
    notes: [],
    structured: true,
  }
}
