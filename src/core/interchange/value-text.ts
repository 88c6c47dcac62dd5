import { printableName } from '../dotenv/names.ts'
import { SealwardError } from '../errors.ts'

/**
 * The text of a value that another tool sealed.
 *
 * @throws SealwardError not-representable, naming the variable, for bytes that are not UTF-8
 */
export function valueText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new SealwardError('not-representable', `the value of ${printableName(name)} is not UTF-8 text`)
  }
}
