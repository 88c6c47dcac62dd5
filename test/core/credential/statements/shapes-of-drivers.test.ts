import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../../src/core/credential/change.ts'
import { readOptions } from '../../../../src/core/credential/driver-options.ts'
import { commandShapes } from '../../../../src/core/credential/statements/command.ts'
import { githubSecretShapes } from '../../../../src/core/credential/statements/github-secret.ts'
import { mongoShapes } from '../../../../src/core/credential/statements/mongodb.ts'
import { redisShapes } from '../../../../src/core/credential/statements/redis.ts'
import { openingLines, sqlcipherShapes } from '../../../../src/core/credential/statements/sqlcipher.ts'
import type { DriverName, Target } from '../../../../src/core/credential/target.ts'
import { Secret } from '../../../../src/core/secret.ts'

function targetOf(driver: DriverName, options: Target['options'] = {}): Target {
  const tls = { mode: 'verify-full', ca: null, serverName: null } as const
  return { driver, host: 'db.example.org', port: null, database: null, tls, options }
}

const SHAPES = {
  redis: [redisShapes, { kill: 'true' }],
  mongodb: [mongoShapes, { 'create-like': 'app_a' }],
  sqlcipher: [sqlcipherShapes, { compatibility: '3' }],
  command: [commandShapes, { argv: '["./rotate", "--live"]' }],
  'github-secret': [githubSecretShapes, { secret: 'github:acme/app:KEY' }],
} as const

type Driver = keyof typeof SHAPES

const [fresh, current] = [new Secret('fresh-secret-1'), new Secret('current-secret-2')]
const changeOf = (kind: Change['kind'], user: string): Change => {
  if (kind === 'add') return { kind, user, fresh, current }
  if (kind === 'retire') return { kind, user, keep: fresh, old: current }
  return kind === 'issue' ? { kind, user, request: 'r-1', current } : { kind, user, fresh }
}
const shapesOf = (driver: Driver, change: Change) => SHAPES[driver][0](change, targetOf(driver, SHAPES[driver][1]))

describe('what may be shown of a change', () => {
  it.each<[Driver, Change['kind'], readonly string[]]>([
    [
      'redis',
      'add',
      [
        'ACL GETUSER "app"',
        'ACL SETUSER "app" resetpass #[hash of the present password] #[hash of the new password]',
        'ACL SAVE, or CONFIG REWRITE where no aclfile is set',
      ],
    ],
    [
      'redis',
      'retire',
      [
        'ACL GETUSER "app"',
        'ACL SETUSER "app" resetpass #[hash of the password that stays]',
        'ACL SAVE, or CONFIG REWRITE where no aclfile is set',
        'CLIENT KILL USER "app"',
      ],
    ],
    [
      'mongodb',
      'replace',
      [
        'usersInfo "app" on "admin"',
        'updateUser "app" pwd [the new password] on "admin"',
        'or createUser "app" on "admin", with the roles of "app_a"',
      ],
    ],
    [
      'sqlcipher',
      'replace',
      ['PRAGMA key = [the present password]', 'PRAGMA cipher_compatibility = 3', 'PRAGMA rekey = [the new password]'],
    ],
    ['command', 'issue', ['["./rotate","--live"] with issue for "app" (current, admin)']],
    ['github-secret', 'replace', ['PUT github:acme/app:KEY [the new value, sealed for GitHub]']],
  ])('%s, %s', (driver, kind, shapes) => {
    expect(shapesOf(driver, changeOf(kind, 'app'))).toEqual(shapes)
  })

  it('holds no secret, and nothing that a terminal would obey, whatever the login is called', () => {
    const kinds = fc.constantFrom<Change['kind']>('replace', 'add', 'retire', 'issue')
    const user = fc.string({ unit: 'binary', maxLength: 40 })
    for (const driver of Object.keys(SHAPES) as Driver[])
      fc.assert(
        fc.property(kinds, user, (kind, name) => {
          const text = attempt(() => shapesOf(driver, changeOf(kind, name)).join(' '))
          expect(text).not.toMatch(/secret-[12]/)
          expect(text).not.toMatch(/[\0-\x1f\x7f-\x9f\u202e]/)
        }),
      )
  })

  it('is nothing for a change that the system does not know', () => {
    const refused: readonly (readonly [Driver, readonly Change['kind'][]])[] = [
      ['redis', ['issue']],
      ['mongodb', ['add', 'retire', 'issue']],
      ['sqlcipher', ['add', 'retire', 'issue']],
      ['github-secret', ['add', 'retire', 'issue']],
    ]
    for (const [driver, kinds] of refused)
      for (const kind of kinds)
        expect(() => shapesOf(driver, changeOf(kind, 'app'))).toThrow(expect.objectContaining({ code: 'unsupported' }))
  })
})

describe('options', () => {
  it('leave out what they turn off, and what nobody asked for', () => {
    const change = changeOf('replace', 'app')
    expect(redisShapes(change, targetOf('redis', { persist: 'none' }))).toHaveLength(2)
    expect(sqlcipherShapes(change, targetOf('sqlcipher'))).toHaveLength(2)
    const passphrase = new Secret('word')
    for (const compatibility of [null, '3']) {
      const lines = openingLines(passphrase, { key: 'passphrase', compatibility })
      expect(lines.filter((line) => line.includes('cipher_compatibility'))).toHaveLength(compatibility === null ? 0 : 1)
    }
  })

  it('of a driver that has none are refused in these words', () => {
    expect(() => readOptions(targetOf('postgres', { ssl: '1' }), [])).toThrow(
      expect.objectContaining({ code: 'policy-invalid', hint: 'it has no options' }),
    )
  })

  it.each<[Driver, Record<string, string>]>([
    ['redis', { presist: 'none' }],
    ['redis', { persist: 'no' }],
    ['redis', { kill: 'yes' }],
    ['redis', { nodes: '' }],
    ['redis', { nodes: 'one:6379,' }],
    ['redis', { nodes: 'one:0' }],
    ['redis', { nodes: 'one:65536' }],
    ['redis', { nodes: 'user:secret@one:6379' }],
    ['redis', { nodes: Array.from({ length: 101 }, () => 'one:6379').join(',') }],
    ['mongodb', { srv: '1' }],
    ['mongodb', { tls: 'false' }],
    ['sqlcipher', { key: 'hex' }],
    ['sqlcipher', { compatibility: "4'; --" }],
  ])('that the driver %s does not know are refused: %j', (driver, options) => {
    const target = targetOf(driver, options)
    expect(() => SHAPES[driver][0](changeOf('replace', 'app'), target)).toThrow(
      expect.objectContaining({ code: 'policy-invalid' }),
    )
  })

  it.each(['one', 'one:6379', 'one:6379, two:6380', '[::1]:6379', '10.0.0.1:1'])('of Redis name nodes: %s', (nodes) => {
    expect(redisShapes(changeOf('replace', 'app'), targetOf('redis', { nodes }))).toHaveLength(3)
  })
})

function attempt(make: () => string): string {
  try {
    return make()
  } catch (error) {
    return String(error)
  }
}
