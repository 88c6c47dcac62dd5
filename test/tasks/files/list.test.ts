import { describe, expect, it } from 'vitest'
import { list } from '../../../src/tasks/files/list.ts'
import { memoryWorld } from '../../fakes/memory-world.ts'
import { newMember, refusal, seal } from '../../support/sealing.ts'

const sealed = await seal(
  [
    { kind: 'comment', text: ' the first' },
    { kind: 'entry', name: 'API_KEY', value: 'hunter42' },
    { kind: 'entry', name: 'EMPTY', value: '' },
    { kind: 'entry', name: 'LEVEL_unencrypted', value: 'info' },
  ],
  [await newMember()],
)

describe('listing', () => {
  it('needs no key and tells what is encrypted and what is empty', async () => {
    const at = memoryWorld({ a: sealed })
    expect(await list('a', at)).toEqual([
      { name: 'API_KEY', encrypted: true, empty: false },
      { name: 'EMPTY', encrypted: false, empty: true },
      { name: 'LEVEL_unencrypted', encrypted: false, empty: false },
    ])
  })

  it('is refused for what is no encrypted file, by its name', async () => {
    const at = memoryWorld({ a: 'A=1\n' })
    expect(await refusal(() => list('a', at))).toMatchObject({ code: 'malformed', file: 'a' })
    expect((await refusal(() => list('missing', at))).code).toBe('not-found')
  })
})
