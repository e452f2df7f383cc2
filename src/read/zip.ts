/** ZIP archives, read from their central directory; each entry is unpacked only when asked for, and checked. */
import { inflateSync } from 'fflate'
import { ReadError } from './error.js'

/** One file in an archive. */
export interface ZipEntry {
  /** Path with "/" and without "." or ".." steps; it names the entry and is never opened on a disk. */
  readonly path: string
  /** Unpacked size in bytes, as the archive states it. */
  readonly size: number
  /** Unpacks the entry and checks its length and CRC-32; throws a `ReadError` when they do not fit. */
  readonly read: () => Uint8Array
}

/** What may be unpacked from one archive. */
export interface ZipLimits {
  /** Bytes of one entry, and of all entries read together. */
  readonly maxBytes: number
}

/** More entries than any book has; a directory larger than this is hostile. */
const maxEntries = 65_535
const endSignature = 0x06054b50
const directorySignature = 0x02014b50
const localSignature = 0x04034b50

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6))

/** Lists an archive's files in directory order. Throws `ReadError` for an archive that is cut off, locked, split or ZIP64. */
export function openZip(bytes: Uint8Array, { maxBytes }: ZipLimits): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end < 0) throw new ReadError('truncated', 'The ZIP archive breaks off before its directory.')
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count === maxEntries || at === 0xffffffff) throw new ReadError('unsupported', 'ZIP64 archives are not read.')
  const entries: ZipEntry[] = []
  const budget = { left: maxBytes }
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== directorySignature) {
      throw new ReadError('malformed', 'The directory of the ZIP archive is damaged.')
    }
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    const path = normalisePath(name)
    if (path !== '' && !name.endsWith('/'))
      entries.push({ path, size: view.getUint32(at + 24, true), read: reader(bytes, view, at, path, budget) })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function reader(bytes: Uint8Array, view: DataView, at: number, path: string, budget: { left: number }): () => Uint8Array {
  return () => {
    const flags = view.getUint16(at + 8, true)
    const method = view.getUint16(at + 10, true)
    const crc = view.getUint32(at + 16, true)
    const packed = view.getUint32(at + 20, true)
    const size = view.getUint32(at + 24, true)
    const local = view.getUint32(at + 42, true)
    if (flags & 1) throw new ReadError('encrypted', `"${path}" in the archive is locked with a password.`)
    if (size > budget.left) throw new ReadError('too-large', 'The archive unpacks to more than the limit.')
    if (local + 30 > bytes.length || view.getUint32(local, true) !== localSignature) {
      throw new ReadError('truncated', `The archive breaks off before "${path}".`)
    }
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    if (start + packed > bytes.length) throw new ReadError('truncated', `The archive breaks off inside "${path}".`)
    const data = bytes.subarray(start, start + packed)
    budget.left -= size
    const content = method === 0 ? data : method === 8 ? inflate(data, size, path) : null
    if (content === null) throw new ReadError('unsupported', `"${path}" is packed by a method that is not read.`)
    if (content.length !== size || crc32(content) !== crc)
      throw new ReadError('malformed', `"${path}" in the archive is damaged.`)
    return content
  }
}

/** Unpacks into a buffer of the stated size: an entry that states too little cannot grow past it, and fails its check. */
function inflate(data: Uint8Array, size: number, path: string): Uint8Array {
  try {
    return inflateSync(data, { out: new Uint8Array(size) })
  } catch {
    throw new ReadError('malformed', `"${path}" in the archive is damaged.`)
  }
}

/** The end record stands in the last 64 kB (it may carry a comment). */
function findEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= lowest; at--) if (view.getUint32(at, true) === endSignature) return at
  return -1
}

/** Resolves "." and ".." steps; a path cannot leave the archive. */
export function normalisePath(path: string): string {
  const steps: string[] = []
  for (const step of path.replaceAll('\\', '/').split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}

let crcTable: Uint32Array | undefined

function crc32(bytes: Uint8Array): number {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    return value
  })
  let crc = 0xffffffff
  for (let i = 0; i < bytes.length; i++) crc = crcTable[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
