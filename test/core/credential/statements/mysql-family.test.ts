import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../../src/core/credential/change.ts'
import { mariadbShapes, mariadbStatements, nativeHash } from '../../../../src/core/credential/statements/mariadb.ts'
import { mysqlShapes, mysqlStatements } from '../../../../src/core/credential/statements/mysql.ts'
import type { DriverName, Target } from '../../../../src/core/credential/target.ts'
import { Secret } from '../../../../src/core/secret.ts'

const [fresh, current] = [new Secret('fresh-password'), new Secret('present-password')]
const admin = { user: 'admin', password: new Secret('of-the-admin') }
const account = { user: 'app', host: '%', hasSecond: false }
const target = (driver: DriverName, options: Record<string, string> = {}): Target => ({
  driver,
  host: 'db.example.org',
  port: null,
  database: null,
  tls: { mode: 'verify-full', ca: null, serverName: null },
  options,
})
const CHANGES: Change[] = [
  { kind: 'replace', user: 'app', fresh },
  { kind: 'add', user: 'app', fresh, current },
  { kind: 'retire', user: 'app', keep: fresh, old: current },
]
const texts = (statements: readonly { readonly text: Secret }[]) => statements.map(({ text }) => text.reveal())
const hash = (text: string) => nativeHash(new Secret(text))

/** A literal in the usual mode of SQL, read as the server reads it. */
function readLiteral(text: string): string {
  expect(text).toMatch(/^'(?:[^'\\]|''|\\\\)*'$/)
  return text.slice(1, -1).replace(/''|\\\\/g, (pair) => pair[0]!)
}

describe('the statements for MySQL', () => {
  it('are these', () => {
    const [replace, add, retire] = CHANGES.map((change) => texts(mysqlStatements(change, account, admin)).slice(1))
    expect(replace).toEqual([
      "ALTER USER 'app'@'%' IDENTIFIED BY 'fresh-password'",
      "ALTER USER 'app'@'%' DISCARD OLD PASSWORD",
    ])
    expect(add).toEqual(["ALTER USER 'app'@'%' IDENTIFIED BY 'fresh-password' RETAIN CURRENT PASSWORD"])
    expect(retire).toEqual(replace)
    const doubled = mysqlStatements(CHANGES[1]!, { ...account, hasSecond: true }, admin)
    expect(texts(doubled).slice(1)).toEqual(["ALTER USER 'app'@'%' IDENTIFIED BY 'present-password'", add![0]])
    const own = mysqlStatements(CHANGES[0]!, account, { user: 'app', password: current })
    expect(texts(own).slice(1)).toEqual(["SET PASSWORD = 'fresh-password' REPLACE 'present-password'", replace![1]])
    expect(own.map(({ whenDenied }) => whenDenied)).toEqual([undefined, undefined, 'go-on'])
  })

  it('are shown without a secret', () => {
    expect(CHANGES.map((change) => mysqlShapes(change, target('mysql')))).toEqual([
      [
        "ALTER USER 'app'@'[its host]' IDENTIFIED BY [the new password]",
        "ALTER USER 'app'@'[its host]' DISCARD OLD PASSWORD",
      ],
      ["ALTER USER 'app'@'[its host]' IDENTIFIED BY [the new password] RETAIN CURRENT PASSWORD"],
      [
        "ALTER USER 'app'@'[its host]' IDENTIFIED BY [the password that stays]",
        "ALTER USER 'app'@'[its host]' DISCARD OLD PASSWORD",
      ],
    ])
    expect(mysqlShapes(CHANGES[1]!, target('mysql', { 'host-part': '10.%' }))[0]).toContain("'app'@'10.%'")
  })

  it('mean the name and the password that they are given, whatever these hold', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom("'", "\\'", '\\', "''", "a' OR 'b", 'x\0'))
    fc.assert(
      fc.property(text, text, text, (user, host, password) => {
        const change = { kind: 'add', user, fresh: new Secret(password), current } as const
        try {
          const [mode, told = ''] = texts(mysqlStatements(change, { user, host, hasSecond: false }, admin))
          expect(mode).toBe("SET SESSION sql_mode = ''")
          const [, name, at, by] =
            /^ALTER USER ('(?:[^'\\]|''|\\\\)*')@('(?:[^'\\]|''|\\\\)*') IDENTIFIED BY ('.*') RETAIN/s.exec(told) ?? []
          expect([name, at, by].map((part) => readLiteral(part!))).toEqual([user, host, password])
        } catch (error) {
          expect(error).toMatchObject({ code: 'not-representable' })
        }
      }),
    )
  })
})

describe('the statements for MariaDB', () => {
  it('are these, with hashes alone', () => {
    const [replace, add, retire] = CHANGES.map((change) => texts(mariadbStatements(change, account, 'admin')).slice(1))
    const via = "ALTER USER 'app'@'%' IDENTIFIED VIA mysql_native_password USING"
    expect(replace).toEqual([`${via} '${hash('fresh-password')}'`])
    expect(add).toEqual([
      `${via} '${hash('fresh-password')}' OR mysql_native_password USING '${hash('present-password')}'`,
    ])
    expect(retire).toEqual(replace)
    const own = texts(mariadbStatements(CHANGES[0]!, account, 'app')).slice(1)
    expect(own).toEqual([`SET PASSWORD = '${hash('fresh-password')}'`])
    expect([replace, add, retire, own].join()).not.toMatch(/-password/)
  })

  it('are shown without hashes', () => {
    const shapes = CHANGES.flatMap((change) => mariadbShapes(change, target('mariadb')))
    expect(shapes[1]).toBe(
      "ALTER USER 'app'@'[its host]' IDENTIFIED VIA mysql_native_password USING [hash of the new password] " +
        'OR mysql_native_password USING [hash of the present password]',
    )
    expect(shapes.join()).not.toMatch(/\*[0-9A-F]{40}/)
  })

  it('have the hash that the server makes', () => {
    // PASSWORD('password'), as everybody knows it.
    expect(hash('password')).toBe('*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19')
    const once = createHash('sha1').update('Zürich').digest()
    expect(hash('Zürich')).toBe(`*${createHash('sha1').update(once).digest('hex').toUpperCase()}`)
    expect(() => hash('')).toThrow('the password is empty')
  })
})

describe('neither MySQL nor MariaDB', () => {
  it('makes passwords', () => {
    const issue = { kind: 'issue', user: 'app', request: 'r', current } as const
    expect(() => mysqlStatements(issue, account, admin)).toThrow(expect.objectContaining({ code: 'unsupported' }))
    expect(() => mariadbStatements(issue, account, 'admin')).toThrow(expect.objectContaining({ code: 'unsupported' }))
  })
})
