import type { Login } from '../change.ts'
import { originOf, type RotationRecord } from '../record/record.ts'
import { sameLogin } from './changes.ts'
import { stageOf } from './phase.ts'

/**
 * What somebody did to the file or the record while a rotation was under way. `taken-back`: the file has the old login again, as after a revert
 * of the promotion. `replaced`: it has a login that this rotation knows nothing of. Then somebody changed it by hand, or the record is
 * not of this rotation: an old one that was committed once more would give the system a password that many may know by now.
 *
 * @param current the login that the file has now
 * @returns null where nobody did
 */
export function meddlingWith(record: RotationRecord, current: Login): 'taken-back' | 'replaced' | null {
  const { pending, previous, origin } = record
  const stage = stageOf(record.phase)
  if (stage === 'idle' || pending === null) return null
  if (stage !== 'after') return origin === originOf(current) ? null : 'replaced'
  if (previous !== null && sameLogin(previous, current)) return 'taken-back'
  return sameLogin(current, pending) ? null : 'replaced'
}
