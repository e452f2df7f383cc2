/** wink-nlp's tagging rules as tables: state machines over the likeliest tags of the words, which correct some of them. */

/** What a story's words bring to the rules, a column per token. */
export interface TagColumns {
  /** The tag so far. */
  readonly tag: Uint8Array
  /** The word's own sign, 0 for none: then the tag stands for it. */
  readonly hint: Uint8Array
  /** The tags that the word may have, a bit each. */
  readonly possible: Int32Array
}

/** One machine: rows are states, columns signs. State 0 is where each pattern begins. */
export interface Machine {
  readonly next: Int16Array
  /** State in which a pattern ends when the next sign leads nowhere, 0 for none. */
  readonly otherwise: Int16Array
  /** Tag that the pattern ending in a state gives: negative without asking whether the word may have it, 0 for none. */
  readonly target: Int8Array
  /** 1 where a pattern ends. */
  readonly ends: Uint8Array
  /** Which token of the pattern, counted from its first, the tag is for. */
  readonly mark: Int8Array
}

/** Signs: the tags, the words' own, and the end of the text. */
const hintBase = 18
const endSign = hintBase + 256
const width = endSign + 1
/** wink's numbers for them. */
const winkHint = 1_080_000
const winkEnd = 2_070_000
const winkOtherwise = 2_070_003

type States<T> = Record<string, T>

export function compileMachine(json: string): Machine {
  const [, last, states, ends, marks] = JSON.parse(json) as [
    number,
    number,
    States<States<number>>,
    States<string>,
    States<[number, number]>,
  ]
  const machine: Machine = {
    next: new Int16Array((last + 1) * width),
    otherwise: new Int16Array(last + 1),
    target: new Int8Array(last + 1),
    ends: new Uint8Array(last + 1),
    mark: new Int8Array(last + 1),
  }
  for (const [state, events] of Object.entries(states))
    for (const [event, next] of Object.entries(events)) {
      if (Number(event) === winkOtherwise) machine.otherwise[+state] = next
      else if (/^\d+$/.test(event)) machine.next[+state * width + signOf(+event)] = next
    }
  for (const [state, target] of Object.entries(ends)) {
    machine.ends[+state] = 1
    machine.target[+state] = +target
  }
  for (const [state, [from]] of Object.entries(marks)) machine.mark[+state] = from
  return machine
}

const signOf = (event: number): number => (event === winkEnd ? endSign : event > winkHint ? event - winkHint + hintBase : event)

/**
 * Corrects the tags of one piece of text: finds the patterns, each as long as it can be and none overlapping, then sets what they
 * say. As wink-nlp's automaton does, token for token. `places` and `targets` are working room, as long as the columns.
 */
export function applyMachine(
  { next, otherwise, ends, target, mark }: Machine,
  { tag, hint, possible }: TagColumns,
  count: number,
  places: Int32Array,
  targets: Int8Array,
): void {
  let found = 0
  let state = 0
  let first = 0
  let openState = 0
  let openAt = 0
  for (let i = 0; i <= count; i++) {
    for (let j = i; j <= count; j++) {
      let sign = endSign
      if (j < count) {
        sign = tag[j]!
        if (sign === 0) continue
        if (hint[j] !== 0) sign = hintBase + hint[j]!
      }
      let reached = next[state * width + sign]!
      if (state === 0 && reached !== 0) first = j
      let pattern = 0
      if (ends[reached] !== 0) {
        pattern = reached
        i = j
      } else if (reached === 0 && openState !== 0) {
        pattern = openState
        i = openAt
      }
      const isOver = pattern !== 0 || reached === 0
      if (pattern !== 0) {
        if (target[pattern] !== 0) {
          places[found] = first + mark[pattern]!
          targets[found++] = target[pattern]!
        }
        reached = 0
        openState = 0
      }
      state = reached
      if (isOver) break
      if (otherwise[state] !== 0) {
        openAt = j
        openState = otherwise[state]!
      }
    }
  }
  for (let k = 0; k < found; k++) {
    const at = places[k]!
    const to = targets[k]!
    if (to < 0) tag[at] = -to
    else if ((possible[at]! & (1 << to)) !== 0) tag[at] = to
  }
}
