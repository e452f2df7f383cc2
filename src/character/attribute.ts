/** What each mention's own words and place say, as columns: the ground on which every later rule and score stands. */
import type { MentionSpan, QuotationLayer, TextLayer } from '../layers.js'
import { addressWords, femaleFirstNames, femaleTitles, maleFirstNames, maleTitles } from '../lexicon/person.js'
import { Sign, signReader } from '../text/sign.js'
import { flagWords } from '../text/token.js'
import { Pos, Role, roleOf, splitClauses } from './clause.js'
import { describeHead, HeadClass } from './noun.js'
import { Case, pronounOf, Sex } from './pronoun.js'

/** Codes of a mention's type. */
export const Kind = { name: 0, nominal: 1, pronoun: 2 } as const
/** Codes of what opens a noun phrase. */
export const Determiner = { none: 0, indefinite: 1, the: 2, demonstrative: 3, possessive: 4, quantifier: 5 } as const

/** One entry per mention. Mention indexes are -1 for none. */
export interface Attributes {
  readonly length: number
  readonly kind: Uint8Array
  /** Grammatical person of a pronoun, 3 for names and nouns. */
  readonly person: Uint8Array
  readonly plural: Uint8Array
  /** A code of `Sex`: what the pronoun, the noun or the title says. */
  readonly sex: Uint8Array
  /** A code of `Sex`: what the first name usually is. */
  readonly nameSex: Uint8Array
  readonly case: Uint8Array
  readonly role: Uint8Array
  readonly determiner: Uint8Array
  readonly headClass: Uint8Array
  /** A code of `Sign`, outside quotations. */
  readonly sign: Uint8Array
  /** Vocabulary index of the head, plural nouns as they stand. */
  readonly head: Int32Array
  readonly quotation: Int32Array
  readonly paragraph: Int32Array
  readonly sentence: Int32Array
  readonly clause: Int32Array
  /** Mention that owns this one: "her" in "her sister", "Anna" in "Anna's brother" and "the brother of Anna". */
  readonly possessor: Int32Array
  /** The smallest mention that holds this one. */
  readonly outer: Int32Array
  /** 1 behind the head of the mention that holds it: "him" in "a man who knew [him]self", not "her" in "[her] sister". */
  readonly trails: Uint8Array
  /** Mention that this one describes: "Anna" for "a doctor" in "Anna was a doctor" and "Anna, the doctor". */
  readonly describes: Int32Array
  /** Mention joined to this one from the left by "and" or a comma in a list. */
  readonly joined: Int32Array
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))
const beForms = set("is was are were be been being 's 're 'm am became become becomes remained seemed")
const indefinites = set('a an another some certain one')
const demonstratives = set('this that these those such')
const quantifiers = set(
  'no every each any all both many few several most more other others two three four five six seven eight nine ten dozen hundreds thousands half none either neither enough',
)

