/**
 * A process that takes a lock, over and over, as the tests of locks start several of: `lock-taker.ts TOP MODE ROUNDS`. For each round it waits for
 * a line of its input, and prints `won` or the code of what went wrong, and at once again when it gave the lock back.
 */
import { createInterface } from 'node:readline'
import { openRotationLocks } from '../../../../src/adapters/git/rotation/locks.ts'
import { openRotationRepository } from '../../../../src/adapters/git/rotation/repository.ts'
import { SealwardError } from '../../../../src/core/errors.ts'

const [, , top = ''] = process.argv
const delivery = { mode: 'commit', branch: null, prefix: 'p/' } as const
const repository = await openRotationRepository({
  top,
  delivery,
  env: process.env,
  author: { name: 'A', email: 'a@x' },
})
const options = { clock: { now: () => new Date() }, teller: { warn: () => {} } }
const locks = openRotationLocks(repository, { ...options, holder: 'one run, several jobs' })
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const next = async () => (await lines.next()).value as string | undefined

while ((await next()) !== undefined) {
  try {
    await locks.within('orders-db', async () => {
      process.stdout.write('won\n')
      await next()
    })
    process.stdout.write('gave back\n')
  } catch (error) {
    process.stdout.write(`${error instanceof SealwardError ? error.code : 'failed'}\n`)
    await next()
    process.stdout.write('gave back\n')
  }
}
