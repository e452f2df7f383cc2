/**
 * Reads a story marked by hand and gives its plain text and gold annotation. The marks are described in corpus/README.md.
 *
 * The marks say who every noun phrase, quotation and ambiguous pronoun is. Three things follow from them by definition and are
 * filled in: a declared name is its bearer wherever it stands; I inside a quotation is the speaker, you the addressee; he, she,
 * they and we are whom the latest `@ he=x` line says. Where none of this settles a pronoun, compiling fails.
 */
export interface GoldMention {
  start: number
  end: number
  text: string
  entityType: 'PER'
  mentionType: 'PROP' | 'NOM' | 'PRON'
  cluster: string
  link?: { type: 'COP'; cluster: string }
}
export interface GoldQuotation {
  id: string
  start: number
  end: number
  speaker: string | null
  addressee: string | null
  type: 'explicit' | 'anaphoric' | 'implicit'
}
export interface GoldQuoted {
  start: number
  end: number
  kind: 'thought' | 'quoted'
  speaker: string | null
}
export interface GoldParagraph {
  start: number
  end: number
  kind: 'prose' | 'heading' | 'break' | 'note'
}
export interface GoldScene {
  start: number
  end: number
  chapter: number
  kind: 'scene' | 'summary' | 'document' | 'note'
  cause: 'start' | 'chapter' | 'marker' | 'inferred'
}
export interface GoldSegment {
  start: number
  end: number
  chapterIndex: number
  person: 'first' | 'second' | 'third' | 'epistolary-first' | null
  tense: 'past' | 'present' | null
  tenseBasis: 'known'
  form: 'narration' | 'diary' | 'letter' | 'document' | 'note'
  narrator: string | null
  focal: string | null
  unnamed?: true
  certainty: 'high' | 'low'
}
export interface GoldCharacter {
  id: string
  name: string
  kind: 'person' | 'group' | 'animal'
  pronouns: string | null
  aliases: string[]
  epithets: string[]
}
export interface GoldStory {
  id: string
  title: string
  author: string
  style: string
  world: string
  license: string
  text: string
  paragraphs: GoldParagraph[]
  chapters: { title: string; start: number; end: number }[]
  headings: { start: number; end: number }[]
  breaks: { offset: number; kind: 'chapter' | 'hr' | 'hidden' }[]
  scenes: GoldScene[]
  segments: GoldSegment[]
  aliases: Record<string, string[]>
  characters: GoldCharacter[]
  quotes: GoldQuotation[]
  quoted: GoldQuoted[]
  mentions: GoldMention[]
}

const PRONOUN_SETS = {
  I: 'i me my myself im ive',
  you: "you your yourself yourselves ya yer u ur youre y'all",
  we: 'we us our ourselves',
  he: 'he him his himself hes',
  she: 'she her herself shes',
  they: 'they them their themselves themself theyre',
}
type PronounKey = keyof typeof PRONOUN_SETS
const PRONOUN_KEY = new Map(
  Object.entries(PRONOUN_SETS).flatMap(([key, words]) => words.split(' ').map((word) => [word, key as PronounKey] as const)),
)
const OTHER_PRONOUNS = new Set('it its itself thee thou thy thine xe xem xyr ze zir hir'.split(' '))
const INDEFINITE = /^(?:(?:some|any|every|no)(?:body|one)|no-one)$/iu
const PERSON_NOUN =
  /^(?:man|men|woman|women|boy|boys|girl|girls|lady|ladies|gentleman|gentlemen|child|children|kid|kids|father|mother|mum|mom|dad|brothers?|sisters?|son|sons|daughters?|aunt|uncle|cousins?|wife|husband|friends?|doctor|detective|knights?|king|queen|prince|princess|captain|sheriff|people|person|guy|guys|sir|madam|miss|stranger|strangers|teacher|servants?|maid|cabman|soldiers?|guards?|enem(?:y|ies)|lord|god|gods|goddess|everybody|parents|family|host|guest|guests|neighbou?rs?|landlady|baby|idiot|idiots|boyfriend|girlfriend|thief|thieves|hero|blonde?|brunette|redhead)$/iu

