import type { Change, Login, Probe } from '../../core/credential/change.ts'
import {
  type RedisNode,
  type RedisSettings,
  readRedisSettings,
  redisChange,
  redisUser,
} from '../../core/credential/statements/redis.ts'
import type { Target } from '../../core/credential/target.ts'
import { SealwardError } from '../../core/errors.ts'
import type { OpenCredentialSystem } from '../../tasks/world/credentials.ts'
import { objections, type Wishes } from './redis/objections.ts'
import { type Ask, type RedisTrouble, troubleOf, withSession } from './redis/session.ts'
import { findUser, saveWith } from './redis/users.ts'

/** Redis from version 6, by its lists of users (ACL). Every node is asked and changed, one after the other. */
export const open: OpenCredentialSystem = (target) => {
  const settings = readRedisSettings(target)
  const nodes = settings.nodes ?? [{ host: target.host, port: target.port }]
  return {
    async probe(login, statement) {
      const probes: Probe[] = []
      for (const node of nodes) probes.push(await probeNode({ node, tls: target.tls }, login, statement))
      return together(probes)
    },
    async preflight(changes, admin) {
      const wishes: Wishes = {
        users: changes.map(({ user }) => redisUser(user)),
        admin: redisUser(admin.user),
        settings,
      }
      const found: string[] = []
      for (const node of nodes) {
        const against = await objectionsAt({ node, tls: target.tls }, admin, wishes)
        found.push(...against.map((words) => (nodes.length === 1 ? words : `${place(node)}: ${words}`)))
      }
      return found
    },
    async carryOut(change, admin) {
      for (const node of nodes) await changeNode(node, { change, admin, target, settings })
      return null
    },
  }
}

interface Order {
  readonly change: Change
  readonly admin: Login
  readonly target: Target
  readonly settings: RedisSettings
}

type At = Parameters<typeof withSession>[0]

async function probeNode(server: At, login: Login, statement: string | undefined): Promise<Probe> {
  try {
    return await withSession(server, login, async (ask) => {
      const name = await whoami(ask)
      if (name !== null && name !== redisUser(login.user))
        return { kind: 'unknown', why: 'it took the login for another' }
      return statement === undefined ? { kind: 'yes' } : await tryStatement(ask, statement)
    })
  } catch (error) {
    if (error instanceof SealwardError) return { kind: 'unknown', why: error.message }
    const { kind, why } = troubleOf(error)
    return kind === 'refused' ? { kind: 'no' } : { kind: 'unknown', why }
  }
}

/** @returns null where the user may not ask. AUTH has said yes by then, and that is what counts: PING alone would be answered to anybody */
async function whoami(ask: Ask): Promise<string | null> {
  try {
    return String(await ask('ACL', 'WHOAMI'))
  } catch (error) {
    if (troubleOf(error).kind === 'forbidden') return null
    throw error
  }
}

async function tryStatement(ask: Ask, statement: string): Promise<Probe> {
  try {
    await ask(...statement.trim().split(/\s+/))
    return { kind: 'yes' }
  } catch (error) {
    const { kind, why } = troubleOf(error)
    if (kind === 'later') throw error
    return { kind: 'failed', why: `the statement was not carried out: ${why}` }
  }
}

/** A password that some nodes know and others do not is not there yet: carrying out the change once more puts that right. */
function together(probes: readonly Probe[]): Probe {
  const worst = (['unknown', 'no', 'failed'] as const).map((kind) => probes.find((probe) => probe.kind === kind))
  return worst.find((probe) => probe !== undefined) ?? { kind: 'yes' }
}

async function objectionsAt(server: At, admin: Login, wishes: Wishes): Promise<readonly string[]> {
  try {
    return await withSession(server, admin, (ask) => objections(ask, wishes))
  } catch (error) {
    throw refusal(error, server.node)
  }
}

async function changeNode(node: RedisNode, order: Order): Promise<void> {
  const { user, command } = redisChange(order.change)
  try {
    await asAdmin(node, order, async (ask) => {
      // SETUSER would make one.
      if ((await findUser(ask, user)) === null)
        throw new SealwardError('not-found', `there is no such user at ${place(node)}`)
      await ask(...command)
      if (order.settings.persist === 'auto') await ask(...(await saveWith(ask)))
      if (order.settings.kill && order.change.kind === 'retire') await ask('CLIENT', 'KILL', 'USER', user)
    })
  } catch (error) {
    throw refusal(error, node)
  }
}

/** A login that changes itself has the new password already where an earlier run got as far as this node. */
async function asAdmin(node: RedisNode, { change, admin, target }: Order, use: (ask: Ask) => Promise<void>) {
  const server = { node, tls: target.tls }
  try {
    await withSession(server, admin, use)
  } catch (error) {
    const isItself = redisUser(admin.user) === redisUser(change.user)
    if (!isItself || change.kind === 'issue' || troubleOf(error).kind !== 'refused') throw error
    await withSession(server, { ...admin, password: change.kind === 'retire' ? change.keep : change.fresh }, use)
  }
}

function refusal(error: unknown, node: RedisNode): SealwardError {
  if (error instanceof SealwardError) return error
  const trouble: RedisTrouble = troubleOf(error)
  const message = `Redis at ${place(node)}: ${trouble.why}`
  if (trouble.kind === 'refused')
    return new SealwardError('permission', message, { hint: 'this is about the login that makes the change' })
  if (trouble.kind === 'forbidden')
    return new SealwardError('permission', message, {
      hint: 'whoever changes users may say: +acl +config|get +config|rewrite +info, and +client|kill where kill is asked for',
    })
  return new SealwardError('unavailable', message)
}

function place({ host, port }: RedisNode): string {
  return port === null ? host : `${host}:${port}`
}
