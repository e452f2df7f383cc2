/** Markup to display lines. */
import { hasClass, type Node } from './dom.js'
import { breakText, type Line } from './line.js'

const blockTags = new Set(
  (
    'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hgroup li main nav ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
)
const silentTags = new Set(
  'audio button canvas embed form head iframe input math noscript object rp rt script select style svg template textarea title video'.split(
    ' ',
  ),
)
const emphasisTags = new Set(['em', 'i', 'cite', 'dfn', 'var'])
const italicStyle = /font-style\s*:\s*(italic|oblique)/i

interface Step {
  readonly node: Node
  readonly leave: boolean
}

/**
 * Reads the display lines below a node. Block ends and `<br>` end lines; white space collapses as in a browser; what layout
 * put before a comma or inside an opening mark is closed up ("<em>\n Name\n </em>\n , who" is "*Name*, who"). Italics stay
 * as `*…*`, one pair per line, since they set off thought; bold, links and the rest go. Linear.
 */
export function linesOf(root: Node, leaveOut: (node: Node) => boolean = () => false): Line[] {
  const lines = new LineBuilder()
  const stack: Step[] = [{ node: root, leave: false }]
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    const { node, leave } = step
    if (leave) {
      lines.leave(node)
      continue
    }
    if (node.tag === '') {
      lines.addText(node.text, node.offset)
      continue
    }
    if (silentTags.has(node.tag) || (node !== root && leaveOut(node))) continue
    lines.enter(node)
    stack.push({ node, leave: true })
    for (let i = node.children.length - 1; i >= 0; i--) stack.push({ node: node.children[i]!, leave: false })
  }
  return lines.finish()
}

const isEmphasis = (node: Node): boolean =>
  emphasisTags.has(node.tag) || (node.attributes.style !== undefined && italicStyle.test(node.attributes.style))

