/** Bytes in one notation. It is asked about a byte once, and remembers: most values are made of the same sixty characters. */
class ByteTable {
  readonly #write: (byte: number) => string
  readonly #written: string[] = []

  constructor(write: (byte: number) => string) {
    this.#write = write
  }

  /** @returns each of the bytes as it is written */
  spell(bytes: Uint8Array): readonly string[] {
    const written = this.#written
    const spelled: string[] = []
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at]!
      written[byte] ??= this.#write(byte)
      spelled.push(written[byte])
    }
    return spelled
  }
}

/** Two hexadecimal digits in lower case. */
export const HEX = new ByteTable((byte) => byte.toString(16).padStart(2, '0'))
export const DECIMAL = new ByteTable(String)
/** Three octal digits. */
export const OCTAL = new ByteTable((byte) => byte.toString(8).padStart(3, '0'))
/** Eight binary digits. */
export const BINARY = new ByteTable((byte) => byte.toString(2).padStart(8, '0'))
