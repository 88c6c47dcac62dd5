import * as v from 'valibot'
import { validate } from '../../../config/validate.ts'
import { SealwardError } from '../../../errors.ts'
import { matching } from '../../../policy/schema-parts.ts'
import { FINGERPRINTS_BYTES } from './index-file.ts'
import { SIZES, WINDOW_FORMS, type WindowForm } from './windows.ts'

/** By what the strong values of encrypted files are known again without a key. */
export interface Fingerprints {
  /** 32 random bytes, drawn when the file is first made. */
  readonly salt: Uint8Array
  /** The bits of a `WindowFilter`. */
  readonly filter: Uint8Array
  readonly files: readonly FingerprintedFile[]
}

export interface FingerprintedFile {
  /** From the top of the repository. */
  readonly file: string
  /** `ciphertextsDigest` of the file that the values were read from. */
  readonly ciphertexts: string
  /** Only those that are strong enough. */
  readonly values: readonly FingerprintedValue[]
}

export interface FingerprintedValue {
  readonly name: string
  readonly windows: readonly FingerprintedWindow[]
}

export interface FingerprintedWindow {
  readonly form: WindowForm
  readonly size: number
  readonly digest: string
}

export const MOST_WINDOWS = 20_000
const WINDOW = new RegExp(`^(?:${WINDOW_FORMS.join('|')}) (?:${SIZES.join('|')}) [A-Za-z0-9_-]{16}$`)
const FILTER = /^[A-Za-z0-9+/]{22,10923}={0,2}$/

const Schema = v.strictObject({
  version: v.literal(1, 'must be 1'),
  salt: matching(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/, 'must be 32 bytes in base64'),
  filter: v.pipe(
    matching(FILTER, 'must be base64'),
    v.check(
      (text) => isPowerOfTwo(Buffer.from(text, 'base64').length),
      'must be 16 bytes, 32, 64 and so on, 8,192 at most',
    ),
  ),
  files: v.pipe(
    v.array(
      v.strictObject({
        file: v.pipe(v.string(), v.maxLength(4096, 'is longer than a path')),
        ciphertexts: matching(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'),
        values: v.array(
          v.strictObject({
            name: v.pipe(v.string(), v.maxLength(1024, 'is longer than a name')),
            windows: v.array(matching(WINDOW, 'is not the fingerprint of a window')),
          }),
        ),
      }),
    ),
    v.check(
      (files) => files.flatMap(({ values }) => values.flatMap(({ windows }) => windows)).length <= MOST_WINDOWS,
      `has more than ${MOST_WINDOWS} windows`,
    ),
  ),
})

/**
 * Reads an index of fingerprints.
 *
 * @param file what errors call it
 * @throws SealwardError policy-invalid with all problems in one message; limit when it is too large
 */
export function parseFingerprints(source: Uint8Array, file: string): Fingerprints {
  if (source.length > FINGERPRINTS_BYTES)
    throw new SealwardError('limit', 'the fingerprints are larger than 4 MiB', { file })
  const value = readJson(new TextDecoder().decode(source), file)
  const { output } = validate(Schema, { value, lineOf: () => 1 }, { file, unknownKeys: 'refuse' })
  return {
    salt: Buffer.from(output.salt, 'base64'),
    filter: Buffer.from(output.filter, 'base64'),
    files: output.files.map((one) => ({
      ...one,
      values: one.values.map(({ name, windows }) => ({ name, windows: windows.map(readWindow) })),
    })),
  }
}

/** The one way to write an index: a value on each line. `parseFingerprints` gives the same back. */
export function printFingerprints({ salt, filter, files }: Fingerprints): string {
  const printed = files.map(({ file, ciphertexts, values }) => {
    const lines = values.map(
      ({ name, windows }) => `\n      ${JSON.stringify({ name, windows: windows.map(printWindow) })}`,
    )
    const head = `"file": ${JSON.stringify(file)}, "ciphertexts": ${JSON.stringify(ciphertexts)}`
    return `\n    { ${head}, "values": [${lines.join(',')}${lines.length === 0 ? '' : '\n    '}] }`
  })
  const list = `[${printed.join(',')}${printed.length === 0 ? '' : '\n  '}]`
  const [saltText, filterText] = [salt, filter].map((bytes) => Buffer.from(bytes).toString('base64'))
  return `{\n  "version": 1,\n  "salt": "${saltText}",\n  "filter": "${filterText}",\n  "files": ${list}\n}\n`
}

/** `JSON.parse` quotes the text in its message. */
function readJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const hint = 'after a merge, make them anew: sealward scan --update-fingerprints'
    throw new SealwardError('policy-invalid', 'the fingerprints are not JSON', { file, hint })
  }
}

function readWindow(text: string): FingerprintedWindow {
  const [form, size, digest] = text.split(' ') as [WindowForm, string, string]
  return { form, size: Number(size), digest }
}

function printWindow({ form, size, digest }: FingerprintedWindow): string {
  return `${form} ${size} ${digest}`
}

function isPowerOfTwo(length: number): boolean {
  return length >= 16 && length <= 8192 && (length & (length - 1)) === 0
}
