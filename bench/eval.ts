/**
 * Scores the analysis: `npm run eval [-- GOLD_DIR…] [--docs] [--compare]`.
 * Analyses corpus/ and every folder of gold given (LitBank, GOLEM, PDNC, scenes, viewpoints: told apart by their fields), prints a
 * table and records the scores in bench/scores.json. `--docs` adds a line per document. `--compare` records nothing and exits with 1
 * when a recorded score of corpus/ has dropped.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { analyze } from '../src/analyze.js'
import {
  compareDocument,
  type DocumentComparison,
  type Gold,
  predictionOf,
  type Summary,
  summarise,
} from '../src/evaluate/index.js'

const recordFile = 'bench/scores.json'
/** Scores are recorded to four decimals; a smaller move is rounding. */
const smallestDrop = 0.00015

const args = process.argv.slice(2)
const withDocuments = args.includes('--docs')
const comparing = args.includes('--compare')
const folders = ['corpus', ...args.filter((arg) => !arg.startsWith('--'))]

type Scores = { [key: string]: number | null | Scores }

/** Name of a set: the folder's, or its parent's for folders named by their part of the data. */
function nameOf(folder: string): string {
  const own = basename(resolve(folder))
  return ['dev', 'train', 'test'].includes(own) ? basename(dirname(resolve(folder))) : own
}

function goldIn(folder: string): (Gold & { variant?: string })[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return files.sort().map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Gold & { variant?: string })
}

const rounded = (summary: Summary): Scores =>
  JSON.parse(JSON.stringify(summary, (_, value) => (typeof value === 'number' ? Math.round(value * 1e4) / 1e4 : value))) as Scores

/** Every number of the recorded scores by its path, "mentions.exact.all.f1". */
function flat(scores: Scores, path = ''): Map<string, number> {
  const out = new Map<string, number>()
  for (const [key, value] of Object.entries(scores))
    if (typeof value === 'number') out.set(path + key, value)
    else if (value) for (const [inner, number] of flat(value, `${path}${key}.`)) out.set(inner, number)
  return out
}

const percent = (value: number | null | undefined): string =>
  value === null || value === undefined ? '    -' : (100 * value).toFixed(1).padStart(5)

/** The headline scores of a set, a line per layer. */
function headlines({ mentions, coreference, characters, quotations, boundaries, kinds, viewpoints }: Summary): string[] {
  const lines: string[] = []
  if (mentions && coreference) {
    const { exact, head } = mentions
    const types = (['PROP', 'NOM', 'PRON'] as const).map((type) => `${type} ${percent(exact[type].f1)}`).join(' ')
    lines.push(`mentions    F1 ${percent(exact.all.f1)} (${types}), head ${percent(head.all.f1)}`)
    for (const [matching, singletons] of [
      ['exact', 'kept'],
      ['exact', 'dropped'],
      ['head', 'kept'],
    ] as const) {
      const { conll, lea, muc, b3, ceaf } = coreference[matching][singletons]
      const parts = `MUC ${percent(muc.f1)} B3 ${percent(b3.f1)} CEAF ${percent(ceaf.f1)}`
      lines.push(`coreference CoNLL ${percent(conll)}  LEA ${percent(lea.f1)}  (${parts}) ${matching}, singletons ${singletons}`)
    }
  }
  if (characters)
    lines.push(
      `characters  whole ${percent(characters.whole)}, names ${percent(characters.names)}, epithets ${percent(characters.epithets)}`,
    )
  if (quotations) {
    const types = Object.entries(quotations.speakersByType).map(([type, share]) => `${type} ${percent(share)}`)
    const { exact, overlap, speakers, speakersOneToOne, speakersB3 } = quotations
    lines.push(
      `quotations  F1 ${percent(exact.f1)} (P ${percent(exact.precision)} R ${percent(exact.recall)}), overlap ${percent(overlap.f1)}`,
    )
    const more = types.length ? ` (${types.join(', ')})` : ''
    lines.push(`speakers    ${percent(speakers)}${more}, one-to-one ${percent(speakersOneToOne)}, B3 ${percent(speakersB3.f1)}`)
  }
  if (boundaries)
    for (const [view, scores] of Object.entries(boundaries)) {
      if (!scores.gold) continue
      const { precision, recall, f1 } = scores.exact
      const ranking = `AP ${percent(scores.averagePrecision)} R@K ${percent(scores.recallAtK)} Pk ${percent(scores.pk)}`
      const exact = `F1 ${percent(f1)} (P ${percent(precision)} R ${percent(recall)}), within 1 ${percent(scores.within1.f1)}`
      lines.push(`boundaries  ${exact}, ${ranking}: ${view}, ${scores.gold}`)
    }
  if (kinds) {
    const row = ([gold, counts]: [string, Readonly<Record<string, number>>]) =>
      `${gold} → ${Object.entries(counts)
        .sort((a, b) => b[1] - a[1])
        .map(([kind, count]) => `${kind} ${count}`)
        .join(', ')}`
    lines.push(`kinds       ${percent(kinds.accuracy)} (${Object.entries(kinds.confusion).map(row).join('; ')})`)
  }
  if (viewpoints) {
    const { segments, shifts } = viewpoints
    const person = `person ${percent(segments.person)} (loose ${percent(segments.personLoose)}) tense ${percent(segments.tense)}`
    const shift = `shift F1 ${percent(shifts.within1.f1)} within 1, ${percent(shifts.within3.f1)} within 3`
    lines.push(`viewpoints  ${person} narrator ${percent(segments.narrator)} focal ${percent(segments.focal)}, ${shift}`)
  }
  return lines
}

