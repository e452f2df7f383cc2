/** The page: takes a story, has it analysed, shows it, follows corrections, gives files. */
import { partsOf } from '../src/chart/report/sections.js'
import type { Story } from '../src/types.js'
import { type Correction, describeCorrection, nameInText, optionsOf } from './corrections.js'
import { downloads, fileName, saveFile } from './download.js'
import type { Answer, Request, Source } from './protocol.js'
import { showStory } from './show.js'
import { stories } from './stories.js'

const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T
const status = byId('status')
const progress = byId<HTMLProgressElement>('progress')

let worker: Worker | null = null
let run = 0
let source: Source | null = null
let story: Story | null = null
let corrections: Correction[] = []

/**
 * A worker that inherits the page's policy: one made from a blob does, one fetched by its address would have none and could
 * send what it likes.
 */
function startWorker(): Worker {
  const address = new URL('worker.js', import.meta.url).href
  const code = `onmessage = async ({ data }) => (await import(${JSON.stringify(address)})).answer(data, (message) => postMessage(message))`
  const blob = new Blob([code], { type: 'text/javascript' })
  const started = new Worker(URL.createObjectURL(blob), { type: 'module' })
  started.addEventListener('message', ({ data }: MessageEvent<Answer>) => receive(data))
  started.addEventListener('messageerror', () => fail('The story is too large to hand over.'))
  started.addEventListener('error', () => fail('The analysis could not be started.'))
  return started
}

function analyze(next: Source, kept: Correction[] = []): void {
  source = next
  corrections = kept
  worker ??= startWorker()
  progress.hidden = false
  progress.value = 0
  say('Reading …')
  const request: Request = {
    run: ++run,
    source: next,
    useCast: byId<HTMLInputElement>('tags').checked,
    corrections: optionsOf(corrections),
  }
  worker.postMessage(request)
}

function receive(answer: Answer): void {
  if (answer.run !== run) return
  if ('error' in answer) fail(answer.error)
  else if ('stage' in answer) {
    progress.value = answer.done
    say(`Working: ${answer.stage} …`)
  } else {
    progress.hidden = true
    story = answer.story
    showStory(partsOf(story))
    fillForms(story)
    say(`Done in ${(answer.milliseconds / 1000).toFixed(1)} s.`)
  }
}

function say(message: string): void {
  status.classList.remove('error')
  status.textContent = message
}

function fail(message: string): void {
  progress.hidden = true
  status.classList.add('error')
  status.textContent = message
}

function options(select: HTMLSelectElement, entries: readonly (readonly [value: string, label: string])[]): void {
  const chosen = select.value
  select.replaceChildren(...entries.map(([value, label]) => new Option(label, value)))
  if (entries.some(([value]) => value === chosen)) select.value = chosen
}

function fillForms({ characters }: Story): void {
  const shown = characters.filter(({ role }) => role !== 'passing')
  const people = (shown.length > 1 ? shown : characters).slice(0, 200)
  const names = people.map((character) => [nameInText(character, corrections), character.name] as const)
  options(byId('merge-name'), names)
  options(byId('merge-other'), names.slice(1).concat(names.slice(0, 1)))
  options(byId('rename-old'), names)
  options(
    byId('split-name'),
    people.flatMap(({ name, aliases }) =>
      aliases
        .filter(({ text, type }) => text !== name && type !== 'epithet')
        .map(({ text }) => [text, `${text} is not ${name}`] as const),
    ),
  )
  byId('corrections').replaceChildren(
    ...corrections.map((correction) => {
      const item = document.createElement('li')
      const undo = document.createElement('button')
      undo.type = 'button'
      undo.textContent = 'undo'
      undo.setAttribute('aria-label', `Undo: ${describeCorrection(correction)}`)
      undo.addEventListener(
        'click',
        () =>
          source &&
          analyze(
            source,
            corrections.filter((other) => other !== correction),
          ),
      )
      item.append(`${describeCorrection(correction)} `, undo)
      return item
    }),
  )
}

const correct = (correction: Correction): void => {
  if (source !== null) analyze(source, [...corrections, correction])
}
const inputOf = (id: string): string => byId<HTMLSelectElement | HTMLInputElement>(id).value.trim()
const onSubmit = (id: string, act: () => void): void =>
  byId(id).addEventListener('submit', (event) => {
    event.preventDefault()
    act()
  })

onSubmit('merge', () => {
  const [name, other] = [inputOf('merge-name'), inputOf('merge-other')]
  if (name !== '' && other !== '' && name !== other) correct({ kind: 'merge', name, other })
})
onSubmit('split', () => {
  const name = inputOf('split-name')
  if (name !== '') correct({ kind: 'split', name })
})
onSubmit('rename', () => {
  const [name, to] = [inputOf('rename-old'), inputOf('rename-new')]
  if (name !== '' && to !== '') correct({ kind: 'rename', name, to })
})

async function takeFile(file: File | undefined): Promise<void> {
  if (file !== undefined) analyze({ content: new Uint8Array(await file.arrayBuffer()), name: file.name })
}
byId<HTMLInputElement>('file').addEventListener('change', ({ target }) => takeFile((target as HTMLInputElement).files?.[0]))
byId('analyze').addEventListener('click', () => {
  const content = byId<HTMLTextAreaElement>('paste').value
  if (content.trim() === '') fail('Paste a story first.')
  else analyze({ content, name: '' })
})
const drop = byId('drop')
for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'] as const)
  document.addEventListener(type, (event) => {
    event.preventDefault()
    drop.classList.toggle('over', type === 'dragenter' || type === 'dragover')
    if (type === 'drop') takeFile(event.dataTransfer?.files[0])
  })

const storySelect = byId<HTMLSelectElement>('stories')
for (const name of Object.keys(stories))
  storySelect.append(new Option(name[0]!.toUpperCase() + name.slice(1).replace(/-/g, ' '), name))
storySelect.addEventListener('change', async () => {
  const load = stories[storySelect.value]
  if (load !== undefined) analyze({ content: (await load()).default, name: `${storySelect.value}.txt` })
})
byId('tags').addEventListener('change', () => source && analyze(source, corrections))

document.addEventListener('click', async ({ target }) => {
  const button = (target as Element).closest<HTMLButtonElement>('button[data-download]')
  if (button === null || story === null) return
  const save = downloads[button.dataset.download ?? '']
  if (save !== undefined) saveFile(await save(story, fileName(story, source?.name), button))
})
