import type { Ask } from './session.ts'

/** A user as the server has it. */
export interface RedisUser {
  /** Every password is right. */
  readonly open: boolean
  readonly disabled: boolean
}

/** @returns null when there is no such user */
export async function findUser(ask: Ask, user: string): Promise<RedisUser | null> {
  const reply = await ask('ACL', 'GETUSER', user)
  if (reply === null) return null
  const flags = flagsIn(reply)
  return { open: flags.includes('nopass'), disabled: flags.includes('off') }
}

/** The command after which the users outlive a restart; it fails by itself where there is no file at all. */
export async function saveWith(ask: Ask): Promise<readonly string[]> {
  return (await setting(ask, 'aclfile')) === '' ? ['CONFIG', 'REWRITE'] : ['ACL', 'SAVE']
}

/** A setting of the server; empty where it has none of that name. */
export async function setting(ask: Ask, name: string): Promise<string> {
  const reply = await ask('CONFIG', 'GET', name)
  return Array.isArray(reply) && typeof reply[1] === 'string' ? reply[1] : ''
}

/** The lines `name:value` of a section of INFO. */
export async function section(ask: Ask, name: string): Promise<ReadonlyMap<string, string>> {
  const lines = String(await ask('INFO', name)).split('\r\n')
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]))
}

/** Names and values take turns in an answer. */
function flagsIn(reply: unknown): readonly unknown[] {
  const all: readonly unknown[] = Array.isArray(reply) ? reply : []
  const flags = all[all.indexOf('flags') + 1]
  return Array.isArray(flags) ? flags : []
}
