import { hostname } from 'node:os'
import { join } from 'node:path'
import { credentialSystems } from '../../adapters/credentials/systems.ts'
import { openFiles } from '../../adapters/files/files.ts'
import { openConfigsFrom } from '../../adapters/files/nearest.ts'
import { openFileHistory } from '../../adapters/git/history/follow.ts'
import { openRotationBranch } from '../../adapters/git/rotation/branch.ts'
import { openRotationLocks } from '../../adapters/git/rotation/locks.ts'
import { openRotationRepository } from '../../adapters/git/rotation/repository.ts'
import { openActors } from '../../adapters/git/settings/user.ts'
import { openStop } from '../../adapters/process/stop.ts'
import { openVerifier } from '../../adapters/verifier/verifier.ts'
import { SealwardError } from '../../core/errors.ts'
import type { ChooseWorld } from '../../tasks/credentials/choose-credentials.ts'
import { settlePolicy } from '../../tasks/steps/check/sealed-files.ts'
import type { RotateSecretWorld } from '../../tasks/steps/credential/run.ts'
import { rememberKeys } from '../../tasks/steps/keys/remember-keys.ts'
import { planPush, pushSecret } from '../../tasks/steps/push/push-secret.ts'
import { openRequests } from '../pull-request/world.ts'
import { openHandOver } from '../push/world.ts'
import { findPlace } from '../rotation/world.ts'
import type { World } from '../world.ts'

/**
 * The repository that this process stands in, and the systems that its credentials are for.
 *
 * @throws SealwardError git outside of a repository, policy-invalid
 */
export async function openRotateSecret(world: World): Promise<RotateSecretWorld & ChooseWorld> {
  const place = await findPlace()
  if (place === null)
    throw new SealwardError('git', 'not in a git repository', { hint: 'a rotation is written down by commits' })
  const { top } = place
  const { clock, teller } = world
  const stored = openFiles({ regularOnly: true })
  const configs = openConfigsFrom(top, stored)
  const { delivery } = (await settlePolicy('x', configs)).policy.rotation
  const stop = openStop(() =>
    teller.note('stops as soon as the next run can go on from there; once more ends it at once'),
  )
  const repository = await openRotationRepository({ top, delivery, env: process.env, author: null, stop })
  return {
    ...{ clock, teller, configs, stop },
    systems: credentialSystems(await openDoor(world)),
    deliveries: {
      open: async (name) => {
        const branch = openRotationBranch(repository, { name, teller })
        return { branch, requests: openRequests(repository, { name, branch, teller, env: process.env }) }
      },
    },
    locks: openRotationLocks(repository, { holder: hostname(), clock, teller }),
    verifier: openVerifier(process.env),
    files: { read: (path, maxBytes) => stored.read(join(top, path), maxBytes) },
    // Every file asks for them, and a place may be a command.
    keys: rememberKeys(world.keys).keys,
    history: openFileHistory(),
    actors: openActors(process.env),
    // A terminal has no log that could be told what to hide, and nothing here prints a value.
    hide: () => {},
  }
}

/** GitHub's secrets; that there is no token shows when one is asked for. */
async function openDoor(world: World) {
  const { secrets } = await openHandOver(world)
  return {
    plan: (target: Parameters<typeof planPush>[0]) => planPush(target, { secrets }),
    push: (order: Parameters<typeof pushSecret>[0]) => pushSecret(order, { secrets }),
    find: async ({ place, name }: Parameters<typeof planPush>[0]) => (await secrets(place)).find(name),
  }
}
