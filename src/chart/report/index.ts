/** The report: one self-contained HTML file about one story. */
import type { Story } from '../../types.js'
import { escapeMarkup } from '../svg.js'
import { digests, reportScript } from './script.js'
import { castSection, chartsSection, factsSection, partsOf, readerView, scenesSection, viewpointsSection } from './sections.js'
import { reportStyle } from './style.js'

/** Nothing but the report's own style sheet and script, both by digest: no request, no frame, no form, no inline handler. */
export const reportPolicy = `default-src 'none'; style-src '${digests.style}'; script-src '${digests.script}'; base-uri 'none'; form-action 'none'`

export interface ReportOptions {
  /** Heading, instead of the story's title. */
  readonly title?: string
}

/**
 * The story as one HTML file: six charts, the cast with what speaks for it, an outline of scenes, the viewpoints, and the text with every mention,
 * speaker, scene and viewpoint marked; all linked. The file makes no request and runs under a Content-Security-Policy of its own; whatever the
 * story's text holds is shown as text. Linear in the text and its layers.
 */
export function renderReport(story: Story, options: ReportOptions = {}): string {
  const title = options.title ?? story.metadata.title ?? 'Untitled story'
  const parts = partsOf(story)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${reportPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeMarkup(title)} – report</title>
<style>${reportStyle}</style>
</head>
<body>
<a class="skip" href="#text">Skip to the text</a>
<nav aria-label="Report"><a href="#charts">Charts</a><a href="#cast">Cast</a><a href="#scenes">Scenes</a><a href="#viewpoints">Viewpoints</a><a href="#text">Text</a><button id="theme" type="button">Light / dark</button></nav>
<header><h1>${escapeMarkup(title)}</h1>${factsSection(parts)}</header>
<main>
<section id="charts"><h2>Charts</h2>${chartsSection(parts)}</section>
<section id="cast"><h2>Cast</h2>${castSection(parts)}</section>
<section id="scenes"><h2>Scenes</h2>${scenesSection(parts)}</section>
<section id="viewpoints"><h2>Viewpoints</h2>${viewpointsSection(parts)}</section>
<section id="text"><h2>Text</h2><p class="quiet">Underlined: a character’s name (solid), description (dashed) or pronoun (dotted). Keys: n next scene, p previous scene.</p>
<div class="reader">${readerView(parts)}</div></section>
</main>
<footer><p class="quiet">Made with throughline. Everything here is inferred from the text by program and can be wrong.</p></footer>
<script>${reportScript}</script>
</body>
</html>
`
}
