import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { componentsOf } from '../../../../src/core/expiry/openpgp/components.ts'
import { readKeyPacket } from '../../../../src/core/expiry/openpgp/key-packet.ts'
import { openpgpKeys } from '../../../../src/core/expiry/openpgp/openpgp-keys.ts'
import { type Packet, TAG } from '../../../../src/core/expiry/openpgp/packets.ts'
import { readSignature, SIGNATURE } from '../../../../src/core/expiry/openpgp/signature.ts'

const DAY = 24 * 60 * 60
const BEGUN = Date.UTC(2026, 0, 1) / 1000
const dayOf = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null

function number(octets: number, value: number): Buffer {
  const bytes = Buffer.alloc(octets)
  bytes.writeUIntBE(value, 0, octets)
  return bytes
}
/** A number of OpenPGP: its bits, then its octets. */
const mpi = (...octets: number[]) => Buffer.from([...number(2, octets.length * 8), ...octets])
const counted = (...octets: number[]) => Buffer.from([octets.length, ...octets])

/** The public half of a key, by algorithm, with material of the right form. */
const MATERIAL: Readonly<Record<number, Buffer>> = {
  1: Buffer.concat([mpi(200, 1), mpi(1, 0, 1)]),
  17: Buffer.concat([mpi(201), mpi(202), mpi(203), mpi(204)]),
  18: Buffer.concat([counted(1, 2, 3), mpi(205), counted(4, 5)]),
  22: Buffer.concat([counted(9, 8), mpi(206, 7)]),
  25: Buffer.alloc(32, 5),
  27: Buffer.alloc(32, 7),
}
const SECRET = Buffer.from([0, 1, 2, 3])

function publicBody(version: number, algorithm: number): Buffer {
  const material = MATERIAL[algorithm]!
  const size = version > 4 ? number(4, material.length) : Buffer.alloc(0)
  return Buffer.concat([Buffer.of(version), number(4, BEGUN), Buffer.of(algorithm), size, material])
}
const idOf = (tag: number, body: Buffer) => readKeyPacket({ tag, body })?.id ?? null

describe('the packet of a key', () => {
  it.each(Object.keys(MATERIAL).map(Number))('of algorithm %i has one id, public and secret', (algorithm) => {
    for (const version of [4, 5, 6]) {
      const body = publicBody(version, algorithm)
      const id = idOf(TAG.publicKey, body)
      expect(id).toMatch(/^[0-9a-f]{16}$/)
      expect(idOf(TAG.secretKey, Buffer.concat([body, SECRET]))).toBe(id)
    }
  })

  it.each([
    [4, (body: Buffer) => [Buffer.of(0x99), number(2, body.length), body], 'sha1', -16],
    [5, (body: Buffer) => [Buffer.of(0x9a), number(4, body.length), body], 'sha256', 0],
    [6, (body: Buffer) => [Buffer.of(0x9b), number(4, body.length), body], 'sha256', 0],
  ] as const)('of version %i has the id that its specification makes of it', (version, framed, hash, from) => {
    const body = publicBody(version, 27)
    const digest = createHash(hash)
      .update(Buffer.concat(framed(body)))
      .digest('hex')
    expect(idOf(TAG.publicKey, body)).toBe(digest.slice(from).slice(0, 16))
  })

  it('of an algorithm that is not known has an id where it is public, and none where it is secret', () => {
    const body = Buffer.concat([Buffer.of(4), number(4, BEGUN), Buffer.of(99), SECRET])
    expect(idOf(TAG.publicSubkey, body)).toMatch(/^[0-9a-f]{16}$/)
    expect(idOf(TAG.secretSubkey, body)).toBeNull()
  })

  it.each([
    [2, 0, null],
    [3, 0, null],
    [3, 30, 30 * DAY],
  ])('of version %i says itself how long it lives: %i days', (version, days, life) => {
    const body = Buffer.concat([Buffer.of(version), number(4, BEGUN), number(2, days), Buffer.of(1), MATERIAL[1]!])
    expect(readKeyPacket({ tag: TAG.publicKey, body })).toEqual({ created: new Date(BEGUN * 1000), life, id: null })
  })

  it('of another version is none', () => {
    expect([1, 7].map((version) => readKeyPacket({ tag: TAG.publicKey, body: publicBody(version, 27) }))).toEqual([
      null,
      null,
    ])
  })
})

const subpacket = (kind: number, body: Buffer) => Buffer.concat([Buffer.of(body.length + 1, kind), body])

