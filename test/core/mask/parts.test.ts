import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { partsOf } from '../../../src/core/mask/parts/parts.ts'

/** So long that it is never taken for words: 24 digits of hex would be, about once in 1,000 runs. */
const drawn = () => randomBytes(20).toString('hex')
const literalsOf = (value: string) => partsOf(value, { minLength: 4, masker: 'runner' }).literals

describe('the literals of a value', () => {
  it('are the value, trimmed, when it has one line', () => {
    expect(literalsOf(' correct horse \t')).toEqual(['correct horse'])
  })

  it('are its lines, trimmed, and neither the whole nor a line that is shape alone', () => {
    const key = drawn()
    const text = `  {\n  "key": "${key}",\r\n\r\n  "on": true,\n  "n": 1\r}\n`
    expect(literalsOf(text)).toEqual([
      `"key": "${key}"`,
      key,
      `{"key":"${key}","on":true,"n":1}`,
      `{"key": "${key}", "on": true, "n": 1}`,
    ])
  })

  it.each([
    ['\\n alone becomes a line end', 'C:\\new\\reports\\2026', ['ew\\reports\\2026']],
    ['\\r\\n becomes a line end', 'first\\r\\nsecond', ['first', 'second']],
    ['dash echoes it', 'dir\\tempor\\101ry\\x41', ['dir\temporAry\\x41']],
    ['bash echoes it with -e', 'dir\\tempor\\101ry\\x41', ['dir\tempor\\101ryA']],
    ['printf takes it for a format', 'dir\\tempor\\101ry\\x41\\"', ['dir\temporAryA"']],
    ['bash echoes it with \\e in both cases', 'dir\\Every\\every\\x41', ['dir\u001bvery\u001bveryA']],
    ['\\n begins in it and ends behind it', 'D:\\secret\\', ['D:\\secret']],
  ])('are the lines of a text with backslashes, when %s', (_, value, lines) => {
    expect(literalsOf(value)).toEqual(expect.arrayContaining([value, ...lines]))
  })

  it('are no short words behind a backslash that was not meant as an escape', () => {
    expect(literalsOf('CORP\\root')).toEqual(['CORP\\root'])
  })

  it('hold no marker of a PEM block', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    const literals = literalsOf(pem)
    const lines = pem.trim().split('\n').slice(1, -1)
    expect(literals).toEqual(expect.arrayContaining(lines))
    expect(literals).toContain(lines.join(''))
    expect(literals.filter((literal) => literal.includes('-----'))).toEqual([])
  })

  it.each([
    ['the password of a URL', (s: string) => `postgres://app:${s}@db:5432/app`],
    [
      'the password of a URL, where it is not escaped',
      (s: string) => `postgres://app:${s}/x@y@db/app`.replace('/x@y', ''),
    ],
    ['the password of a URL in a sentence', (s: string) => `clone "https://me:${s}@example.com/repo.git" first`],
    ['a token for a user', (s: string) => `https://${s}@example.com/repo.git`],
    ['a string of JSON', (s: string) => JSON.stringify({ a: [{ b: s }] })],
    ['a string of JSON in JSON', (s: string) => JSON.stringify({ a: JSON.stringify({ b: s }) })],
    ['a password in a connection string', (s: string) => `Server=db;User ID=app;Password=${s};Encrypt=True`],
    ['a parameter of a URL', (s: string) => `https://example.com/hook?sv=1&sig=${s}`],
    ['a line of INI', (s: string) => `[default]\naws_access_key_id = AKIA\naws_secret_access_key = ${s}\n`],
    ['a line of YAML', (s: string) => `host: db\npassword: "${s}"\n`],
    ['a line of .npmrc', (s: string) => `registry=https://npm.example.com/\n//npm.example.com/:_authToken=${s}\n`],
    ['a word of .netrc', (s: string) => `machine example.com login ci password ${s}\n`],
    ['an element of XML', (s: string) => `<server>\n  <password>${s}</password>\n</server>`],
    ['a bearer token', (s: string) => `Bearer ${s}`],
    ['a line of base64 that ends in =', (s: string) => `first line\n${s}=\n`],
    ['what is in quotes', (s: string) => `"${s}"`],
    ['what is behind base64', (s: string) => Buffer.from(`the key is ${s}`).toString('base64')],
    ['a line behind escaped line ends', (s: string) => `first line\\n${s}\\nlast line`],
  ])('hold %s', (_, value) => {
    const secret = `x${drawn()}`
    const literals = literalsOf(value(secret))
    expect(literals.some((literal) => [secret, `the key is ${secret}`, `${secret}=`].includes(literal))).toBe(true)
  })

  it('hold the password of a URL raw and decoded', () => {
    expect(literalsOf('redis://:p%40ss%2Fw0rd@cache:6379/0')).toEqual([
      'redis://:p%40ss%2Fw0rd@cache:6379/0',
      'p%40ss%2Fw0rd',
      'p@ss/w0rd',
    ])
  })

  it.each([
    ['a password that is a word of the URL', 'postgres://postgres:postgres@localhost:5432/postgres', 'postgres'],
    ['a kind of account', '{"type": "service_account", "n": 1}', 'service_account'],
    [
      'an address that everybody knows',
      '{"auth_uri": "https://accounts.google.com/o/oauth2/auth"}',
      'https://accounts.google.com/o/oauth2/auth',
    ],
    ['a port', 'Server=db;Port=5432;Token=', '5432'],
    ['a boolean of JSON', '{"secret": "true"}', 'true'],
    ['a short password that is a word', `redis://app:${'swordy'}@cache:6379`, 'swordy'],
    ['an element of XML whose name says nothing', '<title>Daylight</title>', 'Daylight'],
  ])('do not hold %s', (_, value, literal) => {
    expect(literalsOf(value)).not.toContain(literal)
  })

  it('hide a short string of JSON together with its key', () => {
    expect(literalsOf('{"password": "abc12"}')).toEqual(
      expect.arrayContaining(['"password":"abc12"', '"password": "abc12"']),
    )
    expect(literalsOf('{"password": "abc12"}')).not.toContain('abc12')
    expect(literalsOf('{"n": 1, "pin_secret": 482913}')).toEqual(
      expect.arrayContaining(['"pin_secret":482913', '"pin_secret": 482913']),
    )
  })

  it('hold the password of an address without a scheme', () => {
    expect(literalsOf('proxy ://me:Xk29!pq7@proxy.example.org')).toContain('Xk29!pq7')
  })
})

describe('taking apart what is made to be expensive', () => {
  it.each([
    ['deep JSON', '['.repeat(30_000)],
    ['deep JSON that closes', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    ['beginnings of PEM blocks', '-----BEGIN X-----\n'.repeat(3000)],
    ['schemes', 'a://'.repeat(15_000)],
    ['at signs', `https://${'@'.repeat(60_000)}`],
    ['assignments', 'token=a;'.repeat(8000)],
    ['percent signs', '%41'.repeat(20_000)],
    ['quotes', '"'.repeat(60_000)],
    [
      'base64 of base64 of base64',
      Array.from({ length: 8 }).reduce<string>((text) => Buffer.from(text).toString('base64'), 'x'.repeat(5000)),
    ],
    ['a long line', 'a'.repeat(131_072)],
    ['many lines', 'abcd\n'.repeat(26_000)],
  ])('ends soon: %s', (_, value) => {
    const start = performance.now()
    partsOf(value, { minLength: 4, masker: 'runner' })
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
