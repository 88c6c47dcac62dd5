import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openRepository } from '../../../src/adapters/git/porcelain.ts'
import { inFolder, makeRepository, temporaryFolder } from '../../support/git-repository.ts'
import { commitBefore } from '../../support/hooked-repository.ts'

describe('a path that is typed', () => {
  it('is found from the top, from wherever it is typed', async () => {
    const { path } = makeRepository()
    mkdirSync(join(path, 'sub', 'deep'), { recursive: true })
    const { locate, top } = await inFolder(path, () => openRepository(join(path, 'sub')))
    expect(top).toBe(path)
    expect(['.env', './.env', 'deep/.env', '../.env', 'deep/../.env', join(path, '.env')].map(locate)).toEqual([
      'sub/.env',
      'sub/.env',
      'sub/deep/.env',
      '.env',
      'sub/.env',
      '.env',
    ])
  })

  it('may lead through a link to the repository, and is the link itself where it is one', async () => {
    const { path } = makeRepository()
    const link = join(temporaryFolder(), 'link')
    symlinkSync(path, link)
    symlinkSync('/somewhere/else', join(path, '.env'))
    const { locate, top } = await inFolder(path, () => openRepository(link))
    expect([top, locate('.env'), locate(join(link, 'a.env')), locate('not there/a.env')]).toEqual([
      path,
      '.env',
      'a.env',
      'not there/a.env',
    ])
  })

  it.each(['..', '../x', '.', '/etc/passwd', '../repository2/.env'])(
    'is refused when it leads out: %s',
    async (typed) => {
      const { path } = makeRepository()
      const { locate } = await inFolder(path, () => openRepository(path))
      expect(() => locate(typed)).toThrow(expect.objectContaining({ code: 'usage' }))
    },
  )
})

describe('a file on disk', () => {
  it('differs from the index when it was edited or removed, and not when the index does not have it', async () => {
    const repository = makeRepository()
    for (const name of ['same', 'staged', 'edited', 'removed']) repository.stage(name, '1')
    commitBefore(repository)
    repository.stage('staged', '2')
    repository.write('edited', '2')
    rmSync(join(repository.path, 'removed'))
    repository.write('untracked', '1')
    const { index } = await inFolder(repository.path, () => openRepository(repository.path))
    const names = ['same', 'staged', 'edited', 'removed', 'untracked', 'nowhere']
    const answers = await inFolder(repository.path, () => Promise.all(names.map((name) => index.differs(name))))
    expect(answers).toEqual([false, false, true, true, false, false])
  })

  it('is told of by git where git refuses', async () => {
    const repository = makeRepository()
    const { index } = await inFolder(repository.path, () => openRepository(repository.path))
    await expect(inFolder(repository.path, () => index.add('nowhere'))).rejects.toMatchObject({
      code: 'git',
      message: 'git add failed',
      hint: expect.stringContaining('git says: '),
    })
  })
})
