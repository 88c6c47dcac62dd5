import { createSecretKey, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openValue } from '../../../../src/core/envelope/values/open-value.ts'
import { sealValue } from '../../../../src/core/envelope/values/seal-value.ts'
import { parseSealed } from '../../../../src/core/envelope/values/sealed.ts'
import { unseal } from '../../../support/plain-sops/sealed.ts'
import { codeOf } from '../../../support/sealing.ts'

const dataKey = randomBytes(32)
const key = createSecretKey(dataKey)
const whole = sealValue(Buffer.from('x'), { dataKey, context: 'A:', type: 'str' })

/** Base64 digits of which only the first two bits count, each with one of which another bit is set. */
const NEXT: Readonly<Record<string, string>> = { A: 'B', Q: 'R', g: 'h', w: 'x' }

describe('a ciphertext', () => {
  it('opens to its bytes under its context alone, here and in the second implementation', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.string(), (plaintext, context) => {
        const sealed = sealValue(plaintext, { dataKey, context, type: 'bytes' })
        expect(new Uint8Array(openValue(sealed, key, context).plaintext)).toEqual(plaintext)
        expect(unseal([...Buffer.from(sealed)], dataKey, context)).toEqual({ text: [...plaintext], type: 'bytes' })
        expect(() => openValue(sealed, key, `${context}:`)).toThrow('altered')
      }),
    )
  })

  it('opens under no other key', async () => {
    expect(await codeOf(() => openValue(whole, createSecretKey(randomBytes(32)), 'A:'))).toBe('value-not-authentic')
  })

  it.each([
    ['nothing', ''],
    ['something in front', ` ${whole}`],
    ['something behind', `${whole} `],
    ['a line break behind', `${whole}\n`],
    ['two in one', whole + whole],
    ['no end', whole.slice(0, -1)],
    ['no data', whole.replace(/data:[^,]+/, 'data:')],
    ['no IV', whole.replace(/iv:[^,]+,/, '')],
    ['parts in another order', whole.replace(/(data:[^,]+),(iv:[^,]+)/, '$2,$1')],
    ['a blank between the parts', whole.replace(',iv', ', iv')],
    ['small letters', whole.toLowerCase()],
    ['an unknown type', whole.replace('type:str', 'type:text')],
    ['no type', whole.replace('type:str', 'type:')],
    ['base64 without padding', whole.replace(/=+,/, ',')],
    ['base64 with too much padding', whole.replace(/=,/, '==,')],
    ['base64 with bits behind the last byte', whole.replace(/[AQgw]==/, (end) => `${NEXT[end[0]!]}==`)],
    ['base64 in the alphabet for addresses', whole.replace(/data:[^,]+/, 'data:_-8=')],
    ['a tag of 15 bytes', whole.replace(/tag:[^,]+/, `tag:${Buffer.alloc(15).toString('base64')}`)],
    ['a tag of 17 bytes', whole.replace(/tag:[^,]+/, `tag:${Buffer.alloc(17).toString('base64')}`)],
    ['an IV of 11 bytes', whole.replace(/iv:[^,]+/, `iv:${Buffer.alloc(11).toString('base64')}`)],
    ['an IV of 65 bytes', whole.replace(/iv:[^,]+/, `iv:${Buffer.alloc(65).toString('base64')}`)],
  ])('with %s is malformed', async (_, text) => {
    expect(text).not.toBe(whole)
    expect(await codeOf(() => parseSealed(text))).toBe('malformed')
  })
})
