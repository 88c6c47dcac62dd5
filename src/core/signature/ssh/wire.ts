import { Buffer } from 'node:buffer'
import { SealwardError } from '../../errors.ts'

/**
 * Reads the data types of RFC 4251 section 5, one after the other. A stated length is held against what is there before
 * anything is done with it. Throws SealwardError malformed.
 */
export class SshReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** `length` bytes as they stand. */
  take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw malformed('is cut short')
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  byte(): number {
    return this.take(1).readUInt8()
  }

  uint32(): number {
    return this.take(4).readUInt32BE()
  }

  string(): Buffer {
    return this.take(this.uint32())
  }

  /** A name of an algorithm. Bytes that are no name come out as characters that no name has. */
  name(): string {
    return this.string().toString('latin1')
  }

  /** The magnitude of a positive mpint. One accepted encoding: no zero byte that the sign does not need. */
  mpint(): Buffer {
    const bytes = this.string()
    const [first = 0, second = 0] = bytes
    if (bytes.length === 0 || first >= 0x80) throw malformed('has a number that is not positive')
    if (first !== 0) return bytes
    if (second < 0x80) throw malformed('has a number that is not in its shortest form')
    return bytes.subarray(1)
  }

  /** The bytes that have not been read. */
  rest(): Buffer {
    return this.take(this.#bytes.length - this.#at)
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw malformed('goes on where it should end')
  }
}

export function sshString(value: Uint8Array | string): Buffer {
  const bytes = Buffer.from(value as string)
  return Buffer.concat([uint32(bytes.length), bytes])
}

/** A positive number, given as big-endian bytes with or without leading zeros. */
export function sshMpint(magnitude: Uint8Array): Buffer {
  const first = magnitude.findIndex((byte) => byte !== 0)
  const bytes = magnitude.subarray(first === -1 ? magnitude.length : first)
  return sshString((bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes)
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** An error in SSH data, in words that follow "the key ..." or "the signature ...". */
export function malformed(how: string): SealwardError {
  return new SealwardError('malformed', how)
}
