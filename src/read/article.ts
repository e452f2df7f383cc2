/** Any other web page: where its running text stands, by structure. */

import { divideAtHeadings } from './divide.js'
import { byTag, find, findAll, type Node, textOf, walk, within } from './dom.js'
import type { Draft } from './draft.js'
import { ReadError } from './error.js'
import { type fromLabels, languageTag } from './metadata.js'
import { isFurniture, linesOf } from './prose.js'

/** Share of a page's prose that one child must hold for the search to go down into it. */
const mainShare = 0.9
/** Words below which a page with a password field, or a challenge script, is no story. */
const noticeWords = 150
const hiddenTags = new Set(['script', 'style', 'noscript', 'template', 'head', 'select', 'button', 'svg', 'iframe', 'textarea'])

export function readArticle(root: Node): Draft {
  const body = byTag(root, 'body') ?? root
  const main = mainElement(body)
  const lines = linesOf(main, isPeriphery)
  const words = (): number => lines.reduce((sum, line) => sum + (line.kind === 'text' ? line.text.split(/\s+/).length : 0), 0)
  if (isNotice(root) && words() < noticeWords) {
    throw new ReadError(
      'notice-page',
      `The page asks for a log-in or a check instead of showing a text: "${textOf(body).slice(0, 120)}".`,
    )
  }
  const title =
    textOf(main === body ? byTag(body, 'h1') : (byTag(main, 'h1') ?? byTag(body, 'h1'))) || textOf(byTag(root, 'title')) || null
  return { format: 'html', metadata: pageMetadata(root, title), ...divideAtHeadings(lines, title, main.offset), notes: [] }
}

/** Goes down as long as one child holds nearly all the prose; what is left beside it is the page's frame. */
function mainElement(body: Node): Node {
  const prose = proseLengths(body)
  let main = body
  for (;;) {
    const least = (prose.get(main) ?? 0) * mainShare
    const child = main.children.find(
      (child) =>
        child.tag !== '' && !/^(p|blockquote|pre|span|em|i|center|font)$/.test(child.tag) && (prose.get(child) ?? 0) >= least,
    )
    if (child === undefined || least === 0) return main
    main = child
  }
}

/** Letters of running text below every element: text in links and furniture does not count. */
function proseLengths(body: Node): Map<Node, number> {
  const own = new Map<Node, number>()
  const order: Node[] = []
  for (const node of walk(body, (node) => !hiddenTags.has(node.tag) && node.tag !== 'a' && !isPeriphery(node))) {
    order.push(node)
    if (node.tag === '') own.set(node, node.text.trim().length)
  }
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i]!
    if (node.parent !== null && node !== body) own.set(node.parent, (own.get(node.parent) ?? 0) + (own.get(node) ?? 0))
  }
  return own
}

/** Project Gutenberg's licence sections, comment threads, and page furniture. */
const isPeriphery = (node: Node): boolean =>
  isFurniture(node) ||
  /^(pg-header|pg-footer|pg-machine-header|comments?|respond|disqus_thread)$/.test(node.attributes.id ?? '') ||
  node.attributes.role === 'navigation'

/** A password field, or one of the scripts that stand before a page. */
const isNotice = (root: Node): boolean =>
  find(
    root,
    (node) => node.attributes.type === 'password' || /^(challenge-form|cf-wrapper|cf-challenge)/.test(node.attributes.id ?? ''),
  ) !== null ||
  /^(just a moment|attention required|access denied|404\b|page not found|error\b|story not found|log ?in\b|sign in\b)/i.test(
    textOf(byTag(root, 'title')),
  )

function pageMetadata(root: Node, title: string | null): ReturnType<typeof fromLabels> {
  const meta = (name: string): string | null =>
    find(root, (node) => node.tag === 'meta' && (node.attributes.name ?? node.attributes.property ?? '').toLowerCase() === name)
      ?.attributes.content || null
  const canonical = find(root, (node) => node.tag === 'link' && node.attributes.rel === 'canonical')?.attributes.href
  const language = find(root, (node) => node.tag === 'html')?.attributes.lang
  return {
    title,
    author: meta('author'),
    summary: meta('description'),
    url: canonical ?? meta('og:url'),
    source: isGutenberg(root) ? 'gutenberg' : wattpad(root) ? 'wattpad' : null,
    ...(language ? { language: languageTag(language) } : {}),
  }
}

const isGutenberg = (root: Node): boolean => find(root, (node) => node.attributes.id === 'pg-header') !== null
/** Wattpad's chapter text is bare paragraphs, each with an id of its own. */
const wattpad = (root: Node): boolean => {
  const paragraphs = findAll(root, (node) => node.tag === 'p' && !within(node, isPeriphery))
  return paragraphs.length > 0 && paragraphs.every((node) => node.attributes['data-p-id'] !== undefined)
}
