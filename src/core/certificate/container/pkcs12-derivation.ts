import { Buffer } from 'node:buffer'
import { hash } from 'node:crypto'

export interface DerivationRequest {
  readonly password: string
  readonly salt: Uint8Array
  readonly rounds: number
  /** What the bytes are for. */
  readonly id: number
  readonly bytes: number
}

export const ID = { key: 1, iv: 2 } as const

const BLOCK = 64
const DIGEST = 20

/**
 * Derives bytes from a password as old PKCS#12 files do (RFC 7292 appendix B.2) with SHA-1: nothing else in Node does. Only for reading.
 * The names in the body are the RFC's.
 */
export function derivePkcs12({ password, salt, rounds, id, bytes }: DerivationRequest): Uint8Array {
  const D = Buffer.alloc(BLOCK, id)
  const I = Buffer.concat([repeated(salt), repeated(bmpString(password))])
  const output: Buffer[] = []
  for (let length = 0; length < bytes; length += DIGEST) {
    let A = sha1(Buffer.concat([D, I]))
    for (let round = 1; round < rounds; round += 1) A = sha1(A)
    output.push(A)
    addToBlocks(I, repeated(A).subarray(0, BLOCK))
  }
  return Buffer.concat(output).subarray(0, bytes)
}

/** The password as UTF-16 with a zero at its end (appendix B.1). */
function bmpString(password: string): Uint8Array {
  return Buffer.from(`${password}\0`, 'utf16le').swap16()
}

/** As often as fills whole blocks. */
function repeated(bytes: Uint8Array): Buffer {
  if (bytes.length === 0) return Buffer.alloc(0)
  return Buffer.alloc(Math.ceil(bytes.length / BLOCK) * BLOCK, bytes)
}

/** I_j = (I_j + B + 1) mod 2^512, for each block of I. */
function addToBlocks(blocks: Buffer, summand: Uint8Array): void {
  for (let start = 0; start < blocks.length; start += BLOCK) {
    let carry = 1
    for (let index = BLOCK - 1; index >= 0; index -= 1) {
      carry += blocks[start + index]! + summand[index]!
      blocks[start + index] = carry & 0xff
      carry >>= 8
    }
  }
}

function sha1(bytes: Uint8Array): Buffer {
  return hash('sha1', bytes, 'buffer')
}
