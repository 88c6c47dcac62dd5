import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signMessage } from '../../../src/core/signature/sign.ts'
import { decodeArmor, encodeArmor } from '../../../src/core/signature/ssh/armor.ts'
import { type SignatureVerdict, verifySignature } from '../../../src/core/signature/verify.ts'
import { allowed, KINDS, newKey } from './keys.ts'
import { SECURITY_KEYS } from './security-key.ts'

const namespace = 'sealward-file@v1:.env.encrypted'
const message = randomBytes(40)
const now = new Date('2026-01-01T00:00:00Z')

interface Specimen {
  readonly armored: string
  verify(armored: string, over?: Uint8Array, space?: string): SignatureVerdict
}

const ordinary = KINDS.map((kind) => {
  const key = newKey(kind)
  return [kind, specimen(signMessage({ message, namespace, key }), allowed(key))] as const
})
const hardware = Object.entries(SECURITY_KEYS).map(([kind, make]) => {
  const key = make()
  return [kind, specimen(key.sign(message, namespace), { name: 'alice', key: key.publicKey })] as const
})
const specimens = new Map<string, Specimen>([...ordinary, ...hardware])

function specimen(armored: string, signer: ReturnType<typeof allowed>): Specimen {
  return {
    armored,
    verify: (armored, over = message, space = namespace) =>
      verifySignature({ message: over, armored, namespace: space, allowed: [signer], now }),
  }
}

describe.each([...specimens])('a signature of %s', (_, { armored, verify }) => {
  it('is good as it was made', () => {
    expect(verify(armored)).toMatchObject({ kind: 'good', signer: 'alice' })
  })

  it('is bad with any one bit of its file flipped', () => {
    for (const flipped of everyFlip(Buffer.from(armored, 'latin1')))
      expect(verify(flipped.toString('latin1')).kind).toBe('bad')
  })

  it('is bad with any one bit of what the armor holds flipped', () => {
    for (const flipped of everyFlip(decodeArmor(armored))) expect(verify(encodeArmor(flipped)).kind).toBe('bad')
  })

  it('is bad cut off at any place, but for its last line end', () => {
    for (let length = 0; length < armored.length - 1; length += 1)
      expect(verify(armored.slice(0, length)).kind).toBe('bad')
    const blob = decodeArmor(armored)
    for (let length = 0; length < blob.length; length += 1)
      expect(verify(encodeArmor(blob.subarray(0, length))).kind).toBe('bad')
  })

  it('is bad for the message with any one bit flipped, longer, or shorter', () => {
    for (const flipped of everyFlip(message)) expect(verify(armored, flipped).kind).toBe('bad')
    expect(verify(armored, Buffer.concat([message, Buffer.of(0)])).kind).toBe('bad')
    expect(verify(armored, message.subarray(1)).kind).toBe('bad')
  })

  it('is bad for every other namespace', () => {
    for (const other of ['git', 'file', '', `${namespace} `, namespace.slice(0, -1), namespace.toUpperCase()])
      expect(verify(armored, message, other).kind).toBe('bad')
  })
})

describe('verifySignature', () => {
  const { verify, armored } = specimens.get('ed25519')!

  it('calls any text at all bad, and never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => verify(text).kind === 'bad'))
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (blob) => verify(encodeArmor(Buffer.from(blob))).kind === 'bad'),
    )
  })

  it('calls a signature bad in which any bytes were replaced by others', () => {
    const blob = decodeArmor(armored)
    const edit = fc.tuple(fc.nat(blob.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }))
    fc.assert(
      fc.property(edit, ([at, bytes]) => {
        const edited = Buffer.concat([blob.subarray(0, at), bytes, blob.subarray(at + bytes.length)])
        return edited.equals(blob) || verify(encodeArmor(edited)).kind === 'bad'
      }),
    )
  })

  it('is done with a giant text at once', () => {
    const start = performance.now()
    expect(verify(`${armored}${'A'.repeat(50_000_000)}`)).toEqual({
      kind: 'bad',
      why: 'is longer than 32768 characters',
    })
    expect(performance.now() - start).toBeLessThan(500)
  })
})

function* everyFlip(bytes: Uint8Array): Iterable<Buffer> {
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = Buffer.from(bytes)
    flipped[bit >> 3]! ^= 1 << (bit & 7)
    yield flipped
  }
}
