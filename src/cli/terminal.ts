/** What a terminal can show: its width, whether it has colours, and text that cannot take it over. */

/** How to print. */
export interface Terminal {
  /** Columns to fill, from 40 to 120; 80 when output goes to a pipe. */
  readonly width: number
  readonly colour: boolean
}

/** Reads width and colour of an output stream; `NO_COLOR` and pipes mean plain text. */
export function terminalOf(
  stream: { readonly isTTY?: boolean; readonly columns?: number },
  env: Readonly<Record<string, string | undefined>>,
): Terminal {
  const tty = stream.isTTY === true
  const colour = tty && (env.NO_COLOR === undefined || env.NO_COLOR === '') && env.TERM !== 'dumb'
  return { width: tty ? Math.max(40, Math.min(120, stream.columns ?? 80)) : 80, colour }
}

/** Control characters (escape sequences among them) and marks that turn the direction of text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const dangerous = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g

/** Story text on one line, without anything that a terminal would obey. */
export const plain = (text: string): string => text.replace(dangerous, ' ').replace(/\s+/g, ' ').trim()

/** At most `length` characters, cut between them and never inside an emoji. */
export function cut(text: string, length: number): string {
  const characters = [...plain(text)]
  return characters.length <= length ? characters.join('') : `${characters.slice(0, Math.max(1, length - 1)).join('')}…`
}

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const
export type Style = keyof typeof codes

/** Styles text where the terminal has colours. */
export const paint = ({ colour }: Terminal, style: Style, text: string): string =>
  colour ? `\u001b[${codes[style]}m${text}\u001b[0m` : text
