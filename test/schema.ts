import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'

let validate: ValidateFunction | undefined

/** What in the value contradicts schema.json, in one line; `null` when nothing does. */
export function matchesSchema(value: unknown): string | null {
  validate ??= new Ajv({ strict: false }).compile(JSON.parse(readFileSync('schema.json', 'utf8')))
  if (validate(value)) return null
  const [error] = validate.errors ?? []
  return `${error?.instancePath ?? ''} ${error?.message ?? ''} ${JSON.stringify(error?.params ?? {})}`
}
