import { SealwardError } from '../../../../core/errors.ts'
import { type Call, type Command, IDENTITY } from '../../../command.ts'
import { openRotateSecret } from '../../../rotate-secret/world.ts'
import { REASON, reasonOf } from './reason.ts'

export const rotateSecret: Command = {
  name: 'rotate secret',
  synopsis: '[NAME...]',
  summary:
    'Changes credentials at the systems that know them (databases, tokens), and in the encrypted files that have them: docs/credentials.md.',
  details: `
A NAME is one of rotation.credentials in sealward.yml. Needs a key that opens
their files, and asks their systems over the network. The new value goes into a
pull request, or as rotation.delivery says. Run it again after a crash, the merge
or the grace: it goes on where it was.

exit status: 0 done, or it waits for the merge or the grace, 1 a person has to
look, 2 could not`,
  flags: [
    { name: 'all', help: 'all credentials of sealward.yml' },
    { name: 'only', value: 'due', help: 'those that check says are due, and those that are under way' },
    { name: 'environment', value: 'NAME', help: 'only those of this environment' },
    REASON,
    { name: 'emergency', help: 'the old one ends at once' },
    { name: 'dry-run', help: 'say what would be done; changes nothing, and asks no system' },
    { name: 'rollback', help: 'put back what was there before the rotation' },
    { name: 'retry', help: 'forget the failures that stopped it' },
    { name: 'force', help: 'where no login works any more, have the admin set what the rotation knows' },
    { name: 'json', help: 'what became of them, as JSON' },
    IDENTITY,
  ],
  args: { min: 0, max: Number.POSITIVE_INFINITY },
  run: rotate,
}

async function rotate(call: Call): Promise<number> {
  const { args: names } = call
  refuseUnclear(names, call)
  const { reason = null } = reasonOf(call)
  const { chooseCredentials } = await import('../../../../tasks/credentials/choose-credentials.ts')
  const { rotateSecrets } = await import('../../../../tasks/credentials/rotate-secret.ts')
  const { exitOf } = await import('../../../../core/credential/machine/outcome.ts')
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
      reason,
    },
    world,
  )
  const { printRotated, rotatedJson } = await import('../../../../core/report/rotation/credentials.ts')
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
