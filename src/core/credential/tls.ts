import { SealwardError } from '../errors.ts'
import type { StatedTls } from './connection/connection.ts'
import type { TlsMode, TlsSettings } from './target.ts'

/** What is known of a connection before it is settled how it is encrypted. */
export interface TlsQuestion {
  /** What the entry of sealward.yml says; `ca` as PEM. */
  readonly asked: { readonly mode: TlsMode | null; readonly ca: string | null; readonly serverName: string | null }
  /** What the connection string says; null where there is none. */
  readonly stated: StatedTls | null
  /** Where it leads: names, addresses, or paths of sockets. */
  readonly hosts: readonly string[]
}

/** They do without TLS, or would when somebody on the way says that the server has none. */
const OPEN_MODES: readonly TlsMode[] = ['disable', 'allow', 'prefer']
const LOOPBACK = /^(?:localhost|127(?:\.[0-9]{1,3}){3}|::1|0:0:0:0:0:0:0:1|\[::1\])\.?$/i

/**
 * Settles how a connection is encrypted: what the entry says, else the connection string, else `verify-full`. No mode is ever weakened, and a
 * mode that can do without TLS counts beyond this machine only where the entry says it: an application's `sslmode=prefer` was hardly a
 * decision to send new passwords in the open.
 *
 * A socket of this machine speaks no TLS.
 *
 * @throws SealwardError policy-invalid for such a mode in the connection string, and for an entry that contradicts itself
 */
export function settleTls({ asked, stated, hosts }: TlsQuestion): TlsSettings {
  const { ca, serverName } = asked
  const sockets = hosts.length > 0 && hosts.every(isSocket)
  const mode = asked.mode ?? (sockets ? 'disable' : (stated?.mode ?? 'verify-full'))
  if (asked.mode === null && OPEN_MODES.includes(mode) && !(hosts.length > 0 && hosts.every(isLocal)))
    throw new SealwardError(
      'policy-invalid',
      `the connection string says ${mode}, and its server is not on this machine`,
      {
        hint: `say it in sealward.yml, tls: { mode: ${mode} }, if the way to the server is safe; better a mode such as verify-full`,
      },
    )
  if (mode === 'disable' && asked.mode !== null && (ca !== null || serverName !== null))
    throw new SealwardError(
      'policy-invalid',
      'tls has the mode disable, and a ca or server-name that nothing is held against',
    )
  return { mode: withRoots(mode, ca !== null || (asked.mode === null && stated?.rootFile === true)), ca, serverName }
}

/** libpq, for those who came from before there was `verify-ca`: `require` with roots at hand holds the certificate against them. */
function withRoots(mode: TlsMode, roots: boolean): TlsMode {
  return mode === 'require' && roots ? 'verify-ca' : mode
}

/** Whether nobody else can listen on the way: a socket, or this machine. */
export function isLocal(host: string): boolean {
  return isSocket(host) || LOOPBACK.test(host)
}

/** A path: TLS is neither needed nor spoken there. libpq calls Linux's sockets without a file `@name`. */
export function isSocket(host: string): boolean {
  return host.startsWith('/') || host.startsWith('@')
}
