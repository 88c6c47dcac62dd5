import { describe, expect, it } from 'vitest'
import { readConnection } from '../../../../src/core/credential/connection/read.ts'
import { refusal } from '../../dotenv/reading.ts'

/** A text, and the user and password that are read from it; null for none. */
const LOGINS: readonly (readonly [text: string, user: string | null, password: string | null])[] = [
  ['redis://:pw@h:6379/0', '', 'pw'],
  ['redis://h:6379/0', null, null],
  ['redis://token@h', 'token', null],
  ['postgres://u:@h/d', 'u', ''],
  ['postgres://u@h/d', 'u', null],
  ['postgres://u@h/d?password=pw', 'u', 'pw'],
  ['postgres://:pw@h/d?user=u', 'u', 'pw'],
  ['postgres://', null, null],
  ['postgres://h:5432/d?application_name=a@b', null, null],
  ['postgres://u:a@b@h/d', 'u', 'a@b'],
  ['postgres://u:a:b@h/d', 'u', 'a:b'],
  ['postgres://u:100%@h/d', 'u', '100%'],
  ['postgres://u:a%zz%41@h/d', 'u', 'a%zzA'],
  ['postgres://u:a+b@h/d', 'u', 'a+b'],
  ['jdbc:postgresql://h/d?user=u&password=a+b', 'u', 'a b'],
  ['  postgres://u:pw@h/d\n', 'u', 'pw'],
  ['POSTGRES://u:pw@h/d', 'u', 'pw'],
  ['postgres://u:p,x@h,i/d', 'u', 'p,x'],
  ['redis://:pw@a,redis://:pw@b', '', 'pw'],
  ['host=h password=a\\ b\\\\c', null, 'a b\\c'],
  ["host=h password='a\\'b'", null, "a'b"],
  ['host=h password=a\\', null, 'a'],
  ['user=u', 'u', null],
  ['host=h;user id=u;password=p', 'u', 'p'],
  ['password=p;host=h', null, 'p'],
  ['Server=h;Uid=u;Pwd= a b ;', 'u', 'a b'],
  [`Server=h;User ID=u;Password="a"";b"`, 'u', 'a";b'],
  ['DSN=x;UID=u;PWD={a}};b}', 'u', 'a};b'],
  ['u:p@/d', 'u', 'p'],
  ['u@tcp(h)/d', 'u', null],
  ['u:a@b:c/d@tcp(h)/d', 'u', 'a@b:c/d'],
  ['{"user":"u","password":"a\\u0062\\n"}', 'u', 'ab\n'],
  ['{"Password":"p"}', null, 'p'],
]

const NOTHING = [
  ...[
    '',
    'hello',
    'https://example.com/a?b=c',
    'a=b',
    'A=1;B=2',
    'mailto:a@b',
    'a@b/c',
    '{"a":1}',
    '{"password"',
    '[1]',
    '{}',
  ],
  ...[
    '-----BEGIN X-----',
    'see postgres://u:p@h/d',
    'postgres://u:p@h/d and more',
    'jdbc:oracle:thin:u/p@h',
    'a'.repeat(200_000),
  ],
  ...['http://h:99999/x', "host='h", 'host=h user', 'Server=h;nonsense', 'u:p@tcp(h)/a b', 'u:p@tcp(h)/d?=x'],
]

const REFUSED: readonly (readonly [text: string, words: string])[] = [
  ['postgres://u:p@h/d?password=q', 'has a password twice'],
  ['postgres://u:p@h/d?user=v', 'names a user twice'],
  ['postgres://u:p/q@h/d', 'not percent-encoded'],
  ['postgres://u:1/2@h/d', 'not percent-encoded'],
  ['postgres://u:p?q@h/d', 'not percent-encoded'],
  ['redis://:1#2@h/0', 'not percent-encoded'],
  ['postgres://u:p@h:port/d', 'a port that is none'],
  ['postgres://u:p@h:70000/d', 'a port that is none'],
  ['postgres://u:%ff@h/d', 'no UTF-8'],
  ['postgres://h/d?user=u&password=a+b', 'a + in its query'],
  ['redis://:a@h,redis://:b@i', 'different logins'],
  ['redis://:a@h,redis://i', 'different logins'],
  ['redis://:a@h,rediss://:a@i', 'different kinds'],
  ['jdbc:mysql://u:p@a,u:p@b/d', 'each of its hosts'],
  ['jdbc:mariadb://h/d?user=u&password=a%62', 'versions of the driver'],
  ['host=h password=p password=q', 'has a password twice'],
  ['host=h user=u user=v', 'names a user twice'],
  ['Server=h;UID=u;User=v;Pwd=p', 'names a user twice'],
  ['{"user":"u","username":"v","password":"x"}', 'names a user twice'],
  ['{"user":"u","password":"x","url":"jdbc:mysql://h/d?user=u&password=x"}', 'within its JSON'],
  ['host=h password=a;b', 'no quotes around it'],
  ['Server=h;User ID=u;Password={a}', 'in braces'],
  ['DSN=x;UID=u;PWD="a"', 'in quotes'],
  ['Server=h;Pwd=p;Password=q', 'has a password twice'],
  ['Server=h;UID=u;PWD={x;Driver=y}', 'as one of ADO.NET and as one of ODBC'],
  ['{"a":{"password":"x"},"b":{"password":"y"}}', 'has a password twice'],
  ['{"password":"x","password":"y"}', 'has a password twice'],
  ['{"user":"u","password":"x","url":"postgres://u:x@h/d"}', 'within its JSON'],
  ['{"url":"postgres://u:x@h/d"}', 'within its JSON'],
]

