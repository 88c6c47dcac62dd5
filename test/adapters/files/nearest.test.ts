import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openFiles } from '../../../src/adapters/files/files.ts'
import { openConfigs } from '../../../src/adapters/files/nearest.ts'
import { temporaryFolder } from '../../support/git-repository.ts'
import { refusal } from '../../support/sealing.ts'

/** A folder `a/b` with the given files above and in it; the search starts in `a`. */
function search(files: Readonly<Record<string, string>>) {
  const root = temporaryFolder()
  mkdirSync(join(root, 'a', 'b'), { recursive: true })
  for (const [path, content] of Object.entries(files)) writeFileSync(join(root, path), content)
  const configs = openConfigs(join(root, 'a'), openFiles())
  return async (path: string, names: readonly string[] = ['one.yml', 'two.yml']) => {
    const found = await configs.nearest(names, path)
    return found === null
      ? null
      : [found.file.slice(root.length + 1), Buffer.from(found.bytes).toString(), found.relative]
  }
}

describe('the nearest configuration file', () => {
  it('is the one in the folder of the path, and not of the working folder', async () => {
    const nearest = search({ 'one.yml': 'top', 'a/one.yml': 'a', 'a/b/one.yml': 'b' })
    expect(await nearest('b/.env')).toEqual(['a/b/one.yml', 'b', '.env'])
    expect(await nearest('.env')).toEqual(['a/one.yml', 'a', '.env'])
    expect(await nearest('../.env')).toEqual(['one.yml', 'top', '.env'])
  })

  it('is else the one in the nearest folder above, and the path is told from there', async () => {
    const nearest = search({ 'one.yml': 'top' })
    expect(await nearest('b/.env')).toEqual(['one.yml', 'top', 'a/b/.env'])
  })

  it('is none above the top of a repository, and one at the top counts', async () => {
    expect(await search({ 'one.yml': 'planted', 'a/.git': 'gitdir: elsewhere' })('b/.env')).toBeNull()
    expect(await search({ 'one.yml': 'planted', 'a/b/.git': '', 'a/one.yml': 'outer' })('b/.env')).toBeNull()
    const nearest = search({ 'one.yml': 'planted', 'a/.git': '', 'a/one.yml': 'a' })
    expect(await nearest('b/.env')).toEqual(['a/one.yml', 'a', 'b/.env'])
  })

  it('is the first by name within a folder, and a nearer folder counts more than a name', async () => {
    expect(await search({ 'a/one.yml': '1', 'a/two.yml': '2' })('.env')).toEqual(['a/one.yml', '1', '.env'])
    expect(await search({ 'one.yml': '1', 'a/two.yml': '2' })('.env')).toEqual(['a/two.yml', '2', '.env'])
  })

  it('is looked for although the folder of the path is yet to be made', async () => {
    expect(await search({ 'a/one.yml': 'a' })('new/folder/.env')).toEqual(['a/one.yml', 'a', 'new/folder/.env'])
  })

  it('is null when there is none up to the root', async () => {
    expect(await search({})('.env', ['no-file-of-this-name.yml'])).toBeNull()
  })

  it('is refused over 1 MiB, by its name', async () => {
    const { code, file } = await refusal(() => search({ 'a/one.yml': 'x'.repeat(1024 * 1024 + 1) })('.env'))
    expect([code, file?.endsWith('one.yml')]).toEqual(['limit', true])
  })
})
