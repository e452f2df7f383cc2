/** An analysed story on the page. */
import {
  castSection,
  chartsSection,
  factsSection,
  type ReaderParts,
  readerView,
  scenesSection,
  viewpointsSection,
} from '../src/chart/report/sections.js'
import { tableNames } from '../src/table/schema.js'

const chartNames = ['storyline', 'viewpoint', 'presence', 'dialogue', 'network', 'pacing']
const root = document.documentElement
const reader = document.querySelector<HTMLElement>('.reader')!
const element = (id: string): HTMLElement => document.getElementById(id)!

/** Shows all parts; what a story's text holds is escaped by the sections themselves. */
export function showStory(parts: ReaderParts): void {
  const { story } = parts
  element('story-title').textContent = story.metadata.title ?? 'Untitled story'
  element('facts').innerHTML = factsSection(parts)
  element('charts-body').innerHTML = chartsSection(parts)
  element('cast-body').innerHTML = castSection(parts)
  element('scenes-body').innerHTML = scenesSection(parts)
  element('viewpoints-body').innerHTML = viewpointsSection(parts)
  reader.classList.remove('dim')
  reader.innerHTML = readerView(parts)
  document.querySelectorAll('figcaption').forEach((caption, k) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = 'SVG'
    button.dataset.download = 'svg'
    button.dataset.chart = chartNames[k] ?? String(k)
    button.setAttribute('aria-label', `Download the ${chartNames[k]} chart as SVG`)
    caption.append(button)
  })
  element('result').hidden = false
  document.body.classList.add('analysed')
}

const tables = element('table') as HTMLSelectElement
tables.append(...tableNames.map((name) => new Option(name, name)))
tables.value = 'characters'

element('theme').addEventListener('click', () => {
  const dark =
    root.classList.contains('dark') || (!root.classList.contains('light') && matchMedia('(prefers-color-scheme: dark)').matches)
  root.classList.toggle('dark', !dark)
  root.classList.toggle('light', dark)
})

/** Repeats a jump while the text that it passes is laid out for the first time. */
function settle(times: number): void {
  document.getElementById(location.hash.slice(1))?.scrollIntoView()
  if (times > 0) setTimeout(settle, 80, times - 1)
}
addEventListener('hashchange', () => settle(4))

document.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || (event.key !== 'n' && event.key !== 'p')) return
  if ((event.target as Element).closest('input, textarea, select') !== null) return
  const scenes = [...document.querySelectorAll('.scene')]
  const current = scenes.findLastIndex((scene) => scene.getBoundingClientRect().top < 90)
  const next = scenes[Math.max(0, current + (event.key === 'n' ? 1 : -1))]
  if (next !== undefined) location.hash = next.id
})

reader.addEventListener('mouseover', ({ target }) => {
  const mention = (target as Element).closest<HTMLElement>('.m')
  if (mention !== null && mention.title === '')
    mention.title = document.getElementById(`c${mention.dataset.c}`)?.dataset.name ?? 'another character'
})

document.addEventListener('click', ({ target }) => {
  const button = (target as Element).closest<HTMLButtonElement>('button[data-c]')
  if (button === null) return
  const lit = button.getAttribute('aria-pressed') !== 'true'
  for (const other of document.querySelectorAll('button[data-c]'))
    other.setAttribute('aria-pressed', String(lit && other === button))
  reader.classList.toggle('dim', lit)
  for (const mention of reader.querySelectorAll<HTMLElement>('.m'))
    mention.classList.toggle('lit', lit && mention.dataset.c === button.dataset.c)
})
