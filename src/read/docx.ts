/** Word documents (.docx): paragraphs, headings, italics, line breaks. Their XML is turned into the few HTML tags that say the same. */
import { decodeText } from './decode.js'
import { divideAtHeadings } from './divide.js'
import { find, type Node, parseTree, textOf, walk } from './dom.js'
import type { Draft } from './draft.js'
import { linesOf } from './prose.js'
import type { ZipEntry } from './zip.js'

export const documentPath = 'word/document.xml'

export function readWordDocument(entries: readonly ZipEntry[]): Draft {
  const open = (path: string): Node | null => {
    const entry = entries.find((entry) => entry.path === path)
    return entry === undefined ? null : parseTree(decodeText(entry.read()), 'xml')
  }
  const lines = linesOf(asMarkup(open(documentPath)!))
  const core = open('docProps/core.xml')
  const property = (tag: string): string | null => (core === null ? null : textOf(find(core, (node) => node.tag === tag)) || null)
  const [first] = lines
  const opensWithTitle =
    first?.kind === 'heading' && !lines.some((line) => line !== first && line.kind === 'heading' && line.level === first.level)
  const title = opensWithTitle ? first.text : property('dc:title')
  return { format: 'docx', metadata: { title, author: property('dc:creator') }, ...divideAtHeadings(lines, title, 0), notes: [] }
}

/** Deleted text, fields, footnote marks and drawings are no text of the story. */
const silent = new Set([
  'w:del',
  'w:instrText',
  'w:footnoteReference',
  'w:drawing',
  'w:pict',
  'w:txbxContent',
  'w:rPr',
  'w:pPr',
  'w:moveFrom',
])

function asMarkup(document: Node): Node {
  const root = element('body', null, 0)
  for (const paragraph of walk(document, (node) => node.tag !== 'w:p' && !silent.has(node.tag))) {
    if (paragraph.tag !== 'w:p') continue
    const block = element(blockTag(paragraph), root, paragraph.offset)
    for (const node of walk(paragraph, (node) => node.tag !== 'w:r' && !silent.has(node.tag))) {
      if (node.tag === 'w:r') addRun(node, block)
    }
    const border = find(paragraph, (node) => node.tag === 'w:pBdr') !== null
    if (border && textOf(block) === '') element('hr', root, paragraph.offset)
  }
  return root
}

function addRun(run: Node, block: Node): void {
  const properties = run.children.find((node) => node.tag === 'w:rPr')
  const italic = properties?.children.find((node) => node.tag === 'w:i')
  const off = /^(0|false|off)$/.test(italic?.attributes['w:val'] ?? '')
  const parent = italic !== undefined && !off ? element('em', block, run.offset) : block
  for (const node of walk(run, (node) => !silent.has(node.tag))) {
    if (node.tag === 'w:t') for (const { text } of node.children) element('', parent, node.offset, text)
    else if (node.tag === 'w:tab') element('', parent, node.offset, ' ')
    else if (node.tag === 'w:br' || node.tag === 'w:cr') element('br', parent, node.offset)
  }
}

function blockTag(paragraph: Node): string {
  const style = find(paragraph, (node) => node.tag === 'w:pStyle')?.attributes['w:val'] ?? ''
  const level = /^(?:heading|title)\s*(\d?)/i.exec(style)
  return level === null ? 'p' : `h${Math.min(6, Number(level[1] || 1))}`
}

function element(tag: string, parent: Node | null, offset: number, text = ''): Node {
  const node: Node = { tag, attributes: {}, text, children: [], parent, offset }
  parent?.children.push(node)
  return node
}
