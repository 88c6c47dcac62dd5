import { inflateSync } from 'node:zlib'
import type { PlainFile } from './plain-file.ts'

/**
 * Unpacks a zlib stream. What follows it is left alone: in a pack that is the next object.
 *
 * @param maxBytes where it stops, however much more a bomb would give
 * @throws RangeError beyond that, Error when the stream is broken or breaks off
 */
export function inflate(bytes: Uint8Array, maxBytes: number): Buffer {
  return inflateSync(bytes, { maxOutputLength: Math.max(maxBytes, 1) })
}

/** How long a stream of that many bytes is at the most: zlib's own bound, for settings that pack nothing at all. */
export function packedBound(size: number): number {
  return size + (size >> 3) + (size >> 6) + 64
}

/** As much of a file as a stream of that many bytes can take from there. */
export function readPacked(file: PlainFile, { start, end, size }: Readonly<Record<'start' | 'end' | 'size', number>>) {
  return file.read(start, Math.min(packedBound(size), end - start))
}
