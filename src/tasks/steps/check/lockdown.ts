import { judgeLockdownPolicy } from '../../../core/check/repository/lockdown.ts'
import type { Found, Looked } from './looked.ts'

/** Judges that a repository is closed. Not where only some files are in question. */
export function judgeLockdowns({ policies, isPartial }: Looked): Found {
  return { judged: isPartial ? [] : policies.flatMap(judgeLockdownPolicy), notes: [] }
}
