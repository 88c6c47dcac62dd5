import type { Plan } from '../../../core/credential/machine/plan.ts'
import { planOf } from '../../../core/credential/machine/plan.ts'
import { shapesFor } from '../../../core/credential/statements/shapes.ts'
import { GRACE_HOURS } from '../../../core/policy/sections/rotation.ts'
import { pendingUser } from './begin.ts'
import { stand } from './reading/stand.ts'
import type { Run } from './run.ts'

/**
 * What a rotation that begins now would do. The file is opened, for the names of the logins; no system is asked.
 *
 * @throws SealwardError what `stand` throws
 */
export async function planRun(run: Run): Promise<Plan> {
  const at = await stand(run)
  const { rule, policy, wishes, file } = run
  const users = { pending: pendingUser(at, run), current: at.current.user }
  return planOf({
    ...{ method: at.method, driver: at.target.driver, users, file },
    graceHours: rule.graceHours ?? GRACE_HOURS,
    checks: rule.verify.length,
    emergency: wishes.emergency,
    byRequest: policy.delivery.mode === 'pull-request',
    shapesOf: await shapesFor(at.target),
  })
}
