/** Stretches of third-person narration whose focal character gold knows, with the signs of perception of everyone in them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCharacters, resolveCoreference } from '../src/character/coreference.js'
import { findMentions } from '../src/character/mention.js'
import { Form } from '../src/layers.js'
import { detectQuotations } from '../src/quotation/detect.js'
import { readDialogue } from '../src/quotation/dialogue.js'
import { attributeSpeakers } from '../src/quotation/speaker.js'
import { readText } from '../src/text/layer.js'
import { perceptionSigns, readSigns } from '../src/viewpoint/perception.js'
import { findViewpoints } from '../src/viewpoint/segment.js'
import { readTelling } from '../src/viewpoint/telling.js'
import { isTold } from '../src/viewpoint/unit.js'

/** One paragraph of a segment: what it says of each cluster. */
interface Row {
  readonly segment: number
  readonly words: number
  /** Counts of `perceptionSigns` by cluster. */
  readonly signs: ReadonlyMap<number, Float64Array>
  /** Mentions by name of each cluster, in order. */
  readonly names: readonly number[]
}

export interface SeenStory {
  readonly id: string
  readonly isShort: boolean
  readonly rows: readonly Row[]
  /** Whether a cluster is the focal character of a segment. */
  readonly isSeer: (cluster: number, segment: number) => boolean
}

/** A stretch: everyone in it with their signs, and who is right. */
export interface Stretch {
  readonly signs: readonly Float64Array[]
  readonly isSeer: readonly boolean[]
  /** Whether the most mentioned name, and the first, are right. */
  readonly most: boolean
  readonly first: boolean
}

interface GoldFile {
  readonly id: string
  readonly text: string
  readonly variant?: string
  readonly aliases?: Readonly<Record<string, readonly string[]>>
  readonly segments?: readonly {
    readonly start: number
    readonly end: number
    readonly person: string | null
    readonly focal: string | null
    readonly certainty: string
  }[]
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}' ]/gu, ' ')
    .replace(/\bthe\b/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()

/** The stories of the folders that have segments with a focal character, as the library's own layers read them. */
export function readSeen(folders: readonly string[]): SeenStory[] {
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .flatMap((file) => readStory(JSON.parse(readFileSync(join(folder, file), 'utf8')) as GoldFile)),
  )
}

function readStory(gold: GoldFile): SeenStory[] {
  const segments = (gold.segments ?? []).filter(
    ({ person, focal, certainty }) => person === 'third' && focal !== null && certainty !== 'low',
  )
  if (segments.length === 0 || gold.variant === 'bare') return []
  const text = readText(gold.text)
  const quotations = detectQuotations(text)
  const telling = readTelling({ text, quotations })
  const mentions = findMentions({ text, quotations, cast: [] })
  const read = { text, quotations, mentions, person: telling }
  const reading = readCharacters({ ...read, options: {} })
  const dialogue = readDialogue(read)
  const draft = resolveCoreference({ ...read, speakers: null, viewpoints: null, reading, options: {} })
  const draftSpeakers = attributeSpeakers({ dialogue, coreference: draft, person: telling, listed: [], draft: true })
  const viewpoints = findViewpoints({ text, quotations, mentions, telling, coreference: draft, speakers: draftSpeakers })
  const coreference = resolveCoreference({ ...read, speakers: draftSpeakers, viewpoints, draft, reading, options: {} })
  const speakers = attributeSpeakers({ dialogue, coreference, person: telling, listed: [], draft: false })

  const { tokens, paragraphs, firstToken } = text
  const { units, unitOf, embedded } = telling
  const rows = paragraphs.map(({ start }, p): Row & { names: number[]; signs: Map<number, Float64Array> } => {
    let words = 0
    for (let t = firstToken[p]!; t < firstToken[p + 1]!; t++)
      if (quotations.quotationOf[t]! < 0 && tokens.form[t] !== Form.punctuation) words++
    const unit = units[unitOf[p]!]!
    const isSeen = isTold(unit) && unit.person !== 1 && embedded[p] !== 1
    return {
      segment: isSeen ? segments.findIndex((segment) => start >= segment.start && start < segment.end) : -1,
      ...{ words, signs: new Map(), names: [] },
    }
  })
  readSigns({ text, quotations, mentions, coreference, speakers, unitOf }, (p, cluster, sign) => {
    const { signs } = rows[p]!
    const counts = signs.get(cluster) ?? new Float64Array(perceptionSigns.length)
    counts[sign]!++
    signs.set(cluster, counts)
  })
  mentions.forEach(({ mentionType, head }, m) => {
    if (mentionType === 'PROP' && quotations.quotationOf[head]! < 0)
      rows[tokens.paragraph[head]!]!.names.push(coreference.clusterOf[m]!)
  })
  const aliases = segments.map(({ focal }) => new Set([focal!, ...(gold.aliases?.[focal!] ?? [])].map(plain)))
  return [
    {
      id: gold.id,
      isShort: gold.text.length < 60_000,
      rows: rows.filter(({ segment }) => segment >= 0),
      isSeer: (cluster, segment) => aliases[segment]!.has(plain(coreference.clusters[cluster]!.name)),
    },
  ]
}

/** Cuts the segments of a story into stretches of about so many words of narration; a short rest goes to the stretch before. */
export function stretchesOf({ rows, isSeer }: SeenStory, words: number): Stretch[] {
  const parts: { segment: number; words: number; rows: Row[] }[] = []
  for (const row of rows) {
    const part = parts.at(-1)
    if (part === undefined || part.segment !== row.segment || part.words >= words)
      parts.push({ segment: row.segment, words: row.words, rows: [row] })
    else {
      part.rows.push(row)
      part.words += row.words
    }
  }
  const whole: typeof parts = []
  for (const part of parts) {
    const before = whole.at(-1)
    if (before !== undefined && before.segment === part.segment && part.words < words / 2) {
      before.rows.push(...part.rows)
      before.words += part.words
    } else whole.push(part)
  }
  return whole.map(({ segment, rows: own }): Stretch => {
    const signs = new Map<number, Float64Array>()
    const named = new Map<number, number>()
    for (const row of own) {
      for (const [cluster, counts] of row.signs) {
        const sums = signs.get(cluster)
        if (sums === undefined) signs.set(cluster, counts.slice())
        else for (let sign = 0; sign < counts.length; sign++) sums[sign]! += counts[sign]!
      }
      for (const cluster of row.names) named.set(cluster, (named.get(cluster) ?? 0) + 1)
    }
    const [most] = [...named].sort((a, b) => b[1] - a[1])
    const [first] = [...named.keys()]
    return {
      signs: [...signs.values()],
      isSeer: [...signs.keys()].map((cluster) => isSeer(cluster, segment)),
      most: most !== undefined && isSeer(most[0], segment),
      first: first !== undefined && isSeer(first, segment),
    }
  })
}
