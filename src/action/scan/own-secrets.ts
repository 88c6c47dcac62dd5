import { SealwardError } from '../../core/errors.ts'
import type { OwnSecrets } from '../../core/scan/own/rules-of-own.ts'
import { judgeRun } from '../../core/trust/judge-run.ts'
import { whyNoSecrets } from '../../core/trust/missing-key.ts'
import { readFingerprints } from '../../tasks/steps/own/own-fingerprints.ts'
import { openOwnFiles, ownValuesIn } from '../../tasks/steps/own/own-secrets.ts'
import type { Files } from '../../tasks/world.ts'
import type { ScanInputs } from './inputs.ts'
import type { ActionScanWorld } from './world.ts'

/** What to look for of the repository's own values. */
export interface SoughtSecrets {
  readonly secrets: OwnSecrets | null
  readonly warnings: readonly string[]
}

/**
 * All values where that is asked for and the run may; else what the committed fingerprints tell.
 *
 * A run for another repository may not: whoever wrote its files would learn by the findings which of a million guesses is a value.
 *
 * @param files where the fingerprints are read
 * @param why the values themselves must not be looked for, where something else than this run says so; else null
 * @throws SealwardError no-identity in a run that should have a key, not-found, policy-invalid, or any of docs/format.md section 10
 */
export async function ownSecretsFor(
  { ownSecrets }: Pick<ScanInputs, 'ownSecrets'>,
  world: ActionScanWorld,
  { files, why }: { readonly files: Pick<Files, 'read'>; readonly why: string | null },
): Promise<SoughtSecrets> {
  const answer = ownSecrets ? (why ?? (await openOwn(world))) : null
  if (answer !== null && typeof answer !== 'string') return { secrets: answer, warnings: [] }
  const fingerprints = await readFingerprints('', files)
  return {
    secrets: fingerprints === null ? null : { fingerprints },
    warnings:
      answer === null ? [] : [`own-secrets: ${answer}; only what the committed fingerprints tell is looked for`],
  }
}

/** @returns why it cannot be */
async function openOwn(world: ActionScanWorld): Promise<OwnSecrets | string> {
  if (judgeRun(world.facts).kind !== 'trusted') return 'this run is for a change of another repository'
  try {
    return { values: await ownValuesIn(await openOwnFiles(world), world.teller) }
  } catch (error) {
    const why = whyNoSecrets(world.facts)
    if (why !== null && error instanceof SealwardError && error.code === 'no-identity') return why
    throw error
  }
}
