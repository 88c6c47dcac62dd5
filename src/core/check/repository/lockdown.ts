import { sayLockdown } from '../../lockdown/judge.ts'
import type { Policy } from '../../policy/policy.ts'
import type { Judged } from '../judged.ts'
import { judged } from '../subject.ts'

/** A lockdown is told of for as long as it lasts: nobody is to get used to one. */
export function judgeLockdownPolicy({ file, lockdown }: Policy): Judged[] {
  if (lockdown === null) return []
  const place = { file, line: lockdown.line }
  return [
    judged(
      { kind: 'file', name: file, environment: null, place, owners: [] },
      {
        ...{ rule: 'locked-down', level: 'overdue', since: lockdown.since, sinceIsExact: true, due: null, end: null },
        message: `the Action decrypts nothing${sayLockdown(lockdown)}`,
        reasons: [],
        advice: 'Rotate what is listed for it, then lift it: sealward lockdown --lift --reason TEXT.',
      },
    ),
  ]
}
