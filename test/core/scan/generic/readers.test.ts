import { describe, expect, it } from 'vitest'
import { outcomesIn } from './find-in.ts'

/** A text as it stands in a file of that name, and what is found in it. */
type Row = readonly [path: string, text: string, outcome: string]

const PW = '{b62:5}{d:1}{b62:4}{a:1}'
const WORD = 'velvetknight'
const NAMED = 'velvetKnight'
const NUMBER = '{d:3}'
const LETTERS = 'xqzkvwpzkq'
const [LONGEST, TOO_LONG] = ['{b62:512}', '{b62:513}']

const basic = (credentials: string) => `x('Basic ${Buffer.from(credentials).toString('base64')}')`
const manifest = (...lines: readonly string[]) => ['kind: Secret', ...lines, ''].join('\n')

describe('a place of a secret that needs no name', () => {
  it.each<Row>([
    ['a.js', `fetch("https://svc:${PW}@db1.corp.io")`, 'url-credentials high'],
    ['a.js', `fetch("://svc:${PW}@db1.corp.io")`, 'nothing'],
    ['a.js', `fetch("https://svc:${WORD}@db1.corp.io")`, 'url-credentials medium'],
    ['test/a.js', `fetch("https://svc:${WORD}@db1.corp.io")`, 'nothing'],
    ['a.js', `fetch("https://${NAMED}:${NAMED}@db1.corp.io")`, 'nothing'],
    ['a.js', `fetch("https://svc:${PW}@api.example.com")`, 'url-credentials medium'],
    ['a.js', `fetch("https://svc:${WORD}@example.com")`, 'nothing'],
    ['a.js', `fetch("https://user:xqz7kv@db1.corp.io")`, 'nothing'],
    ['a.js', `fetch("https://user:${LETTERS}@db1.corp.io")`, 'nothing'],
    ['a.js', `fetch("https://svc:${PW}@localhost")`, 'url-credentials medium'],
    ['test/a.js', `fetch("https://svc:${PW}@localhost")`, 'url-credentials low'],
    ['test/a.js', `fetch("https://svc:velvet${NUMBER}@db1.corp.io")`, 'url-credentials low'],
  ])('in %s, an address: %s holds %s', (path, text, outcome) => {
    expect(outcomesIn(path, text)).toEqual([outcome])
  })

  it.each<Row>([
    ['a.js', basic('svc:xqz7kvq2'), 'basic-auth high'],
    ['a.js', basic('test:xqz7kvq2'), 'basic-auth low'],
    ['test/a.js', basic('svc:xqz7kvq2'), 'basic-auth low'],
    ['a.js', "x('Bearer {b62:4}{d:2}{b62:22}')", 'bearer-token high'],
    ['a.js', "x('Bearer {b62:4}{d:2}{b62:12}{a:1}')", 'bearer-token medium'],
    ['test/a.js', "x('Bearer {b62:4}{d:2}{b62:22}')", 'bearer-token low'],
    ['a.js', "x('Bearer {b62:4}{d:2}{b62:8}xxxx{b62:4}')", 'nothing'],
  ])('in %s, a header: %s holds %s', (path, text, outcome) => {
    expect(outcomesIn(path, text)).toEqual([outcome])
  })

  it.each<Row>([
    ['a.sh', `curl -u svc:${WORD} https://x.corp.io`, 'nothing'],
    ['a.sh', `curl -u svc:velvet{d:1}knight https://x.corp.io`, 'command-line-password high'],
    ['a.sh', `curl -u svc:${WORD}! https://x.corp.io`, 'command-line-password medium'],
    ['a.sh', 'sshpass -p 48213 ssh db1', 'nothing'],
    ['a.sh', 'sshpass -p 4821{d:2} ssh db1', 'command-line-password high'],
    ['test/a.sh', `sshpass -p ${PW} ssh db1`, 'command-line-password low'],
    ['a.js', `login('svc', '${PW}')`, 'generic-password high'],
    ['test/a.js', `login('svc', '${PW}')`, 'generic-password low'],
    ['a.min.js', `login('svc', '${PW}')`, 'generic-password low'],
    ['a.js', `connect('svc', 'velvet${NUMBER}')`, 'nothing'],
    ['a.js', `connect('svc', 'Velvet${NUMBER}')`, 'generic-password medium'],
    ['a.js', `connect('svc', '${NUMBER}velvet')`, 'generic-password medium'],
  ])('in %s, a command or a call: %s holds %s', (path, text, outcome) => {
    expect(outcomesIn(path, text)).toEqual([outcome])
  })

  it.each<Row>([
    ['s.yml', manifest('stringData:', `  password: ${PW}`), 'kubernetes-secret high'],
    ['s.yml', manifest('stringData:', '  password: example'), 'nothing'],
    ['s.yml', manifest('data:', `  a: ${Buffer.from('k7q2z9w4m8p1').toString('base64')}`), 'kubernetes-secret high'],
    ['s.yml', manifest('data:', `  a: ${Buffer.from('abc').toString('base64')}`), 'nothing'],
    ['s.yml', manifest('data:', `  a: ${PW}`), 'nothing'],
    ['s.yml', manifest('data:', '  a: k7q!2'), 'nothing'],
    [
      's.yml',
      `stringData:\n  a: ${PW}\n---\n${manifest('stringData:', `  a: ${PW}`)}---\nstringData:\n  a: ${PW}\n`,
      'kubernetes-secret high',
    ],
  ])('in %s, a manifest: %s holds %s', (path, text, outcome) => {
    expect(outcomesIn(path, text)).toEqual([outcome])
  })

  it.each<Row>([
    ['a.sql', `insert into t (a, b) values ('${PW}', '${PW}');`, 'nothing'],
    ['a.sql', `insert into t (a, password) values ('${PW}', '${PW}'), ('${PW}', 'x');`, 'generic-password high'],
    ['a.sql', `insert into t (a, password) values ('x', 'y'), ('x', '${PW}');`, 'generic-password high'],
    ['a.sql', `insert into t (a, password) values (md5('${PW}', '${PW}'), '${PW}');`, 'generic-password high'],
    ['a.sql', `insert into t (a, password) values ('it''s \\' x', '${PW}');`, 'generic-password high'],
    ['a.sql', "insert into t (a, password) values ('x', 'password');", 'nothing'],
    ['a.sql', `create user svc identified by password '${PW}'`, 'generic-password high'],
    ['a.sql', "create user svc identified by 'password'", 'nothing'],
  ])('in %s, a statement: %s holds %s', (path, text, outcome) => {
    expect(outcomesIn(path, text)).toEqual([outcome])
  })

  it.each<Row>([
    ['a.json', '{"kty":"oct","k":"{b64u:43}"}', 'jwk-private high'],
    ['a.json', '{"kty":"oct","x":"kty","k":"{b64u:43}"}', 'jwk-private high'],
    ['a.json', '{"kty":"oct","k":"velvet-knight-mirror-sunshine-ocean"}', 'nothing'],
  ])('in %s, a JSON Web Key: %s holds %s', (path, text, outcome) => {
    expect(outcomesIn(path, text)).toEqual([outcome])
  })
})

describe('what stands round a name without quotes', () => {
  it.each<Row>([
    ['a.js', 'run() // the root password is {b62:6}!{d:3}', 'generic-password medium'],
    ['a.yml', 'port: 1 # password: {b62:6}!{d:3}', 'generic-password high'],
    ['a.txt', 'see https://x.corp.io the password is {b62:6}!{d:3}', 'generic-password medium'],
    ['notes.txt', `db1 password = ${PW}`, 'generic-password medium'],
    ['passwords.txt', `db1 password = ${PW}`, 'generic-password high'],
    ['.env', `API_KEY=${LONGEST}`, 'generic-api-key high'],
    ['.env', `API_KEY=${TOO_LONG}`, 'nothing'],
  ])('in %s: %s holds %s', (path, text, outcome) => {
    expect(outcomesIn(path, text)).toEqual([outcome])
  })
})
