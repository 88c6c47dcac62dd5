import { createHmac, pbkdf2Sync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  postgresShapes,
  postgresStatements,
  readPostgresSettings,
} from '../../../../src/core/credential/statements/postgres.ts'
import { saslprep } from '../../../../src/core/credential/statements/saslprep.ts'
import { scramVerifier } from '../../../../src/core/credential/statements/scram.ts'
import type { Target } from '../../../../src/core/credential/target.ts'
import { Secret } from '../../../../src/core/secret.ts'

const CLIENT = { role: null, hash: 'client' } as const
const SERVER = { role: null, hash: 'server' } as const
const target = (options: Record<string, string> = {}): Target => ({
  driver: 'postgres',
  host: 'db.example.org',
  port: null,
  database: null,
  tls: { mode: 'verify-full', ca: null, serverName: null },
  options,
})
const replace = (user: string, password = 'fresh-password') =>
  ({ kind: 'replace', user, fresh: new Secret(password) }) as const

/** The last statement, read as PostgreSQL reads it. */
function readBack(text: string): { name: string; literal: string } {
  const [, name = '', escapes = '', body = ''] =
    /^ALTER ROLE "((?:[^"]|"")*)" PASSWORD (E?)'((?:[^'\\]|''|\\\\)*)'$/.exec(text) ?? []
  const plain = body.replaceAll("''", "'")
  return { name: name.replaceAll('""', '"'), literal: escapes === 'E' ? plain.replaceAll('\\\\', '\\') : plain }
}

describe('the verifier of SCRAM-SHA-256', () => {
  it('is that of RFC 7677', () => {
    // Section 3: user "user", password "pencil".
    const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64')
    const key = Buffer.from(scramVerifier('pencil', salt).split(':')[2]!, 'base64')
    const nonce = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0'
    const heard = `n=user,r=rOprNGfwEbeRWgbNEkqO,r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=${nonce}`
    expect(createHmac('sha256', key).update(heard).digest('base64')).toBe(
      '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    )
  })

  it('has another salt each time, and never the password', () => {
    expect(scramVerifier('x')).not.toBe(scramVerifier('x'))
    const [, rounds, salt, , serverKey] = scramVerifier('correct horse').split(/[$:]/)
    const salted = pbkdf2Sync('correct horse', Buffer.from(salt!, 'base64'), Number(rounds), 32, 'sha256')
    expect(createHmac('sha256', salted).update('Server Key').digest('base64')).toBe(serverKey)
  })
})

describe('SASLprep', () => {
  it.each([
    // RFC 4013 section 3.
    ['user', 'user'],
    ['USER', 'USER'],
    ['I\u00adX', 'IX'],
    ['\u00aa', 'a'],
    ['\uff21\u3000b', 'A b'],
    ['🔑', '🔑'],
    ['\u0627\u0628', '\u0627\u0628'],
    ['a\x7fb', 'a\x7fb'],
  ])('prepares %j', (password, prepared) => {
    expect(saslprep(password)).toBe(prepared)
  })

  it.each(['', '\u00ad', 'a\0b', '\ud800', '\u2168', 'e\u0301\u0627', '🔑\u00a0'])('refuses %j', (password) => {
    expect(() => saslprep(password)).toThrow(expect.objectContaining({ code: 'not-representable' }))
  })

  it('changes nothing of ASCII, and nothing twice', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (password) => {
        try {
          const once = saslprep(password)
          expect(saslprep(once)).toBe(once)
          if (/^[\x20-\x7e]+$/.test(password)) expect(once).toBe(password)
        } catch (error) {
          expect(error).toMatchObject({ code: 'not-representable' })
        }
      }),
    )
  })
})

describe('the statements for PostgreSQL', () => {
  const names = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.constantFrom('"', '""', "a'; DROP ROLE b; --", '\\', 'x\0y'),
  )

  it('name who is meant and nobody else, whatever the name', () => {
    fc.assert(
      fc.property(names, fc.string({ minLength: 1 }), (user, password) => {
        try {
          for (const settings of [CLIENT, SERVER]) {
            const statements = postgresStatements(replace(user, password), 'admin', settings)
            const { name, literal } = readBack(statements.at(-1)!.text.reveal())
            expect(name).toBe(user)
            if (settings === SERVER) expect(literal).toBe(password)
            else expect(literal).toMatch(/^SCRAM-SHA-256\$4096:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$/)
          }
        } catch (error) {
          expect(error).toMatchObject({ code: 'not-representable' })
        }
      }),
    )
  })

  it.each(['', 'x\0', 'a'.repeat(64), 'ü'.repeat(32), '\udc00'])('refuse the name %j', (user) => {
    expect(() => postgresStatements(replace(user), 'admin', CLIENT)).toThrow('cannot have this name')
    expect(() => postgresShapes(replace(user), target())).toThrow('cannot have this name')
  })

  it('never hold the password where the client makes the hash', () => {
    const told = postgresStatements(replace('app'), 'app', CLIENT).map(({ text }) => text.reveal())
    expect(told).toHaveLength(2)
    expect(told[0]).toBe('SET ROLE NONE')
    expect(told.join()).not.toContain('fresh-password')
    expect(postgresStatements(replace('app'), 'admin', CLIENT)).toHaveLength(1)
  })

  it('refuse what the server would take for a hash', () => {
    for (const password of ['md5aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', scramVerifier('x')])
      expect(() => postgresStatements(replace('app', password), 'admin', SERVER)).toThrow('cannot have this password')
  })

  it('are shown without a secret and without what moves text', () => {
    expect(postgresShapes(replace('app\u202e"'), target())).toEqual(['ALTER ROLE "app\\u202e""" PASSWORD [verifier]'])
    expect(postgresShapes(replace('app'), target({ hash: 'server' }))).toEqual([
      'ALTER ROLE "app" PASSWORD [the new password]',
    ])
    const statement = postgresStatements(replace('app'), 'admin', SERVER).at(-1)!
    expect(`${JSON.stringify(statement)}${statement.text}`).not.toContain('fresh-password')
  })

  it('know one change', () => {
    const retire = { kind: 'retire', user: 'app', keep: new Secret('a'), old: new Secret('b') } as const
    expect(() => postgresStatements(retire, 'admin', CLIENT)).toThrow(expect.objectContaining({ code: 'unsupported' }))
  })

  it('have settings that are read strictly', () => {
    expect(readPostgresSettings(target({ role: 'app' }))).toEqual({ role: 'app', hash: 'client' })
    expect(() => readPostgresSettings(target({ hash: 'md5' }))).toThrow(
      expect.objectContaining({ code: 'policy-invalid' }),
    )
    expect(() => readPostgresSettings(target({ rol: 'app' }))).toThrow(
      expect.objectContaining({ code: 'policy-invalid' }),
    )
  })
})