function documentLine(comparison: DocumentComparison): string {
  const { mentions, coreference, quotations, boundaries, viewpoints } = summarise([comparison])
  const cells = [
    ['mention', mentions?.exact.all.f1],
    ['CoNLL', coreference?.exact.kept.conll],
    ['LEA', coreference?.exact.kept.lea.f1],
    ['quote', quotations?.exact.f1],
    ['speaker', quotations?.speakers],
    ['scene', boundaries?.all.gold ? boundaries.all.exact.f1 : null],
    ['person', viewpoints?.segments.person],
    ['tense', viewpoints?.segments.tense],
    ['name', viewpoints?.segments.name],
  ] as const
  return `${comparison.id.slice(0, 40).padEnd(40)}${cells.map(([label, value]) => ` ${label} ${percent(value)}`).join('')}`
}

const recorded: Record<string, Scores> = existsSync(recordFile) ? JSON.parse(readFileSync(recordFile, 'utf8')) : {}
const scores = { ...recorded }
for (const folder of folders) {
  const sets = new Map<string, DocumentComparison[]>()
  for (const gold of goldIn(folder)) {
    const name = gold.variant ? `${nameOf(folder)}/${gold.variant}` : nameOf(folder)
    const story = analyze(gold.text, { candidates: gold.breaks !== undefined })
    sets.set(name, [...(sets.get(name) ?? []), compareDocument(gold, predictionOf(story))])
  }
  for (const [name, list] of sets) {
    const summary = summarise(list)
    scores[name] = rounded(summary)
    console.log(`\n${name}: ${list.length} documents`)
    for (const line of headlines(summary)) console.log(`  ${line}`)
    if (withDocuments) for (const comparison of list) console.log(`  ${documentLine(comparison)}`)
  }
}
if (!comparing) writeFileSync(recordFile, `${JSON.stringify(scores, null, 1)}\n`)
else {
  const now = flat(scores.corpus!)
  const isHigherBetter = (path: string) => !/pk$|windowDiff$|confusion|documents|gold$/u.test(path)
  const drops = [...flat(recorded.corpus ?? {})].filter(
    ([path, before]) => isHigherBetter(path) && (now.get(path) ?? 0) < before - smallestDrop,
  )
  for (const [path, before] of drops) console.error(`dropped: ${path} from ${before} to ${now.get(path) ?? 'nothing'}`)
  if (drops.length) process.exitCode = 1
  else console.log('\nno recorded score has dropped')
}
