import type { Login, Probe } from '../../core/credential/change.ts'
import {
  type PostgresSettings,
  postgresStatements,
  readPostgresSettings,
} from '../../core/credential/statements/postgres.ts'
import type { Target } from '../../core/credential/target.ts'
import { isLocal } from '../../core/credential/tls.ts'
import { SealwardError } from '../../core/errors.ts'
import type { OpenCredentialSystem } from '../../tasks/world/credentials.ts'
import { objections } from './postgres/objections.ts'
import { type PostgresSession, withPostgres } from './postgres/session.ts'
import { codeOf, troubleOf } from './postgres/trouble.ts'
import { tlsOptions } from './tls-options.ts'
import { tryStatement } from './try-statement.ts'

/** PostgreSQL from version 10, and what speaks like it. @throws SealwardError policy-invalid, unsupported */
export const open: OpenCredentialSystem = (target) => {
  const settings = readPostgresSettings(target)
  refuseUnfit(target, settings)
  return {
    probe: (login, statement) => probe(target, login, statement),
    preflight: (changes, admin) =>
      asked(target, admin, (session) =>
        objections(session, { users: changes.map(({ user }) => user), admin, settings }),
      ),
    async carryOut(change, admin) {
      const statements = postgresStatements(change, admin.user, settings)
      await asked(target, admin, async (session) => {
        for (const { text } of statements) await session.run(text.reveal())
      })
      return null
    },
  }
}

function refuseUnfit({ host, tls }: Target, { hash }: PostgresSettings): void {
  tlsOptions(tls, host)
  if (host === '' || host.includes(','))
    throw new SealwardError('unsupported', 'the driver postgres speaks to one host', {
      hint: 'name the server that can be written to, with host:',
    })
  if (hash === 'server' && !isLocal(host) && tls.mode !== 'verify-full')
    throw new SealwardError(
      'policy-invalid',
      'the option hash: server sends the password itself, and needs the TLS mode verify-full',
    )
}

async function probe(target: Target, login: Login, statement: string | undefined): Promise<Probe> {
  try {
    return await withPostgres(target, login, async (session) => {
      const [row] = await session.ask('SELECT session_user::text AS name')
      if (row?.name !== login.user) return { kind: 'unknown', why: 'it took the login for another' }
      return statement === undefined ? { kind: 'yes' } : await tryStatement(() => session.run(statement), troubleOf)
    })
  } catch (error) {
    const { kind, why } = troubleOf(error)
    return kind === 'refused' ? { kind: 'no' } : { kind: 'unknown', why }
  }
}

/** @throws SealwardError permission, unavailable, unsupported */
async function asked<T>(target: Target, admin: Login, work: (session: PostgresSession) => Promise<T>): Promise<T> {
  try {
    return await withPostgres(target, admin, work)
  } catch (error) {
    const trouble = troubleOf(error)
    throw new SealwardError(codeOf(trouble), `PostgreSQL, asked as the admin: ${trouble.why}`)
  }
}
