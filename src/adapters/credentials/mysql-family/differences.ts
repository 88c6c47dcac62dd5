import { type Account, accountText } from '../../../core/credential/statements/mysql-text.ts'
import { shownUser } from './account.ts'
import type { MysqlSession } from './session.ts'

/** MariaDB writes the hash of the password beside the rights. */
const SECRET = / IDENTIFIED (?:BY PASSWORD|VIA) .*?(?= REQUIRE | WITH |$)/

/** What one of two logins could do and the other could not: an application that alternates between them would notice. */
export async function differences(session: MysqlSession, one: Account, other: Account): Promise<readonly string[]> {
  const [first, second] = [await grantsOf(session, one), await grantsOf(session, other)]
  if (first === second) return []
  return [`${shownUser(one.user)} and ${shownUser(other.user)} have different rights: SHOW GRANTS says which`]
}

async function grantsOf(session: MysqlSession, account: Account): Promise<string> {
  const rows = await session.ask(`SHOW GRANTS FOR ${accountText(account)}`)
  const name = `${quoted(account.user)}@${quoted(account.host)}`
  const lines = rows.map((row) => String(Object.values(row)[0]).replace(name, '[the login]').replace(SECRET, ''))
  return lines.sort().join('\n')
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}
