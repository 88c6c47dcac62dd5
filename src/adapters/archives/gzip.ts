import { createGunzip } from 'node:zlib'
import type { Budget } from './budget.ts'
import { type Collected, collect } from './collect.ts'

const CHUNK_BYTES = 64 * 1024

/** Unpacks a gzip file; one of several members gives them all. */
export async function unpackGzip(bytes: Uint8Array, budget: Budget): Promise<Collected> {
  const stream = createGunzip({ chunkSize: CHUNK_BYTES })
  stream.end(bytes)
  return collect(stream, budget)
}
