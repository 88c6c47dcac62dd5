import type { Change, Login, Probe } from '../../../core/credential/change.ts'
import { readMysqlSettings } from '../../../core/credential/statements/mysql.ts'
import type { Statement } from '../../../core/credential/statements/statement.ts'
import type { Target } from '../../../core/credential/target.ts'
import { isLocal } from '../../../core/credential/tls.ts'
import { SealwardError } from '../../../core/errors.ts'
import type { CredentialSystem } from '../../../tasks/world/credentials.ts'
import { tlsOptions } from '../tls-options.ts'
import { tryStatement } from '../try-statement.ts'
import { findAccount, shownUser, whoAmI } from './account.ts'
import type { Dialect, FoundAccount } from './dialect.ts'
import { objections } from './objections.ts'
import { type MysqlSession, withMysql } from './session.ts'
import { codeOf, troubleOf } from './trouble.ts'

/** @throws SealwardError policy-invalid, unsupported */
export function openMysqlFamily(target: Target, dialect: Dialect): CredentialSystem {
  const system = new MysqlFamily(target, dialect)
  tlsOptions(target.tls, target.host)
  if (target.host === '' || target.host.includes(','))
    throw new SealwardError('unsupported', `the driver ${target.driver} speaks to one host`, {
      hint: 'name the server that can be written to, with host:',
    })
  return system
}

class MysqlFamily implements CredentialSystem {
  readonly #target: Target
  readonly #dialect: Dialect
  readonly #hostPart: string | null

  constructor(target: Target, dialect: Dialect) {
    this.#target = target
    this.#dialect = dialect
    this.#hostPart = readMysqlSettings(target).hostPart
  }

  async probe(login: Login, statement?: string): Promise<Probe> {
    try {
      return await withMysql(this.#target, login, async (session) => {
        const me = await whoAmI(session)
        const isMeant = me.user === login.user && (this.#hostPart === null || me.host === this.#hostPart)
        if (!isMeant) return { kind: 'unknown', why: 'it took the login for another' }
        return statement === undefined ? { kind: 'yes' } : await tryStatement(() => session.run(statement), troubleOf)
      })
    } catch (error) {
      const { kind, why } = troubleOf(error)
      if (kind === 'refused') return { kind: 'no' }
      // The database is looked at after the password.
      return { kind: kind === 'denied' ? 'failed' : 'unknown', why }
    }
  }

  async preflight(changes: readonly Change[], admin: Login): Promise<readonly string[]> {
    const wishes = { changes, admin, hostPart: this.#hostPart }
    const { found, doubled } = await this.#asked(admin, async (session) => {
      const against = await objections(session, this.#dialect, wishes)
      return this.#mayTell(session) ? against : { ...against, found: [...against.found, UNPROTECTED] }
    })
    return [...found, ...(await this.#againstSeconds(changes, doubled))]
  }

  async carryOut(change: Change, admin: Login): Promise<null> {
    const account = await this.#asked(admin, (session) => this.#account(session, change.user, admin))
    if (change.kind === 'add' && (await this.#isAdded(change, account))) return null
    const statements = this.#dialect.statements(change, account, admin)
    await this.#asked(admin, async (session) => {
      if (!this.#mayTell(session)) throw new SealwardError('unsupported', UNPROTECTED)
      for (const statement of statements) await say(session, statement)
    })
    return null
  }

  /** RETAIN a second time would throw out the password that everybody uses. With two that both work, there is no room for a third. */
  async #isAdded({ user, fresh, current }: Extract<Change, { kind: 'add' }>, account: FoundAccount): Promise<boolean> {
    if (!this.#dialect.sendsPasswords || !account.hasSecond) return false
    for (const password of [fresh, current]) if ((await this.probe({ user, password })).kind !== 'yes') return false
    return true
  }

  /** A second password that is not ours is somebody's, who would be thrown out. */
  async #againstSeconds(changes: readonly Change[], doubled: readonly string[]): Promise<readonly string[]> {
    const found: string[] = []
    for (const change of changes.filter((one) => one.kind === 'add')) {
      if (!doubled.includes(change.user)) continue
      if ((await this.probe({ user: change.user, password: change.fresh })).kind === 'yes') continue
      found.push(`${shownUser(change.user)} has a second password already, which is not of this rotation: end it first`)
    }
    return found
  }

  async #account(session: MysqlSession, user: string, admin: Login): Promise<FoundAccount> {
    const search = { user, hostPart: this.#hostPart, isSelf: user === admin.user }
    const account = await findAccount(session, this.#dialect, search)
    if (typeof account !== 'string') return account
    throw new SealwardError('unsupported', `${this.#dialect.name}: ${account}`)
  }

  #mayTell(session: MysqlSession): boolean {
    return !this.#dialect.sendsPasswords || session.isPrivate || isLocal(this.#target.host)
  }

  /** @throws SealwardError permission, unavailable, unsupported */
  async #asked<T>(admin: Login, work: (session: MysqlSession) => Promise<T>): Promise<T> {
    try {
      // Users are of the server: an admin need not be let into the application's database.
      return await withMysql({ ...this.#target, database: null }, admin, work)
    } catch (error) {
      if (error instanceof SealwardError) throw error
      const trouble = troubleOf(error)
      throw new SealwardError(codeOf(trouble), `${this.#dialect.name}, asked as the admin: ${trouble.why}`)
    }
  }
}

const UNPROTECTED = 'MySQL is told the password itself, and the connection has no TLS: use the TLS mode verify-full'

async function say(session: MysqlSession, { text, whenDenied }: Statement): Promise<void> {
  try {
    await session.run(text.reveal())
  } catch (error) {
    if (whenDenied !== 'go-on' || troubleOf(error).kind !== 'denied') throw error
  }
}
