import { SealwardError } from '../../errors.ts'
import { printable } from '../../report/printable.ts'
import { Secret } from '../../secret.ts'
import type { Change, Shape } from '../change.ts'
import { readOptions, wordOf } from '../driver-options.ts'
import type { Target } from '../target.ts'
import { scramVerifier } from './scram.ts'
import type { Statement } from './statement.ts'

export interface PostgresSettings {
  /** The role that both logins of an alternating pair turn into; null where there is none. */
  readonly role: string | null
  /** Who makes the verifier. `server` sends the password itself, which the server may log: for proxies that refuse verifiers. */
  readonly hash: 'client' | 'server'
}

/** NAMEDATALEN - 1. The server would cut a longer name off, and change the password of whoever has the shorter one. */
const MOST_NAME_BYTES = 63
/** What the server would store as it is, as the hash of a password that nobody knows. */
const LIKE_STORED = /^(?:md5[0-9a-f]{32}$|SCRAM-SHA-256\$)/

/**
 * What PostgreSQL is told, over one connection and in this order. `ALTER ROLE` takes no parameters.
 *
 * @param admin who says it: a login that changes itself first leaves the role that it turned into at its start
 * @throws SealwardError unsupported for all but `replace`; not-representable for a name or a password that cannot be written
 */
export function postgresStatements(change: Change, admin: string, settings: PostgresSettings): readonly Statement[] {
  const { user, fresh } = replaced(change)
  const [role, literal] = [identifier(user), literalOf(fresh, settings)]
  return [
    ...(admin === user ? [fixed('SET ROLE NONE')] : []),
    ...(settings.hash === 'server' ? [fixed("SET password_encryption = 'scram-sha-256'")] : []),
    { text: new Secret(`ALTER ROLE ${role} PASSWORD ${literal}`), shape: shapeOf(user, settings) },
  ]
}

/** What is sent, as it may be shown. @throws SealwardError policy-invalid, unsupported, not-representable */
export function postgresShapes(change: Change, target: Target): readonly Shape[] {
  const { user } = replaced(change)
  identifier(user)
  return [shapeOf(user, readPostgresSettings(target))]
}

/** @throws SealwardError policy-invalid */
export function readPostgresSettings(target: Target): PostgresSettings {
  const { role, hash } = readOptions(target, ['role', 'hash'])
  return { role: role ?? null, hash: wordOf('hash', hash, ['client', 'server']) }
}

function replaced(change: Change): Extract<Change, { kind: 'replace' }> {
  if (change.kind === 'replace') return change
  throw new SealwardError('unsupported', 'a role of PostgreSQL has one password at a time', {
    hint: 'use the strategy alternating, or single',
  })
}

function shapeOf(user: string, { hash }: PostgresSettings): Shape {
  return `ALTER ROLE ${printable(identifier(user))} PASSWORD [${hash === 'client' ? 'verifier' : 'the new password'}]`
}

function fixed(text: string): Statement {
  return { text: new Secret(text), shape: text }
}

function identifier(name: string): string {
  const bytes = Buffer.byteLength(name)
  if (bytes === 0 || bytes > MOST_NAME_BYTES || name.includes('\0') || !name.isWellFormed())
    throw new SealwardError('not-representable', 'a role of PostgreSQL cannot have this name', {
      hint: `it has 1 to ${MOST_NAME_BYTES} bytes, and no NUL`,
    })
  return `"${name.replaceAll('"', '""')}"`
}

/** A verifier has no character that would need one; with a password, `E` makes backslashes mean the same whatever the server is set to. */
function literalOf(password: Secret, { hash }: PostgresSettings): string {
  if (hash === 'client') return `'${scramVerifier(password.reveal())}'`
  const text = password.reveal()
  if (text === '' || text.includes('\0') || !text.isWellFormed() || LIKE_STORED.test(text))
    throw new SealwardError('not-representable', 'PostgreSQL cannot have this password')
  return `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
