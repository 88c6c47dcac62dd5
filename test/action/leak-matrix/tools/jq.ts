import type { Form } from '../form.ts'
import { type Expressions, formsOf, runTool } from './run.ts'

const EXPRESSIONS: Expressions = {
  '@json': '@json',
  '@json, twice': '@json | @json',
  '@csv': '[.] | @csv',
  '@tsv': '[.] | @tsv',
  '@html': '@html',
  '@uri': '@uri',
  '@sh': '@sh',
  '@base64': '@base64',
  explode: 'explode | tojson',
}

/** What jq prints. */
export function jq(): Form[] {
  return formsOf('jq', EXPRESSIONS, (texts, expressions) =>
    JSON.parse(runTool('jq', ['-c', `[${expressions.map((expression) => `map(${expression})`).join(', ')}]`], texts)),
  )
}
