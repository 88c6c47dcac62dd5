import { SealwardError } from '../../core/errors.ts'
import type { OwnSecrets } from '../../core/scan/own/rules-of-own.ts'
import { readFingerprints, writeFingerprints } from '../../tasks/steps/own/own-fingerprints.ts'
import type { Call } from '../command.ts'
import type { ScannerWorld } from './world.ts'

/**
 * What to look for of the repository's own values: all of them where that is asked for, which takes a key; else what the committed
 * fingerprints tell; else nothing.
 *
 * @throws SealwardError usage, not-found, no-identity, policy-invalid, or any of docs/format.md section 10
 */
export async function ownSecretsFor(call: Call, scanner: ScannerWorld): Promise<OwnSecrets | null> {
  const [wanted, updated] = [call.has('own-secrets'), call.has('update-fingerprints')]
  if (!wanted && !updated) {
    if (call.all('identity').length > 0)
      throw new SealwardError('usage', '--identity goes with --own-secrets or --update-fingerprints')
    const fingerprints = await readFingerprints(scanner.root, scanner.files)
    return fingerprints === null ? null : { fingerprints }
  }
  if (call.one('resume') !== undefined)
    throw new SealwardError('usage', '--resume does not go with a look for own secrets', {
      hint: 'what it keeps does not say which values were looked for',
    })
  const { openOwnFiles, ownValuesIn } = await import('../../tasks/steps/own/own-secrets.ts')
  const world = { ...scanner, keys: call.world.keys }
  const opened = await openOwnFiles(world)
  if (updated) await writeFingerprints(opened, world)
  return { values: await ownValuesIn(opened, scanner.teller) }
}
