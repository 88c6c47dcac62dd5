import type { Buffer } from 'node:buffer'
import { SealwardError } from '../../errors.ts'

/** Reads what OpenPGP is made of, one after the other. A length is held against what is there. Throws SealwardError malformed. */
export class Octets {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get at(): number {
    return this.#at
  }

  get done(): boolean {
    return this.#at === this.#bytes.length
  }

  take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw new SealwardError('malformed', 'the OpenPGP data is cut short')
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  rest(): Buffer {
    return this.take(this.#bytes.length - this.#at)
  }

  /** A number of one to six octets, big-endian. */
  number(octets: number): number {
    return this.take(octets).readUIntBE(0, octets)
  }
}
