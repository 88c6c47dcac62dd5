import { SealwardError } from '../../../core/errors.ts'
import type { Stop } from '../../world.ts'

/**
 * Stands before whatever could as well be begun by the next run: a rotation, the first change of a system, the end of an old login. What
 * has to be ended for the login of the file to work is never stopped.
 *
 * @throws SealwardError interrupted, where somebody asked this run to stop
 */
export function stopHere({ stop }: { readonly stop: Stop }): void {
  if (!stop.asked) return
  throw new SealwardError('interrupted', 'somebody stopped this run', {
    hint: 'the next run finds out how far it came, and goes on',
  })
}
