/** Pacing: scene length, dialogue share and boundary scores along the story. */
import type { Boundary, Scene, Story } from '../types.js'
import {
  chapterMarks,
  chapterMarksHeight,
  counted,
  formatCount,
  roundTicks,
  storyAxis,
  type WordScale,
  wordScale,
  wordTicks,
} from './axis.js'
import { type Chart, type ChartOptions, defaultWidth, headerHeight, type Json, makeChart, vegaLite } from './chart.js'
import { coordinate, element, escapeMarkup, textElement } from './svg.js'

const panelHeight = 84
const panelGap = 30
const longest = '#3e6c9e'
const spoken = '#b3602a'
const causeColours: Readonly<Record<Boundary['cause'], string>> = {
  start: '#4a4a48',
  chapter: '#4a4a48',
  marker: '#86237c',
  inferred: '#197c5e',
}

interface Beat {
  readonly scene: Scene
  readonly words: number
  /** Share of the scene's words that are spoken or thought in quotation marks, in [0, 1]. */
  readonly dialogue: number
}

/** The length and dialogue share of every scene. Linear in scenes and quotations. */
function beatsOf({ scenes, quotations }: Story, words: WordScale): Beat[] {
  let q = 0
  return scenes.map((scene) => {
    let said = 0
    for (; q < quotations.length && quotations[q]!.start < scene.end; q++)
      if (quotations[q]!.kind !== 'quoted' && quotations[q]!.start >= scene.start) said += words.within(quotations[q]!)
    const total = words.within(scene)
    return { scene, words: total, dialogue: total === 0 ? 0 : Math.min(1, said / total) }
  })
}

/**
 * Draws the story's rhythm in three panels over its length: words in each scene, share of dialogue in each scene, and how sure each scene
 * boundary is and what caused it. With `candidates` analysed, the third panel also has the score of every paragraph start.
 */
