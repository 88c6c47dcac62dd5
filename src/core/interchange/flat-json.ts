import type { DotenvEntry } from '../dotenv/document.ts'
import { printableName } from '../dotenv/names.ts'
import { SealwardError } from '../errors.ts'

/**
 * Reads a JSON object of strings, numbers and booleans as names and values. V8's parser does not recurse, so depth needs no bound here.
 *
 * @throws SealwardError malformed, naming the member that holds something else
 */
export function readFlatJson(text: string): Pick<DotenvEntry, 'name' | 'value'>[] {
  const parsed = parse(text)
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed))
    throw malformed('this is not a JSON object')
  return Object.entries(parsed).map(([name, value]) => {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
      throw malformed(`${printableName(name)} is neither text, a number nor a boolean`)
    return { name, value: String(value) }
  })
}

/** The parser's own message quotes the text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw malformed('this is not JSON')
  }
}

function malformed(message: string): SealwardError {
  return new SealwardError('malformed', message)
}
