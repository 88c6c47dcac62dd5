import type { Change, Login } from '../../../core/credential/change.ts'
import { findAccount, shownUser } from './account.ts'
import type { Dialect, FoundAccount } from './dialect.ts'
import { differences } from './differences.ts'
import type { MysqlSession } from './session.ts'

export interface Wishes {
  readonly changes: readonly Change[]
  readonly admin: Login
  readonly hostPart: string | null
}

export interface Objections {
  readonly found: readonly string[]
  /** Who has two passwords already: whether one of them is the new one is for a login of its own to find out. */
  readonly doubled: readonly string[]
}

/** What stands against these changes, in words. Nothing is changed. */
export async function objections(session: MysqlSession, dialect: Dialect, wishes: Wishes): Promise<Objections> {
  const found: string[] = []
  if (Number((await session.ask('SELECT @@global.read_only AS locked'))[0]?.locked) === 1)
    found.push('the server is read-only: a replica, or set so')
  const accounts = new Map<string, FoundAccount>()
  for (const user of new Set(wishes.changes.map((change) => change.user))) {
    const isSelf = user === wishes.admin.user
    const account = await findAccount(session, dialect, { user, hostPart: wishes.hostPart, isSelf })
    if (typeof account === 'string') found.push(account)
    else {
      accounts.set(user, account)
      found.push(...againstAccount(account, dialect))
    }
  }
  found.push(...(await againstNameless(session)), ...(await againstAdmin(session, wishes)))
  for (const change of wishes.changes) {
    const account = accounts.get(change.user)
    if (account !== undefined) found.push(...(await dialect.objections(session, change, account)))
  }
  const [one, other] = [...accounts.values()]
  if (one !== undefined && other !== undefined) found.push(...(await differences(session, one, other)))
  const doubled = [...accounts.values()].filter(({ plugins, hasSecond }) => hasSecond && plugins.length > 0)
  return { found: [...new Set(found)], doubled: doubled.map(({ user }) => user) }
}

function againstAccount({ user, isLocked, isExpired, plugins }: FoundAccount, dialect: Dialect): string[] {
  const name = shownUser(user)
  const foreign = plugins.filter((plugin) => !dialect.plugins.includes(plugin))
  return [
    ...(isLocked ? [`the account ${name} is locked`] : []),
    ...(isExpired
      ? [`the password of ${name} has expired, and whoever logs in with it can do nothing else than change it`]
      : []),
    ...(foreign.includes('ed25519')
      ? [`${name} logs in by ed25519, which this driver cannot test: give the account mysql_native_password first`]
      : foreign.length === 0
        ? []
        : [`${name} logs in by ${foreign.map(shownUser).join(', ')}, which a new password would end`]),
  ]
}

/** An account without a name at one host comes before a named one at any, and takes its logins away. */
async function againstNameless(session: MysqlSession): Promise<readonly string[]> {
  const [row] = await session.ask("SELECT COUNT(*) AS nameless FROM mysql.user WHERE User = ''").catch(() => [])
  return Number(row?.nameless ?? 0) === 0
    ? []
    : ["there are accounts without a name (''@...), which shadow others: drop them"]
}

async function againstAdmin(session: MysqlSession, { changes, admin }: Wishes): Promise<readonly string[]> {
  const needed = changes.some(({ user, kind }) => user !== admin.user || kind !== 'replace')
  if (!needed) return []
  const lines = (await session.ask('SHOW GRANTS')).map((row) => String(Object.values(row)[0]))
  const own = changes.every(({ user }) => user === admin.user)
  if (lines.some((line) => mayChange(line, own))) return []
  return [`the admin may not change accounts: it lacks CREATE USER${own ? ' or APPLICATION_PASSWORD_ADMIN' : ''}`]
}

/** A role may bring the right with it: whether it does is seen when it is used. */
function mayChange(line: string, own: boolean): boolean {
  const [, rights = '', scope] = /^GRANT (.+?) ON (\S+) TO /.exec(line) ?? []
  if (scope === undefined) return line.startsWith('GRANT `')
  if (scope === '`mysql`.*') return /\b(?:UPDATE|ALL PRIVILEGES)\b/.test(rights)
  return (
    scope === '*.*' &&
    (/\b(?:CREATE USER|ALL PRIVILEGES)\b/.test(rights) || (own && rights.includes('APPLICATION_PASSWORD_ADMIN')))
  )
}
