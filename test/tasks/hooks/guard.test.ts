import { describe, expect, it } from 'vitest'
import { guard } from '../../../src/tasks/hooks/guard.ts'
import type { Change, Staged, Version } from '../../../src/tasks/world/git/repository.ts'
import { randomSecret } from '../../support/git-repository.ts'

const secret = `KEY=${randomSecret()}\n`

/** An index by id and content. What is asked for is remembered. */
function fakeStaged(
  contents: Readonly<Record<string, string>>,
  changes: { changed?: Change[]; removed?: Version[] } = {},
) {
  const asked: string[] = []
  const staged: Staged = {
    changes: async () => ({ changed: changes.changed ?? [], removed: changes.removed ?? [] }),
    tracked: async () => [],
    async *read(names) {
      for (const name of names) {
        asked.push(name)
        const bytes = name in contents ? Buffer.from(contents[name]!) : null
        yield { name, bytes, size: bytes?.length ?? 0 }
      }
    },
  }
  return { staged, asked }
}

const added = (path: string, id: string): Change => ({ path, id, link: false, before: null })
/** What is asked for before anything is judged. */
const settings = [':sealward.yml', ':.sealward/fingerprints.json']
const request = { files: [], prefix: '', now: new Date(0) }

describe('guarding', () => {
  it('reads no old content on a clean commit, and of the policy no more than whether it may have rules', async () => {
    const { staged, asked } = fakeStaged(
      { one: 'clean' },
      { changed: [{ ...added('a', 'one'), before: 'old' }], removed: [added('b', 'gone')] },
    )
    expect(await guard(request, { staged })).toEqual({ looked: 1, cut: [], findings: [], allowed: [], mend: [] })
    expect(asked).toEqual([...settings, 'one'])
  })

  it('asks for the old content of a suspect alone, and for what the commit removes', async () => {
    const { staged, asked } = fakeStaged(
      { one: 'clean', two: secret, old2: secret, gone: '' },
      {
        changed: [
          { ...added('a', 'one'), before: 'old1' },
          { ...added('.env', 'two'), before: 'old2' },
        ],
        removed: [added('b', 'gone')],
      },
    )
    expect((await guard(request, { staged })).findings).toEqual([])
    expect(asked).toEqual([...settings, 'one', 'two', 'old2', 'gone'])
  })

  it('never passes over a file that git does not have, or does not answer for', async () => {
    const lacking = fakeStaged({}, { changed: [added('a', 'one')] })
    await expect(guard(request, lacking)).rejects.toMatchObject({ code: 'git', file: 'a' })
    const silent = fakeStaged({ one: 'x' }, { changed: [added('a', 'one'), added('b', 'two')] })
    const staged: Staged = { ...silent.staged, read: (names) => silent.staged.read(names.slice(0, 1)) }
    await expect(guard(request, { staged })).rejects.toMatchObject({ code: 'git' })
  })

  it('judges by what it has when the old content is not there', async () => {
    const { staged } = fakeStaged({ one: secret }, { changed: [{ ...added('.env', 'one'), before: 'not here' }] })
    expect((await guard(request, { staged })).findings).toHaveLength(1)
  })

  it('takes the reason from the policy in the index', async () => {
    const policy = 'hook: {allow: [{path: .env, reason: because}]}'
    const { staged, asked } = fakeStaged({ one: secret, ':sealward.yml': policy }, { changed: [added('.env', 'one')] })
    expect(await guard(request, { staged })).toMatchObject({ findings: [], allowed: [{ reason: 'because' }] })
    expect(asked).toEqual([...settings, 'one', ':.sealward/baseline.json', 'one'])
  })
})
