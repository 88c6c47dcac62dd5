import { generateKeyPairSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planMasks } from '../../../src/core/mask/plan.ts'
import { SecretMasker } from '../../action/runner/model/masker.ts'

const token = () => randomBytes(24).toString('base64url')
const secretsOf = (...values: string[]) => values.map((value, at) => ({ name: `V${at}`, value }))

describe('a plan of masks', () => {
  it('begins with the values, whatever the budget', () => {
    const values = Array.from({ length: 50 }, token)
    const plan = planMasks({ secrets: secretsOf(...values), budget: 10 })
    expect(plan.masks).toEqual(values)
    expect(plan.spentAt).toBe('base64')
  })

  it('keeps to its budget and says where it was spent', () => {
    const plan = planMasks({ secrets: secretsOf(...Array.from({ length: 60 }, token)) })
    expect(plan.masks.length).toBe(2000)
    expect(plan.spentAt).not.toBeNull()
    expect(planMasks({ secrets: secretsOf(token()) }).spentAt).toBeNull()
  })

  it('gives every secret its likely forms before one has its rare ones', () => {
    const values = Array.from({ length: 20 }, token)
    const { masks } = planMasks({ secrets: secretsOf(...values), budget: 20 * 12 })
    for (const value of values) {
      expect(masks).toContain(Buffer.from(value).toString('hex'))
      expect(masks).not.toContain([...value].join(' '))
    }
  })

  it('names what it leaves, and why', () => {
    const secrets = [
      { name: 'EMPTY', value: ' \n' },
      { name: 'PIN', value: 'a1b' },
      { name: 'DEBUG', value: ' True ' },
      { name: 'PORT', value: '5432' },
      { name: 'NOTHING', value: '{}' },
      { name: 'SHAPE', value: '[\n{\n}\n]' },
      { name: 'LINES', value: 'ab\ncd' },
      { name: 'WORD', value: 'abcd' },
    ]
    const plan = planMasks({ secrets })
    expect(plan.unmasked).toEqual([
      { name: 'PIN', why: 'short' },
      { name: 'DEBUG', why: 'boolean' },
      { name: 'PORT', why: 'number' },
      { name: 'NOTHING', why: 'brackets' },
      { name: 'SHAPE', why: 'brackets' },
      { name: 'LINES', why: 'short' },
    ])
    expect(plan.masks).toEqual(expect.arrayContaining(['abcd']))
  })

  it('hides short values when it is told to, and booleans and numbers even then not', () => {
    const { masks, unmasked } = planMasks({ secrets: secretsOf('a1b', 'true', '5432', 'x\n{\ny'), short: 'mask' })
    expect(masks).toEqual(['a1b', 'x', 'y'])
    expect(unmasked.map(({ why }) => why)).toEqual(['boolean', 'number'])
  })

  it('is made of well-formed text, whatever half of a surrogate pair a value holds', () => {
    const secrets = secretsOf('{"password": "\\ud800ab1"}', '\ud800b', 'a long\udc00 value')
    const { masks } = planMasks({ secrets, short: 'mask' })
    expect(masks).toEqual(expect.arrayContaining(['"password":"\ufffdab1"', '\ufffdb', 'a long\ufffd value']))
    expect(masks.every((mask) => mask.isWellFormed())).toBe(true)
  })

  it('takes another minimum', () => {
    const secrets = secretsOf('abc', 'abcdefg', 'abcdefgh')
    expect(planMasks({ secrets, minLength: 8 }).unmasked.map(({ name }) => name)).toEqual(['V0', 'V1'])
    expect(planMasks({ secrets, minLength: 1 }).unmasked).toEqual([])
  })

  it('names a value with more lines than any masker can take, and hides the others', () => {
    const lines = Array.from({ length: 30_000 }, (_, at) => `line ${at}`).join('\n')
    const plan = planMasks({ secrets: [{ name: 'HUGE', value: lines }, ...secretsOf('a-secret-value')] })
    expect(plan.unmasked).toEqual([{ name: 'HUGE', why: 'too-many' }])
    expect(plan.masks).toContain('a-secret-value')
  })

  it('ends soon for a file of long values', () => {
    const secrets = secretsOf(...Array.from({ length: 60 }, () => randomBytes(30 * 1024).toString('base64')))
    const start = performance.now()
    const { masks, spentAt } = planMasks({ secrets })
    expect(performance.now() - start).toBeLessThan(5000)
    expect(masks.length).toBeGreaterThanOrEqual(60)
    expect(spentAt).not.toBeNull()
    expect(masks.reduce((sum, mask) => sum + mask.length, 0)).toBeLessThan(16 * 1024 * 1024)
  })
})

describe('no plan', () => {
  const json = JSON.stringify({ on: true, off: null, port: 5432, list: [1, 2], name: 'abc', key: token() }, null, 2)
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }) as string

  it.each([
    ['brackets of a pretty document', json, 'if (x) { y[0]; } else [ ]'],
    ['booleans and numbers', json, 'true false null 5432 1 2, "on": true'],
    ['markers of keys', pem, '-----BEGIN RSA PRIVATE KEY-----'],
    ['markers of keys inside a document', JSON.stringify({ pem }, null, 2), '-----END RSA PRIVATE KEY-----'],
    [
      'the host of a URL',
      `postgres://app:${token()}@db.example.com:5432/app`,
      'postgres://other@db.example.com:5432/app',
    ],
    ['ordinary logs', `${json}\n${pem}`, 'INFO name=abc list of 12 items, key: none {"port":5432,"on":true}'],
  ])('hides %s', (_, value, text) => {
    const masker = new SecretMasker()
    for (const mask of planMasks({ secrets: secretsOf(value) }).masks) masker.addWithLines(mask)
    expect(masker.mask(text)).toBe(text)
  })

  it('has a mask that ends in a space before a comma', () => {
    expect(
      planMasks({ secrets: secretsOf('aaa ,\nword') }).masks.filter(
        (mask) => mask.startsWith('aaa') && mask.trim().length < 4,
      ),
    ).toEqual([])
  })

  it('has a mask below the minimum, of several lines, or twice', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.string({
        unit: fc.constantFrom('a', 'B', '7', ' ', '\n', '\r', '"', '{', '}', ',', ':', '\\', '%'),
        maxLength: 80,
      }),
      fc.json(),
    )
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 4 }),
        fc.constantFrom('runner' as const, 'filter' as const),
        (values, masker) => {
          const { masks, unmasked } = planMasks({ secrets: secretsOf(...values), masker, budget: 100_000 })
          expect(new Set(masks).size).toBe(masks.length)
          for (const mask of masks) {
            expect(mask.trim().length).toBeGreaterThanOrEqual(4)
            expect(mask).not.toMatch(/[\r\n]/)
            expect(mask.isWellFormed()).toBe(true)
            expect(mask).not.toMatch(/^[\s{}()[\]<>,;:]*$/)
          }
          for (const [at, one] of values.entries())
            if (/^[a-zB7]{4,}$/.test(one))
              expect(masks.includes(one) || unmasked.some(({ name }) => name === `V${at}`)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })
})
