import { createHash } from 'node:crypto'
import { SealwardError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import type { Change, Shape } from '../change.ts'
import type { Target } from '../target.ts'
import { readMysqlSettings } from './mysql.ts'
import { type Account, accountText, passwordText, shownAccount, USUAL_MODE } from './mysql-text.ts'
import type { Statement } from './statement.ts'

/**
 * What MariaDB is told. It has no second passwords, and has accounts that may log in by one plugin or by another: the same plugin twice comes
 * to two passwords. It logs what it is told, so it is given hashes.
 *
 * @param admin who says it: a login without rights may change its own password in one way alone
 * @throws SealwardError unsupported for `issue`, not-representable
 */
export function mariadbStatements(change: Change, account: Account, admin: string): readonly Statement[] {
  const hashes = passwordsAfter(change)
  const isOwn = change.kind === 'replace' && admin === account.user
  const write = (to: string, shown: (words: string) => string, of: (hash: string) => string) => ({
    text: new Secret(`${to}${hashes.map(([password]) => of(nativeHash(password))).join(' OR ')}`),
    shown: hashes.map(([, words]) => shown(words)).join(' OR '),
  })
  if (isOwn) {
    const { text, shown } = write('SET PASSWORD = ', shownHash, (hash) => `'${hash}'`)
    return [USUAL_MODE, { text, shape: `SET PASSWORD = ${shown}` }]
  }
  const via = 'mysql_native_password USING'
  const { text, shown } = write(
    `ALTER USER ${accountText(account)} IDENTIFIED VIA `,
    (words) => `${via} ${shownHash(words)}`,
    (hash) => `${via} '${hash}'`,
  )
  return [USUAL_MODE, { text, shape: `ALTER USER ${shownAccount(account)} IDENTIFIED VIA ${shown}` }]
}

/** What is sent, as it may be shown. @throws SealwardError policy-invalid, unsupported, not-representable */
export function mariadbShapes(change: Change, target: Target): readonly Shape[] {
  const host = readMysqlSettings(target).hostPart ?? '[its host]'
  const statements = mariadbStatements(change, { user: change.user, host }, '')
  return statements.filter((one) => one !== USUAL_MODE).map(({ shape }) => shape)
}

/** What `mysql_native_password` stores: SHA-1, twice, which a random password of 128 bits and more stands. @throws SealwardError */
export function nativeHash(password: Secret): string {
  const once = createHash('sha1').update(passwordText(password), 'utf8').digest()
  return `*${createHash('sha1').update(once).digest('hex').toUpperCase()}`
}

/** The present one last: of several, MariaDB tells older clients to try the first. */
function passwordsAfter(change: Change): readonly (readonly [Secret, string])[] {
  if (change.kind === 'replace') return [[change.fresh, 'the new password']]
  if (change.kind === 'retire') return [[change.keep, 'the password that stays']]
  if (change.kind === 'add')
    return [
      [change.fresh, 'the new password'],
      [change.current, 'the present password'],
    ]
  throw new SealwardError('unsupported', 'MariaDB makes no passwords by itself')
}

function shownHash(words: string): string {
  return `[hash of ${words}]`
}
