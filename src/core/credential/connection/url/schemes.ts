import type { DriverName } from '../../target.ts'

/** What the first part of a URL says. */
export interface Scheme {
  /** Null for other systems. */
  readonly driver: DriverName | null
  readonly srv: boolean
  /** TLS by the scheme itself; null where it says nothing. */
  readonly tls: boolean | null
}

const DRIVERS: Readonly<Record<string, DriverName>> = {
  postgres: 'postgres',
  postgresql: 'postgres',
  pgsql: 'postgres',
  psql: 'postgres',
  postgis: 'postgres',
  timescale: 'postgres',
  timescalegis: 'postgres',
  mysql: 'mysql',
  mysql2: 'mysql',
  mysqlgis: 'mysql',
  mysqli: 'mysql',
  mariadb: 'mariadb',
  redis: 'redis',
  rediss: 'redis',
  valkey: 'redis',
  valkeys: 'redis',
  mongodb: 'mongodb',
  mongo: 'mongodb',
}

/** @param text in front of `://`: `postgresql+psycopg` has the driver of Python's SQLAlchemy, which says nothing of the server */
export function schemeOf(text: string): Scheme {
  const [name = '', ...rest] = text.toLowerCase().split('+')
  const driver = DRIVERS[name] ?? null
  const srv = driver === 'mongodb' && rest.includes('srv')
  if (driver === 'redis') return { driver, srv, tls: name === 'rediss' || name === 'valkeys' }
  return { driver, srv, tls: srv ? true : null }
}
