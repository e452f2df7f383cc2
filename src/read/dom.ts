/** A tree of an HTML or XML file, and the few questions that readers ask of it. Every walk is a loop: depth cannot overflow the stack. */
import { Parser } from 'htmlparser2'
import { ReadError } from './error.js'

/** An element, or a piece of text when `tag` is "". */
export interface Node {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
  readonly children: Node[]
  readonly parent: Node | null
  /** Where it begins in the file's decoded text, in UTF-16 code units. */
  readonly offset: number
}

/** Real pages nest a few dozen deep; a parser's work on misnested tags grows with depth. */
const maxDepth = 2000

/** Parses HTML as browsers do, roughly; `xhtml` also takes `<p/>` for an empty paragraph; `xml` knows no HTML rules. */
export function parseTree(source: string, mode: 'html' | 'xhtml' | 'xml'): Node {
  const root: Node = { tag: '#root', attributes: {}, text: '', children: [], parent: null, offset: 0 }
  let current = root
  let depth = 0
  const parser: Parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (++depth > maxDepth) throw new ReadError('malformed', `Its markup is nested more than ${maxDepth} deep.`)
        const node: Node = { tag, attributes, text: '', children: [], parent: current, offset: parser.startIndex }
        current.children.push(node)
        current = node
      },
      onclosetag() {
        depth--
        current = current.parent ?? root
      },
      ontext(text) {
        const last = current.children.at(-1)
        // The parser hands text over in pieces (at every entity); one node each would waste memory.
        if (last?.tag === '') current.children[current.children.length - 1] = { ...last, text: last.text + text }
        else current.children.push({ tag: '', attributes: {}, text, children: [], parent: current, offset: parser.startIndex })
      },
    },
    mode === 'xml' ? { xmlMode: true } : { recognizeSelfClosing: mode === 'xhtml', recognizeCDATA: mode === 'xhtml' },
  )
  parser.write(source)
  parser.end()
  return root
}

/** `xhtml` when the file says that it is XML, else `html`. */
export const markupMode = (source: string): 'html' | 'xhtml' => (/<\?xml|xhtml/i.test(source.slice(0, 1024)) ? 'xhtml' : 'html')

/** The node and all below it, in document order. `into` false for a node leaves its children out. */
export function* walk(root: Node, into: (node: Node) => boolean = () => true): Generator<Node> {
  const stack: Node[] = [root]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node
    if (!into(node)) continue
    for (let i = node.children.length - 1; i >= 0; i--) stack.push(node.children[i]!)
  }
}

export function find(root: Node, test: (node: Node) => boolean): Node | null {
  for (const node of walk(root)) if (test(node)) return node
  return null
}

export const findAll = (root: Node, test: (node: Node) => boolean): Node[] => [...walk(root)].filter(test)

export const byId = (root: Node, id: string): Node | null => find(root, (node) => node.attributes.id === id)
export const byTag = (root: Node, ...tags: string[]): Node | null => find(root, (node) => tags.includes(node.tag))

/** True when the element carries all the classes. */
export const hasClass = (node: Node, ...names: string[]): boolean => {
  const classes = node.attributes.class
  return classes !== undefined && names.every((name) => classes.split(/\s+/).includes(name))
}

/** The element's text with white space collapsed. */
export function textOf(node: Node | null): string {
  if (node === null) return ''
  let text = ''
  for (const { tag, text: piece } of walk(node)) text += tag === 'br' || tag === 'p' || tag === 'li' ? ' ' : piece
  return text.replace(/[\s\u00a0]+/g, ' ').trim()
}

/** True when the test holds for an element around the node. */
export function within(node: Node, test: (around: Node) => boolean): boolean {
  for (let around = node.parent; around !== null; around = around.parent) if (test(around)) return true
  return false
}
