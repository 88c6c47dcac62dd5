import { describe, expect, it } from 'vitest'
import { DEFAULT_PASSWORD } from '../../../../src/core/credential/password/policy.ts'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'
import type { CredentialRule } from '../../../../src/core/policy/sections/rotation.ts'
import { refusal } from '../../dotenv/reading.ts'

const WHOLE = `
rotation:
  delivery: { mode: commit, branch: release/2026, prefix: bot/rotate- }
  breaker: 5
  credentials:
    - name: orders-db
      path: production/.env.encrypted
      url: DATABASE_URL
      user: DB_USER
      password: DB_PASSWORD
      driver: postgres
      strategy: alternating
      users: [app_a, app_b]
      admin: { url: PG_ADMIN_URL, path: ops/.env.encrypted }
      tls: { mode: verify-ca, ca: { secret: DB_CA }, server-name: db.internal }
      grace: 2d
      verify:
        - sql: select 1 from orders limit 1
        - { http: 'https://shop.example/health', status: 204 }
        - command: [./check.sh, --fast]
        - { http: 'http://10.0.0.1:8080/up?x=1' }
      generate: { length: 40, alphabet: ascii, classes: [lower, digit, lower], exclude: "'", letter-first: true }
      options: { role: app, retries: 3, strict: true, argv: [node, 'a b.js'] }
    - path: .env.staging.encrypted
      password: CACHE_PASSWORD
      driver: redis
      host: { secret: CACHE_HOST }
      port: 6380
      database: '0'
      admin: { password: CACHE_ADMIN }
      tls: { ca: certs/ca.pem }
    - { path: .env.encrypted, url: MONGO_URL }
`

const DEFAULTS: Omit<CredentialRule, 'line' | 'name' | 'path'> = {
  variables: { url: null, user: null, password: null },
  driver: null,
  strategy: null,
  users: null,
  host: null,
  port: null,
  database: null,
  admin: null,
  tls: { mode: null, ca: null, serverName: null },
  graceHours: null,
  verify: [],
  generate: DEFAULT_PASSWORD,
  options: {},
}

describe('the section rotation', () => {
  it('says nothing where it is not', () => {
    expect(parsePolicy('', 'sealward.yml').rotation).toEqual({
      delivery: { mode: 'pull-request', branch: null, prefix: 'sealward/rotation/' },
      breaker: 3,
      credentials: [],
    })
  })

  it('is read whole', () => {
    const { delivery, breaker, credentials } = parsePolicy(WHOLE, 'sealward.yml').rotation
    expect(delivery).toEqual({ mode: 'commit', branch: 'release/2026', prefix: 'bot/rotate-' })
    expect(breaker).toBe(5)
    expect(credentials[0]).toEqual({
      line: 6,
      name: 'orders-db',
      path: 'production/.env.encrypted',
      variables: { url: 'DATABASE_URL', user: 'DB_USER', password: 'DB_PASSWORD' },
      driver: 'postgres',
      strategy: 'alternating',
      users: ['app_a', 'app_b'],
      host: null,
      port: null,
      database: null,
      admin: { path: 'ops/.env.encrypted', variables: { url: 'PG_ADMIN_URL', user: null, password: null } },
      tls: { mode: 'verify-ca', ca: { secret: 'DB_CA' }, serverName: 'db.internal' },
      graceHours: 48,
      verify: [
        { kind: 'sql', statement: 'select 1 from orders limit 1' },
        { kind: 'http', url: 'https://shop.example/health', status: 204 },
        { kind: 'command', argv: ['./check.sh', '--fast'] },
        { kind: 'http', url: 'http://10.0.0.1:8080/up?x=1', status: 200 },
      ],
      generate: { length: 40, alphabet: 'ascii', classes: ['lower', 'digit'], exclude: "'", letterFirst: true },
      options: { role: 'app', retries: '3', strict: 'true', argv: '["node","a b.js"]' },
    } satisfies CredentialRule)
  })

  it('has defaults, and a name from file and variable', () => {
    const [, cache, mongo] = parsePolicy(WHOLE, 'sealward.yml').rotation.credentials
    expect(cache).toEqual({
      ...DEFAULTS,
      line: 24,
      name: 'staging-cache-password',
      path: '.env.staging.encrypted',
      variables: { url: null, user: null, password: 'CACHE_PASSWORD' },
      driver: 'redis',
      host: { secret: 'CACHE_HOST' },
      port: 6380,
      database: '0',
      admin: { path: '.env.staging.encrypted', variables: { url: null, user: null, password: 'CACHE_ADMIN' } },
      tls: { mode: null, ca: 'certs/ca.pem', serverName: null },
    })
    expect(mongo).toMatchObject({ name: 'mongo-url', variables: { url: 'MONGO_URL' } })
  })
})

