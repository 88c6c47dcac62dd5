import { SealwardError } from '../../errors.ts'
import { printable } from '../../report/printable.ts'
import { Secret } from '../../secret.ts'
import type { Statement } from './statement.ts'

/** An account: in MySQL and MariaDB `app` from one host and `app` from another are two. */
export interface Account {
  readonly user: string
  /** As the server has it, a pattern: `%`, `10.0.%`, `localhost`. */
  readonly host: string
}

/**
 * Said first on every connection. In other modes of SQL a backslash is a character like any other, and whatever is written for the usual
 * mode ends somewhere else than meant.
 */
export const USUAL_MODE: Statement = fixed("SET SESSION sql_mode = ''")

export function fixed(text: string): Statement {
  return { text: new Secret(text), shape: text }
}

/** @throws SealwardError not-representable */
export function accountText({ user, host }: Account): string {
  return `${literal(user)}@${literal(host)}`
}

/** An account as it may be shown. */
export function shownAccount(account: Account): string {
  return printable(accountText(account))
}

/** @throws SealwardError not-representable for a NUL, and for half of a surrogate pair */
export function literal(text: string): string {
  if (text.includes('\0') || !text.isWellFormed())
    throw new SealwardError('not-representable', 'a name or a password holds what MySQL cannot read')
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

/** An empty one would open the account to everybody. @throws SealwardError not-representable */
export function passwordText(password: Secret): string {
  const text = password.reveal()
  if (text === '') throw new SealwardError('not-representable', 'the password is empty')
  return text
}
