/**
 * What a report's script adds; the file reads well without it. Theme button; "n" and "p" for the next and previous scene; names of characters on
 * mentions; a character's mentions alone lit up from the cast; a jump
 * repeated while the text it passes is laid out. It never writes markup, only text and attributes.
 */
export const reportScript = `'use strict'
const root = document.documentElement
const reader = document.querySelector('.reader')
const names = new Map([...document.querySelectorAll('tr[data-name]')].map((row) => [row.id.slice(1), row.dataset.name]))
document.getElementById('theme').addEventListener('click', () => {
  const dark = root.classList.contains('dark') || (!root.classList.contains('light') && matchMedia('(prefers-color-scheme: dark)').matches)
  root.classList.toggle('dark', !dark)
  root.classList.toggle('light', dark)
})
document.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || (event.key !== 'n' && event.key !== 'p')) return
  const scenes = [...document.querySelectorAll('.scene')]
  const current = scenes.findLastIndex((scene) => scene.getBoundingClientRect().top < 90)
  const next = scenes[Math.max(0, current + (event.key === 'n' ? 1 : -1))]
  if (next) location.hash = next.id
})
const settle = (times) => {
  document.getElementById(location.hash.slice(1))?.scrollIntoView()
  if (times > 0) setTimeout(settle, 80, times - 1)
}
addEventListener('hashchange', () => settle(4))
reader.addEventListener('mouseover', (event) => {
  const mention = event.target.closest('.m')
  if (mention && !mention.title) mention.title = names.get(mention.dataset.c) ?? 'another character'
})
let lit = null
document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-c]')
  if (!button) return
  for (const mention of reader.querySelectorAll('.lit')) mention.classList.remove('lit')
  for (const other of document.querySelectorAll('button[data-c]')) other.setAttribute('aria-pressed', 'false')
  lit = lit === button.dataset.c ? null : button.dataset.c
  reader.classList.toggle('dim', lit !== null)
  if (lit === null) return
  button.setAttribute('aria-pressed', 'true')
  for (const mention of reader.querySelectorAll('.m')) if (mention.dataset.c === lit) mention.classList.add('lit')
})
`

/** Digests that the report's Content-Security-Policy names: of the style sheet and of the script, nothing else may run. */
export const digests = {
  style: 'sha256-V4nbsta5Abaqs42FELowOke9ZLvBfeREN0TG6iGeWU0=',
  script: 'sha256-xZ3KJrtS/2qRjMJm9+CNuHguS+2+6PpiLMaq/3SgkRI=',
} as const
