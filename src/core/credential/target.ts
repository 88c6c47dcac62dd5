/** The systems whose credentials can be changed: a new one is a driver, and a line here. */
export const DRIVERS = [
  'postgres',
  'mysql',
  'mariadb',
  'redis',
  'mongodb',
  'sqlcipher',
  'command',
  'github-secret',
] as const
export type DriverName = (typeof DRIVERS)[number]

/**
 * `single`: the password of the one login is changed in place; whoever connects with the old one fails from that instant. `dual`: the login
 * has both for a while. `alternating`: of two logins the one that nobody uses gets a new password.
 */
export const STRATEGIES = ['single', 'dual', 'alternating'] as const
export type Strategy = (typeof STRATEGIES)[number]

/** What each system can do, the best first. */
export const STRATEGIES_OF: Readonly<Record<DriverName, readonly Strategy[]>> = {
  postgres: ['alternating', 'single'],
  mysql: ['dual', 'alternating', 'single'],
  mariadb: ['dual', 'alternating', 'single'],
  redis: ['dual', 'alternating', 'single'],
  mongodb: ['alternating', 'single'],
  sqlcipher: ['single'],
  command: ['single', 'dual', 'alternating'],
  'github-secret': ['single'],
}

/** As libpq means them: docs/credentials.md has the table. */
export const TLS_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
export type TlsMode = (typeof TLS_MODES)[number]

export interface TlsSettings {
  readonly mode: TlsMode
  /** PEM of those who may have signed the server's certificate; null for the system's own. */
  readonly ca: string | null
  /** The name that the certificate has to have, where it is not the host. */
  readonly serverName: string | null
}

/** Where a credential counts, without the credential. */
export interface Target {
  readonly driver: DriverName
  /** A name, an address, or a path where the system is a file or a socket. */
  readonly host: string
  /** Null for the system's usual port. */
  readonly port: number | null
  readonly database: string | null
  readonly tls: TlsSettings
  /** What only this driver knows: `role`, `hash`, `persist`, `argv` as JSON, `auth-source`, ... Each driver reads its own strictly. */
  readonly options: Readonly<Record<string, string>>
}
