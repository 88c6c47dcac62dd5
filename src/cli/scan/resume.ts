import { createHash } from 'node:crypto'
import { SealwardError } from '../../core/errors.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { OwnSecrets } from '../../core/scan/own/rules-of-own.ts'
import type { Call } from '../command.ts'

/**
 * @returns the file that keeps how far a scan has come, or null
 * @throws SealwardError usage
 */
export function readResume(call: Call): string | null {
  const file = call.one('resume')
  if (file === undefined) return null
  if (!call.has('history'))
    throw new SealwardError('usage', '--resume goes with --history', { hint: 'anything else is soon begun anew' })
  return file
}

interface Deciding {
  readonly policy: Policy | null
  readonly archives: boolean
  readonly secrets: OwnSecrets | null
}

/** Stands for everything that decides in which texts something is found, and which texts are looked at. */
export function digestOf(
  { policy, archives, secrets }: Deciding,
  { programDigest }: { programDigest(): string },
): string {
  const { rules, ignore } = policy?.scan ?? { rules: [], ignore: [] }
  // Values themselves are never kept, not even so: a look for them is not resumed.
  const fingerprints = secrets !== null && 'fingerprints' in secrets ? secrets.fingerprints.files : []
  return createHash('sha256')
    .update(JSON.stringify([programDigest(), rules, ignore, archives, fingerprints]))
    .digest('hex')
}
