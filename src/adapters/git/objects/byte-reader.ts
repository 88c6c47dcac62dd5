/** Pulls a stream apart by length and by line, without holding more of it than was asked for and one chunk. */
export interface ByteReader {
  /** The bytes before the next LF, which is taken too; null at the end of the stream. */
  line(): Promise<Buffer | null>
  /** The next `length` bytes, or as many as there are. */
  take(length: number): Promise<Buffer>
  /** @returns false when the stream ended first */
  skip(length: number): Promise<boolean>
}

const LF = 0x0a

export function readBytes(source: AsyncIterable<Buffer>): ByteReader {
  const chunks = source[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)

  /** @returns false at the end of the stream */
  async function fill(): Promise<boolean> {
    const { done, value } = await chunks.next()
    if (done) return false
    rest = value
    return true
  }

  async function eat(length: number, use: (part: Buffer) => void): Promise<number> {
    let left = length
    while (left > 0 && (rest.length > 0 || (await fill()))) {
      const part = rest.subarray(0, left)
      rest = rest.subarray(part.length)
      left -= part.length
      use(part)
    }
    return length - left
  }

  return {
    async line() {
      const parts: Buffer[] = []
      while (rest.length > 0 || (await fill())) {
        const end = rest.indexOf(LF)
        parts.push(end < 0 ? rest : rest.subarray(0, end))
        rest = end < 0 ? Buffer.alloc(0) : rest.subarray(end + 1)
        if (end >= 0) return Buffer.concat(parts)
      }
      return null
    },
    async take(length) {
      const parts: Buffer[] = []
      await eat(length, (part) => parts.push(part))
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
    },
    async skip(length) {
      return (await eat(length, () => {})) === length
    },
  }
}
