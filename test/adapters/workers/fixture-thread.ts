import { parentPort, threadId, workerData } from 'node:worker_threads'
import type { Look } from '../../../src/tasks/world/scan/look.ts'
import type { ScanPlace } from '../../../src/tasks/world/scan/source.ts'

/** A thread that does what the path of a place says; every other place is a suspect. */
if (workerData === 'throw at the start') throw new Error('a word that nobody may see')
if (workerData === 'end at the start') process.exit(0)

// A pulse, for whoever wants to know whether this still runs.
if (workerData instanceof Int32Array) setInterval(() => Atomics.add(workerData, 0, 1), 2)

parentPort!.on('message', (places: readonly ScanPlace[]) => {
  const paths = places.map(({ path }) => path)
  if (paths.includes('throw')) throw new Error('a word that nobody may see')
  if (paths.includes('reject')) Promise.reject(new Error('a word that nobody may see'))
  else if (paths.includes('exit')) process.exit(7)
  else if (paths.includes('refuse'))
    parentPort!.postMessage({ code: 'git', message: 'git failed', detail: { hint: 'look there' } })
  else
    parentPort!.postMessage([
      ...places.map((place): Look => ({ kind: 'suspect', place: { ...place, link: threadId > 0 } })),
      { kind: 'tally', count: places.length, bytes: 0 },
    ])
})
