import type { Random } from '../random.ts'

/** Random private keys of the right structure: the numbers are noise, the encoding is what parsers look for. */
export type KeyForm = { readonly label: string; readonly body: (random: Random) => Buffer }

const RSA = 'RSA'
const EC = 'EC'

/** The PEM forms by the words between BEGIN and KEY. */
export const KEY_FORMS: readonly KeyForm[] = [
  { label: `${RSA} PRIVATE`, body: (random) => rsa(random, 256) },
  { label: `${RSA} PRIVATE`, body: (random) => rsa(random, 128) },
  { label: 'PRIVATE', body: (random) => wrapped(RSA_ID, rsa(random, 256)) },
  { label: `${EC} PRIVATE`, body: ellipticCurve },
  { label: 'PRIVATE', body: (random) => wrapped(ED25519_ID, der(0x04, random.bytes(32))) },
  { label: 'OPENSSH PRIVATE', body: openSsh },
]

/** The lines of a PEM block around a body. */
export function pem(label: string, body: Buffer): readonly string[] {
  const rows = body.toString('base64').match(/.{1,64}/g) ?? []
  return [marker('BEGIN', label), ...rows, marker('END', label)]
}

/** A certificate or a public key: the same armour, and nothing secret. */
export function publicBody(random: Random, size: number): Buffer {
  return der(0x30, der(0x30, random.bytes(size)), RSA_ID, der(0x03, Buffer.concat([Buffer.of(0), random.bytes(270)])))
}

/** Built from parts, so that this source is no key header itself. */
function marker(edge: string, label: string): string {
  const dashes = '-'.repeat(5)
  return `${dashes}${edge} ${label}${dashes}`
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const size = body.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.of(tag, ...length), body])
}

const RSA_ID = der(0x30, der(0x06, Buffer.from('2a864886f70d010101', 'hex')), Buffer.of(5, 0))
const ED25519_ID = der(0x30, der(0x06, Buffer.from('2b6570', 'hex')))
const P256_ID = der(0x06, Buffer.from('2a8648ce3d030107', 'hex'))
const VERSION_0 = der(0x02, Buffer.of(0))

/** RFC 8017 appendix A.1.2: version, modulus, exponents, primes and the values of the remainder theorem. */
function rsa(random: Random, size: number): Buffer {
  const number = (bytes: number) =>
    der(0x02, Buffer.of(0), Buffer.of(0x80 | random.integer(0, 127)), random.bytes(bytes - 1))
  const half = size / 2
  return der(
    0x30,
    VERSION_0,
    number(size),
    der(0x02, Buffer.of(1, 0, 1)),
    number(size),
    ...[1, 2, 3, 4, 5].map(() => number(half)),
  )
}

/** RFC 5915: version 1, the number, the curve, the point. */
function ellipticCurve(random: Random): Buffer {
  const point = der(0x03, Buffer.of(0, 4), random.bytes(64))
  return der(0x30, der(0x02, Buffer.of(1)), der(0x04, random.bytes(32)), der(0xa0, P256_ID), der(0xa1, point))
}

/** RFC 5208: any key in a common envelope. */
function wrapped(algorithm: Buffer, key: Buffer): Buffer {
  return der(0x30, VERSION_0, algorithm, der(0x04, key))
}

/** The format of `ssh-keygen`, unencrypted: cipher and derivation are both "none". */
function openSsh(random: Random): Buffer {
  const field = (body: Buffer) => Buffer.concat([Buffer.of(0, 0, body.length >> 8, body.length & 255), body])
  const name = (text: string) => field(Buffer.from(text))
  const point = random.bytes(32)
  const publicPart = Buffer.concat([name('ssh-ed25519'), field(point)])
  const check = random.bytes(4)
  const keyPair = field(Buffer.concat([random.bytes(32), point]))
  const unpadded = Buffer.concat([check, check, publicPart, keyPair, name('me@host')])
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, (8 - (unpadded.length % 8)) % 8))
  const secretPart = Buffer.concat([unpadded, padding])
  const head = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    name('none'),
    name('none'),
    field(Buffer.alloc(0)),
    Buffer.of(0, 0, 0, 1),
  ])
  return Buffer.concat([head, field(publicPart), field(secretPart)])
}
