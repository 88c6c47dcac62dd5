/**
 * Prints docs/sealward.schema.json, the JSON Schema of sealward.yml for editors, from the definition that the parser uses:
 * `node scripts/schema.ts > docs/sealward.schema.json`. A test holds the committed file to it.
 */
import { pathToFileURL } from 'node:url'
import { toJsonSchema } from '@valibot/to-json-schema'
import { PolicySchema } from '../src/core/policy/schema.ts'

/** The text of the file. Checks that JSON Schema has no words for (globs, the calendar, one rule at most) are left to the parser. */
export function policySchemaText(): string {
  const schema = toJsonSchema(PolicySchema, { target: 'draft-07', typeMode: 'input', errorMode: 'ignore' })
  const titled = { $schema: schema.$schema, title: 'sealward.yml', ...schema }
  return `${JSON.stringify(titled, null, 2).replace(SHORT_LIST, onOneLine)}\n`
}

/** A list of texts goes on one line, as the formatter of this repository has it. */
const SHORT_LIST = /\[\s+"[^"]*"(?:,\s+"[^"]*")*\s+\]/g

function onOneLine(list: string): string {
  return list.replace(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.stdout.write(policySchemaText())