interface Open {
  kind: 'mention' | 'quotation'
  start: number
  key: string
  flag: string
  addressee: string
  order: number
}
interface Marked {
  start: number
  end: number
  key: string
  flag: string
}

/** Compiles one marked story. Throws with a list of every fault; `warnings` name person nouns and capitalised words left unmarked. */
export function compileStory(id: string, source: string): { gold: GoldStory; warnings: string[] } {
  const faults: string[] = []
  const warnings: string[] = []
  const cut = source.indexOf('\n---\n')
  if (cut < 0) throw new Error(`${id}: no line --- after the header`)
  const header = new Map<string, string>()
  const cast: (GoldCharacter & { auto: string[] })[] = []
  for (const line of source.slice(0, cut).split('\n')) {
    const character = /^([a-z][a-z0-9]*) \| ([^|]*) \| ([^|]*) \| ([^|]*)(?:\| (\w+))?$/u.exec(line)
    if (character) {
      const [, key, name, pronouns, names, kind] = character
      const aliases = names!.split(';').map((part) => part.trim())
      cast.push({
        id: key!,
        name: name!.trim(),
        kind: (kind ?? 'person') as GoldCharacter['kind'],
        pronouns: pronouns!.trim() || null,
        aliases: [],
        epithets: [],
        auto: aliases.filter(Boolean),
      })
      continue
    }
    const field = /^(\w+): (.*)$/u.exec(line)
    if (field) header.set(field[1]!, field[2]!.trim())
  }
  const byKey = new Map(cast.map((character) => [character.id, character]))
  const oneLine = header.get('layout') === 'lines'

  // One pass over the marked body: `text` grows without the marks, which are noted with their offsets.
  let text = ''
  const marked: Marked[] = []
  const quotations: (Marked & { addressee: string; order: number })[] = []
  const paragraphKinds: { offset: number; kind: GoldParagraph['kind']; chapter: boolean }[] = []
  const sceneMarks: { offset: number; kind: GoldScene['kind'] }[] = []
  const viewMarks: (Omit<GoldSegment, 'end' | 'chapterIndex'> & { you: string | null })[] = []
  const defaults: { offset: number; map: Map<string, string> }[] = [{ offset: 0, map: new Map() }]
  const open: Open[] = []
  const nameOf = (key: string | null) => (key === null ? null : (byKey.get(key)?.name ?? key))
  const fault = (message: string) => faults.push(`${message} … ${JSON.stringify(text.slice(-50))}`)

  const directive = (line: string) => {
    const [word, ...rest] = line.split(/\s+/u)
    const pairs = new Map(rest.filter((part) => part.includes('=')).map((part) => part.split('=') as [string, string]))
    if (word === '@scene') {
      sceneMarks.push({ offset: text.length, kind: (rest[0] ?? 'scene') as GoldScene['kind'] })
    } else if (word === '@view') {
      const [person, tense] = rest
      const narrator = pairs.get('I') ?? null
      const form = (pairs.get('form') ?? 'narration') as GoldSegment['form']
      const epistolary = person === 'first' && (form === 'diary' || form === 'letter')
      viewMarks.push({
        start: text.length,
        person: person === 'none' ? null : epistolary ? 'epistolary-first' : (person as GoldSegment['person']),
        tense: tense === 'none' || tense === undefined || tense.includes('=') ? null : (tense as 'past' | 'present'),
        tenseBasis: 'known',
        form,
        narrator,
        focal: pairs.get('focal') ?? null,
        ...(form === 'note' || pairs.has('unnamed') ? { unnamed: true as const } : {}),
        certainty: person === 'none' ? 'low' : 'high',
        you: pairs.get('you') ?? null,
      })
      const map = new Map(defaults.at(-1)!.map)
      map.delete('I')
      map.delete('you')
      if (narrator) map.set('I', narrator)
      if (pairs.has('you')) map.set('you', pairs.get('you')!)
      defaults.push({ offset: text.length, map })
    } else if (word === '@') {
      const map = new Map(defaults.at(-1)!.map)
      for (const [key, value] of pairs) {
        if (value === '-') map.delete(key)
        else map.set(key, value)
      }
      defaults.push({ offset: text.length, map })
    } else fault(`unknown directive ${line}`)
  }

  const body = source.slice(cut + 5).replace(/\s+$/u, '\n')
  const mentionOpen = /([a-z][a-z0-9]*|_[a-z0-9]*|0)([=^]?)\[/uy
  const quotationOpen = /\{([~"]?)([a-z0-9_]*)(?:>([a-z0-9_]+))?([+-]?)\|/uy
  let order = 0
  for (let i = 0; i < body.length; ) {
    const atLine = i === 0 || body[i - 1] === '\n'
    if (atLine && body[i] === '@') {
      const end = body.indexOf('\n', i)
      directive(body.slice(i, end).trim())
      i = end + 1
      continue
    }
    if (atLine && body[i] === '%' && /^%[chbn] /u.test(body.slice(i, i + 3))) {
      const letter = body[i + 1]!
      const kind = letter === 'b' ? 'break' : letter === 'n' ? 'note' : 'heading'
      paragraphKinds.push({ offset: text.length, kind, chapter: letter === 'c' })
      i += 3
      continue
    }
    const char = body[i]!
    if (char === '\\') {
      text += body[i + 1]
      i += 2
      continue
    }
    quotationOpen.lastIndex = i
    const quote = char === '{' ? quotationOpen.exec(body) : null
    if (quote) {
      const [all, kind, speaker, addressee, tag] = quote
      open.push({
        kind: 'quotation',
        start: text.length,
        key: speaker!,
        flag: `${kind}${tag}`,
        addressee: addressee ?? '',
        order: order++,
      })
      i += all.length
      continue
    }
    mentionOpen.lastIndex = i
    const mention = /[a-z_0]/u.test(char) && !/[\p{L}\p{N}_]/u.test(body[i - 1] ?? ' ') ? mentionOpen.exec(body) : null
    if (mention) {
      open.push({ kind: 'mention', start: text.length, key: mention[1]!, flag: mention[2]!, addressee: '', order: 0 })
      i += mention[0].length
      continue
    }
    if (char === ']' || char === '}') {
      const top = open.pop()
      if (!top || (top.kind === 'mention') !== (char === ']')) fault(`unexpected ${char}`)
      else if (top.kind === 'mention') marked.push({ start: top.start, end: text.length, key: top.key, flag: top.flag })
      else quotations.push({ ...top, end: text.length })
      i++
      continue
    }
    if (!(oneLine && char === '\n' && text.endsWith('\n'))) text += char
    i++
  }
  if (open.length)
    fault(
      `${open.length} marks left open, first ${open[0]!.key} at ${JSON.stringify(text.slice(open[0]!.start, open[0]!.start + 40))}`,
    )
  text = `${text.trimEnd()}\n`
  quotations.sort((a, b) => a.start - b.start || b.end - a.end)

  // Paragraphs, chapters.
  const paragraphs: GoldParagraph[] = []
  const pattern = oneLine ? /[^\n]+/gu : /\S[\s\S]*?(?=\n[ \t]*\n|\s*$)/gu
  for (const match of text.matchAll(pattern)) {
    const start = match.index
    const end = start + match[0].trimEnd().length
    if (end > start) paragraphs.push({ start, end, kind: paragraphKinds.find((kind) => kind.offset === start)?.kind ?? 'prose' })
  }
  for (const { offset } of paragraphKinds)
    if (!paragraphs.some(({ start }) => start === offset)) faults.push(`mark % at ${offset} opens no paragraph`)
  const chapterStarts = paragraphKinds.filter(({ chapter }) => chapter).map(({ offset }) => offset)
  const chapters = (chapterStarts[0] === 0 ? chapterStarts : [0, ...chapterStarts]).map((start, index, all) => {
    const heading = chapterStarts.includes(start) ? paragraphs.find((paragraph) => paragraph.start === start) : undefined
    return { title: heading ? text.slice(heading.start, heading.end) : '', start, end: all[index + 1] ?? text.length }
  })
  const chapterAt = (offset: number) => chapters.findLastIndex(({ start }) => start <= offset)

  // Scenes and segments.
  const nextStart = (offset: number) => paragraphs.find(({ start, kind }) => start >= offset && kind !== 'break')?.start ?? offset
  const previousProse = (offset: number) => paragraphs.findLast(({ end }) => end <= offset)
  if (sceneMarks[0]?.offset !== 0) faults.push('no @scene at the start')
  if (viewMarks[0]?.start !== 0) faults.push('no @view at the start')
  const scenes: GoldScene[] = sceneMarks.map(({ offset, kind }, index) => {
    const start = nextStart(offset)
    const first = paragraphs.find((paragraph) => paragraph.start === start)
    const cause =
      index === 0
        ? 'start'
        : chapterStarts.includes(start)
          ? 'chapter'
          : first?.kind === 'heading' || first?.kind === 'note' || previousProse(start)?.kind !== 'prose'
            ? 'marker'
            : 'inferred'
    return {
      start: index === 0 ? 0 : start,
      end: sceneMarks[index + 1] ? nextStart(sceneMarks[index + 1]!.offset) : text.length,
      chapter: chapterAt(start),
      kind,
      cause,
    }
  })
  for (const start of chapterStarts)
    if (!scenes.some((scene) => scene.start === start)) faults.push(`no @scene at chapter ${start}`)
  const segments: GoldSegment[] = viewMarks.flatMap(({ you: _you, ...view }, index) => {
    const start = index === 0 ? 0 : nextStart(view.start)
    const end = viewMarks[index + 1] ? nextStart(viewMarks[index + 1]!.start) : text.length
    const named = { ...view, narrator: view.unnamed ? null : nameOf(view.narrator), focal: nameOf(view.focal) }
    const cuts = [start, ...chapterStarts.filter((offset) => offset > start && offset < end), end]
    return cuts
      .slice(0, -1)
      .map((from, piece) => ({ ...named, start: from, end: cuts[piece + 1]!, chapterIndex: chapterAt(from) }))
  })

  // Mentions: marked ones, then names and pronouns that follow from the declarations.
  const mentions: GoldMention[] = []
  const taken = new Map<string, GoldMention | null>()
  let solo = 0
  const clusterOf = (key: string) => (key === '_' ? `_${++solo}` : (byKey.get(key)?.id ?? key))
  const add = (start: number, end: number, cluster: string, mentionType: GoldMention['mentionType'], link?: string) => {
    const mention: GoldMention = {
      start,
      end,
      text: text.slice(start, end),
      entityType: 'PER',
      mentionType,
      cluster,
      ...(link ? { link: { type: 'COP', cluster: link } } : {}),
    }
    const spanKey = `${start}-${end}`
    if (taken.get(spanKey)) faults.push(`two mentions on ${JSON.stringify(mention.text)} at ${start}`)
    taken.set(spanKey, mention)
    mentions.push(mention)
  }
  const lower = (words: string) => words.toLowerCase().replace(/’/gu, "'")
  const isName = (words: string, key: string) =>
    byKey.get(key)?.auto.some((name) => lower(words) === lower(name) || lower(words).endsWith(` ${lower(name)}`)) ?? false
  const isPronoun = (words: string) => PRONOUN_KEY.has(lower(words)) || OTHER_PRONOUNS.has(lower(words))
  const suppressed: Marked[] = []
  for (const mark of marked) {
    if (mark.start === mark.end) faults.push(`empty mention ${mark.key} at ${mark.start}`)
    if (mark.key === '0') {
      suppressed.push(mark)
      continue
    }
    if (!mark.key.startsWith('_') && !byKey.has(mark.key))
      faults.push(`undeclared ${mark.key}[${text.slice(mark.start, mark.end)}]`)
    const words = text.slice(mark.start, mark.end)
    const type = isPronoun(words) ? 'PRON' : mark.flag === '^' || isName(words, mark.key) ? 'PROP' : 'NOM'
    const pronounKey = PRONOUN_KEY.get(lower(words))
    const own = byKey.get(mark.key)?.pronouns
    if (own && (pronounKey === 'he' || pronounKey === 'she') && !own.includes(pronounKey))
      faults.push(
        `${mark.key}[${words}] at ${mark.start}: pronouns are ${own} … ${JSON.stringify(text.slice(mark.start - 40, mark.end + 20))}`,
      )
    add(
      mark.start,
      mark.end,
      mark.flag === '=' ? clusterOf('_') : clusterOf(mark.key),
      type,
      mark.flag === '=' ? clusterOf(mark.key) : undefined,
    )
  }
  const inside = (spans: readonly Marked[], start: number, end: number) =>
    spans.some((span) => span.start <= start && end <= span.end)
  const insideOwnName = (start: number, end: number, key: string) =>
    mentions.some(
      (mention) => mention.start <= start && end <= mention.end && mention.cluster === key && mention.mentionType === 'PROP',
    )
  const names = cast
    .flatMap((character) => character.auto.map((name) => ({ name, key: character.id })))
    .sort((a, b) => b.name.length - a.name.length)
  const named: { start: number; end: number }[] = []
  for (const { name, key } of names) {
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&').replace(/['’]/gu, "['’]")
    for (const match of text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'gu'))) {
      const start = match.index
      const end = start + match[0].length
      if (named.some((span) => span.start < end && start < span.end)) continue
      if (inside(suppressed, start, end)) continue
      named.push({ start, end })
      if (taken.has(`${start}-${end}`) || insideOwnName(start, end, key)) continue
      add(start, end, key, 'PROP')
    }
  }
  const context = (start: number, end: number) => JSON.stringify(text.slice(Math.max(0, start - 45), end + 25))
  const speechAt = (start: number, end: number) =>
    quotations.filter((q) => !q.flag.startsWith('"') && q.start <= start && end <= q.end).at(-1)
  for (const match of text.matchAll(/[\p{L}]+(?:-one)?/gu)) {
    const start = match.index
    const word = match[0]
    const end = start + word.length
    const covered = () =>
      taken.has(`${start}-${end}`) ||
      inside(suppressed, start, end) ||
      named.some((span) => span.start <= start && end <= span.end)
    if (INDEFINITE.test(word)) {
      const isHead = !/['’]/u.test(text[end] ?? '') && mentions.some((mention) => mention.start === start && mention.end > end)
      if (!covered() && !isHead) add(start, end, clusterOf('_'), 'NOM')
      continue
    }
    if (PERSON_NOUN.test(word) && !inside(marked, start, end) && !named.some((span) => span.start <= start && end <= span.end))
      warnings.push(`noun "${word}" ${context(start, end)}`)
    const pronounKey = PRONOUN_KEY.get(lower(word))
    if (!pronounKey || covered()) continue
    if (/[’']/u.test(text[start - 1] ?? '') && /\p{L}/u.test(text[start - 2] ?? '')) continue
    if (pronounKey === 'I' && word === 'i' && header.get('case') !== 'lower') continue
    const now = defaults.findLast(({ offset }) => offset <= start)!.map
    const speech = speechAt(start, end)
    let key: string | undefined
    if (speech && pronounKey === 'I') key = speech.key
    else if (speech && pronounKey === 'you') key = speech.addressee || undefined
    else key = now.get(pronounKey)
    if (!key) {
      faults.push(`"${word}" unresolved ${context(start, end)}`)
      continue
    }
    if (
      speech &&
      pronounKey !== 'I' &&
      pronounKey !== 'you' &&
      pronounKey !== 'we' &&
      (key === speech.key || key === speech.addressee)
    )
      faults.push(`"${word}" in a quotation by ${speech.key} to ${speech.addressee} is ${key} ${context(start, end)}`)
    const own = byKey.get(key)?.pronouns
    if (own && (pronounKey === 'he' || pronounKey === 'she') && !own.includes(pronounKey))
      faults.push(`"${word}" as ${key} ${context(start, end)}`)
    add(start, end, key, 'PRON')
  }
  for (const match of text.matchAll(/(?<=[\p{Ll},;] )\p{Lu}[\p{L}’']+/gu)) {
    const start = match.index
    const end = start + match[0].length
    if (
      !inside(marked, start, end) &&
      !named.some((span) => span.start < end && start < span.end) &&
      !/^I(?:['’]|$)/u.test(match[0])
    )
      warnings.push(`capital "${match[0]}" ${context(start, end)}`)
  }
  mentions.sort((a, b) => a.start - b.start || b.end - a.end)

  // Quotations and characters.
  const known = new Set(mentions.map(({ cluster }) => cluster))
  const person = (key: string | undefined, where: Marked) => {
    if (!key) return null
    if (!byKey.has(key) && !known.has(key)) faults.push(`speaker ${key} unknown ${context(where.start, where.start)}`)
    return key
  }
  const quotes: GoldQuotation[] = []
  const quoted: GoldQuoted[] = []
  for (const q of quotations) {
    const kind = q.flag[0] === '~' ? 'thought' : q.flag[0] === '"' ? 'quoted' : 'speech'
    if (kind === 'speech') {
      const type = q.flag.endsWith('+') ? 'explicit' : q.flag.endsWith('-') ? 'anaphoric' : 'implicit'
      if (!q.key) faults.push(`speech without speaker ${context(q.start, q.start + 20)}`)
      quotes.push({
        id: `q${quotes.length}`,
        start: q.start,
        end: q.end,
        speaker: person(q.key, q),
        addressee: person(q.addressee, q),
        type,
      })
    } else quoted.push({ start: q.start, end: q.end, kind, speaker: person(q.key, q) })
  }
  const characters = [
    ...cast,
    ...[...new Set(quotes.flatMap(({ speaker }) => (speaker?.startsWith('_') ? [speaker] : [])))].map((key) => ({
      id: key,
      name: '',
      kind: 'person' as const,
      pronouns: null,
      aliases: [] as string[],
      epithets: [] as string[],
      auto: [] as string[],
    })),
  ].map(({ auto: _auto, ...character }): GoldCharacter => {
    const own = mentions.filter((mention) => mention.cluster === character.id)
    if (!own.length) faults.push(`character ${character.id} has no mention`)
    const texts = (type: string) => [
      ...new Set(own.filter((mention) => mention.mentionType === type).map((mention) => mention.text.replace(/\s+/gu, ' '))),
    ]
    return {
      ...character,
      name: character.name || own.find((mention) => mention.mentionType !== 'PRON')?.text || character.id,
      aliases: texts('PROP'),
      epithets: texts('NOM'),
    }
  })
  if (faults.length) throw new Error(`${id}: ${faults.length} faults\n  ${faults.join('\n  ')}`)
  const hr = scenes.slice(1).map(({ start, cause }) => ({
    offset: start,
    kind: cause === 'chapter' ? ('chapter' as const) : cause === 'marker' ? ('hr' as const) : ('hidden' as const),
  }))
  const gold: GoldStory = {
    id,
    title: header.get('title') ?? id,
    author: 'throughline corpus',
    style: header.get('style') ?? '',
    world: header.get('world') ?? 'original',
    license: 'CC0-1.0',
    text,
    paragraphs,
    chapters,
    headings: paragraphs.filter(({ kind }) => kind === 'heading').map(({ start, end }) => ({ start, end })),
    breaks: hr,
    scenes,
    segments,
    aliases: Object.fromEntries(characters.map(({ name, aliases }) => [name, aliases.filter((alias) => alias !== name)])),
    characters,
    quotes,
    quoted,
    mentions,
  }
  return { gold, warnings }
}

/** The gold as JSON text, one annotation a line, so that a change of one mark is a change of few lines. */
export function formatGold(gold: GoldStory): string {
  const fields = Object.entries(gold).map(([key, value]) => {
    const list =
      Array.isArray(value) && value.length
        ? `[\n${value.map((item) => `  ${JSON.stringify(item)}`).join(',\n')}\n ]`
        : JSON.stringify(value)
    return ` ${JSON.stringify(key)}: ${list}`
  })
  return `{\n${fields.join(',\n')}\n}\n`
}
