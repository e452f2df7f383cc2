/** Web pages and HTML downloads: whose they are, told by their structure. */
import { isArchivePage, readArchivePage } from './ao3.js'
import { readArticle } from './article.js'
import { byId, markupMode, parseTree } from './dom.js'
import type { Draft } from './draft.js'
import { isFanFicFarePage, readFanFicFarePage } from './fanficfare.js'
import { isFanFictionNetPage, readFanFictionNetPage } from './ffn.js'

export function readHtml(source: string): Draft {
  const root = parseTree(source, markupMode(source))
  if (byId(root, 'storytext') !== null && isFanFictionNetPage(root)) return readFanFictionNetPage(root)
  if (isArchivePage(root)) return readArchivePage(root)
  if (isFanFicFarePage(root)) return readFanFicFarePage(root)
  return readArticle(root)
}

/** How far into a text its first tags stand. */
const reach = 4096

/** True for markup: an HTML head, or block tags from the start on. */
export function looksLikeHtml(source: string): boolean {
  const head = source.slice(0, reach)
  if (/^[\s\ufeff]*(<!doctype html|<\?xml|<html|<head|<body)/i.test(head)) return true
  return (
    /^[\s\ufeff]*</.test(head) &&
    (head.match(/<(p|div|br|h[1-6]|hr|span|section|article|blockquote)\b[^<>]*>/gi)?.length ?? 0) >= 2
  )
}
