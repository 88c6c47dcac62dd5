import type { Target } from '../target.ts'
import type { HostAndPort } from './connection.ts'
import { readHosts } from './hosts.ts'

/**
 * Whether all servers of a target are among those that a connection string names. A port that is not said, on either side, may be any; so may
 * all hosts where the connection string has none.
 */
export function isAmong({ host, port }: Pick<Target, 'host' | 'port'>, named: readonly HostAndPort[]): boolean {
  if (named.length === 0) return true
  const servers = readHosts(host) ?? [{ host, port: null }]
  return servers.every((one) => named.some((other) => isSame({ host: one.host, port: one.port ?? port }, other)))
}

function isSame(one: HostAndPort, other: HostAndPort): boolean {
  const isPort = one.port === null || other.port === null || one.port === other.port
  return isPort && one.host.toLowerCase() === other.host.toLowerCase()
}
