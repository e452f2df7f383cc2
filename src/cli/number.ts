/** Numbers given as flags. */
import { InvalidArgumentError } from 'commander'

const numberThat =
  (test: (number: number) => boolean, expected: string) =>
  (value: string): number => {
    const number = Number(value)
    if (value.trim() === '' || !test(number)) throw new InvalidArgumentError(`expected ${expected}.`)
    return number
  }

export const positive = numberThat((number) => number > 0 && Number.isFinite(number), 'a number above 0')
export const count = numberThat((number) => Number.isInteger(number) && number >= 0, 'a whole number')
export const decimal = numberThat((number) => number >= 0 && Number.isFinite(number), 'a number from 0 up')
