import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isOfType, VALUE_TYPES, type ValueType } from '../../../src/core/schema/types.ts'

const pem = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const block = (label: string, body = 'AAAA') => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`

const TAKES: Readonly<Record<ValueType, readonly string[]>> = {
  string: ['', 'x', '\n'],
  number: ['0', '-1', '1.5', '-1.5e3', '1E+9', '10'],
  integer: ['0', '-0', '7', '-12', '9'.repeat(40)],
  boolean: ['true', 'false', 'True', 'FALSE'],
  url: [
    'https://example.com',
    'postgres://u:p@h:5432/db?x=1',
    'mongodb://u:p@h1:27017,h2:27017/db',
    'redis:///0',
    'wss://h/x',
  ],
  email: ['a@b.cd', 'first.last+tag@sub.example.org'],
  port: ['1', '80', '65535'],
  json: ['{}', '[1]', '"x"', ' null '],
  base64: ['', 'AAAA', 'AA==', 'AAA=', '+/+/', '-_-_', '-_', 'AAA', randomBytes(33).toString('base64')],
  uuid: ['123e4567-e89b-42d3-a456-426614174000', '123E4567-E89B-42D3-A456-426614174000'],
  pem: [
    pem(),
    pem() + pem(),
    pem().replaceAll('\n', '\r\n'),
    `\n${block('X')}\n\n${block('Y')}`,
    block('RSA PRIVATE KEY', 'Proc-Type: 4,ENCRYPTED\nDEK-Info: X,Y,\n Z\n\nAAAA'),
  ],
}

const REFUSES: Readonly<Record<ValueType, readonly string[]>> = {
  string: [],
  number: ['', ' 1', '+1', '01', '1.', '.5', '1e', '0x10', '1,5', 'NaN', '1e999', '1\n'],
  integer: ['', '1.0', '1e3', '007', '+1', '-', '1_000'],
  boolean: ['', '1', 'yes', 'true ', 'on'],
  url: ['', 'example.com', 'http://', 'https://a b', 'https://h:99999/', 'https://', '//h', 'javascript:x', 'a\n://h'],
  email: ['', 'a', 'a@b', 'a@@b.c', 'a b@c.d', `a@${'b.'.repeat(200)}c`],
  port: ['', '0', '65536', '080', '-1', '80.0', '123456'],
  json: ['', '{', "{'a':1}", 'undefined', '{"a":1,}'],
  base64: ['A', 'AA=', 'A===', 'AAAAA', '+_+_', 'AA AA', 'AAAA\n', '+/+', '====', 'AA=A'],
  uuid: [
    '',
    '123e4567e89b42d3a456426614174000',
    '{123e4567-e89b-42d3-a456-426614174000}',
    '123e4567-e89b-42d3-a456-42661417400g',
  ],
  pem: [
    '',
    'AAAA',
    pem().replaceAll('\n', '\\n'),
    pem().replaceAll('\n', ' '),
    block('X').replace('END X', 'END Y'),
    '-----BEGIN X-----\nAAAA',
    'AAAA\n-----END X-----',
    `text\n${block('X')}`,
    block('X', '-----BEGIN X-----'),
    block('X', 'not*base64'),
  ],
}

describe.each(VALUE_TYPES)('%s', (type) => {
  test('takes what it says', () => {
    expect(TAKES[type].filter((value) => !isOfType(type, value))).toEqual([])
  })

  test('refuses the rest', () => {
    expect(REFUSES[type].filter((value) => isOfType(type, value))).toEqual([])
  })

  test.each(['1', 'a', '-', '=', '.', ' ', '\n', '@', 'a.', '-----BEGIN X-----\n'])(
    'takes time linear in %j',
    (piece) => {
      const value = piece.repeat(Math.floor((128 * 1024) / piece.length))
      const start = performance.now()
      for (const text of [value, `a@${value}`, `http://${value} `, `${value}\0`]) isOfType(type, text)
      expect(performance.now() - start).toBeLessThan(1000)
    },
  )
})