describe('readConnection', () => {
  it.each(LOGINS)('reads the login of %s', (text, user, password) => {
    const connection = readConnection(text)
    expect(connection).not.toBeNull()
    expect([connection?.user, connection?.password?.reveal() ?? null]).toEqual([user, password])
  })

  it.each(NOTHING.map((text) => [text.slice(0, 40), text]))('finds nothing in %s', (_, text) => {
    expect(readConnection(text)).toBeNull()
  })

  it.each(REFUSED)('refuses what programs read differently: %s', (text, words) => {
    const error = refusal(() => readConnection(text))
    expect(error).toMatchObject({ code: 'unsupported' })
    expect(error.message).toContain(words)
  })

  it('shows no password', () => {
    expect(JSON.stringify(readConnection('postgres://u:hunter2222@h/d'))).not.toContain('hunter')
  })
})

describe('the hosts of a connection string', () => {
  it.each([
    ['postgres://u:p@localhost/d?host=/cloudsql/x', [['/cloudsql/x', null]]],
    [
      'postgres://u:p@localhost:5/d?host=a,b&port=1',
      [
        ['a', 1],
        ['b', 1],
      ],
    ],
    ['mysql+pymysql://u:p@/d?unix_socket=/run/my', [['/run/my', null]]],
    ['postgres://u:p@/d', []],
    ['redis://[::1]:1', [['::1', 1]]],
    ['redis://::1', [['::1', null]]],
    ['postgres://u:p@h:/d', [['h', null]]],
    [
      'host=a,b port=1,2',
      [
        ['a', 1],
        ['b', 2],
      ],
    ],
    ['Server=tcp:h,1433;Uid=u', [['h', 1433]]],
    ['jdbc:sqlserver://h\\instance;user=u;password=p', [['h', null]]],
    ['u:p@tcp([2001:db8::1]:3306)/d', [['2001:db8::1', 3306]]],
    ['u:p@tcp(h:99999)/d', []],
    ['jdbc:sqlserver://h:99999;user=u;password=p', []],
  ] as const)('%s', (text, hosts) => {
    expect(readConnection(text)?.hosts).toEqual(hosts.map(([host, port]) => ({ host, port })))
  })
})

describe('128 KB that were made to be slow', () => {
  const SIZE = 131_072
  const PIECES = [
    ...[
      '@',
      ':',
      '://',
      'a://',
      ',a://',
      '[',
      '%',
      '%4',
      '&password=',
      '?',
      ' ',
      '\\',
      "'",
      '"',
      '""',
      '}',
      '}}',
      ';',
      ';a=',
      'a=b ',
      '(',
      '@tcp(',
    ],
    ...['{"a":', '[', '"\\"', ', ', 'host=h ', 'Driver=', ',redis://:p@h'],
  ]
  const STARTS = [
    '',
    'postgres://',
    'jdbc:mysql://',
    'jdbc:sqlserver://h;',
    'host=h password=',
    'Server=h;Pwd="',
    'DSN=x;PWD={',
    '{"password":"',
    'u:',
  ]
  const texts = STARTS.flatMap((start) =>
    PIECES.map((piece) => [start, piece, (start + piece.repeat(SIZE / piece.length)).slice(0, SIZE)] as const),
  )

  it.each(texts)('are read in time: %s and then %s', (_start, _piece, text) => {
    const before = performance.now()
    try {
      readConnection(text)
    } catch {
      // Refused in time is as good.
    }
    expect(performance.now() - before).toBeLessThan(500)
  })
})
