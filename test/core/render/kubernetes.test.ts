import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { DotenvEntry } from '../../../src/core/dotenv/document.ts'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { renderKubernetes } from '../../../src/core/render/kubernetes.ts'
import * as any from '../dotenv/arbitraries.ts'
import { refusal, valuesOf } from '../dotenv/reading.ts'

const entry = (name: string, value: string): DotenvEntry => ({ kind: 'entry', name, value })

test('the manifest is that of an Opaque secret', () => {
  expect(renderKubernetes(parseDotenv('A=1\n# why\nNO="x\ny"\n'), { secretName: '.env.production' })).toBe(
    [
      'apiVersion: v1',
      'kind: Secret',
      'metadata:',
      '  name: "env-production"',
      'type: Opaque',
      'data:',
      '  "A": "MQ=="',
      '  "NO": "eAp5"',
      '',
    ].join('\n'),
  )
  expect(renderKubernetes([], { secretName: 'x' })).toMatch(/^type: Opaque\ndata: \{\}\n$/m)
})

test.each(['1.1', '1.2'] as const)('a YAML %s reader gives every value back', (version) => {
  fc.assert(
    fc.property(any.document, (document) => {
      const { data } = parse(renderKubernetes(document, { secretName: 'x' }), { version }) as {
        data: Record<string, string>
      }
      const decoded = Object.entries(data).map(([name, base64]) => [
        name,
        Buffer.from(base64, 'base64').toString('utf8'),
      ])
      expect(Object.fromEntries(decoded)).toEqual(valuesOf(document))
    }),
  )
})

describe('the name of the object', () => {
  test.each([
    ['.env', 'env'],
    ['.env.Production_EU', 'env-production-eu'],
    ['--a..b--', 'a-b'],
    ['123', '123'],
    ['true', 'true'],
    ['café', 'caf'],
    [`${'x'.repeat(252)}.y`, 'x'.repeat(252)],
    ['z'.repeat(300), 'z'.repeat(253)],
  ])('of %j is %j', (secretName, expected) => {
    expect(parse(renderKubernetes([], { secretName }))).toMatchObject({ metadata: { name: expected } })
  })

  test('is always one that Kubernetes accepts', () => {
    fc.assert(
      fc.property(any.value, (text) => {
        const { metadata } = parse(renderKubernetes([], { secretName: `a${text}` })) as { metadata: { name: unknown } }
        expect(metadata.name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/)
      }),
    )
  })

  test.each(['', '...', 'éö'])('needs a letter or a digit, and %j has none', (secretName) => {
    expect(refusal(() => renderKubernetes([], { secretName })).code).toBe('name-invalid')
  })
})

describe('what a secret cannot hold is refused', () => {
  test.each(['a.b', 'A B', '', '-', 'X'.repeat(254)])('the key %j', (name) => {
    expect(refusal(() => renderKubernetes([entry(name, '')], { secretName: 'x' })).code).toBe('name-invalid')
  })

  test('more than 1 MiB in all values together', () => {
    const eight = Array.from({ length: 8 }, (_, index) => entry(`A${index}`, 'é'.repeat(64 * 1024)))
    expect(() => renderKubernetes(eight, { secretName: 'x' })).not.toThrow()
    expect(refusal(() => renderKubernetes([...eight, entry('B', 'x')], { secretName: 'x' })).code).toBe('limit')
  })

  test('a value that no environment can hold', () => {
    expect(refusal(() => renderKubernetes([entry('KEY', '\0')], { secretName: 'x' })).code).toBe('not-representable')
  })
})
