/**
 * Writes the word lists of src/lexicon from WordNet 3.0 (Debian's `wordnet-base`) and compromise's lexicon.
 *   node lexicon.mjs /usr/share/wordnet src/lexicon
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import nlp from 'compromise'

/** The parts of compromise's untyped innards that are read here. */
interface Compromise {
  one: { lexicon: Record<string, string | string[]> }
  two: {
    transform: {
      verb: {
        conjugate: (
          lemma: string,
          model: object,
        ) => { PresentTense: string; PastTense: string; Gerund: string; Participle?: string }
      }
    }
  }
}

const [wordnet, out] = process.argv.slice(2)
if (wordnet === undefined || out === undefined) throw new Error('usage: lexicon WORDNET_DIR OUT_DIR')

const wordnetSource = 'WordNet 3.0, Princeton University (data files of Debian package wordnet-base)'
const wordnetLicence = 'WordNet 3.0 licence (permissive, attribution)'

/** Lexicographer file of every synset of a part of speech, by offset. */
function lexicographerFiles(pos: 'noun' | 'verb'): Map<string, number> {
  const files = new Map<string, number>()
  for (const line of readFileSync(join(wordnet!, `data.${pos}`), 'latin1').split('\n')) {
    if (line.startsWith(' ') || line === '') continue
    const [offset, file] = line.split(' ', 2)
    files.set(offset!, Number(file))
  }
  return files
}

/** Lexicographer files of a lemma's senses, commonest sense first. */
function senses(pos: 'noun' | 'verb'): Map<string, number[]> {
  const files = lexicographerFiles(pos)
  const lemmas = new Map<string, number[]>()
  for (const line of readFileSync(join(wordnet!, `index.${pos}`), 'latin1').split('\n')) {
    if (line.startsWith(' ') || line === '') continue
    const fields = line.trim().split(' ')
    const pointers = Number(fields[3])
    lemmas.set(
      fields[0]!,
      fields.slice(6 + pointers).map((offset) => files.get(offset)!),
    )
  }
  return lemmas
}

const isWord = (lemma: string): boolean => /^[a-z]{2,}$/.test(lemma)

const inflections = (lemma: string): string[] => {
  const forms = (nlp.methods() as Compromise).two.transform.verb.conjugate(lemma, nlp.model())
  return [...new Set([lemma, forms.PresentTense, forms.PastTense, forms.Gerund, ...(forms.Participle ? [forms.Participle] : [])])]
}

const verbSenses = senses('verb')
const lexicographer = { body: 29, cognition: 31, communication: 32, emotion: 37, motion: 38, perception: 39 }
/** Manners of saying that WordNet files elsewhere first (sounds, animal calls, breath, body), written by hand. */
const manners =
  'add bark bawl bellow bite breathe burst chirp choke chorus chuckle coo croak croon crow cry drawl echo exclaim finish gasp giggle groan growl grumble grunt gush hiss hoot howl huff hum interject interrupt jeer laugh moan mumble murmur mutter pant persist pipe plead press prompt purr quaver quip rasp rattle roar rumble say scoff scold scream screech shriek shrill sigh snap snarl sneer sniff snigger snort sob speak splutter squawk squeak squeal stammer stutter tease venture wail weep wheeze whimper whine whisper yell yelp'

/** Verbs whose first sense is in the given lexicographer file, with all their forms. */
const verbsOf = (file: number, more = ''): string => {
  const lemmas = [...verbSenses].filter(([lemma, files]) => isWord(lemma) && files[0] === file).map(([lemma]) => lemma)
  return [...new Set([...lemmas, ...more.split(' ').filter(Boolean)].flatMap(inflections))].filter(isWord).sort().join(' ')
}

const write = (name: string, data: object): void => writeFileSync(join(out, `${name}.json`), `${JSON.stringify(data, null, 1)}\n`)

write('verbs', {
  source: `${wordnetSource}: verbs by the lexicographer file of their first sense, inflected with compromise 14 (MIT); manners of saying added by hand`,
  licence: wordnetLicence,
  communication: verbsOf(lexicographer.communication, manners),
  perception: verbsOf(lexicographer.perception),
  cognition: verbsOf(lexicographer.cognition),
  emotion: verbsOf(lexicographer.emotion),
  body: verbsOf(lexicographer.body),
  motion: verbsOf(lexicographer.motion),
})

const personFile = 18
const groupFile = 14
const nounSenses = [...senses('noun')].filter(([lemma]) => isWord(lemma))
write('nouns', {
  source: `${wordnetSource}: single nouns by lexicographer file`,
  licence: wordnetLicence,
  /** First sense is a person. */
  person: nounSenses
    .filter(([, files]) => files[0] === personFile)
    .map(([lemma]) => lemma)
    .join(' '),
  /** A later sense is a person. */
  personLater: nounSenses
    .filter(([, files]) => files[0] !== personFile && files.slice(1, 3).includes(personFile))
    .map(([lemma]) => lemma)
    .join(' '),
  group: nounSenses
    .filter(([, files]) => files[0] === groupFile)
    .map(([lemma]) => lemma)
    .join(' '),
  animal: nounSenses
    .filter(([, files]) => files[0] === 5)
    .map(([lemma]) => lemma)
    .join(' '),
})

const tagged = Object.entries((nlp.model() as Compromise).one.lexicon).filter(([name]) => /^[a-z][a-z'-]+$/.test(name))
const withTag = (tag: string): string =>
  tagged
    .filter(([, tags]) => [tags].flat().includes(tag))
    .map(([name]) => name)
    .sort()
    .join(' ')
write('names', {
  source: 'compromise 14.17.0, lexicon of first names and surnames',
  licence: 'MIT, Spencer Kelly and contributors',
  he: withTag('MaleName'),
  she: withTag('FemaleName'),
  either: withTag('FirstName'),
  surname: withTag('LastName'),
})