/** What stands in one entry beside its path, and what is said of it. Every entry is on line 3. */
const REFUSED: readonly (readonly [entry: string, message: string])[] = [
  ['user: U', 'rotation.credentials[0] needs url or password'],
  ['url: U, password: U', 'has one variable for two things'],
  ['url: 1U', 'credentials[0].url must be the name of a variable'],
  ['url: U, host: h', 'credentials[0].host is said by the connection string of url already'],
  ['url: U, port: 1', 'credentials[0].port is said by the connection string'],
  ['password: P', 'credentials[0] needs a driver'],
  ['password: P, driver: postgres', 'credentials[0] needs a host'],
  ['password: P, driver: postgres, host: h', 'credentials[0] needs a user'],
  ['url: U, driver: postgress', 'credentials[0].driver must be one of postgres, mysql'],
  ['url: U, driver: postgres, strategy: dual', 'dual, which postgres cannot: it can alternating, single'],
  ['url: U, driver: github-secret, strategy: alternating', 'which github-secret cannot: it can single'],
  ['url: U, strategy: alternating', 'has the strategy alternating and no users'],
  ['url: U, driver: mysql, strategy: alternating', 'has the strategy alternating and no users, of which it needs two'],
  ['url: U, users: [a]', 'credentials[0].users must be two logins'],
  ['url: U, users: [a, a]', 'credentials[0].users must be two logins'],
  ['url: U, users: [a, b], strategy: single', 'credentials[0].users are two, and the strategy single has one login'],
  ['url: U, driver: mysql, users: [a, b], strategy: dual', 'has users, and the strategy dual has one login'],
  ['url: U, driver: postgres, users: [a, b]', 'has the strategy alternating and no admin'],
  [
    'password: P, driver: redis, host: h, users: [a, b], admin: { password: A }',
    'needs url or user: with alternating the name of the login changes as well',
  ],
  ['url: U, strategy: single, grace: 24h', 'credentials[0].grace says nothing'],
  ['url: U, driver: postgres, grace: 24h', 'has a grace, and with the strategy single'],
  ['url: U, grace: 3mo', 'credentials[0].grace must be a duration such as 12h, 2d or 1w'],
  ['url: U, grace: 0h', 'credentials[0].grace must be a duration'],
  ['url: U, driver: sqlcipher, admin: { url: A }', 'has an admin, which sqlcipher has no use for'],
  [
    'user: U, password: P, driver: postgres, host: h, admin: { password: A }',
    'credentials[0].admin needs a user, because it has no url',
  ],
  ['url: U, admin: {}', 'credentials[0].admin needs url, or user and password'],
  ['url: U, admin: { url: U }', 'credentials[0].admin is the credential itself'],
  ['url: U, tls: { mode: full }', 'credentials[0].tls.mode must be one of disable, allow'],
  ['url: U, tls: { ca: ../ca.pem }', 'credentials[0].tls.ca must be the path of one file'],
  ['url: U, tls: { server-name: "a b" }', 'credentials[0].tls.server-name must be the name of a host'],
  ['url: U, verify: []', 'credentials[0].verify must not be empty'],
  ['url: U, verify: [{}]', 'credentials[0].verify[0] must have one of sql, http and command'],
  ['url: U, verify: [{ sql: a, http: "https://h" }]', 'verify[0] must have one of sql, http and command'],
  ['url: U, verify: [{ sql: a, status: 200 }]', 'verify[0] has a status, which is for http alone'],
  ['url: U, verify: [{ http: "https://u:p@h/" }]', 'verify[0].http must be an http(s) address without a login'],
  ['url: U, verify: [{ http: "file:///etc" }]', 'verify[0].http must be an http(s) address'],
  ['url: U, verify: [{ http: "https://h", status: 99 }]', 'verify[0].status must be a whole number from 100 to 599'],
  ['url: U, driver: redis, verify: [{ sql: a }]', 'credentials[0].verify[0] has sql, which redis does not speak'],
  ['url: U, generate: { length: 12 }', 'credentials[0].generate makes passwords of 71 bits'],
  ['url: U, generate: { length: 999 }', 'generate.length must be a whole number from 1 to 256'],
  ['url: U, generate: { alphabet: base64 }', 'generate.alphabet must be one of url-safe, alphanumeric, hex, ascii'],
  ['url: U, generate: { alphabet: { characters: "äö" } }', 'characters must be 2 to 94 printable characters'],
  ['url: U, generate: { classes: [digits] }', 'generate.classes[0] must be one of lower, upper, digit, symbol'],
  ['url: U, options: { Role: x }', 'credentials[0].options.* has a name that is not that of an option'],
  ['url: U, options: { role: { a: b } }', 'credentials[0].options.role must be text, a whole number, true, false'],
  ['url: U, name: Orders', 'credentials[0].name must be 1 to 64 lower-case letters'],
  ['url: U, pasword: P', 'credentials[0] has an unknown key; did you mean password?'],
]

