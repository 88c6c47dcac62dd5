import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { printManifest } from '../../../src/core/push/manifest.ts'
import { Secret } from '../../../src/core/secret.ts'
import { codeOf } from '../../support/sealing.ts'

const print = (value: string, names: { name?: string; namespace?: string; key?: string } = {}) =>
  printManifest({ name: 'sealward-key', key: 'SEALWARD_KEY', ...names, value: new Secret(value) })

describe('a manifest', () => {
  it('is a Secret of Kubernetes, every string of it quoted', () => {
    expect(print('AGE-X', { namespace: 'prod' }).reveal()).toBe(`apiVersion: "v1"
kind: "Secret"
metadata:
  name: "sealward-key"
  namespace: "prod"
type: "Opaque"
stringData:
  SEALWARD_KEY: "AGE-X"
`)
  })

  it('has no namespace unless it is given one', () => {
    expect(parse(print('x').reveal()).metadata).toEqual({ name: 'sealward-key' })
  })

  it.each(['1.1', '1.2'] as const)('says any value to who reads YAML %s', (version) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (value) => {
        expect(parse(print(value).reveal(), { version }).stringData).toEqual({ SEALWARD_KEY: value })
      }),
    )
  })

  it.each(['no', '1e3', '0x10', '~', 'on', '1_000', '2001-01-01'])(
    'has names that YAML reads otherwise: %s',
    (text) => {
      const names = { namespace: /[_~]/.test(text) ? 'x' : text, key: text === '~' ? 'k' : text }
      const read = parse(print(text, names).reveal(), { version: '1.1' })
      expect(read.metadata.namespace).toBe(names.namespace)
      expect(read.stringData).toEqual({ [names.key]: text })
    },
  )

  it.each([
    { name: '' },
    { name: 'Sealward' },
    { name: '-a' },
    { name: 'a-' },
    { name: 'a..b' },
    { name: 'a.' },
    { name: 'a_b' },
    { name: 'a\n' },
    { name: 'a'.repeat(254) },
    { namespace: 'a.b' },
    { namespace: '' },
    { namespace: 'a'.repeat(64) },
    { key: '' },
    { key: 'a b' },
    { key: '..' },
    { key: '..a' },
    { key: '.' },
    { key: 'a'.repeat(254) },
  ])('is not made for names that Kubernetes refuses: %j', async (names) => {
    expect(await codeOf(async () => print('x', names))).toBe('usage')
  })

  it.each([
    { name: 'a.b-c.9' },
    { name: '1' },
    { name: 'a'.repeat(253) },
    { namespace: 'a'.repeat(63) },
    { key: 'a.b_c-D' },
  ])('is made for those it takes: %j', (names) => {
    expect(parse(print('x', names).reveal()).kind).toBe('Secret')
  })

  it('has a value in one line, for whoever looks for it there', () => {
    const value = 'a long value '.repeat(50)
    expect(print(value).reveal()).toContain(`"${value}"`)
  })

  it('holds no more than 1 MiB', async () => {
    expect(await codeOf(async () => print('ü'.repeat(512 * 1024 + 1)))).toBe('limit')
  })

  it('is itself a secret', () => {
    expect(`${print('x')}`).toBe('[secret]')
  })
})
