import { createHash, type KeyObject, timingSafeEqual } from 'node:crypto'
import { SealwardError } from '../../errors.ts'
import { openValue } from './open-value.ts'

/** The running hash over a file's plaintext. docs/format.md section 5. */
export interface Mac {
  /** Adds one variable, in file order: the text as it is encrypted, or as it would be. */
  add(plaintext: string, encrypted: boolean): void
  /** 128 upper-case hexadecimal digits. */
  digest(): string
}

export function startMac(onlyEncrypted: boolean): Mac {
  const hash = createHash('sha512')
  if (onlyEncrypted) hash.update(createHash('sha256').update('sops').digest())
  return {
    add(plaintext, encrypted) {
      if (encrypted || !onlyEncrypted) hash.update(plaintext, 'utf8')
    },
    digest: () => hash.digest('hex').toUpperCase(),
  }
}

/**
 * Compares the stored MAC with the digest of what was read.
 *
 * @throws SealwardError mac-mismatch, also when the stored MAC was sealed for another timestamp
 */
export function checkMac(stored: string, expected: { digest: string; key: KeyObject; timestamp: string }): void {
  const found = openStoredMac(stored, expected.key, expected.timestamp)
  const wanted = Buffer.from(expected.digest, 'ascii')
  if (found.length !== wanted.length || !timingSafeEqual(found, wanted)) throw mismatch()
}

function openStoredMac(stored: string, key: KeyObject, timestamp: string): Buffer {
  try {
    return openValue(stored, key, timestamp).plaintext
  } catch (error) {
    if (error instanceof SealwardError && error.code === 'value-not-authentic') throw mismatch()
    throw error
  }
}

function mismatch(): SealwardError {
  return new SealwardError(
    'mac-mismatch',
    'values were added, removed or moved, or the time of the last change was altered',
    {
      hint: 'compare the file with its last good commit: `git log -p -- FILE`',
    },
  )
}
