/**
 * The notebook as a plain script: reads a story, analyses it, draws it, loads a small corpus, makes a table, answers a question.
 * `npm run notebook -- FOLDER` writes the pictures to a folder (default: demo/pictures).
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { analyze } from 'throughline'
import { dialogueChart, networkChart, pacingChart, presenceChart, storylineChart, viewpointChart } from 'throughline/chart'
import { readStory, toOptions } from 'throughline/read'
import { toTables } from 'throughline/table'

const folder = process.argv[2] ?? 'demo/pictures'
const print = (line: string): boolean => process.stdout.write(`${line}\n`)

// Read a story and analyse it.
const file = readStory(readFileSync('corpus/pov-headers.txt'), { name: 'pov-headers.txt' })
const story = analyze(file.text, toOptions(file))
print(`${story.characters.length} characters, ${story.scenes.length} scenes, ${story.quotations.length} quotations`)

// Draw it.
mkdirSync(folder, { recursive: true })
for (const [name, chart] of Object.entries({
  storyline: storylineChart(story),
  viewpoint: viewpointChart(story),
  presence: presenceChart(story),
  dialogue: dialogueChart(story),
  network: networkChart(story),
  pacing: pacingChart(story),
})) {
  writeFileSync(join(folder, `${name}.svg`), chart.svg())
  print(`${name}: ${chart.description}`)
}

// Load a small corpus and make a table: one row per story.
const corpus = readdirSync('corpus')
  .filter((name) => name.endsWith('.txt'))
  .map((name) => {
    const own = readStory(readFileSync(join('corpus', name)), { name })
    return { name: name.slice(0, -4), story: analyze(own.text, toOptions(own)) }
  })
const rows = corpus.map(({ name, story: own }) => {
  const { scenes, quotations, shifts } = toTables(own, { story: name })
  const hops = shifts.filter(({ placement }) => placement === 'inside').length
  return { name, scenes: scenes.length, quotations: quotations.length, shifts: shifts.length, hops }
})
for (const row of rows) print(Object.values(row).join('\t'))

// A question: in which story does the viewpoint change most often for its number of scenes?
const [most] = [...rows].sort((a, b) => b.shifts / b.scenes - a.shifts / a.scenes)
print(`Most shifts for its scenes: ${most?.name}`)
