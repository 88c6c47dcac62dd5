import { createHash } from 'node:crypto'
import type { EncryptedFile } from '../../../envelope/file.ts'
import type { OwnValue } from '../own-value.ts'
import { windowDigests } from './digest.ts'
import { WindowFilter } from './filter.ts'
import { type FingerprintedFile, type Fingerprints, MOST_WINDOWS } from './fingerprints.ts'
import { type Window, windowsOf } from './windows.ts'

/** An encrypted file, and those of its values that are secrets. */
export interface FileToIndex {
  readonly file: string
  readonly ciphertexts: string
  readonly values: readonly Pick<OwnValue, 'name' | 'value'>[]
}

/** What is made, and the names that are not in it. */
export interface MadeFingerprints {
  readonly fingerprints: Fingerprints
  readonly left: readonly { readonly file: string; readonly name: string }[]
}

const SALT_BYTES = 32

/** Makes the index of the values that are strong enough; of those past its limit there is none. */
export function makeFingerprints(files: readonly FileToIndex[], salt: Uint8Array): MadeFingerprints {
  if (salt.length !== SALT_BYTES) throw new RangeError('the salt of an index has 32 bytes')
  const digest = windowDigests(salt)
  const left: { file: string; name: string }[] = []
  const all: string[] = []
  const made = files.map(({ file, ciphertexts, values }): FingerprintedFile => {
    const indexed = values.flatMap(({ name, value }) => {
      const windows = all.length > MOST_WINDOWS - 8 ? [] : windowsOf(value)
      if (windows.length === 0) left.push({ file, name })
      all.push(...windows.map(({ text }) => text))
      return windows.length === 0 ? [] : [{ name, windows: windows.map((window) => printOf(window, digest)) }]
    })
    return { file, ciphertexts, values: indexed }
  })
  return { fingerprints: { salt, filter: WindowFilter.of(all).bytes, files: made }, left }
}

function printOf({ form, text }: Window, digest: (window: string) => string) {
  return { form, size: text.length, digest: digest(text) }
}

/** By what it is known, without a key, whether a value was changed, added or removed. Who may open the file does not count. */
export function ciphertextsDigest({ lines }: EncryptedFile): string {
  const hash = createHash('sha256')
  for (const line of lines.body) if (line.kind === 'variable') hash.update(`${line.name}=${line.stored}\n`)
  return hash.digest('hex')
}
