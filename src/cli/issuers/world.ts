import { openProbes } from '../../adapters/probes/open-probes.ts'
import type { Probes } from '../../tasks/world/scan/probe.ts'

/**
 * Those who gave secrets out, to be asked about them.
 *
 * @param bases addresses in place of the public ones, by the issuer's name
 * @param only absent for all that there are
 * @throws SealwardError usage
 */
export function openIssuers(bases: Readonly<Record<string, string>>, only?: readonly string[]): Probes {
  return openProbes({ env: process.env, now: () => new Date(), bases, ...(only === undefined ? {} : { only }) })
}
