/** Files that the page gives: everything is made here, on the reader's machine. */
import type { Story } from '../src/types.js'

export interface Download {
  readonly name: string
  readonly type: string
  readonly content: string
}

type Maker = (story: Story, name: string, button: HTMLButtonElement) => Promise<Download>

/** What each button with `data-download` gives. The table writer and the report are loaded when asked for. */
export const downloads: Readonly<Record<string, Maker>> = {
  json: async (story, name) => ({ name: `${name}.json`, type: 'application/json', content: JSON.stringify(story) }),
  csv: async (story, name) => {
    const { tableNames, toCsv, toTables } = await import('../src/table/index.js')
    const chosen = (document.getElementById('table') as HTMLSelectElement).value
    const table = tableNames.find((own) => own === chosen) ?? 'characters'
    const content = toCsv(table, toTables(story, { story: name, withText: true })[table], { withText: true })
    return { name: `${name}-${table}.csv`, type: 'text/csv', content }
  },
  report: async (story, name) => {
    const { renderReport } = await import('../src/chart/report/index.js')
    return { name: `${name}-report.html`, type: 'text/html', content: renderReport(story) }
  },
  svg: async (_, name, button) => {
    const svg = button.closest('figure')!.querySelector('svg')!
    return {
      name: `${name}-${button.dataset.chart}.svg`,
      type: 'image/svg+xml',
      content: new XMLSerializer().serializeToString(svg),
    }
  },
}

/** A name for files: the story's title, else its file's name, in small letters and hyphens. */
export function fileName({ metadata }: Story, source = ''): string {
  const words =
    (metadata.title ?? source.replace(/\.[a-z]+$/i, ''))
      .normalize('NFKD')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  return words.slice(0, 8).join('-') || 'story'
}

export function saveFile({ name, type, content }: Download): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
