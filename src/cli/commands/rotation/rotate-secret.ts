import { SealwardError } from '../../../core/errors.ts'
import type { Call } from '../../command.ts'
import { openRotateSecret } from '../../rotate-secret/world.ts'

/** Changes credentials where they are known and in the files that have them. */
export async function rotateSecret(call: Call): Promise<number> {
  const [, ...names] = call.args
  refuseUnclear(names, call)
  const { chooseCredentials } = await import('../../../tasks/credentials/choose-credentials.ts')
  const { rotateSecrets } = await import('../../../tasks/credentials/rotate-secret.ts')
  const { exitOf } = await import('../../../core/credential/machine/outcome.ts')
  const world = await openRotateSecret(call.world)
  const onlyDue = call.has('only')
  const chosen = await chooseCredentials({ names, environment: call.one('environment') ?? null, onlyDue }, world)
  if (chosen.credentials.length === 0) call.world.teller.note('no credential is due')
  const rotated = await rotateSecrets(
    {
      ...chosen,
      dryRun: call.has('dry-run'),
      emergency: call.has('emergency'),
      rollback: call.has('rollback'),
      retry: call.has('retry'),
      force: call.has('force'),
      reason: call.one('reason') ?? null,
    },
    world,
  )
  const { printRotated, rotatedJson } = await import('../../../core/report/credentials.ts')
  call.world.terminal.print(call.has('json') ? rotatedJson(rotated) : rotated.map(printRotated).join(''))
  return exitOf(rotated)
}

/** @throws SealwardError usage */
function refuseUnclear(names: readonly string[], call: Call): void {
  const many = ['all', 'environment', 'only'].filter((flag) => call.has(flag))
  if (names.length === 0 && many.length === 0)
    throw new SealwardError('usage', 'rotate secret takes the names of credentials, or --all', {
      hint: 'sealward.yml has them under rotation.credentials; `--only due` takes those that are',
    })
  if (names.length > 0 && call.has('all')) throw new SealwardError('usage', '--all does not go with names')
  if (call.has('only') && call.one('only') !== 'due') throw new SealwardError('usage', '--only takes due')
  if (call.has('rollback') && call.has('dry-run'))
    throw new SealwardError('usage', '--dry-run and --rollback do not go together')
  const alone = ['force', 'retry', 'rollback'].find((flag) => call.has(flag) && names.length === 0)
  if (alone !== undefined) throw new SealwardError('usage', `--${alone} takes the names of credentials`)
}
