import { Buffer } from 'node:buffer'
import { SealwardError } from '../errors.ts'
import { type DotenvEntry, LIMITS } from './document.ts'
import { printableName } from './names.ts'

/** Whether a string is text that an environment and a UTF-8 file can hold: no NUL, no lone surrogate. */
export function isText(value: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(value)
}

/**
 * Checks a value against docs/dotenv.md section 6.
 *
 * @throws SealwardError not-representable for what is no text
 */
export function checkValueText({ name, value }: Pick<DotenvEntry, 'name' | 'value'>): void {
  if (isText(value)) return
  throw new SealwardError('not-representable', `the value of ${printableName(name)} has a NUL or is not Unicode text`, {
    hint: 'an environment variable cannot hold it: store it as base64',
  })
}

/**
 * Checks a value against docs/dotenv.md section 5.
 *
 * @throws SealwardError limit, naming the variable
 */
export function checkValueSize({ name, value }: Pick<DotenvEntry, 'name' | 'value'>, line?: number): void {
  // No UTF-16 unit takes more than 3 bytes of UTF-8, so a short value need not be counted.
  if (value.length * 3 <= LIMITS.valueBytes || Buffer.byteLength(value) <= LIMITS.valueBytes) return
  throw new SealwardError('limit', `the value of ${printableName(name)} is larger than ${LIMITS.valueBytes} bytes`, {
    hint: 'operating systems refuse a larger environment variable: keep it in a file of its own',
    ...(line === undefined ? {} : { line }),
  })
}
