import { describe, expect, it } from 'vitest'
import type { Identity } from '../../../src/core/age/identity.ts'
import { type RunRequest, run } from '../../../src/tasks/job/run.ts'
import { memoryWorld } from '../../fakes/memory-world.ts'
import { newMember, seal } from '../../support/sealing.ts'

const member = await newMember()
const stranger = await newMember()
const sealed = await seal(
  [
    { kind: 'entry', name: 'API_KEY', value: 'hunter42' },
    { kind: 'entry', name: 'EMPTY', value: '' },
  ],
  [member],
)

describe('running a command', () => {
  const start = async (request: Partial<RunRequest>, identity: Identity) => {
    const started: unknown[] = []
    const children = {
      async run(command: readonly string[], variables: Readonly<Record<string, string>>) {
        started.push(command, variables)
        return 7
      },
    }
    const at = { ...memoryWorld({ a: sealed }, identity), children }
    const outcome = await run({ files: ['a'], command: ['do', 'a b'], ...request }, at).catch((error) => error.code)
    return { started, outcome }
  }

  it('hands it the variables and hands its status on', async () => {
    const { started, outcome } = await start({}, member.identity)
    const variables = { API_KEY: 'hunter42', EMPTY: '' }
    expect([started, outcome]).toEqual([[['do', 'a b'], variables], 7])
  })

  it('never starts it when a file does not open, or one of several is missing', async () => {
    expect(await start({}, stranger.identity)).toEqual({ started: [], outcome: 'no-identity' })
    expect(await start({ files: ['a', 'missing'] }, member.identity)).toEqual({ started: [], outcome: 'not-found' })
  })
})
