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
 * found in seconds. So it is compared and never written down.
 */
export function identityOf(text: ScanText, { rule, start, end }: Detection): Promise<string> {
  const secret = text.slice(start, end).replaceAll('\r', '')
  return fingerprintOf(rule, /\n|\\n/.test(secret) ? secret.replace(LAYOUT, '') : secret)
}
