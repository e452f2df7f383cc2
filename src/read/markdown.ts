/** Markdown as stories use it: headings, rules, emphasis, front matter. */
import { divideAtHeadings } from './divide.js'
import type { Draft } from './draft.js'
import { breakText, type Line } from './line.js'
import { fromLabels, type Labelled, splitList } from './metadata.js'

const thematicBreak = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/
const atxHeading = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/
const setextUnderline = /^ {0,3}(=+|-{2,})[ \t]*$/

export function readMarkdown(source: string): Draft {
  const front = /^\ufeff?---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(source.slice(0, 20_000))
  const metadata = front === null ? {} : fromLabels(frontMatter(front[1]!))
  const lines = markdownLines(source, front?.[0].length ?? 0)
  const [first] = lines
  const opensWithTitle =
    first?.kind === 'heading' && lines.every((line) => line === first || line.kind !== 'heading' || line.level !== first.level)
  const title = metadata.title ?? (opensWithTitle ? first.text : null)
  return { format: 'md', metadata: { ...metadata, title }, ...divideAtHeadings(lines, title, 0), notes: [] }
}

/** "key: value" and "key: [a, b]", and lists of "- item" lines below a key. */
function frontMatter(yaml: string): Labelled[] {
  const values: { label: string; text: string; links: string[] }[] = []
  for (const line of yaml.split(/\r?\n/)) {
    const [, label, value] = /^([\w -]+):[ \t]*(.*)$/.exec(line) ?? []
    const item = /^[ \t]*-[ \t]+(.*)$/.exec(line)?.[1]
    if (label !== undefined && value !== undefined) {
      const inner = /^\[(.*)\]$/.exec(value)?.[1]
      values.push({ label, text: unquote(inner ?? value), links: inner === undefined ? [] : splitList(inner).map(unquote) })
    } else if (item !== undefined) values.at(-1)?.links.push(unquote(item))
  }
  return values
}

const unquote = (value: string): string => value.trim().replace(/^(["'])(.*)\1$/, '$2')

function markdownLines(source: string, from: number): Line[] {
  const lines: Line[] = []
  let open: { text: string; pieces: [number, number][]; source: number } | null = null
  let blanks = 0
  let fenced = false
  let joint = ' '
  const push = (
    text: string,
    kind: Line['kind'],
    level: number,
    at: number,
    pieces: readonly (readonly [number, number])[],
  ): void => {
    if (text === '') return
    lines.push({ text, kind, level, blanks: Math.max(0, blanks - 1), source: at, ids: [], pieces })
    blanks = 0
  }
  const close = (): void => {
    if (open !== null) push(open.text, 'text', 0, open.source, open.pieces)
    open = null
  }
  for (const { raw, at } of rawLines(source, from)) {
    const quoted = /^(?: {0,3}>[ \t]?)*/.exec(raw)![0].length
    const line = raw.slice(quoted)
    if (/^ {0,3}(```|~~~)/.test(line)) {
      close()
      fenced = !fenced
    } else if (line.trim() === '') {
      close()
      blanks++
    } else if (fenced) {
      close()
      push(line.trim(), 'text', 0, at + quoted, [[0, at + quoted + line.search(/\S/)]])
    } else if (open !== null && setextUnderline.test(line)) {
      const { text, source: start, pieces } = open as { text: string; source: number; pieces: [number, number][] }
      open = null
      push(text, 'heading', line.includes('=') ? 1 : 2, start, pieces)
    } else if (thematicBreak.test(line)) {
      close()
      push(breakText, 'break', 0, at + quoted, [])
    } else if (atxHeading.test(line)) {
      close()
      const [, marks, title] = atxHeading.exec(line)!
      const { text, pieces } = inline(title ?? '', at + quoted + line.indexOf(title ?? ''))
      push(text, 'heading', marks!.length, at, pieces)
    } else {
      const indent = line.search(/\S/)
      const { text, pieces } = inline(line.trim().replace(/\\$/, ''), at + quoted + indent)
      if (open === null) open = { text: '', pieces: [], source: at + quoted + indent }
      else open.text += joint
      const offset = open.text.length
      open.pieces.push(...pieces.map(([place, origin]): [number, number] => [place + offset, origin]))
      open.text += text
      // Two spaces or a backslash at the end of a line keep the line end: verse, addresses.
      joint = / {2,}$|\\$/.test(line) ? '\n' : ' '
    }
  }
  close()
  return lines
}

function* rawLines(source: string, from: number): Generator<{ raw: string; at: number }> {
  for (let at = from; at < source.length; ) {
    let end = source.indexOf('\n', at)
    if (end < 0) end = source.length
    yield { raw: source.slice(at, source[end - 1] === '\r' ? Math.max(at, end - 1) : end), at }
    at = end + 1
  }
}

const inlineMarks =
  /\\([!-/:-@[-`{-~])|<!--[^>]{0,500}-->|<\/?[a-z][^<>]{0,200}>|!\[[^\]]{0,500}\]\([^()\s]{0,500}\)|\[([^\]]{1,500})\]\([^()\s]{0,500}\)|\*{2,3}|(?<![\p{L}\p{N}])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![\p{L}\p{N}])|`+|&(amp|lt|gt|quot|nbsp|mdash|ndash|hellip|lsquo|rsquo|ldquo|rdquo);/gu
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
}

/** Takes inline markup away: emphasis stays as "*", strong goes, links keep their words, escapes their character. Linear. */
function inline(line: string, source: number): { text: string; pieces: [number, number][] } {
  const pieces: [number, number][] = []
  let text = ''
  let from = 0
  const add = (piece: string, at: number): void => {
    if (piece === '') return
    pieces.push([text.length, source + at])
    text += piece
  }
  for (const match of line.matchAll(inlineMarks)) {
    const [mark, escaped, linked, entity] = match
    add(line.slice(from, match.index), from)
    from = match.index + mark.length
    if (escaped !== undefined) add(escaped, match.index + 1)
    else if (linked !== undefined) add(linked, match.index + 1)
    else if (entity !== undefined) add(entities[entity]!, match.index)
    else if (/^(\*{3}|_{1}|_{3})$/.test(mark)) add('*', match.index)
  }
  add(line.slice(from), from)
  return { text, pieces }
}
