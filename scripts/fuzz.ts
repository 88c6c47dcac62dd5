/**
 * `node scripts/fuzz.ts TARGET SECONDS [SEED]`: gives a reader inputs that nobody wrote, and saves those on which it breaks, is slow or
 * never returns. The same seed gives the same inputs in the same order. Ends with 1 when there was a failure.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { TARGETS } from './fuzz/target.ts'
import { type FuzzFailure, type FuzzOrder, HEADER_BYTES, SHARED_BYTES } from './fuzz/thread.ts'

const HANG_MS = 20_000
const MOST_FAILURES = 20

const [, , target = '', seconds = '60', given = String(Date.now() % 2 ** 31)] = process.argv
if (TARGETS[target] === undefined || !(Number(seconds) > 0)) {
  console.error(`usage: node scripts/fuzz.ts ${Object.keys(TARGETS).join('|')} SECONDS [SEED]`)
  process.exit(2)
}

const shared = new SharedArrayBuffer(SHARED_BYTES)
const header = new Int32Array(shared, 0, 2)
const folder = join(tmpdir(), 'sealward-fuzz')
const end = Date.now() + Number(seconds) * 1000
let seed = Number(given)
let [executions, failures] = [0, 0]
mkdirSync(folder, { recursive: true })
console.log(`${target}: seed ${seed}, ${seconds} s`)

while (Date.now() < end && failures < MOST_FAILURES) {
  await runUntilBroken(seed)
  executions += Atomics.exchange(header, 0, 0)
  seed += 1
}
console.log(`${target}: ${executions} executions, ${failures} failures`)
process.exitCode = failures > 0 ? 1 : 0

/** One thread, until the time is over or the thread is lost; failures that it survives are saved meanwhile. */
async function runUntilBroken(from: number): Promise<void> {
  const order: FuzzOrder = { target, seed: from, shared }
  const thread = new Worker(new URL('./fuzz/thread.ts', import.meta.url), { workerData: order })
  thread.on('message', save)
  const lost = new Promise<void>((resolve) => {
    thread.on('error', (error) => {
      save({ why: `lost the thread: ${error instanceof Error ? error.stack : error}`, input: current() })
      resolve()
    })
    thread.on('exit', () => resolve())
  })
  await Promise.race([lost, watch()])
  await thread.terminate()
}

/** @returns when the time is over, there were too many failures, or a case does not come to its end */
async function watch(): Promise<void> {
  let [last, since, told] = [-1, Date.now(), Date.now()]
  while (Date.now() < end && failures < MOST_FAILURES) {
    await new Promise((resolve) => setTimeout(resolve, 250))
    const count = Atomics.load(header, 0)
    if (count !== last) [last, since] = [count, Date.now()]
    if (Date.now() - since > HANG_MS) return save({ why: `did not return in ${HANG_MS / 1000} s`, input: current() })
    if (Date.now() - told < 60_000) continue
    told = Date.now()
    console.log(`${target}: ${executions + count} executions, ${failures} failures`)
  }
}

function current(): Uint8Array {
  return Uint8Array.from(new Uint8Array(shared, HEADER_BYTES, Atomics.load(header, 1)))
}

function save({ why, input }: FuzzFailure): void {
  failures += 1
  const name = `${target}-${createHash('sha256').update(input).digest('hex').slice(0, 12)}`
  writeFileSync(join(folder, name), input)
  console.log(`${target}: FAILURE, seed ${seed}, saved to ${join(folder, name)} (${input.length} bytes)\n  ${why}`)
}
