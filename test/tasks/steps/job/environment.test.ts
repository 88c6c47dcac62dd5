import { describe, expect, it } from 'vitest'
import { type EnvironmentRequest, gatherEnvironment } from '../../../../src/tasks/steps/job/environment.ts'
import { memoryWorld } from '../../../fakes/memory-world.ts'
import { newMember, refusal, seal, textOf } from '../../../support/sealing.ts'

const member = await newMember()

/** Gathers from files of these variables: the first is called 1, the second 2. */
async function gather(files: readonly Readonly<Record<string, string>>[], more: Partial<EnvironmentRequest> = {}) {
  const sealed: Record<string, Uint8Array> = {}
  for (const [index, variables] of files.entries()) {
    const document = Object.entries(variables).map(([name, value]) => ({ kind: 'entry', name, value }) as const)
    sealed[String(index + 1)] = await seal(document, [member])
  }
  const request: EnvironmentRequest = { files: Object.keys(sealed), target: 'job', ...more }
  return Object.fromEntries((await gatherEnvironment(request, memoryWorld(sealed, member.identity))).variables)
}

describe('gathering an environment', () => {
  it('merges files in their order: later ones win', async () => {
    expect(
      await gather([
        { A: '1', B: '1' },
        { B: '2', C: '2' },
      ]),
    ).toEqual({ A: '1', B: '2', C: '2' })
    expect(await gather([{ A: '1' }, { A: '2' }], { files: ['2', '1'] })).toEqual({ A: '1' })
  })

  it('chooses by the names that are in the files, and then puts the prefix before them', async () => {
    const files = [{ A: '1', B: '2', C: '3' }]
    expect(await gather(files, { only: ['A', 'C'] })).toEqual({ A: '1', C: '3' })
    expect(await gather(files, { except: ['B'] })).toEqual({ A: '1', C: '3' })
    expect(await gather(files, { only: ['A', 'B'], except: ['B'], prefix: 'X_' })).toEqual({ X_A: '1' })
  })

  it.each([{ only: ['A', 'MISSING'] }, { except: ['MISSING'] }])(
    'refuses %j, which names what is nowhere',
    async (more) => {
      const { code, message } = await refusal(() => gather([{ A: '1' }], more))
      expect([code, message]).toEqual(['not-found', 'MISSING was asked for by name and is in none of the files'])
    },
  )

  it('refuses all names that can take over a process at once, and gives the words that allow them', async () => {
    const files = [{ PATH: '/x', A: '1', BASH_ENV: 'x' }]
    const job = await refusal(() => gather(files))
    expect([job.code, job.message]).toEqual(['name-denied', 'PATH, BASH_ENV can take over a process'])
    expect(job.hint).toContain('allow-names: PATH, BASH_ENV')
    const process = await refusal(() => gather(files, { target: 'process' }))
    expect(process.hint).toContain('--allow-name PATH --allow-name BASH_ENV')
    expect(await gather(files, { allowNames: ['PATH', 'BASH_ENV'] })).toEqual(files[0])
  })

  it('refuses what the runner owns in a job, allowed or not, and not in a process', async () => {
    const files = [{ NODE_OPTIONS: '--x' }]
    const { message, hint } = await refusal(() => gather(files, { allowNames: ['NODE_OPTIONS'] }))
    expect(message).toBe('NODE_OPTIONS cannot be set: the runner overrides or refuses it')
    expect(hint).toContain('allow-names cannot help')
    expect(await gather(files, { target: 'process', allowNames: ['NODE_OPTIONS'] })).toEqual(files[0])
  })

  it('refuses a value with a NUL, by its name: what follows it would be lost', async () => {
    const { code, message } = await refusal(() => gather([{ A: 'hunter42\0x' }]))
    expect([code, message]).toEqual(['not-representable', 'A holds a NUL character, which no environment can hold'])
  })

  it('refuses names that no environment can hold, and shows none that could forge a log', async () => {
    // A line without a value is in no MAC, so anyone may add one.
    const file = `a-b=\nx y=\n${textOf(await seal([], [member]))}`
    const world = memoryWorld({ a: file }, member.identity)
    const gathered = () => gatherEnvironment({ files: ['a'], target: 'process', anyName: true }, world)
    const { code, message } = await refusal(gathered)
    expect([code, message]).toEqual([
      'name-invalid',
      'a-b, (a name with unusual characters): not a name an environment can hold',
    ])
  })
})
