/** Figures as they are counted up: each with its cluster, its sex by votes, and how it was brought up. */
import { Sex } from './sex.js'

/** How a nominal brings its person up. */
export const Calling = { name: 0, introduced: 1, role: 2, anyone: 3, kin: 4 } as const

/** What title, noun, first name and pronouns are worth as evidence of sex, in votes. */
export const sexVotes = { title: 1000, firstName: 3, pronoun: 1, cluster: 2 }

export class Figures {
  readonly cluster: number[] = []
  readonly named: number[] = []
  readonly he: number[] = []
  readonly she: number[] = []
  readonly calling: number[] = []

  add(cluster: number, named: boolean, calling: number = Calling.name): number {
    this.calling.push(calling)
    this.named.push(named ? 1 : 0)
    this.he.push(0)
    this.she.push(0)
    return this.cluster.push(cluster) - 1
  }

  vote(figure: number, sex: number, weight: number): void {
    if (sex === Sex.he) this.he[figure]! += weight
    else if (sex === Sex.she) this.she[figure]! += weight
  }
}
