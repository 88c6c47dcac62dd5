import type { Login } from '../../../core/credential/change.ts'
import type { PostgresSettings } from '../../../core/credential/statements/postgres.ts'
import { printable } from '../../../core/report/printable.ts'
import { differences } from './differences.ts'
import type { PostgresSession, Row } from './session.ts'

export interface Wishes {
  /** Whose passwords are to be changed. */
  readonly users: readonly string[]
  readonly admin: Login
  readonly settings: PostgresSettings
}

const SERVER = `SELECT pg_is_in_recovery() AS replica, current_setting('transaction_read_only') = 'on' AS locked,
  current_setting('server_version_num')::int AS version, current_setting('rds.restrict_password_commands', true) = 'on' AS rds`

/** `is_admin_of_role`, which is what PostgreSQL 16 asks, shows through as membership with the admin option. */
const LOGIN = `SELECT r.rolcanlogin AS may_login, r.rolvaliduntil < now() AS expired, r.rolsuper AS super, r.rolreplication AS replication,
  pg_has_role(current_user, r.oid, 'MEMBER WITH ADMIN OPTION') AS given
  FROM pg_roles r WHERE r.rolname = $1`

const ADMIN = `SELECT rolsuper AS super, rolcreaterole AS creates, rolreplication AS replication FROM pg_roles WHERE rolname = current_user`

const RDS = `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_password' AND pg_has_role(session_user, oid, 'MEMBER')) AS may`

/** What stands against changing these passwords, in words. Nothing is changed. */
export async function objections(session: PostgresSession, wishes: Wishes): Promise<readonly string[]> {
  const users = [...new Set(wishes.users)]
  const [server = {}] = await session.ask(SERVER)
  const [admin = {}] = await session.ask(ADMIN)
  const found: string[] = []
  if (server.replica === true) found.push('the server is a replica, where nothing can be changed')
  else if (server.locked === true) found.push('the server is set to read-only')
  if (server.rds === true && (await session.ask(RDS))[0]?.may !== true)
    found.push('rds.restrict_password_commands is on, and the admin is not a member of rds_password')
  for (const user of users) {
    const [login] = await session.ask(LOGIN, [user])
    found.push(
      ...againstLogin(login, {
        name: shown(user),
        isSelf: user === wishes.admin.user,
        admin,
        version: Number(server.version),
      }),
    )
  }
  const [one, other] = users
  if (one !== undefined && other !== undefined)
    found.push(...(await differences(session, [one, other], wishes.settings.role)))
  return found
}

interface Known {
  readonly name: string
  readonly isSelf: boolean
  readonly admin: Row
  readonly version: number
}

function againstLogin(login: Row | undefined, { name, isSelf, admin, version }: Known): string[] {
  if (login === undefined) return [`there is no role ${name}`]
  const found: string[] = []
  if (login.may_login !== true) found.push(`the role ${name} may not log in (NOLOGIN)`)
  if (login.expired === true)
    found.push(`the password of ${name} counts no longer (VALID UNTIL): a new one would not either`)
  if (isSelf || admin.super === true) return found
  if (login.super === true) found.push(`${name} is a superuser, and the admin is not`)
  else if (admin.creates !== true) found.push(`the admin may not change ${name}: it lacks CREATEROLE`)
  else if (version >= 160_000 && login.given !== true)
    found.push(
      `the admin may not change ${name}: it lacks the admin option (GRANT ${name} TO the admin WITH ADMIN OPTION)`,
    )
  if (login.replication === true && (version < 160_000 || admin.replication !== true))
    found.push(`${name} has REPLICATION, and the admin may not change such a role`)
  return found
}

function shown(name: string): string {
  return printable(JSON.stringify(name))
}
