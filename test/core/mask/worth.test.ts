import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isOpaque, isOrdinary, isStructure, whyNot } from '../../../src/core/mask/worth.ts'

describe('what is not worth hiding', () => {
  it.each([
    ['true', 'boolean'],
    ['FALSE', 'boolean'],
    ['null', 'boolean'],
    ['None', 'boolean'],
    ['undefined', 'boolean'],
    ['enabled', 'boolean'],
    ['0', 'number'],
    ['5432', 'number'],
    ['65535', 'number'],
    ['-1', 'number'],
    ['0.25', 'number'],
    ['{', 'brackets'],
    ['[{', 'brackets'],
    ['},', 'brackets'],
    ['', 'brackets'],
    ['abc', 'short'],
    ['x1y', 'short'],
    ['abcd', null],
    ['482913', null],
    ['truely', null],
    ['{a}{b}', null],
  ])('%j: %s', (text, why) => {
    expect(whyNot(text, 4)).toBe(why)
  })

  it('is measured against the minimum asked for', () => {
    expect([whyNot('abc', 3), whyNot('abcdefg', 8), whyNot('1', 1)]).toEqual([null, 'short', 'number'])
  })
})

describe('a line that gives shape and no content', () => {
  it.each([
    '-----BEGIN RSA PRIVATE KEY-----',
    '-----END CERTIFICATE-----',
    '---- BEGIN SSH2 PUBLIC KEY ----',
    '==========',
    '[default]',
    '<config>',
    '</config>',
    '<?xml?>',
    '"data": {',
    '"items": [',
    'clusters:',
    '- name:',
    'key: |',
    '"enabled": true',
    'port: 5432',
    'retries=3',
    '"gone": null',
    '"info"',
    "'true'",
  ])('%j', (line) => {
    expect(isStructure(line)).toBe(true)
  })

  it.each([
    '"password": "hunter22"',
    'password: hunter22',
    'MIIEvQIBADANBgkq',
    'token = abcdef',
    '- secretvalue',
    'key: 482913',
    'c2VjcmV0dmFsdWUx=',
    '"s3cret"',
  ])('is not %j', (line) => {
    expect(isStructure(line)).toBe(false)
  })
})

describe('an opaque run', () => {
  it('is one that was drawn at random, nearly always', () => {
    const runs = Array.from({ length: 500 }, () => randomBytes(16).toString('hex'))
    expect(runs.filter(isOpaque).length).toBeGreaterThan(450)
  })

  it.each([
    '\u20ac'.repeat(20),
    'production',
    'ThisIsMyDatabase',
    'administrator2024',
    'eyJhbGciOiJIUzI1NiJ9',
    'a1b2c3d4e5f6g7h',
  ])('is not %s', (run) => {
    expect(isOpaque(run)).toBe(false)
  })
})

it('ordinary words are letters with marks between them', () => {
  expect(['service_account', 'eu-central', 'localhost'].every(isOrdinary)).toBe(true)
  expect(['p4ss', 'two words', 'a__b', 'key!'].some(isOrdinary)).toBe(false)
})
