/** Strings of SVG: escaping, numbers, text measured without a DOM. */

/** Code points that reorder, hide or break text, and those XML forbids. Joiners stay: emoji and some scripts need them. */
const unsafeCharacters =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufff9-\ufffb\ufffe\uffff]|\p{Surrogate}/gu

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text that needs no escape: most of it. */
const plain = /^[\w \t\r\n.,;:!?()“”‘’—–…*/-]*$/

/**
 * Text made safe for element content and quoted attributes of HTML and SVG. A character that could reorder or hide what
 * follows (a right-to-left override) or that XML forbids is shown as U+FFFD.
 */
export const escapeMarkup = (text: string): string =>
  plain.test(text) ? text : text.replace(/[&<>"']/g, (character) => entities[character]!).replace(unsafeCharacters, '\ufffd')

/** A number as SVG needs it: one decimal, no exponent, no "-0". */
export const coordinate = (value: number): string => String(Math.round(value * 10) / 10 + 0)

export type Attributes = Readonly<Record<string, string | number | null>>

/** One element. Attributes that are `null` are left out, numbers are rounded, text is escaped; `children` is markup already. */
export function element(name: string, attributes: Attributes, children = ''): string {
  let markup = `<${name}`
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null) continue
    markup += ` ${key}="${typeof value === 'number' ? coordinate(value) : escapeMarkup(value)}"`
  }
  return children === '' ? `${markup}/>` : `${markup}>${children}</${name}>`
}

/** Point size of labels in every chart. */
export const labelSize = 11

/** A text element; its content is escaped here. */
export const textElement = (x: number, y: number, content: string, attributes: Attributes = {}): string =>
  element('text', { x, y, class: 'ink', 'font-size': labelSize, fill: '#222222', ...attributes }, escapeMarkup(content))

/** Advance widths of Arial and its metric twins for U+0020 to U+007E, in thousandths of the size. */
const advances = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556,
  556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778,
  722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222,
  500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]

/** Width of a label in pixels; other letters count as 0.6 em, those from U+1100 (wide scripts, emoji) as a full em. */
export function textWidth(content: string, size = labelSize): number {
  let thousandths = 0
  for (const character of content) {
    const code = character.codePointAt(0)!
    thousandths += advances[code - 32] ?? (code < 0x1100 || (code >= 0x2000 && code < 0x2e80) ? 600 : 1000)
  }
  return (thousandths * size) / 1000
}

/** The label cut to a width in pixels, with "…" where something was cut; "" when not even one letter fits. */
export function clipText(content: string, width: number, size = labelSize): string {
  if (textWidth(content, size) <= width) return content
  const characters = Array.from(content)
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, size) > width) characters.pop()
  return characters.length === 0 ? '' : `${characters.join('').trimEnd()}…`
}

/** A rectangle in pixels. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const boxesMeet = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** Remembers where labels went, so that none is set over another. */
export class LabelSpace {
  private readonly taken: Box[] = []

  /** Keeps others away from a box. */
  reserve(box: Box): void {
    this.taken.push(box)
  }

  isFree(box: Box): boolean {
    return !this.taken.some((other) => boxesMeet(other, box))
  }

  /** True, and reserved, when the box is free. */
  place(box: Box): boolean {
    const free = this.isFree(box)
    if (free) this.taken.push(box)
    return free
  }
}
