import { parentPort, workerData } from 'node:worker_threads'
import { MAX_INPUT, mutate } from './mutate.ts'
import { randomFrom } from './random.ts'
import { TARGETS } from './target.ts'

/** What the thread is told. In `shared`, the number of the case, the length of its input, and the input: for when it never returns. */
export interface FuzzOrder {
  readonly target: string
  readonly seed: number
  readonly shared: SharedArrayBuffer
}

export interface FuzzFailure {
  readonly why: string
  readonly input: Uint8Array
}

export const HEADER_BYTES = 8
export const SHARED_BYTES = HEADER_BYTES + MAX_INPUT
/** Processor time that a case may take: a part for every KiB, and what a first one needs to load. */
const [PER_KIB_MS, BASE_MS] = [10, 300]

if (parentPort !== null) await fuzz(workerData as FuzzOrder)

/** Runs one case after the other, until somebody ends the thread. */
async function fuzz({ target, seed, shared }: FuzzOrder): Promise<void> {
  const { seeds, words = [], run } = await TARGETS[target]!()
  const material = { seeds: await seeds(), words }
  const random = randomFrom(seed)
  const header = new Int32Array(shared, 0, 2)
  const bytes = new Uint8Array(shared, HEADER_BYTES)
  for (const input of material.seeds) await run(input)
  for (;;) {
    const input = mutate(material, random)
    bytes.set(input)
    Atomics.store(header, 1, input.length)
    Atomics.add(header, 0, 1)
    const why = await tryOne(run, input)
    if (why !== null) parentPort?.postMessage({ why, input: Uint8Array.from(input) } satisfies FuzzFailure)
  }
}

async function tryOne(run: (input: Uint8Array) => Promise<void> | void, input: Buffer): Promise<string | null> {
  const start = process.threadCpuUsage()
  try {
    await run(Uint8Array.from(input))
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
  const { user, system } = process.threadCpuUsage(start)
  const milliseconds = (user + system) / 1000
  const allowed = BASE_MS + (PER_KIB_MS * input.length) / 1024
  return milliseconds > allowed ? `took ${milliseconds.toFixed(0)} ms for ${input.length} bytes` : null
}
