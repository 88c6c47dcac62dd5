import { SealwardError } from '../../../core/errors.ts'
import type { CredentialSystems } from '../../world/credentials.ts'
import type { Clock } from '../../world.ts'

/** A lock may be taken over after an hour. */
const LEAVE_MS = 45 * 60_000

/**
 * The same systems for as long as the lock that was just taken is ours for certain. A machine may sleep in the middle of a run, and another
 * run may have begun when it wakes: it changes nothing any more then.
 */
export function whileLocked(systems: CredentialSystems, clock: Clock): CredentialSystems {
  const since = clock.now().getTime()
  return {
    async open(target) {
      const system = await systems.open(target)
      return {
        probe: (login, statement) => system.probe(login, statement),
        preflight: (changes, admin) => system.preflight(changes, admin),
        async carryOut(change, admin) {
          if (Math.abs(clock.now().getTime() - since) <= LEAVE_MS) return system.carryOut(change, admin)
          throw new SealwardError('locked', 'this run took so long that another may have begun meanwhile', {
            hint: 'nothing more was changed: run it again',
          })
        },
      }
    },
  }
}
