import { SealwardError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import type { Change, Login, Shape } from '../change.ts'
import { readOptions } from '../driver-options.ts'
import type { Target } from '../target.ts'
import { type Account, accountText, fixed, literal, passwordText, shownAccount, USUAL_MODE } from './mysql-text.ts'
import type { Statement } from './statement.ts'

export interface MysqlSettings {
  /** The host part of the accounts; null where each user has one account, whose host part is looked up. */
  readonly hostPart: string | null
}

/** What has to be known of an account before it is changed. */
export interface MysqlAccount extends Account {
  /** Whether it has a secondary password already, or nobody may know. */
  readonly hasSecond: boolean
}

/**
 * What MySQL is told, in this order. It hashes passwords itself, by the plugin of the account, and writes `<secret>` into its logs.
 *
 * An account has two passwords at most. `RETAIN` makes the primary one the secondary and drops the one that was; without it, the secondary
 * one stays. So where there may be a secondary one, the password that is to stay is made the primary one first.
 *
 * @param admin who says it, and with what: a login without rights may change its own password if it gives the present one
 * @throws SealwardError unsupported for `issue`, not-representable
 */
export function mysqlStatements(change: Change, account: MysqlAccount, admin: Login): readonly Statement[] {
  const isSelf = admin.user === account.user
  if (change.kind === 'replace' && isSelf)
    return [USUAL_MODE, ownPassword(change.fresh, admin.password), discardOwn(account)]
  if (change.kind === 'replace') return [USUAL_MODE, alter(account, change.fresh), discard(account)]
  if (change.kind === 'retire') return [USUAL_MODE, alter(account, change.keep, KEPT), discard(account)]
  if (change.kind === 'add') {
    const first = account.hasSecond ? [alter(account, change.current, 'the present password')] : []
    return [USUAL_MODE, ...first, alter(account, change.fresh, FRESH, ' RETAIN CURRENT PASSWORD')]
  }
  throw new SealwardError('unsupported', 'MySQL makes no passwords that are given to nobody')
}

/** What is sent, as it may be shown. @throws SealwardError policy-invalid, unsupported, not-representable */
export function mysqlShapes(change: Change, target: Target): readonly Shape[] {
  const host = readMysqlSettings(target).hostPart ?? '[its host]'
  const nobody = { user: '', password: new Secret('') }
  const statements = mysqlStatements(change, { user: change.user, host, hasSecond: false }, nobody)
  return statements.filter((one) => one !== USUAL_MODE).map(({ shape }) => shape)
}

/** @throws SealwardError policy-invalid */
export function readMysqlSettings(target: Target): MysqlSettings {
  return { hostPart: readOptions(target, ['host-part'])['host-part'] ?? null }
}

const FRESH = 'the new password'
const KEPT = 'the password that stays'

function alter(account: Account, password: Secret, words = FRESH, rest = ''): Statement {
  return {
    text: new Secret(`ALTER USER ${accountText(account)} IDENTIFIED BY ${literal(passwordText(password))}${rest}`),
    shape: `ALTER USER ${shownAccount(account)} IDENTIFIED BY [${words}]${rest}`,
  }
}

function ownPassword(fresh: Secret, present: Secret): Statement {
  const [next, now] = [literal(passwordText(fresh)), literal(passwordText(present))]
  return {
    text: new Secret(`SET PASSWORD = ${next} REPLACE ${now}`),
    shape: `SET PASSWORD = [${FRESH}] REPLACE [the present password]`,
  }
}

function discard(account: Account): Statement {
  return fixed(`ALTER USER ${accountText(account)} DISCARD OLD PASSWORD`)
}

/** To end a second password of its own, a login needs APPLICATION_PASSWORD_ADMIN; one that has it not could make none either. */
function discardOwn(account: Account): Statement {
  return { ...discard(account), whenDenied: 'go-on' }
}
