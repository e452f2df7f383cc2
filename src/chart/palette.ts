/**
 * Ten colours that stay apart under normal sight and simulated protanopia, deuteranopia and tritanopia (Machado et al. 2009):
 * least OKLab distance 0.10, found by hill climbing from hand-picked hues; each has a contrast of at least 3:1 with white.
 * In the order of use: blue, orange, green, purple, sky, red, brown, lavender, navy, sage.
 */
export const palette = [
  '#2e43c0',
  '#dd7825',
  '#197c5e',
  '#86237c',
  '#3e93ee',
  '#cc361a',
  '#542213',
  '#926ba7',
  '#1b2059',
  '#809b7e',
] as const

/** The same ten for a dark page: at least 3:1 with #16181d, least distance 0.11. */
export const darkPalette = [
  '#3d7efd',
  '#f8b21b',
  '#89fded',
  '#bb31b5',
  '#ceb8ff',
  '#ce1f1a',
  '#d97841',
  '#9099a2',
  '#5c6f63',
  '#f1f37b',
] as const

/** Dash patterns that tell the eleventh line from the first, the twenty-first from both. */
const dashes = [null, '7 3', '2 3'] as const

/** Everything that is not one character's: others, nobody, unknown. */
export const neutral = '#a3a3a0'

/** A character's paint: one for every chart of a story. */
export interface Paint {
  /** Index into the palettes; also the number in the classes `fN` (fill), `sN` (stroke) and `tN` (text), for style sheets. */
  readonly slot: number
  readonly colour: string
  /** The colour darkened for small text: at least 4.5:1 with white. Class `tN`. */
  readonly ink: string
  readonly dash: string | null
  /** What fills a disc or bar: the colour; for the eleventh character on a tint of it, outlined in the colour itself. */
  readonly fill: { readonly class: string; readonly fill: string; readonly stroke: string | null }
}

/** A colour moved towards black (0) or white (255) by a share. */
export const mixed = (colour: string, towards: 0 | 255, share: number): string =>
  `#${[1, 3, 5]
    .map((k) => Math.round(Number.parseInt(colour.slice(k, k + 2), 16) * (1 - share) + towards * share))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`

/** Share of black in a character's colour for text. */
export const inkShare = 0.3

/** Share of white in the fills of the second and the third ten. */
const tints = [0, 0.5, 0.85] as const

/** The paint of the character at a place in the story's order of prominence. */
export function paintOf(rank: number): Paint {
  const slot = rank % palette.length
  const round = Math.floor(rank / palette.length) % dashes.length
  const colour = palette[slot]!
  const fill =
    round === 0
      ? { class: `f${slot}`, fill: colour, stroke: null }
      : { class: `f${slot} s${slot} tint${round}`, fill: mixed(colour, 255, tints[round]!), stroke: colour }
  return { slot, colour, ink: mixed(colour, 0, inkShare), dash: dashes[round]!, fill }
}
