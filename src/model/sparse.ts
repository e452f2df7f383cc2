/** Sparse linear models: hashed integer features, 8-bit weights, scored from one open-addressing table. */

/** A trained model as it lies in src/model: what it was trained on, and its weights packed. */
export interface SparseModel {
  readonly version: number
  /** Names of the feature templates in order; a program with other templates must not use the weights. */
  readonly features: readonly string[]
  /** Value of one unit of weight. */
  readonly scale: number
  /** Sorted 22-bit keys as variable-length gaps, each followed by its weight plus 128; base64. */
  readonly weights: string
  /** Decision thresholds and other constants set in training. */
  readonly constants: Readonly<Record<string, number>>
  readonly card: Readonly<Record<string, string | number>>
}

/** Bits of a feature key. Of 2^22 keys a model uses some 50,000: an unknown feature meets a known one once in 80 times. */
const keyBits = 22
export const keyMask = (1 << keyBits) - 1

/** Weights ready for look-up. */
export interface SparseWeights {
  readonly keys: Int32Array
  readonly values: Float32Array
  readonly mask: number
}

const loaded = new WeakMap<SparseModel, SparseWeights>()

/**
 * Unpacks a model, once per model.
 *
 * @throws {Error} when the model was trained with other feature templates.
 */
export function loadSparse(model: SparseModel, features: readonly string[]): SparseWeights {
  const known = loaded.get(model)
  if (known !== undefined) return known
  if (model.features.join() !== features.join()) throw new Error('loadSparse: the model was trained with other features')
  const weights = tableOf(model.weights, model.scale)
  loaded.set(model, weights)
  return weights
}

/** A table of packed weights, as `packSparse` wrote them; `scale` is the value of one unit. */
export function tableOf(packed: string, scale: number): SparseWeights {
  const bytes = decodeBase64(packed)
  let size = 1024
  while (size < bytes.length) size *= 2
  const weights = { keys: new Int32Array(size).fill(-1), values: new Float32Array(size), mask: size - 1 }
  readPairs(bytes, (key, value) => {
    let slot = key & weights.mask
    while (weights.keys[slot] !== -1) slot = (slot + 1) & weights.mask
    weights.keys[slot] = key
    weights.values[slot] = value * scale
  })
  return weights
}

/** Packed keys with their whole-number values, as `packSparse` wrote them. */
export function unpackSparse(packed: string): Map<number, number> {
  const values = new Map<number, number>()
  readPairs(decodeBase64(packed), (key, value) => values.set(key, value))
  return values
}

function readPairs(bytes: Uint8Array, visit: (key: number, value: number) => void): void {
  let key = 0
  for (let at = 0; at < bytes.length; ) {
    let gap = 0
    let shift = 0
    for (;;) {
      const byte = bytes[at++]!
      gap |= (byte & 127) << shift
      shift += 7
      if (byte < 128) break
    }
    key += gap
    visit(key, bytes[at++]! - 128)
  }
}

/** Packs weights by key; those that round to nothing are left out. */
export function packSparse(weights: ReadonlyMap<number, number>, scale: number): string {
  const bytes: number[] = []
  let last = 0
  for (const [key, weight] of [...weights].sort((a, b) => a[0] - b[0])) {
    const value = Math.max(-127, Math.min(127, Math.round(weight / scale)))
    if (value === 0) continue
    let gap = key - last
    last = key
    while (gap > 127) {
      bytes.push((gap & 127) | 128)
      gap >>= 7
    }
    bytes.push(gap, value + 128)
  }
  return encodeBase64(bytes)
}

/** Packs sorted keys as gaps of variable length; base64. */
export function packKeys(keys: readonly number[]): string {
  const bytes: number[] = []
  keys.forEach((key, i) => {
    let gap = key - (keys[i - 1] ?? 0)
    for (; gap > 127; gap >>= 7) bytes.push((gap & 127) | 128)
    bytes.push(gap)
  })
  return encodeBase64(bytes)
}

export function unpackKeys(packed: string): Set<number> {
  const keys = new Set<number>()
  let key = 0
  let gap = 0
  let shift = 0
  for (const byte of decodeBase64(packed)) {
    gap |= (byte & 127) << shift
    shift += 7
    if (byte >= 128) continue
    key += gap
    keys.add(key)
    gap = 0
    shift = 0
  }
  return keys
}

/** Sum of the weights of the first `count` features. */
export function scoreSparse({ keys, values, mask }: SparseWeights, features: Int32Array, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) {
    const key = features[i]!
    let slot = key & mask
    for (let at = keys[slot]!; at !== -1; at = keys[slot]!) {
      if (at === key) {
        sum += values[slot]!
        break
      }
      slot = (slot + 1) & mask
    }
  }
  return sum
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Written here because Node's Buffer is no browser's and `atob` is slow over long strings. */
export function encodeBase64(bytes: readonly number[]): string {
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    for (let k = 0; k < 4; k++) out += i + k > bytes.length ? '=' : alphabet[(group >> (18 - 6 * k)) & 63]
  }
  return out
}

export function decodeBase64(value: string): Uint8Array {
  const padding = value.endsWith('==') ? 2 : value.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((value.length / 4) * 3 - padding)
  const code = new Uint8Array(128)
  for (let i = 0; i < 64; i++) code[alphabet.charCodeAt(i)] = i
  for (let i = 0, at = 0; i < value.length; i += 4) {
    const digit = (k: number): number => code[value.charCodeAt(i + k)]!
    const group = (digit(0) << 18) | (digit(1) << 12) | (digit(2) << 6) | digit(3)
    for (let k = 0; k < 3 && at < bytes.length; k++) bytes[at++] = (group >> (16 - 8 * k)) & 255
  }
  return bytes
}
