import { randomBytes } from 'node:crypto'
import { armor, Decrypter, Encrypter } from 'age-encryption'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeBech32 } from '../../../src/core/age/bech32.ts'
import { generateIdentity, type Identity, recipientOf } from '../../../src/core/age/identity.ts'
import { openAgeFile, unwrapDataKey } from '../../../src/core/age/unwrap.ts'
import { wrapDataKey } from '../../../src/core/age/wrap.ts'
import { SealwardError } from '../../../src/core/errors.ts'

const KINDS = ['x25519', 'hybrid'] as const
const identities = { x25519: await generateIdentity('x25519'), hybrid: await generateIdentity('hybrid') }
const strangers = { x25519: await generateIdentity('x25519'), hybrid: await generateIdentity('hybrid') }
const dataKeys = fc.uint8Array({ minLength: 32, maxLength: 32 })

describe.each(KINDS)('a data key wrapped for one recipient (%s)', (kind) => {
  const identity = identities[kind]

  it('opens with the identity, and with no other', async () => {
    await fc.assert(
      fc.asyncProperty(dataKeys, async (dataKey) => {
        const armored = await wrapDataKey(dataKey, await recipientOf(identity))
        expect(new Uint8Array((await unwrapDataKey(armored, identity))!)).toEqual(dataKey)
        for (const other of [strangers.x25519, strangers.hybrid]) expect(await unwrapDataKey(armored, other)).toBeNull()
      }),
      { numRuns: 25 },
    )
  })

  it('is one armored file with one stanza and the line end behind it', async () => {
    const armored = await wrapDataKey(randomBytes(32), await recipientOf(identity))
    expect(armored).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n[^-]+\n-----END AGE ENCRYPTED FILE-----\n$/)
    expect(Buffer.from(armor.decode(armored)).toString('latin1').match(/^-> /gm)).toHaveLength(1)
  })

  it('opens with CRLF line ends', async () => {
    const dataKey = randomBytes(32)
    const armored = await wrapDataKey(dataKey, await recipientOf(identity))
    expect(await unwrapDataKey(armored.replaceAll('\n', '\r\n'), identity)).toEqual(dataKey)
  })

  it('is read by age-encryption, and what age-encryption writes is read here', async () => {
    await fc.assert(
      fc.asyncProperty(dataKeys, async (dataKey) => {
        const decrypter = new Decrypter()
        decrypter.addIdentity(identity.secret.reveal())
        const armored = await wrapDataKey(dataKey, await recipientOf(identity))
        expect(await decrypter.decrypt(armor.decode(armored))).toEqual(dataKey)
        expect(new Uint8Array((await openAgeFile(await seal(dataKey, [identity]), identity))!)).toEqual(dataKey)
      }),
      { numRuns: 25 },
    )
  })

  it('is refused, or no longer for this identity, wherever one bit of the file is flipped', async () => {
    const file = await seal(randomBytes(32), [identity])
    // Every byte of the classical file; of the 1.7 KB hybrid one, whose stanza is age-encryption's, every seventh.
    for (let index = 0; index < file.length; index += kind === 'x25519' ? 1 : 7) {
      const flipped = Uint8Array.from(file)
      flipped[index]! ^= 1 << (index % 8)
      const answer = await openAgeFile(flipped, identity).catch(codeOf)
      expect([null, 'malformed'], `byte ${index}`).toContain(answer)
    }
  })

  it('is refused wherever it is cut short', async () => {
    const file = await seal(randomBytes(32), [identity])
    for (let length = 0; length < file.length; length += kind === 'x25519' ? 1 : 23)
      expect(await openAgeFile(file.subarray(0, length), identity).catch(codeOf), `${length} bytes`).toBe('malformed')
  })
})

describe('unwrapping', () => {
  it('finds its own among many stanzas of both kinds', async () => {
    const dataKey = randomBytes(32)
    const file = await seal(dataKey, [strangers.x25519, strangers.hybrid, identities.x25519, identities.hybrid])
    expect(await openAgeFile(file, identities.x25519)).toEqual(dataKey)
    expect(new Uint8Array((await openAgeFile(file, identities.hybrid))!)).toEqual(new Uint8Array(dataKey))
    expect(await openAgeFile(await seal(dataKey, [strangers.hybrid]), identities.hybrid)).toBeNull()
  })

  it('agrees with age-encryption on payloads of any length within one chunk', async () => {
    const lengths = fc.oneof(fc.nat(100), fc.constantFrom(0, 1, 65_535, 65_536))
    await fc.assert(
      fc.asyncProperty(lengths, async (length) => {
        const payload = randomBytes(length)
        const opened = await openAgeFile(await seal(payload, [identities.x25519]), identities.x25519)
        expect(payload.equals(opened!)).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  it.each([0, 16, 31, 33])('refuses a data key of %i bytes', async (length) => {
    const armored = armor.encode(await seal(randomBytes(length), [identities.x25519]))
    expect(await unwrapDataKey(armored, identities.x25519).catch(codeOf)).toBe('malformed')
  })

  it('refuses a payload of more than one chunk, and armor past 64 KiB', async () => {
    const file = await seal(randomBytes(65_537), [identities.x25519])
    expect(await openAgeFile(file, identities.x25519).catch(codeOf)).toBe('limit')
    expect(await unwrapDataKey(armor.encode(file), identities.x25519).catch(codeOf)).toBe('limit')
  })

  it('never quotes the file in an error', async () => {
    const file = await seal(randomBytes(32), [identities.x25519])
    const armored = armor.encode(file)
    for (const broken of [armored.slice(0, -5), armored.replace('\nY', '\n!'), `x${armored}`, armored.slice(40)]) {
      const error = await unwrapDataKey(broken, identities.x25519).catch((error: Error) => error)
      expect(String(error)).toMatch(/^SealwardError: the (header of the )?age file [a-z0-9 ]+$/)
    }
  })
})

describe('wrapping', () => {
  it('refuses to wrap anything but 32 bytes', async () => {
    const recipient = await recipientOf(identities.x25519)
    expect(await wrapDataKey(randomBytes(16), recipient).catch(codeOf)).toBe('internal')
  })

  it('refuses a recipient of low order, and a post-quantum one whose classical half is', async () => {
    const low = { kind: 'x25519', text: encodeBech32('age', new Uint8Array(32)) } as const
    const half = { kind: 'hybrid', text: encodeBech32('age1pq', new Uint8Array(1216)) } as const
    for (const recipient of [low, half])
      expect(await wrapDataKey(randomBytes(32), recipient).catch(codeOf)).toBe('recipient-invalid')
  })

  it('never wraps the same key to the same text twice', async () => {
    const dataKey = randomBytes(32)
    const recipient = await recipientOf(identities.x25519)
    expect(await wrapDataKey(dataKey, recipient)).not.toBe(await wrapDataKey(dataKey, recipient))
  })
})

async function seal(payload: Uint8Array, readers: readonly Identity[]): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  for (const reader of readers) encrypter.addRecipient((await recipientOf(reader)).text)
  return encrypter.encrypt(payload)
}

function codeOf(error: unknown): string {
  if (error instanceof SealwardError) return error.code
  throw error
}
