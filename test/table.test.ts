import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseTree, walk } from '../src/read/dom.js'
import {
  characterNetwork,
  columnsOf,
  fromBookNlp,
  fromConll,
  tableNames,
  toBookNlp,
  toConll,
  toCsv,
  toGexf,
  toGraphml,
  toJsonLines,
  toParquet,
  toTables,
} from '../src/table/index.js'
import { orchard } from './orchard.js'

const tables = toTables(orchard, { story: 'orchard' })
const withText = toTables(orchard, { story: 'orchard', withText: true })
const folder = mkdtempSync(join(tmpdir(), 'throughline-table-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('toTables', () => {
  test('every row has its table’s columns and no other, with values of their types', () => {
    for (const [rows, texts] of [
      [tables, false],
      [withText, true],
    ] as const) {
      for (const name of tableNames) {
        const columns = columnsOf(name, texts)
        for (const row of rows[name]) {
          expect(Object.keys(row).sort(), name).toEqual(columns.map((column) => column.name).sort())
          for (const { name: key, type } of columns) {
            const value = row[key] ?? null
            if (value === null) continue
            expect(typeof value, `${name}.${key}`).toBe(type === 'integer' ? 'number' : type)
            if (type === 'integer') expect(Number.isInteger(value)).toBe(true)
          }
        }
      }
    }
  })

  test('no table tells the story’s words unless asked', () => {
    expect(JSON.stringify(tables)).not.toMatch(/apples are down|Come in/)
    expect(withText.quotations.map(({ text }) => text)).toEqual([
      '“Anna, the apples are down,”',
      '“All of them.”',
      '“Come in, Ben,”',
    ])
  })

  test('words are counted where they begin; words spoken belong to speech alone', () => {
    expect(tables.stories[0]).toMatchObject({ words: 29, sceneCount: 2, quotationCount: 3, fandoms: 'Orchards; Barns' })
    expect(tables.characters.map(({ name, wordsSpoken }) => [name, wordsSpoken])).toEqual([
      ['Ben 🍎 "Red"', 8],
      ['Anna', 3],
    ])
    const sceneWords = tables.scenes.map(({ words }) => words as number)
    expect(sceneWords.reduce((a, b) => a + b)).toBe(29)
  })
})

describe('files', () => {
  test('CSV quotes what needs quoting and keeps null apart from text', () => {
    const lines = toCsv('characters', tables.characters).split('\r\n')
    expect(lines[0]).toMatch(/^story,character,name,kind,role,narrator,pronouns,/)
    expect(lines[1]).toContain('"Ben 🍎 ""Red"""')
    expect(toCsv('stories', tables.stories)).toMatch(/Orchard,,en,,,/)
  })

  test('JSON Lines and Parquet give the same rows', async () => {
    for (const name of tableNames) {
      const lines = toJsonLines(name, withText[name], { withText: true })
      const fromLines = lines
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
      const bytes = toParquet(name, withText[name], { withText: true })
      const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
      expect(await parquetReadObjects({ file }), name).toEqual(fromLines)
    }
  })

  test('a table without rows keeps its columns', async () => {
    const bytes = toParquet('shifts', [])
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
    expect(await parquetReadObjects({ file })).toEqual([])
  })
})

describe('DuckDB', () => {
  let query: (sql: string) => Promise<unknown[][]>
  beforeAll(async () => {
    for (const name of tableNames) writeFileSync(join(folder, `${name}.parquet`), toParquet(name, tables[name]))
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    query = async (sql) => {
      const rows = await (await connection.runAndReadAll(sql.replaceAll('DIR', folder))).getRowsJson()
      return rows as unknown[][]
    }
  })

  test('reads every table with its types', async () => {
    for (const name of tableNames) {
      const rows = await query(`SELECT count(*)::INT FROM 'DIR/${name}.parquet'`)
      expect(rows, name).toEqual([[tables[name].length]])
    }
    expect(
      await query(
        `SELECT column_name, column_type FROM (DESCRIBE SELECT narrator, name, words FROM 'DIR/characters.parquet' JOIN 'DIR/casts.parquet' USING (story, character))`,
      ),
    ).toEqual([
      ['narrator', 'BOOLEAN'],
      ['name', 'VARCHAR'],
      ['words', 'INTEGER'],
    ])
  })

  test('answers a question: share of words spoken per pronoun and fandom', async () => {
    const rows = await query(`
      SELECT fandom, pronouns, sum(wordsSpoken)::INT AS spoken
      FROM (SELECT story, unnest(string_split(fandoms, '; ')) AS fandom FROM 'DIR/stories.parquet')
      JOIN 'DIR/characters.parquet' USING (story)
      GROUP BY ALL ORDER BY ALL`)
    expect(rows).toEqual([
      ['Barns', 'he', 8],
      ['Barns', 'she', 3],
      ['Orchards', 'he', 8],
      ['Orchards', 'she', 3],
    ])
  })
})

