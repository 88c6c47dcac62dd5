import { Buffer } from 'node:buffer'
import type { Document, DotenvEntry } from '../dotenv/document.ts'
import { SealwardError } from '../errors.ts'
import { variablesOf } from './variables.ts'

/** The docker command reads a line with its LF into a buffer of 64 KiB, and refuses the whole file beyond it. */
const LINE_BYTES = 64 * 1024 - 1

/**
 * `NAME=value` lines for `docker run --env-file`. Docker takes a value as it is: blanks at both ends, quotes, `#` and `$` included.
 * It has no way to write a line break.
 *
 * @throws SealwardError name-invalid or not-representable
 */
export function renderDocker(document: Document): string {
  return variablesOf(document, 'docker').map(printLine).join('')
}

function printLine({ name, value }: DotenvEntry): string {
  if (/[\r\n]/.test(value)) throw refusal(name, 'a line break')
  const line = `${name}=${value}`
  if (Buffer.byteLength(line) > LINE_BYTES) throw refusal(name, 'more than 64 KiB')
  return `${line}\n`
}

function refusal(name: string, what: string): SealwardError {
  return new SealwardError(
    'not-representable',
    `the value of ${name} has ${what}, which a docker env file cannot hold`,
    {
      hint: 'pass it with `sealward run -- docker run -e NAME ...`, or store it as base64',
    },
  )
}
