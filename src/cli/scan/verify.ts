import { SealwardError } from '../../core/errors.ts'
import type { ScanWorld } from '../../tasks/scan/scan.ts'
import type { Call } from '../command.ts'
import { readIssuers } from '../issuers/flag.ts'

/**
 * Who is asked about what is found: nobody, unless that was asked for.
 *
 * @throws SealwardError usage
 */
export async function verifierFor(call: Call): Promise<Pick<ScanWorld, 'probes'>> {
  const bases = readIssuers(call)
  if (!call.has('verify')) {
    if (Object.keys(bases).length > 0) throw new SealwardError('usage', '--issuer goes with --verify')
    return {}
  }
  if (call.one('push') !== undefined)
    throw new SealwardError('usage', '--verify does not go with --push', {
      hint: 'a hook waits for nobody, and sends secrets nowhere',
    })
  const { openIssuers } = await import('../issuers/world.ts')
  return { probes: openIssuers(bases) }
}
