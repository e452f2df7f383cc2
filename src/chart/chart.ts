/** What every chart function returns and takes, and the frame they all draw. */
import type { Scene } from '../types.js'
import { element, escapeMarkup, labelSize, textElement } from './svg.js'

/** A value that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** A Vega-Lite 6 specification as plain JSON, data included. */
export type VegaLiteSpec = { readonly $schema: string; readonly [key: string]: Json }

/** The method name that the Deno kernel looks for. */
export const jupyterDisplay: unique symbol = Symbol.for('Jupyter.display') as never

/** A picture of a story. In a notebook on the Deno kernel it shows itself. */
export interface Chart {
  readonly title: string
  /** What the picture shows, in a sentence or two: caption and alternative text. */
  readonly description: string
  /** The chart for Vega-Lite 6 tools; `null` where Vega-Lite has no such mark. */
  readonly spec: VegaLiteSpec | null
  /** The chart as one SVG element, made without a DOM. The same story gives the same string. */
  svg(): string
  /** MIME bundle for Jupyter kernels that ask for one. */
  [jupyterDisplay](): Readonly<Record<string, unknown>>
}

export interface ChartOptions {
  /** Width of the picture in pixels. Default 960. */
  readonly width?: number
  /** How many characters are shown, most prominent first; the rest is summed up as "others". Default depends on the chart. */
  readonly characters?: number
  /** Replaces the chart's own title. */
  readonly title?: string
  /** Where a click on a scene leads ("#s3"). Default: scenes are no links. */
  readonly sceneLink?: (scene: Scene) => string
}

export const vegaLiteSchema = 'https://vega.github.io/schema/vega-lite/v6.json'
export const fontFamily = 'Helvetica, Arial, sans-serif'

/** Height of title and subtitle above the drawing, in pixels. */
export const headerHeight = 46

/** Default width in pixels: a page of text at 96 dpi and two thirds. */
export const defaultWidth = 960

export interface Drawing {
  readonly title: string
  readonly description: string
  readonly subtitle: string
  readonly spec: VegaLiteSpec | null
  readonly width: number
  /** True when scenes are links: the picture is then a group, not one image, to assistive technology. */
  readonly linked?: boolean
  /** Draws below {@link headerHeight}; returns the markup and the full height. */
  readonly draw: () => { readonly markup: string; readonly height: number }
}

export function makeChart({ title, description, subtitle, spec, width, linked = false, draw }: Drawing): Chart {
  const svg = () => {
    const { markup, height } = draw()
    return element(
      'svg',
      {
        xmlns: 'http://www.w3.org/2000/svg',
        viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
        width: Math.ceil(width),
        height: Math.ceil(height),
        role: linked ? 'group' : 'img',
        'aria-label': `${title}. ${description}`,
        'font-family': fontFamily,
      },
      element('desc', {}, escapeMarkup(description)) +
        element('rect', { class: 'paper', width: Math.ceil(width), height: Math.ceil(height), fill: '#ffffff' }) +
        textElement(16, 22, title, { 'font-size': 15, 'font-weight': 'bold' }) +
        textElement(16, 38, subtitle, { class: 'quiet', fill: '#5f5f5c', 'font-size': labelSize }) +
        markup,
    )
  }
  return {
    title,
    description,
    spec,
    svg,
    [jupyterDisplay]: () => ({
      'image/svg+xml': svg(),
      ...(spec === null ? {} : { 'application/vnd.vegalite.v6+json': spec }),
      'text/plain': `${title}. ${description}`,
    }),
  }
}

/** The frame that every specification shares. */
export const vegaLite = (title: string, description: string, body: Readonly<Record<string, Json>>): VegaLiteSpec => ({
  $schema: vegaLiteSchema,
  title,
  description,
  config: { font: fontFamily, view: { stroke: null } },
  ...body,
})
