import type { RedisSettings } from '../../../core/credential/statements/redis.ts'
import { printable } from '../../../core/report/printable.ts'
import type { Ask } from './session.ts'
import { findUser, section, setting } from './users.ts'

/** What is to be done at a server. */
export interface Wishes {
  readonly users: readonly string[]
  readonly admin: string
  readonly settings: RedisSettings
}

/** What stands against it at one server. Asks, and changes nothing. */
export async function objections(ask: Ask, wishes: Wishes): Promise<readonly string[]> {
  const found: string[] = []
  for (const user of new Set(wishes.users)) found.push(...(await aboutUser(ask, user)))
  if (wishes.settings.persist === 'auto') found.push(...(await aboutDisk(ask)))
  found.push(...(await aboutRights(ask, wishes)), ...(await aboutCopies(ask, wishes)))
  return found
}

async function aboutUser(ask: Ask, user: string): Promise<readonly string[]> {
  const known = await findUser(ask, user)
  const name = printable(user)
  if (known === null) return [`there is no user ${name}`]
  return [
    ...(known.disabled ? [`the user ${name} is switched off`] : []),
    // With it a login is no proof of the password, and the change would end what somebody relies on.
    ...(known.open ? [`the user ${name} needs no password (nopass)`] : []),
  ]
}

async function aboutDisk(ask: Ask): Promise<readonly string[]> {
  if ((await setting(ask, 'aclfile')) !== '') return []
  if ((await section(ask, 'server')).get('config_file')) return []
  return ['it has neither an aclfile nor a configuration file, so that a restart brings the old password back']
}

/** ACL DRYRUN, from version 7 on, says what a user may do without its being done. */
async function aboutRights(ask: Ask, { admin, users, settings }: Wishes): Promise<readonly string[]> {
  const needed = [
    ['ACL', 'SETUSER', users[0] ?? 'default'],
    ...(settings.persist === 'none'
      ? []
      : [(await setting(ask, 'aclfile')) === '' ? ['CONFIG', 'REWRITE'] : ['ACL', 'SAVE']]),
    ...(settings.kill ? [['CLIENT', 'KILL', 'USER', admin]] : []),
  ]
  const found: string[] = []
  for (const command of needed)
    if (!(await mayRun(ask, admin, command))) found.push(`the login may not say ${command.slice(0, 2).join(' ')}`)
  return found
}

async function mayRun(ask: Ask, admin: string, command: readonly string[]): Promise<boolean> {
  try {
    return (await ask('ACL', 'DRYRUN', admin, ...command)) === 'OK'
  } catch {
    return true // Redis 6 has no such command, or the login may not say it: what is missing shows when it is needed
  }
}

/** Users are not replicated, whatever the data are. */
async function aboutCopies(ask: Ask, { users, settings }: Wishes): Promise<readonly string[]> {
  const found: string[] = []
  const replication = await section(ask, 'replication')
  if (settings.nodes === null) {
    const copies = Number(replication.get('connected_slaves') ?? 0)
    const isCluster = (await section(ask, 'cluster')).get('cluster_enabled') === '1'
    if (copies > 0 || isCluster || replication.get('role') === 'slave')
      found.push('there are other nodes, and Redis does not copy users to them: name every node in the option nodes')
  }
  if (replication.get('role') === 'slave' && users.includes((await setting(ask, 'masteruser')) || 'default'))
    found.push('this replica logs in to its master as the same user: give the replication a user of its own')
  return found
}
