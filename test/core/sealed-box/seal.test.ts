import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sealBox } from '../../../src/core/sealed-box/seal.ts'
import { boxKeyOf, openBox } from '../../support/open-box.ts'
import { codeOf } from '../../support/sealing.ts'

interface Vector {
  readonly privateKey: string
  readonly publicKey: string
  readonly message: string
  readonly sealed: string
}

const { boxes } = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'vectors', 'sealed-boxes.json'), 'utf8'),
) as { readonly boxes: readonly Vector[] }
const hex = (text: string) => Buffer.from(text, 'hex')

/** The points of small order, as little-endian numbers: 0, 1, two of order 8, and p - 1, p, p + 1. RFC 7748 section 6.1. */
const LOW_ORDER = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]

describe('a sealed box', () => {
  it('is opened by the key it is for, whatever is in it, and is 48 bytes longer', () => {
    const key = boxKeyOf(randomBytes(32))
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (message) => {
        const sealed = sealBox(message, key.publicKey)
        expect(sealed.length).toBe(message.length + 48)
        expect(openBox(sealed, key)).toEqual(Buffer.from(message))
      }),
    )
  })

  it('is never the same twice', () => {
    const { publicKey } = boxKeyOf(randomBytes(32))
    const shown = Array.from({ length: 20 }, () => Buffer.from(sealBox(Buffer.from('same'), publicKey)).toString('hex'))
    expect(new Set(shown).size).toBe(20)
  })

  it.each(boxes.map((vector, at) => [at, vector] as const))('is what libsodium makes (vector %i)', (at, vector) => {
    const key = boxKeyOf(hex(vector.privateKey))
    expect(vector.privateKey).toBe(createHash('sha256').update(`sealed box vector ${at}`).digest('hex'))
    expect(key.publicKey).toEqual(hex(vector.publicKey))
    expect(openBox(hex(vector.sealed), key)).toEqual(hex(vector.message))
  })

  it('does not open when a byte of it was altered, nor for another key', () => {
    const key = boxKeyOf(randomBytes(32))
    const sealed = sealBox(Buffer.from('value'), key.publicKey)
    for (const at of sealed.keys()) {
      // The top bit of a public key is not part of it (RFC 7748 section 5), but the nonce is made of it.
      const altered = Buffer.from(sealed)
      altered[at]! ^= 0x80
      expect(() => openBox(altered, key), `byte ${at}`).toThrow()
    }
    expect(() => openBox(sealed, boxKeyOf(randomBytes(32)))).toThrow()
  })

  it.each(LOW_ORDER)('is not made for a point of low order: %s', async (point) => {
    expect(await codeOf(async () => sealBox(Buffer.from('value'), hex(point)))).toBe('recipient-invalid')
    const withTopBit = hex(point)
    withTopBit[31]! |= 0x80
    expect(await codeOf(async () => sealBox(Buffer.from('value'), withTopBit))).toBe('recipient-invalid')
  })

  it.each([0, 31, 33, 64])('is not made for a key of %i bytes', async (length) => {
    expect(await codeOf(async () => sealBox(Buffer.from('value'), randomBytes(length)))).toBe('recipient-invalid')
  })
})
