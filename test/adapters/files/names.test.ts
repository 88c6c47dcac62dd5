import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSignedNames } from '../../../src/adapters/files/names.ts'
import { makeRepository, temporaryFolder } from '../../support/git-repository.ts'
import { refusal } from '../../support/sealing.ts'

describe('the name of a file in its signature', () => {
  it('counts from the top of the repository, wherever one stands', async () => {
    const { path: top } = makeRepository()
    mkdirSync(join(top, 'a', 'b'), { recursive: true })
    expect(await openSignedNames(top).nameOf('a/b/.env.encrypted')).toBe('a/b/.env.encrypted')
    expect(await openSignedNames(join(top, 'a', 'b')).nameOf('.env.encrypted')).toBe('a/b/.env.encrypted')
    expect(await openSignedNames(join(top, 'a', 'b')).nameOf('../../x.env.encrypted')).toBe('x.env.encrypted')
    expect(await openSignedNames(join(top, 'a')).nameOf(join(top, '.env.encrypted'))).toBe('.env.encrypted')
  })

  it('counts from the top of a linked working tree, which has a file .git', async () => {
    const repository = makeRepository()
    repository.git('commit', '--quiet', '--allow-empty', '-m', 'first')
    const linked = join(temporaryFolder(), 'linked')
    repository.git('worktree', 'add', '--quiet', linked)
    mkdirSync(join(linked, 'a'))
    expect(await openSignedNames(join(linked, 'a')).nameOf('.env.encrypted')).toBe('a/.env.encrypted')
  })

  it('counts from the working folder where there is no repository', async () => {
    expect(await openSignedNames(temporaryFolder()).nameOf('a/.env.encrypted')).toBe('a/.env.encrypted')
  })

  it('is not the name that a link leads to', async () => {
    const { path: top } = makeRepository()
    mkdirSync(join(top, 'staging'))
    symlinkSync('staging', join(top, 'production'))
    expect(await openSignedNames(top).nameOf('production/.env.encrypted')).toBe('production/.env.encrypted')
  })

  it('is not the name in a submodule, or in whatever else has a .git below', async () => {
    const { path: top } = makeRepository()
    mkdirSync(join(top, 'production'))
    writeFileSync(join(top, 'production', '.git'), 'gitdir: ../.git/modules/production\n')
    expect(await openSignedNames(top).nameOf('production/.env.encrypted')).toBe('production/.env.encrypted')
  })

  it.each(['../.env.encrypted', '..', '../../etc/passwd', '/etc/passwd'])('is refused outside: %s', async (path) => {
    const error = await refusal(() => openSignedNames(makeRepository().path).nameOf(path))
    expect(error).toMatchObject({ code: 'usage', file: path })
  })

  it('may begin with dots', async () => {
    expect(await openSignedNames(temporaryFolder()).nameOf('..env.encrypted')).toBe('..env.encrypted')
  })
})
