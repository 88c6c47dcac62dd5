import { SealwardError } from '../../errors.ts'
import type { Secret } from '../../secret.ts'
import type { Change, Login } from '../change.ts'
import type { Strategy } from '../target.ts'
import type { By } from './reconcile.ts'

/** How a credential is changed. */
export interface Method {
  readonly strategy: Strategy
  /** Whether the system makes the new value by itself. */
  readonly issues: boolean
}

/** What is to come. */
export interface Pending {
  readonly user: string
  /** Null before the system has made it. */
  readonly password: Secret | null
}

/**
 * What gives the system the new login.
 *
 * @param request names the request, for systems that make the value: the same at every try
 */
export function changeToApply(
  method: Method,
  { pending, current, request }: { readonly pending: Pending; readonly current: Login; readonly request: string },
): Change {
  const { user } = pending
  if (method.issues) return { kind: 'issue', user, request, current: current.password }
  const fresh = known(pending.password)
  return method.strategy === 'dual'
    ? { kind: 'add', user, fresh, current: current.password }
    : { kind: 'replace', user, fresh }
}

/** What gives a system that was set back the login that the file has. What the admin sets counts alone. */
export function changeToRestore(
  { strategy }: Method,
  { current, previous, by }: { readonly current: Login; readonly previous: Login | null; readonly by: By },
): Change {
  if (strategy === 'dual' && by === 'previous' && previous !== null)
    return { kind: 'add', user: current.user, fresh: current.password, current: previous.password }
  return { kind: 'replace', user: current.user, fresh: current.password }
}

/** What takes the new login away again, or sets the old one. */
export function changeToUndo(
  { strategy }: Method,
  { current, pending, by }: { readonly current: Login; readonly pending: Pending; readonly by: By },
): Change {
  if (strategy === 'dual' && by === 'current')
    return { kind: 'retire', user: current.user, keep: current.password, old: known(pending.password) }
  return { kind: 'replace', user: current.user, fresh: current.password }
}

/**
 * What ends the old login, when the new one is in use.
 *
 * @param throwaway a password that is kept nowhere
 * @returns null where it ended with the promotion
 * @throws SealwardError internal where it would end the login of the file
 */
export function changeToRevoke(
  { strategy }: Method,
  { current, previous, throwaway }: { readonly current: Login; readonly previous: Login; readonly throwaway: Secret },
): Change | null {
  if (strategy === 'single') return null
  const isSame = strategy === 'dual' ? samePassword(current, previous) : current.user === previous.user
  if (isSame) throw new SealwardError('internal', 'the login that is to be revoked is the one of the file')
  if (strategy === 'alternating') return { kind: 'replace', user: previous.user, fresh: throwaway }
  return { kind: 'retire', user: current.user, keep: current.password, old: previous.password }
}

/** Whether two logins are one. */
export function sameLogin(one: Login, other: { readonly user: string; readonly password: Secret | null }): boolean {
  return one.user === other.user && samePassword(one, other)
}

function samePassword(one: Login, other: { readonly password: Secret | null }): boolean {
  return one.password.reveal() === other.password?.reveal()
}

function known(password: Secret | null): Secret {
  if (password === null) throw new SealwardError('internal', 'the system has not made the value yet')
  return password
}