/** White space, soft hyphens and zero-width spaces as layout makes them: every run but a single space, which stays as it is. */
const layoutSpace = /(?:[^\S ]|[\u00ad\u200b]| [\s\u00ad\u200b])[\s\u00ad\u200b]*/g
/** Before these no space is typed in English; the ellipsis and the opening apostrophe ("’twas") are not among them. */
const closesUp = /^(?:[,;:!?”)\]]|\.(?!\.)|’(?:\s|$|(?:s|d|m|t|ll|re|ve)\b))/
const opensUp = /[“([‘]$/

/** `inner`: how many of the blanks stand inside one paragraph. */
type RawLine = Line & { readonly inner: number }

class LineBuilder {
  readonly #lines: RawLine[] = []
  #text: string[] = []
  #last = ''
  /** Layout between the last word and the next: none, a space, or a line end of the source. */
  #space: '' | ' ' | '\n' = ''
  #source = -1
  #blanks = 0
  #ids: string[] = []
  #level = 0
  #pre = 0
  #emphasis = 0
  #emphasisOpen = false
  #image: string | null = null
  /** Lines and blanks so far at the opening of each block, to tell an empty one. */
  readonly #blocks: number[] = []
  #seen = 0
  /** Paragraphs open: a double `<br>` inside one is a stanza or a letter, not an empty paragraph of the file. */
  #paragraphs = 0
  #innerBlanks = 0
  #brokenLines = 0

  enter(node: Node): void {
    const { id } = node.attributes
    if (blockTags.has(node.tag)) {
      this.#flush()
      this.#blocks.push(this.#seen)
      if (node.tag === 'p') this.#paragraphs++
      if (node.tag === 'pre') this.#pre++
      if (/^h[1-6]$/.test(node.tag)) this.#level = Number(node.tag[1])
    } else if (node.tag === 'br') this.#lineEnd()
    else if (node.tag === 'hr') {
      this.#flush()
      this.#push(breakText, 'break', node.offset)
    } else if (node.tag === 'img') this.#image ??= `${node.attributes.src ?? ''} ${node.attributes.alt ?? ''}`
    if (isEmphasis(node)) this.#emphasis++
    if (id !== undefined) this.#ids.push(id)
    if (node.tag === 'a' && node.attributes.name !== undefined) this.#ids.push(node.attributes.name)
  }

  leave(node: Node): void {
    if (isEmphasis(node) && --this.#emphasis === 0) this.#closeEmphasis()
    if (!blockTags.has(node.tag)) return
    this.#flush()
    const before = this.#blocks.pop()!
    if (node.tag === 'p') this.#paragraphs--
    if (node.tag === 'pre') this.#pre--
    if (/^h[1-6]$/.test(node.tag)) this.#level = 0
    if (this.#seen === before && (node.tag === 'p' || (node.tag === 'div' && node.children.length > 0))) {
      this.#blanks++
      this.#seen++
    }
  }

  addText(text: string, offset: number): void {
    if (this.#pre > 0 && text.includes('\n')) {
      const [first, ...rest] = text.split(/\r?\n/)
      this.#addRun(first!, offset)
      for (const line of rest) {
        this.#lineEnd()
        this.#addRun(line, offset)
      }
    } else this.#addRun(text, offset)
  }

  #addRun(text: string, offset: number): void {
    const words = text.replace(layoutSpace, (space) =>
      /^[\u00ad\u200b\ufeff]+$/.test(space) ? '' : /[\r\n]/.test(space) ? '\n' : ' ',
    )
    if (words === '') return
    const start = words[0] === ' ' || words[0] === '\n' ? words[0] : ''
    const body = words.trim()
    if (start !== '' && this.#space !== '\n') this.#space = start
    if (body === '') return
    if (this.#text.length === 0) {
      this.#source = offset
      this.#space = ''
    }
    const glued = this.#space === '\n' && (closesUp.test(body) || opensUp.test(this.#last))
    if (this.#space !== '' && !glued) this.#text.push(' ')
    if (this.#emphasis > 0 && !this.#emphasisOpen) {
      this.#text.push('*')
      this.#emphasisOpen = true
    }
    this.#text.push(body.replaceAll('\n', ' '))
    this.#last = body.slice(-1)
    const end = words.at(-1)!
    this.#space = end === ' ' || end === '\n' ? end : ''
  }

  #closeEmphasis(): void {
    if (!this.#emphasisOpen) return
    this.#text.push('*')
    this.#emphasisOpen = false
  }

  /** A `<br>`: ends a line, or stands for an empty one. */
  #lineEnd(): void {
    if (this.#flush()) this.#brokenLines++
    else {
      if (this.#paragraphs > 0 && this.#blocks.at(-1) !== this.#seen) this.#innerBlanks++
      this.#blanks++
    }
    this.#seen++
  }

  #flush(): boolean {
    this.#closeEmphasis()
    const text = this.#text.join('')
    this.#text = []
    this.#space = ''
    this.#last = ''
    if (text !== '') this.#push(text, this.#level > 0 ? 'heading' : 'text', this.#source)
    else if (this.#image !== null) this.#push(this.#image, 'image', this.#source)
    else return false
    this.#image = null
    return true
  }

  #push(text: string, kind: Line['kind'], source: number): void {
    this.#lines.push({ text, kind, blanks: this.#blanks, source, ids: this.#ids, level: this.#level, inner: this.#innerBlanks })
    this.#ids = []
    this.#blanks = 0
    this.#innerBlanks = 0
    this.#seen++
  }

  finish(): Line[] {
    this.#flush()
    const byBreaks = this.#brokenLines * 2 > this.#lines.length
    return this.#lines.map(({ inner, ...line }) => (byBreaks ? line : { ...line, blanks: line.blanks - inner }))
  }
}

/** True for parts of a page that are never story: navigation, side bars, comments, and what is hidden. */
export const isFurniture = (node: Node): boolean =>
  node.tag === 'nav' ||
  node.tag === 'aside' ||
  node.tag === 'footer' ||
  node.attributes.hidden !== undefined ||
  node.attributes['aria-hidden'] === 'true' ||
  /display\s*:\s*none/i.test(node.attributes.style ?? '') ||
  hasClass(node, 'landmark')
