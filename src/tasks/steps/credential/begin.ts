import type { Change, Login } from '../../../core/credential/change.ts'
import { changeToApply, changeToRevoke, type Pending } from '../../../core/credential/machine/changes.ts'
import { generatePassword } from '../../../core/credential/password/generate.ts'
import { newRecord, type RotationRecord } from '../../../core/credential/record/record.ts'
import { SealwardError } from '../../../core/errors.ts'
import { Secret } from '../../../core/secret.ts'
import { canAsk } from './ask.ts'
import { commitStep, variablesWith } from './commit.ts'
import { targetText } from './reading/settle-target.ts'
import type { Run, Standing, Underway } from './run.ts'

/**
 * Begins a rotation: what would stand in its way is found out, and then the new login is on the branch, encrypted, before the system knows of
 * it. That push also proves that the branch can be written to.
 *
 * @param known whether the login of the file was seen to work
 * @throws SealwardError unsupported, permission, policy-invalid, and whatever the system and the branch throw. Nothing was changed at the
 *   system then.
 */
export async function begin(at: Standing, known: boolean, run: Run): Promise<Underway> {
  refuseOutage(at, run)
  const pending = makePending(at, run)
  // What the file cannot hold is found out now, and not when the system has it.
  variablesWith({ user: pending.user, password: pending.password ?? at.current.password }, at, run)
  const record = recordOf(at, pending, run)
  await preflight(at, { record, known })
  if (run.wishes.emergency)
    run.world.teller.warn(
      `${run.rule.name}: the old login ends at once; who still has it fails until it has the new one`,
    )
  return commitStep(at, { record }, run)
}

/** @throws SealwardError policy-invalid where alternating logins do not include that of the file */
export function pendingUser({ current, method }: Standing, { rule, file }: Run): string {
  if (method.strategy !== 'alternating') return current.user
  const [one, other] = rule.users!
  if (current.user === one) return other
  if (current.user === other) return one
  throw new SealwardError('policy-invalid', 'the login of the file is neither of the two users of sealward.yml', {
    file,
  })
}

function makePending(at: Standing, run: Run): Pending {
  const password = at.method.issues ? null : generatePassword(run.rule.generate)
  if (password !== null) run.world.hide(password)
  return { user: pendingUser(at, run), password }
}

function recordOf(
  { target, method, record, current }: Standing,
  pending: Pending,
  { rule, file, wishes, world }: Run,
): RotationRecord {
  const { driver } = target
  const { strategy } = method
  return newRecord({
    ...{ name: rule.name, file, driver, strategy, current, pending, target: targetText(target) },
    emergency: wishes.emergency,
    failures: wishes.retry ? 0 : (record?.failures ?? 0),
    now: world.clock.now(),
  })
}

/** With `single` the old password ends before anybody could merge a request. */
function refuseOutage({ method }: Standing, { policy, wishes, rule }: Run): void {
  if (method.strategy !== 'single' || policy.delivery.mode !== 'pull-request' || wishes.emergency) return
  throw new SealwardError('unsupported', `${rule.name}: the old password would end before the pull request is merged`, {
    hint: 'use the strategy dual or alternating, `delivery: { mode: commit }`, or --emergency where an outage is the lesser evil',
  })
}

/** The login of the file is known to work; the admin, and that what is changed will last, is asked here. */
async function preflight(at: Standing, { record, known }: { record: RotationRecord; known: boolean }): Promise<void> {
  const { system, current, admin } = at
  if (admin !== null && canAsk(at)) await requireLogin(admin, at)
  if (admin === null && !known)
    throw new SealwardError('unsupported', 'no admin is configured, and the login of the file does not work', {
      hint: 'set its password by hand to what the file has, or name an admin under rotation.credentials',
    })
  const objections = await system.preflight(changesAhead(at, record), admin ?? current)
  if (objections.length > 0)
    throw new SealwardError('unsupported', `the system is not ready: ${objections.join('; ')}`, {
      hint: 'nothing was changed; docs/credentials-drivers.md says what each system needs',
    })
  await refuseOpenDoor(at, record)
}

async function requireLogin(admin: Login, { system }: Standing): Promise<void> {
  const probe = await system.probe(admin)
  // One that may not use the database of the application is in all the same.
  if (probe.kind === 'yes' || probe.kind === 'failed') return
  if (probe.kind === 'no')
    throw new SealwardError('permission', 'the system refuses the login of the admin', { hint: 'nothing was changed' })
  throw new SealwardError('unavailable', `whether the admin can log in is not known: ${probe.why}`)
}

/** A system that lets in whoever knows a name (`trust`, `nopass`) would say yes to everything that is tested later. */
async function refuseOpenDoor(at: Standing, { pending }: RotationRecord): Promise<void> {
  if (pending === null || pending.password === null || !canAsk(at)) return
  const probe = await at.system.probe({ user: pending.user, password: pending.password })
  if (probe.kind === 'no') return
  if (probe.kind !== 'yes')
    throw new SealwardError('unavailable', `whether a wrong password is refused is not known: ${probe.why}`)
  throw new SealwardError('unsupported', 'the system lets in whoever gives this name, with any password', {
    hint: 'it checks no passwords (trust, nopass), so that changing one changes nothing',
  })
}

/** Both ends of the rotation: what cannot be revoked later is better not begun. */
function changesAhead({ method, current }: Standing, { pending, id }: RotationRecord): readonly Change[] {
  const [next, throwaway] = [pending!, new Secret(id)]
  const apply = changeToApply(method, { pending: next, current, request: id })
  const fresh = { user: next.user, password: next.password ?? throwaway }
  const revoke = changeToRevoke(method, { current: fresh, previous: current, throwaway })
  return revoke === null ? [apply] : [apply, revoke]
}
