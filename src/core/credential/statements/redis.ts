import { createHash } from 'node:crypto'
import { SealwardError } from '../../errors.ts'
import { printable } from '../../report/printable.ts'
import type { Secret } from '../../secret.ts'
import type { Change, Shape } from '../change.ts'
import { readOptions, wordOf } from '../driver-options.ts'
import type { Target } from '../target.ts'

/** What Redis is told to change. */
export interface RedisChange {
  /** As Redis writes it: a login without a name is that of `default`. */
  readonly user: string
  /** It holds hashes (SHA-256), and goes nowhere but to the server. */
  readonly command: readonly string[]
}

export interface RedisSettings {
  /** All of them, where there are several: each has a list of users of its own, as Redis copies data to its replicas and not users. */
  readonly nodes: readonly RedisNode[] | null
  /** Whether users are written to disk after every change. */
  readonly persist: 'auto' | 'none'
  /** Whether whoever is connected as the user is disconnected when the old password ends. */
  readonly kill: boolean
}

export interface RedisNode {
  readonly host: string
  /** Null for the usual one, and for a host that is the path of a socket. */
  readonly port: number | null
}

const MOST_NODES = 100
const NODE = /^(?:\[(?<v6>[0-9a-fA-F:.]{2,45})\]|(?<host>[A-Za-z0-9._-]{1,253}))(?::(?<port>\d{1,5}))?$/

/**
 * One command, and so nothing between the old passwords and the new: `resetpass` and what follows take effect together. It also takes away
 * a third password, and the flag `nopass`, with which any password is right. Hashes keep the passwords off the wire, which every user that
 * may say MONITOR can read.
 *
 * @throws SealwardError unsupported for `issue`
 */
export function redisChange(change: Change): RedisChange {
  const user = redisUser(change.user)
  const hashes = passwordsAfter(change).map(([password]) => `#${hashOf(password)}`)
  return { user, command: ['ACL', 'SETUSER', user, 'resetpass', ...hashes] }
}

/** What is sent to each node, as it may be shown. @throws SealwardError policy-invalid, unsupported */
export function redisShapes(change: Change, target: Target): readonly Shape[] {
  const { persist, kill } = readRedisSettings(target)
  const user = JSON.stringify(printable(redisUser(change.user)))
  const hashes = passwordsAfter(change).map(([, words]) => ` #[hash of ${words}]`)
  return [
    `ACL GETUSER ${user}`,
    `ACL SETUSER ${user} resetpass${hashes.join('')}`,
    ...(persist === 'none' ? [] : ['ACL SAVE, or CONFIG REWRITE where no aclfile is set']),
    ...(kill && change.kind === 'retire' ? [`CLIENT KILL USER ${user}`] : []),
  ]
}

/** The name by which Redis knows who gives a password and no name. */
export function redisUser(user: string): string {
  return user === '' ? 'default' : user
}

/** @throws SealwardError policy-invalid */
export function readRedisSettings(target: Target): RedisSettings {
  const { nodes, persist, kill } = readOptions(target, ['nodes', 'persist', 'kill'])
  return {
    nodes: nodes === undefined && !target.host.includes(',') ? null : readNodes(nodes ?? target.host),
    persist: wordOf('persist', persist, ['auto', 'none']),
    kill: wordOf('kill', kill, ['false', 'true']) === 'true',
  }
}

function readNodes(text: string): readonly RedisNode[] {
  const parts = text.split(',', MOST_NODES + 1).map((part) => NODE.exec(part.trim())?.groups)
  const nodes = parts.map((part) => ({
    host: part?.v6 ?? part?.host ?? '',
    port: part?.port === undefined ? null : Number(part.port),
  }))
  if (nodes.length > MOST_NODES || nodes.some(({ host, port }) => host === '' || port === 0 || (port ?? 0) > 65_535))
    throw new SealwardError('policy-invalid', 'the nodes of Redis are no list of host:port', {
      hint: `commas between them, and ${MOST_NODES} at most`,
    })
  return nodes
}

function passwordsAfter(change: Change): readonly (readonly [Secret, string])[] {
  if (change.kind === 'replace') return [[change.fresh, 'the new password']]
  if (change.kind === 'retire') return [[change.keep, 'the password that stays']]
  if (change.kind === 'add')
    return [
      [change.current, 'the present password'],
      [change.fresh, 'the new password'],
    ]
  throw new SealwardError('unsupported', 'Redis makes no passwords by itself')
}

function hashOf(password: Secret): string {
  return createHash('sha256').update(password.reveal(), 'utf8').digest('hex')
}
