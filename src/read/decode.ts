/** Bytes to text: which charset a file is written in, by its marks, its declaration, or what its bytes can be. */
import { ReadError } from './error.js'

/** Bytes 0x80–0x9F in windows-1252 (WHATWG index). Node 20's own decoder reads them as ISO 8859-1, where they are control codes. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** Labels that browsers, too, read as windows-1252. */
const latinLabels = /^(windows-1252|cp1252|x-cp1252|iso-?8859-?1|latin-?1|l1|us-ascii|ascii|ansi)$/i

/** How far into a file its charset declaration stands, in bytes. */
const declarationBytes = 2048
/** Share of zero bytes at odd (or even) places from which a file without a byte order mark is UTF-16. */
const utf16ZeroShare = 0.3
/** Valid multi-byte sequences per invalid byte from which a file is UTF-8 with a fault rather than another charset. */
const soundPerFault = 20

/** Decodes a text file: byte order mark, UTF-16 by its zero bytes, sound UTF-8, the declared charset, else windows-1252. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder('utf-8').decode(bytes)
  const wide = utf16Order(bytes)
  if (wide !== null) return new TextDecoder(wide).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decodeLegacy(bytes)
  }
}

function decodeLegacy(bytes: Uint8Array): string {
  const label = declaredCharset(bytes)
  if (label !== null && !latinLabels.test(label) && !/^utf-?8$/i.test(label)) {
    try {
      return new TextDecoder(label).decode(bytes)
    } catch {
      // An unknown label says nothing.
    }
  }
  const utf8 = new TextDecoder('utf-8').decode(bytes)
  let faults = 0
  let sound = 0
  for (let i = 0; i < utf8.length; i++) {
    const code = utf8.charCodeAt(i)
    if (code === 0xfffd) faults++
    else if (code > 0x7f) sound++
  }
  return sound >= faults * soundPerFault ? utf8 : decodeWindows1252(bytes)
}

/** Decodes windows-1252 by table. */
export function decodeWindows1252(bytes: Uint8Array): string {
  const chunks: string[] = []
  const codes: number[] = []
  for (const byte of bytes) {
    codes.push(byte >= 0x80 && byte <= 0x9f ? windows1252.charCodeAt(byte - 0x80) : byte)
    if (codes.length === 8192) chunks.push(String.fromCharCode(...codes.splice(0)))
  }
  return chunks.join('') + String.fromCharCode(...codes)
}

function utf16Order(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const length = Math.min(bytes.length, declarationBytes) & ~1
  if (length < 4) return null
  let even = 0
  let odd = 0
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even++
    if (bytes[i + 1] === 0) odd++
  }
  const least = (length / 2) * utf16ZeroShare
  if (odd >= least && even < least / 10) return 'utf-16le'
  if (even >= least && odd < least / 10) return 'utf-16be'
  return null
}

function declaredCharset(bytes: Uint8Array): string | null {
  const head = decodeWindows1252(bytes.subarray(0, declarationBytes))
  return /(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1] ?? null
}

/** First bytes of files that hold no text we read, and what to call them. */
const signatures: readonly (readonly [name: string, at: number, bytes: string])[] = [
  ['a PDF', 0, '%PDF'],
  ['a PNG image', 0, '\x89PNG'],
  ['a JPEG image', 0, '\xff\xd8\xff'],
  ['a GIF image', 0, 'GIF8'],
  ['a WebP image', 8, 'WEBP'],
  ['an RTF document', 0, '{\\rtf'],
  ['an old Word document (.doc)', 0, '\xd0\xcf\x11\xe0'],
  ['a Kindle book', 60, 'BOOKMOBI'],
  ['a RAR archive', 0, 'Rar!'],
  ['a 7-Zip archive', 0, '7z\xbc\xaf'],
  ['gzip-compressed', 0, '\x1f\x8b'],
  ['a program', 0, '\x7fELF'],
  ['a Parquet file', 0, 'PAR1'],
]

/** Throws for a file of a kind that holds no text: by its first bytes, or by zero bytes where text has none. */
export function refuseBinary(bytes: Uint8Array): void {
  for (const [name, at, signature] of signatures) {
    if ([...signature].every((char, i) => bytes[at + i] === char.charCodeAt(0))) {
      throw new ReadError('unsupported', `This is ${name}, which throughline does not read.`)
    }
  }
  if (utf16Order(bytes) !== null) return
  const sample = bytes.subarray(0, 65_536)
  let control = 0
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 27) || byte === 0x7f) control++
  if (control > sample.length * 0.02 && control > 2) throw new ReadError('unsupported', 'This is a binary file, not text.')
}
