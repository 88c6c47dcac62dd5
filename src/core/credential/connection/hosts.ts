import type { HostAndPort } from './connection.ts'
import { percentDecoded } from './url/percent.ts'

const ONE = /^(\[[^[\]]*\]|[^:[\]]*)(?::([0-9]*))?$/
/** Without its brackets, as some drivers take it where no port follows. */
const BARE_IPV6 = /^(?=(?:[^:]*:){2})[0-9A-Fa-f:.]{2,45}$/

/** Reads `host`, `host:port`, `[::1]:port`, an escaped path, or several of them with commas. Null for what is none. */
export function readHosts(text: string): HostAndPort[] | null {
  if (text === '') return []
  const hosts = text.split(',').map(readHost)
  return hosts.some((host) => host === null) ? null : (hosts as HostAndPort[])
}

function readHost(text: string): HostAndPort | null {
  const found = ONE.exec(text)
  if (found === null) return BARE_IPV6.test(text) ? { host: text, port: null } : null
  const [, spelled = '', digits = ''] = found
  const port = digits === '' ? null : Number(digits)
  if (port !== null && (port < 1 || port > 65_535)) return null
  return { host: spelled.startsWith('[') ? spelled.slice(1, -1) : percentDecoded(spelled), port }
}

/** Two lists, as libpq and drivers of properties have them: hosts, and a port for each or one for all. */
export function pairHosts(hosts: string | undefined, ports: string | undefined): HostAndPort[] {
  if (hosts === undefined || hosts === '') return []
  const numbers = (ports ?? '').split(',').map((text) => (/^[0-9]{1,5}$/.test(text.trim()) ? Number(text) : null))
  return hosts.split(',').map((host, at) => ({
    host: host.trim(),
    port: (numbers.length === 1 ? numbers[0] : numbers[at]) ?? null,
  }))
}
