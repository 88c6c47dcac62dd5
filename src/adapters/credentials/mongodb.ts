import type { Change, Login, Probe } from '../../core/credential/change.ts'
import {
  createUser,
  type MongoCommand,
  type MongoUser,
  readMongoSettings,
  replaced,
  updateUser,
  usersInfo,
} from '../../core/credential/statements/mongodb.ts'
import { SealwardError } from '../../core/errors.ts'
import { printable } from '../../core/report/printable.ts'
import { at, parseJson } from '../../core/trust/json.ts'
import type { OpenCredentialSystem } from '../../tasks/world/credentials.ts'
import { firstOf, type MongoPlace, type Run, refuseClear, troubleOf, withSession } from './mongodb/session.ts'

/** MongoDB by SCRAM: a standalone server, a replica set, or whatever hides behind SRV records. */
export const open: OpenCredentialSystem = (target) => {
  const place: MongoPlace = { target, settings: readMongoSettings(target) }
  return {
    probe: (login, statement) => probe(place, login, statement),
    preflight: (changes, admin) => preflight(place, changes, admin),
    async carryOut(change, admin) {
      refuseClear(place)
      await carryOut(place, replaced(change), admin)
      return null
    },
  }
}

type Replacement = ReturnType<typeof replaced>

const LONGEST_STATEMENT = 16_384

async function probe(place: MongoPlace, login: Login, statement: string | undefined): Promise<Probe> {
  try {
    const command = statement === undefined ? null : commandOf(statement)
    return await withSession(place, login, async (run) => {
      const { authSource } = place.settings
      const who = firstOf(await run(authSource, { connectionStatus: 1 }), 'authInfo', 'authenticatedUsers')
      if (at(who, 'user') !== login.user || at(who, 'db') !== authSource)
        return { kind: 'unknown', why: 'it took the login for another' }
      return command === null ? { kind: 'yes' } : await tryCommand(run, place.target.database ?? authSource, command)
    })
  } catch (error) {
    if (error instanceof SealwardError) return { kind: 'unknown', why: error.message }
    const { kind, why } = troubleOf(error)
    return kind === 'refused' ? { kind: 'no' } : { kind: 'unknown', why }
  }
}

async function tryCommand(run: Run, database: string, command: MongoCommand): Promise<Probe> {
  try {
    await run(database, command)
    return { kind: 'yes' }
  } catch (error) {
    const { kind, why } = troubleOf(error)
    if (kind === 'later') throw error
    return { kind: 'failed', why: `the statement was not carried out: ${why}` }
  }
}

/** @throws SealwardError unsupported */
function commandOf(statement: string): MongoCommand {
  const json = statement.length > LONGEST_STATEMENT ? undefined : parseJson(Buffer.from(statement, 'utf8'))
  if (typeof json === 'object' && json !== null && !Array.isArray(json) && Object.keys(json).length > 0)
    return json as MongoCommand
  throw new SealwardError('unsupported', 'a statement for MongoDB is one command in JSON, such as { "ping": 1 }')
}

async function preflight(place: MongoPlace, changes: readonly Change[], admin: Login): Promise<readonly string[]> {
  const found: string[] = []
  try {
    refuseClear(place)
  } catch (error) {
    if (error instanceof SealwardError) found.push(error.message)
  }
  try {
    await withSession(place, admin, async (run) => {
      for (const user of new Set(changes.map((change) => change.user)))
        found.push(...(await aboutUser(run, place, user)))
    })
  } catch (error) {
    throw refusal(error)
  }
  return found
}

async function aboutUser(run: Run, { settings }: MongoPlace, user: string): Promise<readonly string[]> {
  const known = await findUser(run, settings.authSource, user)
  const name = printable(user)
  if (settings.like === null) return known === null ? [`there is no user ${name}`] : []
  const model = await findUser(run, settings.authSource, settings.like)
  if (model === null) return [`there is no user ${printable(settings.like)}, whose roles ${name} is to have`]
  if (known === null || rolesOf(known) === rolesOf(model)) return []
  return [`the users ${name} and ${printable(settings.like)} have different roles`]
}

async function carryOut(place: MongoPlace, change: Replacement, admin: Login): Promise<void> {
  const apply = (run: Run) => setPassword(run, place, change)
  try {
    try {
      await withSession(place, admin, apply)
    } catch (error) {
      // A login that changes itself has the new password already where an earlier run got as far as that.
      if (admin.user !== change.user || troubleOf(error).kind !== 'refused') throw error
      await withSession(place, { user: admin.user, password: change.fresh }, apply)
    }
  } catch (error) {
    throw refusal(error)
  }
}

async function setPassword(run: Run, { settings }: MongoPlace, { user, fresh }: Replacement): Promise<void> {
  const { authSource, like } = settings
  if ((await findUser(run, authSource, user)) !== null) {
    await run(authSource, updateUser(user, fresh.reveal()))
    return
  }
  const model = like === null ? null : await findUser(run, authSource, like)
  if (model === null)
    throw new SealwardError('not-found', 'there is no such user at MongoDB, and none to make it like', {
      hint: 'the option auth-source names the database that keeps the users',
    })
  await run(authSource, createUser(user, fresh.reveal(), model))
}

async function findUser(run: Run, authSource: string, user: string): Promise<MongoUser | null> {
  const known = firstOf(await run(authSource, usersInfo(user, authSource)), 'users')
  if (known === undefined) return null
  return {
    roles: at(known, 'roles') ?? [],
    authenticationRestrictions: at(known, 'authenticationRestrictions') ?? null,
  }
}

function rolesOf({ roles }: MongoUser): string {
  const names = Array.isArray(roles) ? roles.map((role) => JSON.stringify([at(role, 'role'), at(role, 'db')])) : []
  return names.sort().join()
}

function refusal(error: unknown): SealwardError {
  if (error instanceof SealwardError) return error
  const { kind, why } = troubleOf(error)
  if (kind === 'refused')
    return new SealwardError('permission', `MongoDB: ${why}`, { hint: 'this is about the login that makes the change' })
  if (kind === 'forbidden')
    return new SealwardError('permission', `MongoDB: ${why}`, {
      hint: 'it needs userAdmin on the database that keeps the users, or changeOwnPassword for itself',
    })
  return new SealwardError('unavailable', `MongoDB: ${why}`)
}
