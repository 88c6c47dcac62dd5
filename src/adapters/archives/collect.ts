import { archiveKind } from '../../core/scan/archive-kind.ts'
import type { Budget } from './budget.ts'

/** What came out of a stream, and why it is not all of it. */
export interface Collected {
  readonly bytes: Uint8Array
  /** Null when the stream came to its end; 'bound' when more was not wanted, 'damaged' when it broke. */
  readonly stopped: 'bound' | 'damaged' | null
}

/** What tells how a file is packed is within these. */
const START_BYTES = 512

/** Collects a stream, up to the bound of a file or, when it is an archive, that of an archive. Never throws. */
export async function collect(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  budget: Budget,
): Promise<Collected> {
  const parts: Uint8Array[] = []
  let [length, most] = [0, budget.bounds.entryBytes]
  const joined = () => (parts.length === 1 ? parts[0]! : Buffer.concat(parts))
  try {
    for await (const chunk of stream) {
      if (!budget.addBytes(chunk.length)) return { bytes: joined(), stopped: 'bound' }
      const isStart = length < START_BYTES
      parts.push(chunk.subarray(0, Math.max(0, budget.bounds.innerBytes - length)))
      length += chunk.length
      if (isStart && archiveKind(Buffer.concat(parts)) !== null) most = budget.bounds.innerBytes
      if (length > most) return { bytes: joined().subarray(0, most), stopped: 'bound' }
    }
    return { bytes: joined(), stopped: null }
  } catch {
    return { bytes: joined(), stopped: 'damaged' }
  }
}
