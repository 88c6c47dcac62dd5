import { describe, expect, it } from 'vitest'
import { verify } from '../../../src/tasks/files/verify.ts'
import { memoryWorld } from '../../fakes/memory-world.ts'
import { newMember, refusal, seal, textOf } from '../../support/sealing.ts'

const member = await newMember()
const entries = ['API_KEY', 'OTHER'].map((name) => ({ kind: 'entry', name, value: `hunter42 ${name}` }) as const)
const sealed = await seal(entries, [member])

describe('verifying', () => {
  const bad = textOf(sealed).replace(/^API_KEY=.*$/m, 'API_KEY=hunter42')

  it('looks at the files that are named', async () => {
    const at = memoryWorld({ a: sealed, b: bad })
    expect(await verify({ files: ['a'], allowNames: [] }, at)).toEqual({ files: ['a'], findings: [] })
    const { findings } = await verify({ files: ['a', 'b'], allowNames: [] }, at)
    expect(findings).toMatchObject([{ rule: 'plaintext-value', file: 'b', name: 'API_KEY' }])
    expect(JSON.stringify(findings)).not.toContain('hunter42')
  })

  it('else at every file that is called like an encrypted one, at any depth', async () => {
    const files = ['.env.encrypted', 'a/.env.prod.encrypted', 'a/b/prod.env.encrypted']
    const at = memoryWorld(Object.fromEntries([...files, 'a/other.encrypted', '.env'].map((path) => [path, sealed])))
    expect((await verify({ files: [], allowNames: [] }, at)).files).toEqual(files)
  })

  it('of nothing is refused: it would pass without having looked', async () => {
    expect((await refusal(() => verify({ files: [], allowNames: [] }, memoryWorld({})))).code).toBe('not-found')
    expect((await refusal(() => verify({ files: ['missing'], allowNames: [] }, memoryWorld({})))).code).toBe(
      'not-found',
    )
  })

  it('finds names that can take over a process, except those that are allowed', async () => {
    const names = ['PATH', 'LD_PRELOAD'].map((name) => ({ kind: 'entry', name, value: '1' }) as const)
    const at = memoryWorld({ a: await seal(names, [member]) })
    const { findings } = await verify({ files: ['a'], allowNames: ['PATH'] }, at)
    expect(findings).toMatchObject([{ rule: 'name-denied', name: 'LD_PRELOAD' }])
  })
})
