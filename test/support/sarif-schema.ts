import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'

/** The schema of OASIS, draft 4: what it uses means the same in draft 7 but for `id`, and nothing refers to that. */
const {
  $schema: _,
  id: __,
  ...schema
} = JSON.parse(readFileSync('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', 'utf8')) as Record<
  string,
  unknown
>
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
formats.default(ajv)

/** Judges a document; `errors` says what is wrong with the last one. */
export const validateSarif = ajv.compile(schema)