describe('an entry of rotation.credentials', () => {
  it.each(REFUSED)('is refused: { %s }', (entry, message) => {
    const error = refusal(() => parsePolicy(`rotation:\n  credentials:\n    - { path: f, ${entry} }`, 'sealward.yml'))
    expect(error).toMatchObject({ code: 'policy-invalid', file: 'sealward.yml', line: 3 })
    expect(error.message).toContain(message)
  })

  it.each(['', '/etc/passwd', '../x', 'a/../b', './a', 'a//b', 'a/', 'a\\b', '*.env', 'C:/x', '~[a]'])(
    'has a path that is one file below sealward.yml, and not %j',
    (path) => {
      const text = `rotation:\n  credentials:\n    - { path: ${JSON.stringify(path)}, url: U }`
      expect(refusal(() => parsePolicy(text, 'f')).message).toContain('must be the path of one file')
    },
  )

  it('has a name and variables that no other entry has', () => {
    const parse = (...entries: string[]) =>
      refusal(() =>
        parsePolicy(`rotation:\n  credentials:\n${entries.map((one) => `    - { ${one} }\n`).join('')}`, 'f'),
      )
    expect(parse('path: a, url: U, name: x', 'path: b, url: V, name: x')).toMatchObject({
      line: 4,
      message: expect.stringContaining('has the name of another entry'),
    })
    expect(parse('path: a, url: U', 'path: a, url: V, user: U, name: x').message).toContain('another entry changes')
    expect(parse('path: a/.env, url: U', 'path: a/.env.encrypted, url: U').message).toContain('the name of another')
  })

  it('takes the same variable of two files', () => {
    const text = 'rotation:\n  credentials:\n    - { path: a/.env, url: U }\n    - { path: b/.env, url: U }'
    expect(parsePolicy(text, 'f').rotation.credentials.map(({ name }) => name)).toEqual(['a-u', 'b-u'])
  })

  it('takes a variable of the same name in another file for its admin', () => {
    const text = 'rotation:\n  credentials:\n    - { path: a, url: U, admin: { path: b, url: U } }'
    expect(parsePolicy(text, 'f').rotation.credentials[0]?.admin?.path).toBe('b')
  })

  it('says what is wrong with each of them', () => {
    const text =
      'rotation:\n  credentials:\n    - { path: a, user: U }\n    - { path: b, url: U, generate: { length: 3 } }'
    expect(refusal(() => parsePolicy(text, 'f')).message).toMatch(/2 problems\n {2}line 3: .*\n {2}line 4: /)
  })
})

describe('rotation.delivery', () => {
  it.each(['refs/../x', '/main', 'a..b', 'a b', 'main.', 'a.lock', 'a//b', '-x', ''])('has no branch %j', (branch) => {
    const text = `rotation:\n  delivery: { branch: ${JSON.stringify(branch)} }`
    expect(refusal(() => parsePolicy(text, 'f')).message).toContain(
      'rotation.delivery.branch must be the name of a branch',
    )
  })

  it.each(['sealward', 'a/../', '/', 'a b/', 'a.lock/'])('has no prefix %j', (prefix) => {
    const text = `rotation:\n  delivery: { prefix: ${JSON.stringify(prefix)} }`
    expect(refusal(() => parsePolicy(text, 'f')).message).toContain('rotation.delivery.prefix must be the beginning')
  })

  it('has a breaker of at least one failure', () => {
    expect(refusal(() => parsePolicy('rotation: { breaker: 0 }', 'f')).message).toContain('from 1 to 100')
  })
})
