import { SealwardError } from '../../errors.ts'
import { printable } from '../../report/printable.ts'
import type { Change, Shape } from '../change.ts'
import { readOptions, wordOf } from '../driver-options.ts'
import type { Target } from '../target.ts'

/** A command as the driver sends it, in this order: the first field is its name. */
export type MongoCommand = Readonly<Record<string, unknown>>

export interface MongoSettings {
  /** The database that keeps the users. */
  readonly authSource: string
  readonly replicaSet: string | null
  /** Whether the host is the name of SRV records. */
  readonly srv: boolean
  /** The user whose roles a user gets that is not there yet; null when none is made. */
  readonly like: string | null
}

/** What `usersInfo` says of one user; null for a field that it leaves out. */
export interface MongoUser {
  readonly roles: unknown
  readonly authenticationRestrictions: unknown
}

/** Written on most members before it counts: after an election the old password would be back. */
const MAJORITY = { w: 'majority', wtimeout: 10_000 }

/**
 * Sets the password and nothing else: roles, restrictions and mechanisms that a command leaves out stay as they are.
 *
 * The password itself is in it. The server hashes it, and for SCRAM-SHA-256 takes no hash from a client, so TLS is what protects it.
 */
export function updateUser(user: string, password: string): MongoCommand {
  return { updateUser: user, pwd: password, writeConcern: MAJORITY }
}

/** Makes a user with all that another one has but its password. */
export function createUser(user: string, password: string, model: MongoUser): MongoCommand {
  return {
    createUser: user,
    pwd: password,
    roles: model.roles,
    ...(model.authenticationRestrictions !== null && { authenticationRestrictions: model.authenticationRestrictions }),
    writeConcern: MAJORITY,
  }
}

export function usersInfo(user: string, authSource: string): MongoCommand {
  return { usersInfo: { user, db: authSource }, showAuthenticationRestrictions: true }
}

/**
 * The only change there is: a user has one password.
 *
 * @throws SealwardError unsupported for every other
 */
export function replaced(change: Change): Extract<Change, { kind: 'replace' }> {
  if (change.kind === 'replace') return change
  throw new SealwardError('unsupported', 'a user of MongoDB has one password at a time', {
    hint: 'use the strategy alternating, or single',
  })
}

/** What is sent, as it may be shown. @throws SealwardError policy-invalid, unsupported */
export function mongoShapes(change: Change, target: Target): readonly Shape[] {
  const { authSource, like } = readMongoSettings(target)
  const user = JSON.stringify(printable(replaced(change).user))
  const where = `on ${JSON.stringify(printable(authSource))}`
  return [
    `usersInfo ${user} ${where}`,
    `updateUser ${user} pwd [the new password] ${where}`,
    ...(like === null ? [] : [`or createUser ${user} ${where}, with the roles of ${JSON.stringify(printable(like))}`]),
  ]
}

/** @throws SealwardError policy-invalid */
export function readMongoSettings(target: Target): MongoSettings {
  const known = ['auth-source', 'replica-set', 'srv', 'create-like'] as const
  const options = readOptions(target, known)
  return {
    // As connection strings mean it: the database that they name, or else admin.
    authSource: options['auth-source'] ?? target.database ?? 'admin',
    replicaSet: options['replica-set'] ?? null,
    srv: wordOf('srv', options.srv, ['false', 'true']) === 'true',
    like: options['create-like'] ?? null,
  }
}