/** Reads every mention's columns. One pass over tokens and one over mentions. */
export function readAttributes(
  { tokens, text }: TextLayer,
  quotations: QuotationLayer,
  mentions: readonly MentionSpan[],
): Attributes {
  const n = mentions.length
  const bytes = (): Uint8Array => new Uint8Array(n)
  const indexes = (): Int32Array => new Int32Array(n).fill(-1)
  const a = {
    length: n,
    kind: bytes(),
    person: bytes(),
    plural: bytes(),
    sex: bytes(),
    nameSex: bytes(),
    case: bytes().fill(Case.other),
    role: bytes().fill(Role.other),
    determiner: bytes(),
    headClass: bytes(),
    sign: bytes(),
    head: indexes(),
    quotation: indexes(),
    paragraph: indexes(),
    sentence: indexes(),
    clause: indexes(),
    possessor: indexes(),
    outer: indexes(),
    trails: bytes(),
    describes: indexes(),
    joined: indexes(),
  }
  const flags = {
    be: flagWords(tokens, beForms),
    indefinite: flagWords(tokens, indefinites),
    demonstrative: flagWords(tokens, demonstratives),
    quantifier: flagWords(tokens, quantifiers),
    maleTitle: flagWords(tokens, maleTitles()),
    femaleTitle: flagWords(tokens, femaleTitles()),
    maleName: flagWords(tokens, maleFirstNames()),
    femaleName: flagWords(tokens, femaleFirstNames()),
    address: flagWords(tokens, addressWords()),
  }
  const clauseOf = splitClauses({ tokens, text })
  const signOf = signReader({ tokens }, quotations)
  const { word, pos, vocabulary } = tokens
  const the = tokens.wordId('the')
  const of = tokens.wordId('of')
  const and = tokens.wordId('and')
  const comma = tokens.wordId(',')
  const ownerMark = tokens.wordId("'s")
  const bareMark = tokens.wordId("'")
  const heads: (ReturnType<typeof describeHead> | undefined)[] = new Array(vocabulary.length).fill(undefined)
  const stack: number[] = []
  /** Mention whose last token is this one, the outermost; for copula, apposition and coordination. */
  const endsAt = new Int32Array(tokens.length).fill(-1)

  for (let m = 0; m < n; m++) {
    const { first, last, head, mentionType, plural, vocative, start, end } = mentions[m]!
    a.kind[m] = mentionType === 'PROP' ? Kind.name : mentionType === 'NOM' ? Kind.nominal : Kind.pronoun
    a.head[m] = word[head]!
    a.quotation[m] = quotations.quotationOf[head]!
    // “Sir!”, “Sweetheart, listen”: the capital is the sentence's, and any number of people are called so.
    if (a.kind[m] === Kind.name && first === last && a.quotation[m]! >= 0 && flags.address[word[head]!]) a.kind[m] = Kind.nominal
    a.paragraph[m] = tokens.paragraph[head]!
    a.sentence[m] = tokens.sentence[head]!
    a.clause[m] = clauseOf[first]!
    a.plural[m] = plural ? 1 : 0
    a.sign[m] = a.quotation[m]! >= 0 ? Sign.other : signOf(mentions[m]!)
    while (stack.length > 0 && mentions[stack[stack.length - 1]!]!.end < end) stack.pop()
    while (stack.length > 0 && mentions[stack[stack.length - 1]!]!.end <= start) stack.pop()
    if (stack.length > 0) {
      a.outer[m] = stack[stack.length - 1]!
      if (first > mentions[a.outer[m]!]!.head) a.trails[m] = 1
    }
    stack.push(m)
    const after = last + 1 < tokens.length ? word[last + 1]! : -1
    const owns = after >= 0 && (after === ownerMark || after === bareMark)

    const pronoun = a.kind[m] === Kind.pronoun ? pronounOf(vocabulary[word[head]!]!) : undefined
    if (pronoun !== undefined) {
      a.person[m] = pronoun.person
      a.sex[m] = pronoun.sex
      a.case[m] = pronoun.case
      if (pronoun.plural) a.plural[m] = 1
      // "her" and "his" before a noun own it; "her" elsewhere is an object.
      if (pronoun.sex === Sex.she && vocabulary[word[head]!] === 'her' && opensNounPhrase(pos[last + 1] ?? 0))
        a.case[m] = Case.possessive
    } else {
      a.person[m] = 3
      if (a.kind[m] === Kind.name) {
        for (let t = first; t <= last && a.sex[m] === 0; t++)
          if (t < last || first === last)
            a.sex[m] = flags.maleTitle[word[t]!] ? Sex.he : flags.femaleTitle[word[t]!] ? Sex.she : 0
        for (let t = first; t <= last && a.nameSex[m] === 0; t++)
          a.nameSex[m] = flags.maleName[word[t]!]
            ? flags.femaleName[word[t]!]
              ? 0
              : Sex.he
            : flags.femaleName[word[t]!]
              ? Sex.she
              : 0
      }
      heads[word[head]!] ??= describeHead(vocabulary[word[head]!]!)
      const known = heads[word[head]!]!
      a.headClass[m] = known.headClass
      if (a.sex[m] === 0 && (a.kind[m] === Kind.nominal || known.headClass !== HeadClass.other)) a.sex[m] = known.sex
      const opener = word[first]!
      a.determiner[m] =
        first === head
          ? Determiner.none
          : opener === the
            ? Determiner.the
            : flags.indefinite[opener]
              ? Determiner.indefinite
              : flags.demonstrative[opener]
                ? Determiner.demonstrative
                : flags.quantifier[opener] || pos[first] === Pos.num
                  ? Determiner.quantifier
                  : Determiner.none
    }

    // "[[her] sister]", "[[Anna]'s brother]", "[the brother of [Anna]]".
    const outer = a.outer[m]!
    if (outer >= 0) {
      const whole = mentions[outer]!
      if (last < whole.head && first === whole.first && (a.case[m] === Case.possessive || owns)) {
        a.possessor[outer] = m
        a.determiner[outer] = Determiner.possessive
      } else if (first > whole.head && word[whole.head + 1] === of && first <= whole.head + 3 && a.possessor[outer]! < 0)
        a.possessor[outer] = m
    }

    a.role[m] = vocative
      ? Role.vocative
      : a.case[m] === Case.possessive || (owns && outer >= 0)
        ? Role.possessive
        : roleOf(pos, word, first, last, tokens.length, tokens.sentence)
    if (a.case[m] === Case.subject) a.role[m] = Role.subject
    else if (a.case[m] === Case.object && a.role[m] === Role.subject) a.role[m] = Role.object

    // "Anna was [a doctor]"; "Anna, [the doctor], …".
    if (a.kind[m] === Kind.nominal) {
      const subject = copulaSubject(first)
      if (subject >= 0) a.describes[m] = subject
      else if (word[first - 1] === comma && a.determiner[m] !== Determiner.quantifier) {
        const described = endsAt[first - 2] ?? -1
        const closed = last + 1 >= tokens.length || pos[last + 1] === Pos.punct
        if (described >= 0 && closed && a.plural[described] === a.plural[m] && a.kind[described] !== Kind.pronoun)
          a.describes[m] = described
      }
    }
    if (first >= 2 && word[first - 1] === and) {
      const left = endsAt[word[first - 2] === comma ? first - 3 : first - 2] ?? -1
      if (left >= 0 && tokens.sentence[mentions[left]!.head] === a.sentence[m]) a.joined[m] = left
    }
    if (endsAt[last]! < 0) endsAt[last] = m
  }
  return a

  /** The mention before a form of "be" that stands right before token `first`; -1 without one. */
  function copulaSubject(first: number): number {
    let t = first - 1
    for (let steps = 0; t > 0 && steps < 3; steps++, t--) {
      if (flags.be[word[t]!]) {
        let s = t - 1
        while (s > 0 && s > t - 4 && (pos[s] === Pos.adv || pos[s] === Pos.aux || pos[s] === Pos.part)) s--
        return endsAt[s] ?? -1
      }
      if (pos[t] !== Pos.adv && pos[t] !== Pos.part) return -1
    }
    return -1
  }
}

const opensNounPhrase = (pos: number): boolean => pos === Pos.noun || pos === Pos.adj || pos === Pos.propn || pos === Pos.num
