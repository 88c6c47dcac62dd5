/**
 * Prints a JSON Schema from the one definition that the code uses: `node scripts/schema.ts > docs/sealward.schema.json` that of
 * sealward.yml, for editors, and `node scripts/schema.ts scan > docs/scan.schema.json` that of `sealward scan --format json`,
 * and `check` in its place that of `sealward check --format json`. Tests hold the committed files to it.
 */
import { pathToFileURL } from 'node:url'
import { type ConversionConfig, toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import { PolicySchema } from '../src/core/policy/schema.ts'
import { CheckDocumentShape } from '../src/core/report/check/json-shape.ts'
import { ScanDocumentShape } from '../src/core/report/scan/json/json-shape.ts'

/** Checks that JSON Schema has no words for (globs, the calendar, one rule at most) are left to the parser. */
export function policySchemaText(): string {
  return schemaText('sealward.yml', PolicySchema, 'input')
}

/** For readers of the document: members may be added to it, so others than these are not refused. */
export function scanSchemaText(): string {
  return schemaText('sealward scan --format json', ScanDocumentShape, 'output')
}

/** The same, of `sealward check --format json`. */
export function checkSchemaText(): string {
  return schemaText('sealward check --format json', CheckDocumentShape, 'output')
}

function schemaText(title: string, definition: GenericSchema, typeMode: ConversionConfig['typeMode'] & string): string {
  const schema = toJsonSchema(definition, { target: 'draft-07', typeMode, errorMode: 'ignore' })
  const titled = { $schema: schema.$schema, title, ...schema }
  return `${JSON.stringify(titled, null, 2).replace(SHORT_LIST, onOneLine)}\n`
}

const WIDTH = 120
/** A list of texts goes on one line where that has room for it, as the formatter of this repository has it. */
const SHORT_LIST = /\[\s+"[^"]*"(?:,\s+"[^"]*")*\s+\]/g

function onOneLine(list: string, offset: number, whole: string): string {
  const line = list.replace(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']')
  const column = offset - whole.lastIndexOf('\n', offset) - 1
  const comma = whole[offset + list.length] === ',' ? 1 : 0
  return column + line.length + comma <= WIDTH ? line : list
}

const TEXTS: Readonly<Record<string, () => string>> = { scan: scanSchemaText, check: checkSchemaText }

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.stdout.write((TEXTS[process.argv[2] ?? ''] ?? policySchemaText)())
