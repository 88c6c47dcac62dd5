import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readConnection } from '../../../../src/core/credential/connection/read.ts'
import { withLogin } from '../../../../src/core/credential/connection/with-login.ts'
import { Secret } from '../../../../src/core/secret.ts'
import { refusal } from '../../dotenv/reading.ts'
import { filled, KINDS } from './kinds.ts'

/** What breaks parsers: signs of every kind, quotes, spaces, line ends, what lies beyond ASCII. */
const HOSTILE = [
  ...[
    '@',
    ':',
    '/',
    '?',
    '#',
    '%',
    '%41',
    '%zz',
    '+',
    ' ',
    '&',
    '=',
    ';',
    ',',
    '\\',
    '"',
    "'",
    '`',
    '{',
    '}',
    '}}',
    '(',
    ')',
  ],
  ...[
    'a@b',
    'a\'b"c',
    '; Driver=x',
    ';user=x',
    "' user=x host='y",
    '@tcp(x)/',
    '://',
    'a,redis://x@y',
    '$&',
    '-x',
    'ä€😀',
    '\n',
    '\t',
  ],
]
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 4 }), fc.constant('aB3_')), {
    minLength: 1,
    maxLength: 8,
  })
  .map((pieces) => pieces.join(''))
  .filter((text) => !text.includes('\0'))

const OLD = { user: 'app_a', password: 'oldPassw0rd-123_x' }

describe.each(KINDS)('$name', (kind) => {
  const value = filled(kind, OLD.user, OLD.password)

  it('is read', () => {
    const connection = readConnection(value)
    expect(connection).toMatchObject({ ...kind.says, user: OLD.user })
    expect(connection?.password?.reveal()).toBe(OLD.password)
  })

  it('has exactly the new login afterwards, whatever is in it, and not a byte of the rest is another', () => {
    fc.assert(
      fc.property(hostile, hostile, (user, password) => {
        // Go's user ends at the first colon, and a colon cannot be escaped there.
        const name = kind.spell(':') === ':' && kind.says.kind === 'go-mysql' ? user.replaceAll(':', '') : user
        const changed = attempt(() => withLogin(value, { user: name, password: new Secret(password) }))
        if (changed === null) {
          expect(mayRefuse(kind.name)).toBe(true)
          return
        }
        const connection = readConnection(changed)
        expect([connection?.user, connection?.password?.reveal()]).toEqual([name, password])
        expect(connection).toMatchObject(kind.says)
        expect(withoutLogin(changed, kind.template)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('can always have a generated password', () => {
    const changed = withLogin(value, { user: 'app_b', password: new Secret('Zz_-9'.repeat(6)) })
    expect(changed).toBe(filled(kind, 'app_b', 'Zz_-9'.repeat(6)))
  })

  it('stays as it is with the login that it has, however that is spelled', () => {
    fc.assert(
      fc.property(hostile, (password) => {
        const spelled = filled(kind, 'a', password)
        const connection = attempt(() => readConnection(spelled))
        if (connection === null || connection.password === null || connection.user === null) return
        expect(withLogin(spelled, { user: connection.user, password: connection.password })).toBe(spelled)
      }),
      { numRuns: 100 },
    )
  })
})

describe('a value without quotes', () => {
  it.each([
    ['ADO.NET', 'Server=h;User ID=u;Password=p', 'n3w', 'n3w'],
    ['ADO.NET', 'Server=h;User ID=u;Password=p', 'a;b', '"a;b"'],
    ['ADO.NET', 'Server=h;User ID=u;Password=p', 'a"b', `'a"b'`],
    ['ODBC', 'DSN=x;UID=u;PWD=p', 'n3w', 'n3w'],
    ['ODBC', 'DSN=x;UID=u;PWD=p', 'a}b', '{a}}b}'],
    ['libpq', 'host=h user=u password=p', 'n3w', 'n3w'],
    ['libpq', 'host=h user=u password=p', "a'b", "'a\\'b'"],
    ['JDBC for MariaDB', 'jdbc:mariadb://h/d?user=u&password=p', 'n3w', 'n3w'],
  ])('of %s gets quotes only where it needs them: %s with %j', (_, value, password, spelled) => {
    expect(withLogin(value, { password: new Secret(password) })).toBe(value.replace(/p$/, () => spelled))
  })
})

describe('one half of a login alone', () => {
  it.each([
    ['the password', 'postgres://u:p@h/d', { password: new Secret('n') }, 'postgres://u:n@h/d'],
    ['the password, without a user', 'host=h password=p', { password: new Secret('n') }, 'host=h password=n'],
    ['the user', 'postgres://u:p@h/d', { user: 'v' }, 'postgres://v:p@h/d'],
    ['the user, without a password', 'postgres://u@h/d', { user: 'v' }, 'postgres://v@h/d'],
  ])('is changed, and the other stays: %s', (_, value, login, changed) => {
    expect(withLogin(value, login)).toBe(changed)
  })
})

describe('a login that cannot be written', () => {
  it.each([
    ['a colon in the user of Go', 'u:p@tcp(h)/d', { user: 'a:b' }],
    ['NUL', 'postgres://u:p@h/d', { password: new Secret('a\0b') }],
    ['half a character', 'host=h password=p', { password: new Secret('\ud800') }],
    ['NUL in quotes of ADO.NET', 'Server=h;User ID=u;Password=p', { password: new Secret('a\0b') }],
    ['NUL in braces of ODBC', 'DSN=x;UID=u;PWD=p', { password: new Secret('a\0b') }],
    ['NUL for Go', 'u:p@tcp(h)/d', { password: new Secret('a\0b') }],
    ['what programs read differently', 'u:p@tcp(h)/d', { user: 'redis', password: new Secret('//:x@h,rediss://:y@i') }],
    [
      'what versions of a driver read differently',
      'jdbc:mariadb://h/d?user=u&password=p',
      { password: new Secret('a%b') },
    ],
    ['a number in JSON', '{"user":"u","password":12345}', { password: new Secret('abc') }],
    ['what makes another kind of it', '{"x":1}:p@tcp(h)/d', { user: 'postgres', password: new Secret('//u@h/x') }],
  ])('is refused: %s', (_, value, login) => {
    expect(refusal(() => withLogin(value, login))).toMatchObject({ code: 'not-representable' })
  })

  it.each([
    ['no connection string', 'hello', { user: 'a' }],
    ['no place for a password', 'postgres://u@h/d', { password: new Secret('abc') }],
    ['no place for a user', 'postgres://h/d', { user: 'a' }],
  ])('is refused: %s', (_, value, login) => {
    expect(refusal(() => withLogin(value, login))).toMatchObject({ code: 'unsupported' })
  })
})

function attempt<Result>(work: () => Result): Result | null {
  try {
    return work()
  } catch {
    return null
  }
}

/** Go escapes nothing, so a login may make another kind of text of it. */
function mayRefuse(name: string): boolean {
  return name.startsWith('Go')
}

function withoutLogin(changed: string, template: string): boolean {
  const pieces = template.split(/["'{]?\{(?:user|password)\}["'}]?/)
  return changed.startsWith(pieces[0]!) && changed.endsWith(pieces.at(-1)!)
}
