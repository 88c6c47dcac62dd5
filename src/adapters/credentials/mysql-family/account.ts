import { printable } from '../../../core/report/printable.ts'
import type { Dialect, FoundAccount } from './dialect.ts'
import type { MysqlSession, Row } from './session.ts'
import { troubleOf } from './trouble.ts'

export interface Search {
  readonly user: string
  readonly hostPart: string | null
  /** Whether it is who asks: that one need not be let near the list of accounts. */
  readonly isSelf: boolean
}

/** Finds the one account that is meant. @returns why there is none, in words, where there is not exactly one */
export async function findAccount(
  session: MysqlSession,
  dialect: Dialect,
  search: Search,
): Promise<FoundAccount | string> {
  const { user, isSelf } = search
  const own = isSelf ? await whoAmI(session) : null
  const rows = await listAccounts(session, dialect, user)
  const wanted = own?.host ?? search.hostPart
  if (rows === null)
    return own === null ? 'the admin may not read the list of accounts (SELECT on the database mysql)' : unknown(own)
  const found = wanted === null ? rows : rows.filter(({ host }) => host === wanted)
  const name = shownUser(user)
  if (found.length === 1) return accountFrom(user, found[0]!)
  if (found.length === 0)
    return `there is no account ${name}${wanted === null ? '' : ` with the host part ${shownUser(wanted)}`}`
  const hosts = found.slice(0, 10).map(({ host }) => shownUser(String(host)))
  return `${name} is several accounts, with the host parts ${hosts.join(', ')}: say which with the option host-part`
}

/** Who the server takes this connection for: the row of its list, and not what the login said. */
export async function whoAmI(session: MysqlSession): Promise<{ readonly user: string; readonly host: string }> {
  const [row] = await session.ask('SELECT CURRENT_USER() AS me')
  const me = String(row?.me ?? '')
  const at = me.lastIndexOf('@')
  return { user: me.slice(0, Math.max(at, 0)), host: me.slice(at + 1) }
}

export function shownUser(user: string): string {
  return printable(JSON.stringify(user))
}

/** @returns null where this may not be looked at */
async function listAccounts(
  session: MysqlSession,
  { accounts }: Dialect,
  user: string,
): Promise<readonly Row[] | null> {
  try {
    return await session.ask(accounts, [user])
  } catch (error) {
    if (troubleOf(error).kind === 'denied') return null
    throw error
  }
}

function accountFrom(user: string, row: Row): FoundAccount {
  return {
    user,
    host: String(row.host),
    plugins: pluginsIn(row.plugins),
    isLocked: Number(row.locked) === 1,
    isExpired: Number(row.expired) === 1,
    hasSecond: Number(row.second) === 1,
    remembers: Number(row.remembers) === 1,
  }
}

/** The library has read the JSON of MySQL, and not that of MariaDB, which is text there. */
function pluginsIn(value: unknown): readonly string[] {
  const list: unknown = typeof value === 'string' ? JSON.parse(value) : value
  return Array.isArray(list) ? list.map(String) : []
}

function unknown(account: { readonly user: string; readonly host: string }): FoundAccount {
  return { ...account, plugins: [], isLocked: false, isExpired: false, hasSecond: true, remembers: false }
}
