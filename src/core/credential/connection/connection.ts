import type { Secret } from '../../secret.ts'
import type { DriverName, TlsMode } from '../target.ts'

/** What a connection string says. `read.ts` reads one, `with-login.ts` changes its login. */
export interface Connection {
  readonly kind: ConnectionKind
  /** Null where it does not say whom it speaks to, or that is nobody we know. */
  readonly driver: DriverName | null
  /** Null where it names nobody; empty where it has a password and an empty name, as `redis://:password@host`. */
  readonly user: string | null
  /** Null where it has none; empty where it has an empty one. */
  readonly password: Secret | null
  /** In its order; a path is a socket. Empty where it has none. */
  readonly hosts: readonly HostAndPort[]
  readonly database: string | null
  /** What else it says that a driver asks for, by the names of the driver's options. */
  readonly options: Readonly<Record<string, string>>
  readonly tls: StatedTls
}

export type ConnectionKind = 'url' | 'jdbc' | 'libpq' | 'properties' | 'go-mysql' | 'json'

export interface HostAndPort {
  /** Without brackets. */
  readonly host: string
  readonly port: number | null
}

/** What its own parameters say of TLS. */
export interface StatedTls {
  /** Null where they say nothing, or nothing that we know. */
  readonly mode: TlsMode | null
  /** Whether they name a file with roots: `require` means `verify-ca` then. */
  readonly rootFile: boolean
}
