import type { Document } from '../dotenv/document.ts'
import { variablesOf } from './variables.ts'

/**
 * `export NAME='value'` lines for any POSIX shell. Inside single quotes nothing is special (POSIX.1-2024, XCU 2.2.2), so nothing in
 * a value can run; a single quote is written as `'\''`: out of the quotes, an escaped quote, and in again.
 *
 * @throws SealwardError name-invalid or not-representable
 */
export function renderShell(document: Document): string {
  return variablesOf(document, 'shell')
    .map(({ name, value }) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`)
    .join('')
}
