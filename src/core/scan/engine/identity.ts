import type { Detection } from '../detection.ts'
import { fingerprintOf } from '../fingerprint.ts'
import type { ScanText } from './scan-text.ts'

/** Line ends and indentation, also as they are written inside a string of source code. */
const LAYOUT = /\s|\\[nrt]/g

/**
 * A digest by which the same secret is known again, by the same rule, in whatever file and on whatever line it stands: SHA-256 over
 * the rule and the secret, without carriage returns, and a secret of several lines without its layout.
 *
 * What it reveals: nothing of a random token, but everybody who sees it can try guesses, and a password out of a dictionary is
 * found in seconds. So it is compared and never written down; `saltedIdentity` is for files that are committed.
 */
export function identityOf(text: ScanText, { rule, start, end }: Detection): Promise<string> {
  const secret = text.slice(start, end).replaceAll('\r', '')
  return fingerprintOf(rule, /\n|\\n/.test(secret) ? secret.replace(LAYOUT, '') : secret)
}

/**
 * An identity as it may be written to a baseline: HMAC-SHA-256 under the baseline's own salt, which is drawn at random when the
 * baseline is made and stored in it.
 *
 * The salt is no key: whoever reads the baseline can still try guesses, one repository at a time. It takes away tables made
 * beforehand and the comparison of one repository's baseline with another's. A weak password that the baseline allows must
 * therefore count as known to all who can read the repository, as it is already: it stands in it.
 *
 * @param salt at least 16 bytes from a random generator
 * @throws RangeError on a shorter salt
 */
export async function saltedIdentity(identity: string, salt: Uint8Array): Promise<string> {
  if (salt.length < 16) throw new RangeError('the salt of a baseline has fewer than 16 bytes')
  const { createHmac } = await import('node:crypto')
  return createHmac('sha256', salt).update(identity).digest('hex')
}
