import { mariadbStatements } from '../../core/credential/statements/mariadb.ts'
import type { OpenCredentialSystem } from '../../tasks/world/credentials.ts'
import type { Dialect } from './mysql-family/dialect.ts'
import { openMysqlFamily } from './mysql-family/system.ts'

/** An account that logs in by one of several has the first beside the list of the others. No hash is asked for. */
const ACCOUNTS = `SELECT Host AS host,
  JSON_COMPACT(JSON_MERGE_PRESERVE(JSON_ARRAY(JSON_VALUE(Priv, '$.plugin')), IFNULL(JSON_EXTRACT(Priv, '$.auth_or[*].plugin'), '[]'))) AS plugins,
  IFNULL(JSON_VALUE(Priv, '$.account_locked'), 0) IN ('1', 'true') AS locked,
  IFNULL(JSON_VALUE(Priv, '$.password_last_changed'), 1) = 0 AS expired,
  IFNULL(JSON_LENGTH(JSON_EXTRACT(Priv, '$.auth_or')), 0) > 1 AS second, 0 AS remembers
  FROM mysql.global_priv WHERE User = BINARY ? AND IFNULL(JSON_VALUE(Priv, '$.is_role'), 0) NOT IN ('1', 'true') LIMIT 100`

const STRICT = `SELECT @@strict_password_validation AS strict, (SELECT COUNT(*) FROM information_schema.PLUGINS
  WHERE PLUGIN_TYPE = 'PASSWORD VALIDATION' AND PLUGIN_STATUS = 'ACTIVE') AS judges`

const MARIADB: Dialect = {
  name: 'MariaDB',
  accounts: ACCOUNTS,
  plugins: ['', 'mysql_native_password'],
  sendsPasswords: false,
  statements: (change, account, { user }) => mariadbStatements(change, account, user),
  async objections(session) {
    const [row] = await session.ask(STRICT)
    if (Number(row?.strict) !== 1 || Number(row?.judges) === 0) return []
    return ['the server judges passwords, and takes no hashes: strict_password_validation has to be off for this']
  },
}

/** MariaDB from version 10.4. @throws SealwardError policy-invalid, unsupported */
export const open: OpenCredentialSystem = (target) => openMysqlFamily(target, MARIADB)
