import type { Change } from '../../core/credential/change.ts'
import { mysqlStatements } from '../../core/credential/statements/mysql.ts'
import type { OpenCredentialSystem } from '../../tasks/world/credentials.ts'
import type { Dialect } from './mysql-family/dialect.ts'
import { refusedBy } from './mysql-family/password-rules.ts'
import type { MysqlSession } from './mysql-family/session.ts'
import { openMysqlFamily } from './mysql-family/system.ts'

const ACCOUNTS = `SELECT Host AS host, JSON_ARRAY(plugin) AS plugins, account_locked = 'Y' AS locked, password_expired = 'Y' AS expired,
  JSON_EXTRACT(User_attributes, '$.additional_password') IS NOT NULL AS second,
  IFNULL(Password_reuse_history, @@global.password_history) + IFNULL(Password_reuse_time, @@global.password_reuse_interval) > 0 AS remembers
  FROM mysql.user WHERE User = BINARY ? LIMIT 100`

const MYSQL: Dialect = {
  name: 'MySQL',
  accounts: ACCOUNTS,
  plugins: ['caching_sha2_password', 'sha256_password', 'mysql_native_password'],
  sendsPasswords: true,
  statements: mysqlStatements,
  async objections(session, change, { remembers }) {
    return [
      ...(remembers && change.kind !== 'replace'
        ? ['the account may not go back to a password that it had (password_history), as dual has to: use alternating']
        : []),
      ...(await againstRules(session, change)),
    ]
  },
}

async function againstRules(session: MysqlSession, change: Change): Promise<readonly string[]> {
  if (!('fresh' in change)) return []
  const rows = await session.ask("SHOW VARIABLES LIKE 'validate\\_password%'")
  const rules = new Map(rows.map((row) => [String(row.Variable_name), String(row.Value)]))
  return refusedBy(rules, change.fresh)
}

/** MySQL from version 8.0.14. @throws SealwardError policy-invalid, unsupported */
export const open: OpenCredentialSystem = (target) => openMysqlFamily(target, MYSQL)
