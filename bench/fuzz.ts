/** 10,000 random strings of hostile characters, and 20,000-character runs of one: each gives a sound Story within a second. `npm run fuzz` */
import fc from 'fast-check'
import { analyze } from '../src/index.js'
import { problemsOf } from '../test/validate.js'

const limit = 1000
const units = [
  ...' \n\r\t"\'“”‘’«»„—–-.!?…,;:*_~/\\#()[]<>&@0123456789aAzZéñßİı漢字かな한🙂👩‍👩‍👧\u0000\u0007\u001b\u0085\u00a0\u00ad\u200b\u200d\u200e\u202e\u2028\u2029\u3000\ufeff\ufffd\ud800\udc00\u0301',
  '\n\n',
  'Anna',
  ' he ',
  ' I ',
  ' said ',
  '“No,” ',
  'Chapter 1\n\n',
  'A/N: ',
  'Mr. ',
  '* * *',
  'oOo',
  "'s",
  '’m',
  '<hr>',
  '__proto__',
  'constructor',
]
let slowest = 0
const check = (text: string): void => {
  const start = performance.now()
  const problems = problemsOf(analyze(text))
  const ms = performance.now() - start
  slowest = Math.max(slowest, ms)
  if (problems.length > 0) throw new Error(`${JSON.stringify(text)}: ${problems.join('; ')}`)
  if (ms > limit) throw new Error(`${JSON.stringify(text.slice(0, 40))}… (${text.length} code units) took ${Math.round(ms)} ms`)
}
check('warm')
fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...units), maxLength: 200 }), check), { numRuns: 10_000, seed: 1 })
for (const unit of units) check(unit.repeat(Math.ceil(20_000 / unit.length)))
console.log(`10,000 strings and ${units.length} runs of 20,000 code units: sound, slowest ${Math.round(slowest)} ms`)