describe('other tools', () => {
  const spans = (list: readonly { start: number; end: number }[]): string[] =>
    list.map(({ start, end }) => orchard.text.slice(start, end))

  test('BookNLP’s files lead back to the same mentions, speakers and characters', () => {
    const files = toBookNlp(orchard)
    const given = fromBookNlp(orchard.text, files)
    expect(
      given.mentions!.map(({ start, end, mentionType, quotation, character }) => ({
        start,
        end,
        mentionType,
        quotation,
        character,
      })),
    ).toEqual(
      orchard.mentions.map(({ start, end, mentionType, quotation, character }) => ({
        start,
        end,
        mentionType,
        quotation,
        character,
      })),
    )
    expect(given.quotations!.map(({ speaker }) => speaker)).toEqual(orchard.quotations.map(({ speaker }) => speaker))
    expect(given.characters!.map(({ name, pronouns, mentionCount }) => [name, pronouns, mentionCount])).toEqual([
      ['Ben', 'he', 4],
      ['Anna', 'she', 3],
    ])
  })

  test('BookNLP’s offsets count code points, its token indexes are inclusive', () => {
    const lines = toBookNlp(orchard).tokens.split('\n')
    const points = [...orchard.text]
    for (const line of lines.slice(1, -1)) {
      const row = line.split('\t')
      expect(points.slice(Number(row[6]), Number(row[7])).join('')).toBe(row[4])
    }
    expect(toBookNlp(orchard).entities.split('\n')[1]).toBe('0\t0\t0\tPROP\tPER\tBen')
  })

  test('CoNLL-2012 leads back to the same clusters, nested mentions included', () => {
    const file = toConll(orchard)
    expect(file).toMatch(/^#begin document \(story\); part 000\n/)
    const given = fromConll(orchard.text, file)
    expect(spans(given.mentions!)).toEqual(spans(orchard.mentions))
    expect(given.mentions!.map(({ character }) => character)).toEqual(orchard.mentions.map(({ character }) => character))
    expect(given.mentions!.map(({ mentionType }) => mentionType)).toEqual(orchard.mentions.map(({ mentionType }) => mentionType))
  })

  test.each([
    ['BookNLP', () => fromBookNlp('Quite another text that shares nothing.', toBookNlp(orchard))],
    ['CoNLL', () => fromConll('Quite another text that shares nothing.', toConll(orchard))],
  ])('%s files of another text are refused', (_, read) => expect(read).toThrow(/belongs to another text/))

  test('networks: who meets, who speaks to whom', () => {
    const presence = characterNetwork(orchard)
    expect(presence).toMatchObject({ directed: false, edges: [{ source: 'c0', target: 'c1', weight: 1 }] })
    expect(characterNetwork(orchard, { relation: 'conversation' }).edges).toEqual([
      { source: 'c0', target: 'c1', weight: 8 },
      { source: 'c1', target: 'c0', weight: 3 },
    ])
    for (const file of [toGexf(presence), toGraphml(presence)]) {
      const tags = [...walk(parseTree(file, 'xml'))].map(({ tag }) => tag)
      expect(tags.filter((tag) => tag === 'node')).toHaveLength(2)
      expect(tags.filter((tag) => tag === 'edge')).toHaveLength(1)
      expect(file).toContain('Ben 🍎 &quot;Red&quot;')
    }
  })
})

test('README lists every column of every table', () => {
  const readme = readFileSync('README.md', 'utf8')
  for (const name of tableNames) {
    const columns = columnsOf(name, true).map((column) => (column.isText === true ? `*${column.name}*` : column.name))
    expect(readme).toContain(`| \`${name}\` | ${columns.join(', ')} |`)
  }
})
