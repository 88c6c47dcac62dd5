import { TEXT_BYTES } from '../../../core/scan/limits.ts'
import type { ScanItem } from '../../../tasks/world/scan/source.ts'

/** How a stream is cut into texts that fit into memory. */
export interface PieceSize {
  readonly bytes: number
  /** So much of a piece is in the next one again: more than any key or token is long. */
  readonly overlap: number
}

const PIECE: PieceSize = { bytes: TEXT_BYTES, overlap: 64 * 1024 }
const LF = 0x0a

/**
 * Reads a stream to its end, however long, in pieces. Each begins with the last lines of the one before, so that what spans a cut
 * is whole in one of the two; `line` says where it begins, `repeated` how much of it has been seen.
 */
export async function* readPieces(
  stream: AsyncIterable<Uint8Array>,
  path: string,
  size = PIECE,
): AsyncGenerator<ScanItem> {
  const place = { kind: 'place' as const, path }
  let line = 1
  let repeated = 0
  let length = 0
  const buffer = Buffer.allocUnsafeSlow(size.bytes)
  const piece = (): ScanItem => {
    const bytes = buffer.subarray(0, length)
    return { kind: 'item', place, bytes, size: length, ...(repeated > 0 ? { line, repeated } : {}) }
  }
  for await (const chunk of stream) {
    for (let from = 0; from < chunk.length; ) {
      if (length === buffer.length) {
        yield piece()
        const keep = keptFrom(buffer, size.overlap)
        line += countLines(buffer.subarray(0, keep))
        buffer.copyWithin(0, keep)
        length -= keep
        repeated = length
      }
      const part = chunk.subarray(from, from + buffer.length - length)
      buffer.set(part, length)
      length += part.length
      from += part.length
    }
  }
  if (length > repeated || repeated === 0) yield piece()
}

/** From the start of a line where there is one, so that columns are right. */
function keptFrom(buffer: Buffer, overlap: number): number {
  const earliest = buffer.length - overlap
  const lineEnd = buffer.indexOf(LF, earliest - 1)
  return lineEnd < 0 || lineEnd === buffer.length - 1 ? earliest : lineEnd + 1
}

function countLines(bytes: Buffer): number {
  let lines = 0
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines += 1
  return lines
}
