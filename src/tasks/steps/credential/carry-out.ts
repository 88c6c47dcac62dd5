import type { Change, Login } from '../../../core/credential/change.ts'
import type { By } from '../../../core/credential/machine/reconcile.ts'
import { SealwardError } from '../../../core/errors.ts'
import type { Secret } from '../../../core/secret.ts'
import { canAsk, pendingOf } from './ask.ts'
import type { Standing } from './run.ts'

/**
 * Changes the system, as the admin or, where there is none, as the login that works.
 *
 * @param by whose login that is
 * @returns the value that the system made, for `issue` alone
 * @throws SealwardError what the system throws, or unsupported where nobody can. Nobody knows then whether it was done.
 */
export async function carryOut(change: Change, by: By, at: Standing): Promise<Secret | null> {
  return at.system.carryOut(change, at.admin ?? loginOf(by, at))
}

/**
 * Whether a login works now, over a fresh connection.
 *
 * @returns why not: `failed` where the system says so, `unknown` where nobody knows; null when it works
 */
export async function problemWith(
  login: Login,
  at: Standing,
  statements: readonly string[] = [],
): Promise<{ readonly kind: 'failed' | 'unknown'; readonly why: string } | null> {
  if (!canAsk(at)) return null
  for (const statement of statements.length === 0 ? [undefined] : statements) {
    const probe = await at.system.probe(login, statement)
    if (probe.kind === 'no') return { kind: 'failed', why: 'the system refuses it' }
    if (probe.kind !== 'yes') return probe
  }
  return null
}

function loginOf(by: By, at: Standing): Login {
  const logins: Readonly<Record<By, Login | null>> = {
    pending: pendingOf(at),
    current: at.current,
    previous: at.record?.previous ?? null,
    admin: null,
  }
  const login = logins[by]
  if (login !== null) return login
  throw new SealwardError('unsupported', 'no login that works may change the system', {
    hint: 'name an admin under rotation.credentials, or set the password by hand to what the file has',
  })
}
