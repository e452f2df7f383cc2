/** Writes schema.json, the JSON Schema of `Story`, from the types themselves: `npm run schema`. */
import { writeFileSync } from 'node:fs'
import { createGenerator } from 'ts-json-schema-generator'

const schema = createGenerator({
  path: 'src/types.ts',
  tsconfig: 'tsconfig.json',
  type: 'Story',
  topRef: false,
  additionalProperties: false,
  skipTypeCheck: true,
}).createSchema('Story')

// Results are passed on without the text unless asked for: the schema holds for both.
const required = schema.required?.filter((name) => name !== 'text')
writeFileSync('schema.json', `${JSON.stringify({ ...schema, title: 'Story', required }, null, 2)}\n`)
