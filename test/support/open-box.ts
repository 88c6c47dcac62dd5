import { createPublicKey, diffieHellman } from 'node:crypto'
import { secretbox } from '@noble/ciphers/salsa.js'
import { type X25519Key, x25519Key } from '../../src/core/age/reader/x25519.ts'
import { boxKey, boxNonce } from '../../src/core/sealed-box/seal.ts'

export type BoxKey = X25519Key

export const boxKeyOf = (scalar: Uint8Array): BoxKey => x25519Key(scalar)

/** libsodium's `crypto_box_seal_open`: the product only seals. @throws whatever the cipher throws for what was altered */
export function openBox(sealed: Uint8Array, { privateKey, publicKey }: BoxKey): Buffer {
  const own = Buffer.from(sealed.subarray(0, 32))
  const theirs = createPublicKey({
    key: { kty: 'OKP', crv: 'X25519', x: own.toString('base64url') },
    format: 'jwk',
  })
  const key = boxKey(diffieHellman({ privateKey, publicKey: theirs }))
  return Buffer.from(secretbox(key, boxNonce(own, publicKey)).open(sealed.subarray(32)))
}
