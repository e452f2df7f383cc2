/** Who meets whom, who speaks to whom: a story's characters as a network, and its files for Gephi and others. */
import type { Story } from '../types.js'

export interface NetworkOptions {
  /** *presence*: both present in a scene, weighted by scenes. *conversation*: one speaks to the other, weighted by words, directed. Default presence. */
  readonly relation?: 'presence' | 'conversation'
  /** Leaves out characters mentioned less often. Default 3. */
  readonly minMentions?: number
}

export interface Network {
  readonly directed: boolean
  readonly nodes: readonly {
    readonly id: string
    readonly label: string
    readonly mentions: number
    readonly pronouns: string | null
  }[]
  readonly edges: readonly { readonly source: string; readonly target: string; readonly weight: number }[]
}

/** The network of one story; nodes most prominent first, edges by their nodes. */
export function characterNetwork(story: Story, { relation = 'presence', minMentions = 3 }: NetworkOptions = {}): Network {
  const kept = story.characters.filter(({ mentionCount }) => mentionCount >= minMentions)
  const rank = new Map(kept.map(({ id }, i) => [id, i]))
  const weights = new Map<number, number>()
  const add = (source: number | undefined, target: number | undefined, weight: number): void => {
    if (source === undefined || target === undefined || source === target || weight === 0) return
    const key = source * kept.length + target
    weights.set(key, (weights.get(key) ?? 0) + weight)
  }
  if (relation === 'presence') {
    for (const { cast } of story.scenes) {
      const present = cast
        .filter((member) => member.present && rank.has(member.character))
        .map(({ character }) => rank.get(character)!)
      present.sort((a, b) => a - b)
      present.forEach((a, i) => {
        for (const b of present.slice(i + 1)) add(a, b, 1)
      })
    }
  } else {
    for (const { speaker, addressee, kind, start, end } of story.quotations) {
      if (kind !== 'speech' || speaker === null || addressee === null) continue
      add(rank.get(speaker), rank.get(addressee), story.text.slice(start, end).split(/\s+/).length)
    }
  }
  const edges = [...weights].sort(([a], [b]) => a - b)
  return {
    directed: relation === 'conversation',
    nodes: kept.map(({ id, name, mentionCount, pronouns }) => ({ id, label: name, mentions: mentionCount, pronouns })),
    edges: edges.map(([key, weight]) => ({
      source: kept[Math.floor(key / kept.length)]!.id,
      target: kept[key % kept.length]!.id,
      weight,
    })),
  }
}

/** XML text: markup escaped; control characters and lone surrogates, which XML forbids, left out. */
const xml = (text: string): string =>
  text
    .replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')

/** GEXF 1.3, as Gephi reads it. */
export function toGexf({ directed, nodes, edges }: Network): string {
  const node = ({ id, label, mentions, pronouns }: Network['nodes'][number]): string =>
    `<node id="${xml(id)}" label="${xml(label)}"><attvalues><attvalue for="0" value="${mentions}"/><attvalue for="1" value="${xml(pronouns ?? '')}"/></attvalues></node>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<graph defaultedgetype="${directed ? 'directed' : 'undirected'}">
<attributes class="node"><attribute id="0" title="mentions" type="integer"/><attribute id="1" title="pronouns" type="string"/></attributes>
<nodes>
${nodes.map(node).join('\n')}
</nodes>
<edges>
${edges.map(({ source, target, weight }, i) => `<edge id="${i}" source="${xml(source)}" target="${xml(target)}" weight="${weight}"/>`).join('\n')}
</edges>
</graph>
</gexf>
`
}

/** GraphML, as igraph, NetworkX and yEd read it. */
export function toGraphml({ directed, nodes, edges }: Network): string {
  const node = ({ id, label, mentions, pronouns }: Network['nodes'][number]): string =>
    `<node id="${xml(id)}"><data key="label">${xml(label)}</data><data key="mentions">${mentions}</data><data key="pronouns">${xml(pronouns ?? '')}</data></node>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="mentions" for="node" attr.name="mentions" attr.type="int"/>
<key id="pronouns" for="node" attr.name="pronouns" attr.type="string"/>
<key id="weight" for="edge" attr.name="weight" attr.type="double"/>
<graph edgedefault="${directed ? 'directed' : 'undirected'}">
${nodes.map(node).join('\n')}
${edges.map(({ source, target, weight }) => `<edge source="${xml(source)}" target="${xml(target)}"><data key="weight">${weight}</data></edge>`).join('\n')}
</graph>
</graphml>
`
}
