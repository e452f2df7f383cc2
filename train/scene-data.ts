/** Every paragraph start of every book as numbers: binned features, n-grams, labels. */

import { type Column, furthestShift, measure } from '../src/scene/feature.js'
import { alphabetOf, maxNgrams, openingReader } from '../src/scene/opening.js'
import { binColumns, binCount, binStep, nameOf, viewsOf } from '../src/scene/scorer.js'
import type { Book } from './scene-books.js'

export interface Dataset {
  readonly rows: number
  /** Columns with their shifts; each shift is a feature. */
  readonly columns: readonly string[]
  /** Inner bin edges of each column, ascending; value v is in bin (number of edges <= v). */
  readonly edges: readonly (readonly number[])[]
  /** Number of features, and for each the step of a bin to the nets. */
  readonly features: number
  readonly steps: readonly number[]
  /** Row-major: rows x features. */
  readonly bins: Uint8Array
  /** Numbers of the n-grams kept, and the lists of their indexes per row. */
  readonly ngrams: readonly number[]
  readonly ngramStart: Int32Array
  readonly ngramIds: Int32Array
  /** 0 none, 1 hr, 2 section, 3 chapter. */
  readonly label: Uint8Array
  readonly books: readonly {
    readonly id: string
    readonly author: string
    readonly dev: boolean
    readonly first: number
    readonly end: number
  }[]
  readonly alphabet: readonly string[]
}

const labels = { hr: 1, section: 2, chapter: 3 } as const

/** Words that open paragraphs in the books of at least this many authors are written out; others are masked by their tag. */
const commonAuthors = 12
/** An n-gram counts when it stands in at least this many books, this often. */
const ngramBooks = 6
const ngramCount = 15

export function buildDataset(open: () => Iterable<Book>): Dataset {
  const authorsOf = new Map<string, Set<string>>()
  for (const {
    text: { tokens, firstToken, paragraphs },
    author,
  } of open()) {
    const here = new Set<number>()
    for (let p = 0; p < paragraphs.length; p++)
      for (let i = firstToken[p]!; i < Math.min(firstToken[p + 1]!, firstToken[p]! + 25); i++)
        if (tokens.form[i] === 0 || i === firstToken[p]) here.add(tokens.word[i]!)
    for (const w of here) {
      const word = tokens.vocabulary[w]!
      if (/^[a-z'’-]+$|^[,;:.!?—…]$/.test(word)) authorsOf.set(word, (authorsOf.get(word) ?? new Set()).add(author))
    }
  }
  const alphabet = [...authorsOf]
    .filter(([, authors]) => authors.size >= commonAuthors)
    .sort((a, b) => b[1].size - a[1].size || (a[0] < b[0] ? -1 : 1))
    .slice(0, 1900)
    .map(([word]) => word)
    .sort()
  const letters = alphabetOf(alphabet)

  const books: Dataset['books'][number][] = []
  const parts: { columns: readonly Column[]; length: number }[] = []
  let names: readonly string[] = []
  const label: number[] = []
  const bookOf: number[] = []
  const grams: number[] = []
  const gramStart: number[] = [0]
  const keys = new Int32Array(maxNgrams)
  for (const book of open()) {
    const { units, columns } = measure(book)
    names = columns.map(nameOf)
    const first = label.length
    const read = openingReader(book.text, book.quotations, units, letters)
    let kind = 0
    let p = 0
    for (let u = 0; u < units.length; u++) {
      kind = 0
      for (; p <= units.paragraph[u]!; p++) kind = Math.max(kind, labels[book.breaks.get(p)!] ?? 0)
      label.push(kind)
      bookOf.push(books.length)
      const seen = new Set<number>()
      const count = read(u, keys)
      for (let k = 0; k < count; k++) seen.add(keys[k]!)
      for (const n of seen) grams.push(n)
      gramStart.push(grams.length)
    }
    books.push({ id: book.id, author: book.author, dev: book.dev, first, end: label.length })
    parts.push({ columns, length: units.length })
  }
  const rows = label.length
  const edges = names.map((_, c) => quantiles(parts.map(({ columns }) => columns[c]!.values)))
  const typedEdges = edges.map((list) => Float64Array.from(list))
  const views = viewsOf(names)
  const features = views.length
  const bins = new Uint8Array(rows * features)
  let row = 0
  for (const { columns, length } of parts) {
    const binned = binColumns(columns, typedEdges, length)
    views.forEach(({ column, shift }, f) => {
      const at = column * (length + 2 * furthestShift) + furthestShift + shift
      for (let u = 0; u < length; u++) bins[(row + u) * features + f] = binned[at + u]!
    })
    row += length
  }
  const counts = new Map<number, number>()
  const inBooks = new Map<number, number>()
  const lastBook = new Map<number, number>()
  for (let r = 0; r < rows; r++)
    for (let k = gramStart[r]!; k < gramStart[r + 1]!; k++) {
      const n = grams[k]!
      counts.set(n, (counts.get(n) ?? 0) + 1)
      if (lastBook.get(n) !== bookOf[r]) {
        lastBook.set(n, bookOf[r]!)
        inBooks.set(n, (inBooks.get(n) ?? 0) + 1)
      }
    }
  const ngrams = [...counts]
    .filter(([n, c]) => c >= ngramCount && inBooks.get(n)! >= ngramBooks)
    .map(([n]) => n)
    .sort((a, b) => a - b)
  const index = new Map(ngrams.map((n, i) => [n, i]))
  const ids: number[] = []
  const start = new Int32Array(rows + 1)
  for (let r = 0; r < rows; r++) {
    for (let k = gramStart[r]!; k < gramStart[r + 1]!; k++) {
      const i = index.get(grams[k]!)
      if (i !== undefined) ids.push(i)
    }
    start[r + 1] = ids.length
  }
  return {
    rows,
    columns: names,
    edges,
    features,
    steps: views.map(({ column }) => binStep(edges[column]!)),
    bins,
    ngrams,
    ngramStart: start,
    ngramIds: Int32Array.from(ids),
    label: Uint8Array.from(label),
    books,
    alphabet,
  }
}

/** Inner quantile edges, equal ones merged, rounded to 4 digits. */
function quantiles(columns: readonly Float32Array[]): number[] {
  const sample: number[] = []
  for (const column of columns) for (let u = 0; u < column.length; u += 7) sample.push(column[u]!)
  const sorted = Float32Array.from(sample).sort()
  const edges: number[] = []
  for (let b = 1; b < binCount; b++) {
    const edge = Number(sorted[Math.floor((sorted.length * b) / binCount)]!.toPrecision(4))
    if (edge > sorted[0]! && edge !== edges.at(-1)) edges.push(edge)
  }
  if (edges.length === 0) {
    const other = sorted.find((v) => v > sorted[0]!)
    if (other !== undefined) edges.push(Number(((sorted[0]! + other) / 2).toPrecision(4)))
  }
  return edges
}
