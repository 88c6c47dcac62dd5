import type { Change, Login, Probe } from '../../../src/core/credential/change.ts'
import { SealwardError } from '../../../src/core/errors.ts'
import { Secret } from '../../../src/core/secret.ts'
import type { CredentialSystem } from '../../../src/tasks/world/credentials.ts'

/** A system in memory whose logins have one password or several, as `Change` describes it. */
export interface FakeDatabase {
  system: CredentialSystem
  /** Passwords by user. */
  readonly users: Map<string, readonly string[]>
  /** Whether the network is there; and what queries come to, by their text. */
  isDown: boolean
  readonly failing: Set<string>
  /** What would be said against every change. */
  readonly objections: string[]
  /** Every password that was ever tried, and was wrong, by user. */
  readonly refused: string[]
  accepts(login: { readonly user: string; readonly password: string }): boolean
}

export const ADMIN = 'root'

export function fakeDatabase(users: Readonly<Record<string, readonly string[]>>): FakeDatabase {
  const issued = new Map<string, string>()
  const database: FakeDatabase = {
    users: new Map(Object.entries(users)),
    isDown: false,
    failing: new Set(),
    objections: [],
    refused: [],
    accepts: ({ user, password }) => database.users.get(user)?.includes(password) ?? false,
    system: { probe, preflight: async () => [...database.objections], carryOut },
  }
  return database

  async function probe({ user, password }: Login, statement?: string): Promise<Probe> {
    if (database.isDown) return { kind: 'unknown', why: 'no network' }
    if (!database.accepts({ user, password: password.reveal() })) {
      database.refused.push(user)
      return { kind: 'no' }
    }
    return statement !== undefined && database.failing.has(statement)
      ? { kind: 'failed', why: 'the query failed' }
      : { kind: 'yes' }
  }

  async function carryOut(change: Change, admin: Login): Promise<Secret | null> {
    if (database.isDown) throw new SealwardError('unavailable', 'no network')
    const isAllowed = admin.user === ADMIN || admin.user === change.user
    if (!isAllowed || !database.accepts({ user: admin.user, password: admin.password.reveal() }))
      throw new SealwardError('permission', 'the login may not do this')
    if (change.kind === 'issue') return issue(change)
    database.users.set(change.user, passwordsAfter(change))
    return null
  }

  function issue({ user, request, current }: Extract<Change, { kind: 'issue' }>): Secret {
    const made = issued.get(request) ?? `issued-${issued.size + 1}-${'x'.repeat(20)}`
    issued.set(request, made)
    database.users.set(user, [made, current.reveal()])
    return new Secret(made)
  }
}

function passwordsAfter(change: Exclude<Change, { kind: 'issue' }>): readonly string[] {
  if (change.kind === 'replace') return [change.fresh.reveal()]
  if (change.kind === 'retire') return [change.keep.reveal()]
  return [change.fresh.reveal(), change.current.reveal()]
}
