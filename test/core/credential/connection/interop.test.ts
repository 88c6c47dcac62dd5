import fc from 'fast-check'
import { ConnectionString } from 'mongodb-connection-string-url'
import mysql from 'mysql2'
import { parse as parsePostgres } from 'pg-connection-string'
import { describe, expect, it } from 'vitest'
import { withLogin } from '../../../../src/core/credential/connection/with-login.ts'
import { Secret } from '../../../../src/core/secret.ts'

/** What those parsers make of a connection string that Sealward wrote, with any printable text as its login. */
interface Peer {
  readonly name: string
  readonly value: string
  readonly login: (value: string) => readonly [user: unknown, password: unknown]
}

interface MysqlConfig {
  readonly config: { readonly connectionConfig: { readonly user: string; readonly password: string } }
}

const PEERS: readonly Peer[] = [
  {
    name: 'pg-connection-string',
    value: 'postgres://u:p@db.example:5433/app?application_name=x',
    login: (value) => {
      const { user, password } = parsePostgres(value)
      return [user, password]
    },
  },
  {
    name: 'pg-connection-string, login in the query',
    value: 'postgres:///app?host=/run/pg&user=u&password=p',
    login: (value) => {
      const { user, password } = parsePostgres(value)
      return [user, password]
    },
  },
  {
    name: 'mysql2',
    value: 'mysql://u:p@db.example:3307/app?charset=utf8mb4',
    login: (value) => {
      const pool = mysql.createPool(value)
      const { user, password } = (pool as unknown as MysqlConfig).config.connectionConfig
      return [user, password]
    },
  },
  {
    name: 'mongodb-connection-string-url',
    value: 'mongodb://u:p@a:27017,b:27018/app?authSource=admin',
    login: (value) => {
      const { username, password } = new ConnectionString(value)
      return [decodeURIComponent(username), decodeURIComponent(password)]
    },
  },
  {
    name: "the WHATWG's parser",
    value: 'rediss://u:p@cache.example:6380/2',
    login: (value) => {
      const { username, password } = new URL(value)
      return [decodeURIComponent(username), decodeURIComponent(password)]
    },
  },
  {
    name: 'a form in the query, as Java reads it',
    value: 'jdbc:postgresql://h/app?user=u&password=p&ssl=true',
    login: (value) => {
      const query = new URLSearchParams(value.slice(value.indexOf('?')))
      return [query.get('user'), query.get('password')]
    },
  },
]

describe.each(PEERS)('a login for $name', ({ value, login }) => {
  it('is read by it as it was meant', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 24 })
      .filter((given) => given.isWellFormed() && !given.includes('\0'))
    fc.assert(
      fc.property(text, text, (user, password) => {
        const changed = withLogin(value, { user, password: new Secret(password) })
        expect(login(changed)).toEqual([user, password])
      }),
      { numRuns: 200 },
    )
  })
})
