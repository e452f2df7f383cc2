/**
 * The charts of three corpus stories, drawn from their hand-made gold, as pictures in test/golden. A change of a drawing shows up as a changed
 * file: look at it, then `npx vitest run test/golden.test.ts -u`.
 */
import { describe, expect, test } from 'vitest'
import * as charts from '../src/chart/index.js'
import { goldStory } from './gold-story.js'

const { storylineChart, viewpointChart, presenceChart, dialogueChart, networkChart, pacingChart } = charts
const drawn = {
  storyline: storylineChart,
  viewpoint: viewpointChart,
  presence: presenceChart,
  dialogue: dialogueChart,
  network: networkChart,
  pacing: pacingChart,
}

describe.each(['pov-headers', 'head-hopping', 'four-chapters'])('%s', (name) => {
  const story = goldStory(name)
  test.each(Object.entries(drawn))('%s', async (kind, chart) => {
    const lines = chart(story).svg().replace(/></g, '>\n<')
    await expect(`${lines}\n`).toMatchFileSnapshot(`golden/${name}-${kind}.svg`)
  })
})
