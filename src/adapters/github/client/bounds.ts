import { EtagMemory } from './etags.ts'
import type { Fetch } from './octokit.ts'

/** What one request may cost. */
export interface Bounds {
  readonly timeoutMs: number
  readonly maxBytes: number
}

/**
 * A fetch that ends: its answer is there within the time, body and all, or it throws; and an answer with a longer body becomes a 413 of
 * ours, which the SDK does not ask for again as it would after an error.
 */
export function boundedBy({ timeoutMs, maxBytes }: Bounds): (fetch: Fetch) => Fetch {
  const memory = new EtagMemory()
  return (fetch) => async (input, init) => {
    const request = { ...init, signal: AbortSignal.timeout(timeoutMs) }
    const address = String(input)
    const response = await fetch(address, memory.conditional(address, request))
    const body = await readWithin(response, maxBytes)
    if (body === null) return new Response(null, { status: 413 })
    return memory.settle(address, request, { status: response.status, headers: [...response.headers], body })
  }
}

/** @returns null when there is more */
async function readWithin(response: Response, maxBytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  // Leaving the loop cancels the rest.
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    length += chunk.length
    if (length > maxBytes) return null
  }
  return Buffer.concat(chunks)
}
