import { createCipheriv, createHash, randomBytes } from 'node:crypto'

/** Draws that a seed repeats. New ones at every run, unless SEALWARD_SEED names the run to repeat. */
export class Dice {
  readonly seed: string
  readonly #stream: ReturnType<typeof createCipheriv>

  constructor(seed = process.env.SEALWARD_SEED ?? randomBytes(4).toString('hex')) {
    this.seed = seed
    this.#stream = createCipheriv('aes-256-ctr', createHash('sha256').update(seed).digest(), Buffer.alloc(16))
  }

  /** So many bytes. */
  bytes(count: number): Buffer {
    return this.#stream.update(Buffer.alloc(count))
  }

  /** An integer from `from` on, below `to`. */
  integer(from: number, to: number): number {
    return from + (this.bytes(6).readUIntBE(0, 6) % (to - from))
  }

  /** A text of so many letters. */
  text(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet[this.integer(0, alphabet.length)]).join('')
  }

  /** The letters of a text in another order. */
  shuffle(text: string): string {
    return Array.from(text, (character) => ({ character, at: this.integer(0, 2 ** 32) }))
      .sort((one, other) => one.at - other.at)
      .map(({ character }) => character)
      .join('')
  }

  /** A UUID of version 4. */
  uuid(): string {
    const hex = this.bytes(16).toString('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
  }
}