export function pacingChart(story: Story, options: ChartOptions = {}): Chart {
  const width = options.width ?? defaultWidth
  const words = wordScale(story.text)
  const beats = beatsOf(story, words)
  const lengths = beats.map((beat) => beat.words).sort((a, b) => a - b)
  const middle = lengths[lengths.length >> 1] ?? 0
  const longestScene = lengths.at(-1) ?? 0
  const said = beats.reduce((sum, beat) => sum + beat.dialogue * beat.words, 0) / Math.max(1, words.total)
  const named = story.metadata.title
  const title = options.title ?? (named === null ? 'Pacing' : `Pacing of ${named}`)
  const description =
    `${counted(beats.length, 'scene')}, median ${formatCount(middle)} words, longest ${formatCount(longestScene)}; ` +
    `${Math.round(said * 100)} % of the words are dialogue.`
  const boundaries = story.scenes.slice(1)
  const x: Json = { field: 'start', type: 'quantitative', title: null, scale: { domain: [0, Math.max(1, words.total)] } }
  const bars = (field: string, name: string, color: string): Json => ({
    width: width - 120,
    height: panelHeight,
    mark: { type: 'bar', tooltip: true, color },
    encoding: { x, x2: { field: 'end' }, y: { field, type: 'quantitative', title: name } },
  })
  const spec = vegaLite(title, description, {
    data: {
      values: beats.map(
        ({ scene, words: length, dialogue }, k): Json => ({
          scene: k + 1,
          start: words.at(scene.start),
          end: words.at(scene.end),
          words: length,
          dialogue: Math.round(dialogue * 1000) / 1000,
          score: Math.round(scene.boundary.score * 1000) / 1000,
          cause: scene.boundary.cause,
        }),
      ),
    },
    vconcat: [
      bars('words', 'words in scene', longest),
      bars('dialogue', 'share of dialogue', spoken),
      {
        width: width - 120,
        height: panelHeight,
        mark: { type: 'rule', tooltip: true, strokeWidth: 1.5 },
        encoding: {
          x: { field: 'start', type: 'quantitative', title: 'words', scale: { domain: [0, Math.max(1, words.total)] } },
          y: { field: 'score', type: 'quantitative', title: 'boundary score', scale: { domain: [0, 1] } },
          y2: { datum: 0 },
          color: {
            field: 'cause',
            type: 'nominal',
            scale: { domain: Object.keys(causeColours), range: Object.values(causeColours) },
          },
        },
      },
    ],
  })
  return makeChart({ title, description, subtitle: description, spec, width, linked: options.sceneLink !== undefined, draw })

  function draw(): { markup: string; height: number } {
    const axis = storyAxis(story.text, 64, width - 20)
    const top = headerHeight + (story.chapters.length > 1 ? chapterMarksHeight : 0)
    const tops = [0, 1, 2].map((k) => top + 20 + k * (panelHeight + panelGap))
    const bottom = tops[2]! + panelHeight
    let markup = chapterMarks(story, axis, top, bottom)
    const panel = (
      k: number,
      name: string,
      ticks: readonly number[],
      max: number,
      format: (tick: number) => string,
    ): ((value: number) => number) => {
      const base = tops[k]! + panelHeight
      const y = (value: number): number => base - (panelHeight * value) / Math.max(max, Number.MIN_VALUE)
      markup += textElement(axis.left, tops[k]! - 6, name, {
        'font-weight': 'bold',
        class: 'ink halo',
        stroke: '#ffffff',
        'stroke-width': 3,
        'paint-order': 'stroke',
      })
      for (const tick of ticks) {
        markup += element('line', { class: 'grid', x1: axis.left, x2: axis.right, y1: y(tick), y2: y(tick), stroke: '#e6e6e3' })
        markup += textElement(axis.left - 6, y(tick) + 4, format(tick), { 'text-anchor': 'end', class: 'quiet', fill: '#5f5f5c' })
      }
      return y
    }
    const bar = (y: (value: number) => number, k: number, value: number, colour: string, name: string): string => {
      const x0 = axis.x(beats[k]!.scene.start)
      const w = axis.x(beats[k]!.scene.end) - x0
      const gap = w > 3 ? 0.5 : 0
      return element('rect', {
        class: name,
        x: x0 + gap,
        y: y(value),
        width: Math.max(0.5, w - 2 * gap),
        height: Math.max(0, y(0) - y(value)),
        fill: colour,
      })
    }
    const lengthTicks = roundTicks(longestScene, 3)
    const yLength = panel(0, 'Words in each scene', lengthTicks, Math.max(longestScene, lengthTicks.at(-1)!), formatCount)
    markup += beats.map((beat, k) => bar(yLength, k, beat.words, longest, 'length')).join('')
    const percent = (share: number): string => `${Math.round(share * 100)} %`
    const yShare = panel(1, 'Share of dialogue', [0, 0.5, 1], 1, percent)
    markup += beats.map((beat, k) => bar(yShare, k, beat.dialogue, spoken, 'spoken')).join('')
    const yScore = panel(2, 'Scene boundaries and how sure they are', [0, 0.5, 1], 1, percent)
    if (story.candidates !== null && story.candidates.length > 0) {
      const points = thinned(story.candidates.map(({ offset, score }) => ({ x: axis.x(offset), y: yScore(score) })))
      markup += element('polyline', {
        class: 'candidates',
        points: points.map((point) => `${coordinate(point.x)},${coordinate(point.y)}`).join(' '),
        fill: 'none',
        stroke: '#b9b9b5',
        'stroke-width': 1,
      })
    }
    for (const { start, boundary } of boundaries) {
      const x0 = axis.x(start)
      const attributes = {
        class: `cause-${boundary.cause}`,
        stroke: causeColours[boundary.cause],
        fill: causeColours[boundary.cause],
      }
      markup += element('line', {
        ...attributes,
        x1: x0,
        x2: x0,
        y1: yScore(0),
        y2: yScore(boundary.score),
        'stroke-width': '1.2',
      })
      if (boundaries.length <= 150) markup += element('circle', { ...attributes, cx: x0, cy: yScore(boundary.score), r: 2.6 })
    }
    let legendX = axis.right
    for (const cause of ['inferred', 'marker', 'chapter'] as const) {
      const label = { inferred: 'inferred', marker: 'typed break', chapter: 'chapter' }[cause]
      legendX -= label.length * 5.6 + 22
      markup += element('circle', { class: `cause-${cause}`, cx: legendX, cy: tops[2]! - 10, r: 3.5, fill: causeColours[cause] })
      markup += textElement(legendX + 7, tops[2]! - 6, label, {
        class: 'ink halo',
        stroke: '#ffffff',
        'stroke-width': 3,
        'paint-order': 'stroke',
      })
    }
    beats.forEach(({ scene, words: length, dialogue }, k) => {
      const x0 = axis.x(scene.start)
      const label = `Scene ${k + 1}: ${formatCount(length)} words, ${percent(dialogue)} dialogue; begins by ${scene.boundary.cause}${scene.boundary.cues.length > 0 ? ` (${scene.boundary.cues.join(', ')})` : ''}`
      const hit = element(
        'rect',
        {
          class: 'hit',
          x: x0,
          y: top,
          width: Math.max(0.5, axis.x(scene.end) - x0),
          height: bottom - top,
          fill: '#000000',
          'fill-opacity': '0',
        },
        element('title', {}, escapeMarkup(label)),
      )
      markup +=
        options.sceneLink === undefined
          ? hit
          : element('a', { href: options.sceneLink(scene), 'aria-label': label, tabindex: '-1' }, hit)
    })
    return { markup: markup + wordTicks(axis, bottom + 6), height: bottom + 40 }
  }
}

/** A line with no more than the highest point of every pixel column. */
function thinned(points: readonly { readonly x: number; readonly y: number }[]): { x: number; y: number }[] {
  const columns = new Map<number, { x: number; y: number }>()
  for (const point of points) {
    const column = Math.round(point.x)
    const kept = columns.get(column)
    if (kept === undefined || point.y < kept.y) columns.set(column, { x: column, y: point.y })
  }
  return [...columns.values()]
}