interface Signing {
  readonly type: number
  readonly created?: number | null
  readonly days?: number | null
  readonly flags?: number
}

/** A signature of version 4 that names nobody who made it, so that it counts as the key's own. */
function signature({ type, created = BEGUN, days = null, flags }: Signing): Packet {
  const area = Buffer.concat([
    ...(created === null ? [] : [subpacket(2, number(4, created))]),
    ...(days === null ? [] : [subpacket(9, number(4, days * DAY))]),
    ...(flags === undefined ? [] : [subpacket(27, Buffer.of(flags))]),
  ])
  return {
    tag: TAG.signature,
    body: Buffer.concat([Buffer.of(4, type, 27, 8), number(2, area.length), area, number(2, 0)]),
  }
}
const primary: Packet = { tag: TAG.publicKey, body: publicBody(4, 27) }
const subkey: Packet = { tag: TAG.publicSubkey, body: publicBody(4, 25) }

describe('a signature of version 3', () => {
  it('has its type, its date and its maker in fixed places', () => {
    const body = Buffer.concat([Buffer.of(3, 5, 0x13), number(4, BEGUN), Buffer.alloc(8, 0xab), Buffer.alloc(4)])
    expect(readSignature(body)).toEqual({
      ...{ type: 0x13, created: new Date(BEGUN * 1000), keyLife: null, flags: 0, issuers: ['ab'.repeat(8)] },
    })
  })
})

describe('the end of a key', () => {
  const endsOf = (...packets: readonly Packet[]) => componentsOf(packets).map(({ notAfter }) => dayOf(notAfter))
  const certified = (days: number, created: number | null = BEGUN) => signature({ type: 0x13, created, days })

  it.each([
    ['is that of its newest signature', [certified(10), certified(20, BEGUN + DAY)], '2026-01-21'],
    ['is that of its newest signature, wherever it stands', [certified(20, BEGUN + DAY), certified(10)], '2026-01-21'],
    ['is that of the later one of two with one date', [certified(10), certified(20)], '2026-01-21'],
    [
      'is not that of a signature without a date, where another has one',
      [certified(20), certified(10, null)],
      '2026-01-21',
    ],
    [
      'is when it was revoked',
      [certified(20), signature({ type: SIGNATURE.keyRevocation, created: BEGUN + DAY })],
      '2026-01-02',
    ],
    ['is never, where no signature names one', [signature({ type: 0x13 })], null],
  ])('%s', (_, signatures, end) => {
    expect(endsOf(primary, ...signatures)).toEqual([end])
  })

  it('is nothing to say of a key that nobody signed', () => {
    expect(endsOf(primary, subkey)).toEqual([])
  })
})

describe('the keys of a block', () => {
  const binding = (days: number | null, flags: number) => signature({ type: SIGNATURE.binding, days, flags })
  const armored = (...packets: readonly Packet[]) => {
    const bytes = packets.map(({ tag, body }) =>
      Buffer.concat([Buffer.of(0xc0 | tag, 0xff), number(4, body.length), body]),
    )
    const base64 = Buffer.concat(bytes).toString('base64')
    return `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${base64}\n-----END PGP PUBLIC KEY BLOCK-----`
  }
  const found = (...packets: readonly Packet[]) =>
    openpgpKeys({ name: 'KEY', text: armored(...packets), json: undefined, queries: [] }).map(({ what, notAfter }) => [
      what,
      dayOf(notAfter),
    ])
  const owner = [primary, signature({ type: 0x13 })]

  it.each([
    ['ends last', 10, 20, '2026-01-21'],
    ['ends last, also where it stands first', 20, 10, '2026-01-21'],
    ['has no end', 10, null, null],
    ['has no end, also where it stands first', null, 10, null],
  ])('are, for each use, the one that %s', (_, first, second, end) => {
    expect(found(...owner, subkey, binding(first, 0x0c), subkey, binding(second, 0x0c))).toEqual([
      ['an OpenPGP key', null],
      ['an OpenPGP subkey for encryption', end],
    ])
  })

  it('are one by one where their uses differ', () => {
    expect(found(...owner, subkey, binding(10, 0x0c), subkey, binding(20, 0x22), subkey, binding(30, 0))).toEqual([
      ['an OpenPGP key', null],
      ['an OpenPGP subkey for encryption', '2026-01-11'],
      ['an OpenPGP subkey for signatures and authentication', '2026-01-21'],
      ['an OpenPGP subkey', '2026-01-31'],
    ])
  })
})
