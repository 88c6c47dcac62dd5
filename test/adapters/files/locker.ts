import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { holdLock } from '../../../src/adapters/files/lock.ts'

/**
 * A program for the tests of the lock: adds one to the number in a file so many times, each time under the lock and with a pause between
 * reading and writing, and in the end dies with the lock in its hand.
 */
const [path = '', rounds = ''] = process.argv.slice(2)
for (let round = 0; round < Number(rounds); round += 1) {
  await holdLock(path, async () => {
    const number = Number(readFileSync(path, 'utf8'))
    await sleep(1)
    writeFileSync(path, String(number + 1))
  })
}
await holdLock(path, async () => process.kill(process.pid, 'SIGKILL'))
